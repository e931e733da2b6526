package server

import (
	"context"
	"errors"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// UploadReply is a staged file and what was seen in it. Nothing is imported yet.
type UploadReply struct {
	UploadID string        `json:"upload_id"`
	Name     string        `json:"name"`
	Size     int64         `json:"size"`
	Preview  UploadPreview `json:"preview"`
}

// UploadPreview is the head of a file as it was understood.
type UploadPreview struct {
	Format     string          `json:"format" doc:"for people: CSV・Shift_JIS・カンマ区切り"`
	File       FileFormat      `json:"file"`
	Header     []string        `json:"header"`
	HeaderLine int             `json:"header_line" doc:"from 1"`
	Columns    []PreviewColumn `json:"columns"`
	Rows       [][]string      `json:"rows" doc:"the first 20"`
	DateColumn *string         `json:"date_column" doc:"null where none looks like dates"`
	Sheets     []string        `json:"sheets" doc:"where there are several: of a workbook, of a zip, tables under one another"`
	Sheet      string          `json:"sheet" doc:"the one shown"`
	Platform   *PlatformView   `json:"platform" doc:"whose export it is; null where it is nobody's that is known"`
	Suggestion *Suggestion     `json:"suggestion" doc:"null where nothing can be proposed"`
}

// PlatformView is whose export a file is.
type PlatformView struct {
	ID       string       `json:"id" doc:"x_posts, search_days, …; access_log is a web server's log, which has no columns"`
	Name     string       `json:"name"`
	Note     string       `json:"note" doc:"for people: 「X アナリティクス(投稿ごと)」の書き出しです。"`
	Warnings []string     `json:"warnings" doc:"what to know about its numbers"`
	Daily    bool         `json:"daily" doc:"false: the table shown has no dates and cannot be imported"`
	Posts    bool         `json:"posts" doc:"its rows are posts; they are kept one by one too"`
	Tables   []TableLabel `json:"tables" doc:"what the tables of the file are, those that can be imported first"`
}

// TableLabel says what one table of a file is.
type TableLabel struct {
	Sheet string `json:"sheet"`
	Name  string `json:"name"`
	Daily bool   `json:"daily"`
}

// FileFormat is what was recognised about a file.
type FileFormat struct {
	Kind      string `json:"kind" enum:"csv,xlsx"`
	Encoding  string `json:"encoding"`
	Delimiter string `json:"delimiter"`
	Gzip      bool   `json:"gzip"`
}

// PreviewColumn is one column and what is in it.
type PreviewColumn struct {
	Name      string         `json:"name"`
	Kind      string         `json:"kind" enum:"date,number,text,empty"`
	Example   string         `json:"example"`
	Ambiguous *Ambiguity     `json:"ambiguous" doc:"a number with two readings; the source's key number settles it"`
	DayMonth  *DateAmbiguity `json:"day_month" doc:"a date with two readings; the source's key date_order settles it"`
}

// Ambiguity is a number with two readings.
type Ambiguity struct {
	Example string `json:"example"`
	Dot     string `json:"dot" doc:"what it is when the dot is the decimal point (number: 1,234.5)"`
	Comma   string `json:"comma" doc:"what it is when the comma is the decimal point (number: 1.234,5)"`
}

// DateAmbiguity is a date with two readings.
type DateAmbiguity struct {
	Example string `json:"example"`
	DMY     string `json:"dmy"`
	MDY     string `json:"mdy"`
}

// Suggestion is how the file could be read; the person decides.
type Suggestion struct {
	SourceID string                     `json:"source_id" doc:"a source of the model, or a proposed new id"`
	Existing bool                       `json:"existing"`
	From     string                     `json:"from" enum:"source,remembered,platform,columns" doc:"what it rests on: a source of the model, how such a file was read before, the platform, the columns alone"`
	Date     string                     `json:"date"`
	Metrics  map[string]goal.MetricEdit `json:"metrics"`
	Spec     goal.SourceEdit            `json:"spec" doc:"the whole of it, ready to be imported with"`
	Missing  []string                   `json:"missing" doc:"headers the source asks for that the file does not have"`
}

// ImportRequest reads a staged file into a source.
type ImportRequest struct {
	SourceID    string          `json:"source_id" minLength:"1" maxLength:"80"`
	Spec        goal.SourceEdit `json:"spec"`
	BaseVersion int             `json:"base_version" minimum:"1"`
	Note        string          `json:"note,omitempty" maxLength:"500"`
	front.BodyLang
}

// ImportReply tells what came in.
type ImportReply struct {
	Version int         `json:"version" doc:"of the model: a new one where the source's reading changed"`
	Rows    int         `json:"rows"`
	Days    int         `json:"days"`
	First   *series.Day `json:"first" format:"date"`
	Last    *series.Day `json:"last" format:"date"`
}

// UploadProgress tells how far reading a file has come.
type UploadProgress struct {
	UploadID string      `json:"upload_id"`
	State    string      `json:"state" enum:"staged,importing,imported,failed"`
	Done     bool        `json:"done"`
	Bytes    int64       `json:"bytes" doc:"read so far"`
	Size     int64       `json:"size" doc:"bytes there are"`
	Rows     int         `json:"rows" doc:"read so far"`
	First    *series.Day `json:"first" format:"date"`
	Last     *series.Day `json:"last" format:"date"`
}

func (s *Server) registerUploads(api huma.API) {
	tags := []string{"uploads"}
	front.Handle(api, huma.Operation{
		OperationID: "upload-file", Metadata: front.Needs(access.BringNumbers), Method: http.MethodPost, Path: "/api/workspaces/{ws}/uploads",
		Summary: "Bring a file in: staged and previewed, not imported", Tags: tags, DefaultStatus: http.StatusCreated,
		RequestBody: &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
			"application/octet-stream": {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}},
		}},
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
		front.Stream
		Name  string `query:"name" required:"true" minLength:"1" maxLength:"300" doc:"the file's name"`
		Sheet string `query:"sheet" maxLength:"300" doc:"which sheet, member of a zip, or table to show"`
	}) (UploadReply, error) {
		return s.stageUpload(ctx, in.Workspace, in.Name, in.Sheet, in.Stream, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "get-upload", Metadata: front.Needs(access.BringNumbers), Method: http.MethodGet, Path: "/api/workspaces/{ws}/uploads/{id}",
		Summary: "Tell how far reading a file has come", Tags: tags,
	}, func(ctx context.Context, in *UploadPath) (UploadProgress, error) {
		return s.uploadProgress(ctx, in.Workspace, in.ID)
	})
	front.Handle(api, huma.Operation{
		OperationID: "preview-upload", Metadata: front.Needs(access.BringNumbers), Method: http.MethodGet, Path: "/api/workspaces/{ws}/uploads/{id}/preview",
		Summary: "Show the head of a file again, for another sheet", Tags: tags,
	}, func(ctx context.Context, in *struct {
		UploadPath
		front.Lang
		Sheet string `query:"sheet" maxLength:"300"`
	}) (UploadReply, error) {
		return s.previewUpload(ctx, in.Workspace, in.ID, in.Sheet, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "import-upload", Metadata: front.Needs(access.BringNumbers), Method: http.MethodPost, Path: "/api/workspaces/{ws}/uploads/{id}/import",
		Summary: "Read a staged file into a source, wholly or not at all", Tags: tags,
	}, func(ctx context.Context, in *struct {
		UploadPath
		front.Lang
		Body ImportRequest
	}) (ImportReply, error) {
		in.Body.Over(ctx, in.Lang)
		return s.importUpload(ctx, in.Workspace, in.ID, in.Body)
	})
	front.HandleNothing(api, huma.Operation{
		OperationID: "delete-upload", Metadata: front.Needs(access.BringNumbers), Method: http.MethodDelete, Path: "/api/workspaces/{ws}/uploads/{id}",
		Summary: "Take a file and its numbers out again", Tags: tags,
	}, func(ctx context.Context, in *UploadPath) error {
		return s.deleteUpload(ctx, in.Workspace, in.ID)
	})
}

// UploadPath names one upload of a workspace.
type UploadPath struct {
	front.InWorkspace
	ID string `path:"id" maxLength:"80"`
}

func (s *Server) stageUpload(ctx context.Context, slug, name, sheet string, body front.Stream, lang words.Lang) (UploadReply, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return UploadReply{}, err
	}
	fileName, err := fileNameOf(name)
	if err != nil {
		return UploadReply{}, front.BadRequest("query.name", words.T("ファイル名がありません。", "There is no file name."))
	}
	sent, size := body.Taken()
	if size > s.deps.MaxUploadBytes {
		return UploadReply{}, &http.MaxBytesError{Limit: s.deps.MaxUploadBytes}
	}
	limited := http.MaxBytesReader(nil, sent, s.deps.MaxUploadBytes)
	upload, err := s.deps.Store.Uploads.Put(ctx, ws.ID, fileName, limited)
	if err != nil {
		return UploadReply{}, err
	}
	reply := UploadReply{UploadID: string(upload.ID), Name: upload.FileName, Size: upload.Size}
	reply.Preview, err = s.preview(ctx, ws, upload, sheet, lang)
	if err != nil {
		// What cannot be read is not kept: there is nothing to do with it.
		cleanup := s.deps.Store.Uploads.Delete(context.WithoutCancel(ctx), ws.ID, upload.ID)
		return UploadReply{}, errors.Join(err, cleanup)
	}
	return reply, nil
}

func (s *Server) previewUpload(ctx context.Context, slug, id, sheet string, lang words.Lang) (UploadReply, error) {
	ws, upload, err := s.upload(ctx, slug, id)
	if err != nil {
		return UploadReply{}, err
	}
	reply := UploadReply{UploadID: string(upload.ID), Name: upload.FileName, Size: upload.Size}
	reply.Preview, err = s.preview(ctx, ws, upload, sheet, lang)
	return reply, err
}

func (s *Server) upload(ctx context.Context, slug, id string) (store.Workspace, store.Upload, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return store.Workspace{}, store.Upload{}, err
	}
	upload, err := s.uploadOf(ctx, ws.ID, id)
	return ws, upload, err
}

func (s *Server) uploadOf(ctx context.Context, ws store.WorkspaceID, id string) (store.Upload, error) {
	if !front.IsName(id) {
		return store.Upload{}, store.ErrNotFound{What: "upload", Name: id}
	}
	return s.deps.Store.Uploads.Get(ctx, ws, store.UploadID(id))
}

func (s *Server) uploadProgress(ctx context.Context, slug, id string) (UploadProgress, error) {
	_, upload, err := s.upload(ctx, slug, id)
	if err != nil {
		return UploadProgress{}, err
	}
	view := UploadProgress{
		UploadID: string(upload.ID), State: string(upload.State), Size: upload.Size, Rows: upload.Rows,
	}
	view.First, view.Last = spanEnds(upload.Span)
	if upload.State == store.UploadImported {
		view.Done, view.Bytes = true, upload.Size
	}
	if read, reading := s.progress.of(upload.ID); reading {
		view.State, view.Done, view.Bytes = "importing", false, read
	}
	return view, nil
}

// spanEnds are the days of a span, nil when it is empty.
func spanEnds(span series.Span) (first, last *series.Day) {
	if span.Empty() {
		return nil, nil
	}
	return &span.From, &span.To
}
