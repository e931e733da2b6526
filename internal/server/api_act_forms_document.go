package server

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"io"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/act/form"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// FormDocumentView is a file a form hands out.
type FormDocumentView struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	Size      int    `json:"size" doc:"bytes"`
	By        string `json:"by"`
	CreatedAt int64  `json:"created_at"`
	InUse     bool   `json:"in_use" doc:"the newest version of the form hands it out"`
}

// FormDocumentsReply is the files of a form, the newest first.
type FormDocumentsReply struct {
	Documents []FormDocumentView `json:"documents"`
}

// mostFormDocuments bounds the files of one form.
const mostFormDocuments = 20

// documentKinds are the files that are taken, by their ending: what a browser or an office
// program opens, and nothing that runs.
var documentKinds = map[string]struct{ kind, begins string }{
	".pdf":  {"application/pdf", "%PDF-"},
	".pptx": {"application/vnd.openxmlformats-officedocument.presentationml.presentation", "PK\x03\x04"},
	".xlsx": {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "PK\x03\x04"},
	".docx": {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "PK\x03\x04"},
}

func (s *Server) registerFormDocuments(api huma.API) {
	tags := []string{"act"}
	const path = "/api/workspaces/{ws}/forms/{id}/documents"
	front.Handle(api, huma.Operation{
		OperationID: "list-form-documents", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: path, Summary: "The files a form hands out", Tags: tags,
	}, func(ctx context.Context, in *struct{ InForm }) (FormDocumentsReply, error) {
		return s.formDocuments(ctx, in.InForm)
	})
	front.Handle(api, huma.Operation{
		OperationID: "upload-form-document", Metadata: front.Needs(access.EditModel), Method: http.MethodPost, Path: path,
		Summary: "Bring in a file a form can hand out: PDF, PowerPoint, Excel or Word", Tags: tags, DefaultStatus: http.StatusCreated,
		RequestBody: &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
			"application/octet-stream": {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}},
		}},
	}, func(ctx context.Context, in *struct {
		InForm
		front.Lang
		front.Stream
		Name string `query:"name" required:"true" minLength:"1" maxLength:"200" doc:"the file's name, as visitors save it"`
	}) (FormDocumentView, error) {
		return s.bringFormDocument(ctx, in.InForm, in.Name, in.Stream)
	})
	front.HandleNothing(api, huma.Operation{
		OperationID: "delete-form-document", Metadata: front.Needs(access.EditModel), Method: http.MethodDelete, Path: path + "/{document}",
		Summary: "Delete a file of a form, unless it hands it out now", Tags: tags,
	}, func(ctx context.Context, in *struct {
		InForm
		Document string `path:"document" maxLength:"40"`
	}) error {
		return s.dropFormDocument(ctx, in.InForm, in.Document)
	})
}

func documentView(doc store.FormDocument, used string) FormDocumentView {
	return FormDocumentView{ID: doc.ID, Name: doc.Name, Size: doc.Size, By: doc.Author, CreatedAt: doc.CreatedAt.UnixMilli(), InUse: doc.ID == used}
}

func (s *Server) formDocuments(ctx context.Context, in InForm) (FormDocumentsReply, error) {
	reply := FormDocumentsReply{Documents: []FormDocumentView{}}
	ws, kept, err := s.ownForm(ctx, in)
	if err != nil {
		return reply, err
	}
	d, err := form.Parse(kept.Definition)
	if err != nil {
		return reply, err
	}
	list, err := s.deps.Store.Forms.Documents(ctx, ws.ID, kept.ID)
	for _, doc := range list {
		reply.Documents = append(reply.Documents, documentView(doc, d.Document))
	}
	return reply, err
}

func (s *Server) bringFormDocument(ctx context.Context, in InForm, name string, body front.Stream) (FormDocumentView, error) {
	ws, kept, err := s.ownForm(ctx, in)
	if err != nil {
		return FormDocumentView{}, err
	}
	fileName, err := fileNameOf(name)
	if err != nil {
		return FormDocumentView{}, front.BadRequest("query.name", words.T("ファイル名がありません。", "There is no file name."))
	}
	taken, known := documentKinds[strings.ToLower(path.Ext(fileName))]
	if !known {
		return FormDocumentView{}, front.BadRequest("query.name", words.T("渡せるのは PDF・PowerPoint・Excel・Word のファイルです。", "What can be handed out is PDF, PowerPoint, Excel or Word."))
	}
	sent, size := body.Taken()
	if size > store.MaxFormDocument {
		return FormDocumentView{}, &http.MaxBytesError{Limit: store.MaxFormDocument}
	}
	list, err := s.deps.Store.Forms.Documents(ctx, ws.ID, kept.ID)
	if err != nil {
		return FormDocumentView{}, err
	}
	if len(list) >= mostFormDocuments {
		return FormDocumentView{}, front.BadRequest("body", words.T("資料は%d個までです。使っていないものを消してください。", "There can be %d documents. Please delete one that is not used.", mostFormDocuments))
	}
	content, err := io.ReadAll(http.MaxBytesReader(nil, sent, store.MaxFormDocument))
	if tooLarge := (*http.MaxBytesError)(nil); err != nil && !errors.As(err, &tooLarge) {
		return FormDocumentView{}, front.BadRequest("body", words.T("ファイルを最後まで受け取れませんでした。もう一度お試しください。", "The file did not arrive whole. Please try again."))
	} else if err != nil {
		return FormDocumentView{}, err
	}
	if !bytes.HasPrefix(content, []byte(taken.begins)) {
		return FormDocumentView{}, front.BadRequest("body", words.T("ファイルの中身が「%s」ではないようです。もとの資料から書き出しなおしてください。", "The file does not seem to be what its name “%s” says. Please export it again.", path.Ext(fileName)))
	}
	doc, err := s.deps.Store.Forms.PutDocument(ctx, ws.ID, store.FormDocument{Form: kept.ID, Name: fileName, Kind: taken.kind, Author: front.AuthorOf(ctx)}, content)
	return documentView(doc, ""), err
}

func (s *Server) dropFormDocument(ctx context.Context, in InForm, id string) error {
	ws, kept, err := s.ownForm(ctx, in)
	if err != nil {
		return err
	}
	d, err := form.Parse(kept.Definition)
	if err != nil {
		return err
	}
	if d.Document != "" && d.Document == id {
		return front.BadRequest("path.document", words.T("いま渡している資料は消せません。ほかの資料に替えてからにしてください。", "This is handed out now. Please choose another one first."))
	}
	if !front.IsName(id) {
		return store.ErrNotFound{What: "document", Name: id}
	}
	return s.deps.Store.Forms.DropDocument(ctx, ws.ID, kept.ID, id)
}

// ownsDocument refuses a definition that hands out what is not the form's.
func (s *Server) ownsDocument(ctx context.Context, ws store.WorkspaceID, id store.FormID, d form.Definition) error {
	if d.Document == "" {
		return nil
	}
	list, err := s.deps.Store.Forms.Documents(ctx, ws, id)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(list, func(doc store.FormDocument) bool { return doc.ID == d.Document }) {
		return front.BadRequest("body.definition.document", words.T("この資料は見つかりません。アップロードしなおしてください。", "This document is not there. Please upload it again."))
	}
	return nil
}

// mayHand refuses to open a form that promises a document and has none.
func mayHand(d form.Definition) error {
	if d.Hands() {
		return nil
	}
	return front.BadRequest("body.definition.next", words.T("渡す資料がまだありません。アップロードするか、資料のアドレスを入れてください。", "There is no document to hand out yet. Upload one, or give its address."))
}

// documentFor is how long the link to a document works after the form was sent in.
const documentFor = 7 * 24 * time.Hour

// documentSecret is what links to documents are signed with: not what pages are, so that
// having opened the page is not enough.
func documentSecret(f store.Form) []byte {
	mac := hmac.New(sha256.New, f.Secret)
	mac.Write([]byte("document"))
	return mac.Sum(nil)
}

// documentLink is where whoever has just sent a form in finds its document.
func (s *Server) documentLink(f openForm) (string, error) {
	token, err := newFormToken(s.deps.Random, documentSecret(f.kept), f.version, f.lang, s.deps.Clock())
	return "/f/" + string(f.kept.ID) + "/document?key=" + token, err
}

// getDocument hands a document out to whoever has the link.
func (s *Server) getDocument(w http.ResponseWriter, r *http.Request) {
	f, err := s.findForm(r)
	if err != nil {
		s.noForm(w, r, err)
		return
	}
	told, signed := readFormToken(documentSecret(f.kept), r.URL.Query().Get("key"))
	if told.lang != "" {
		f.lang = told.lang
	}
	if !signed || s.deps.Clock().Sub(told.shown) > documentFor {
		front.PlainText(w, http.StatusGone, words.T("このリンクの期限が切れました。お手数ですが、フォームからもう一度お申し込みください。\n", "This link has expired. Please fill in the form once more.\n").In(f.lang))
		return
	}
	d, err := s.formVersion(r.Context(), f.kept, told.version)
	if err != nil {
		s.noForm(w, r, err)
		return
	}
	doc, content, err := s.deps.Store.Forms.Document(r.Context(), f.kept.Workspace, f.kept.ID, d.Document)
	if errors.As(err, new(store.ErrNotFound)) { // replaced since: the newest is what was meant
		doc, content, err = s.deps.Store.Forms.Document(r.Context(), f.kept.Workspace, f.kept.ID, f.Document)
	}
	if err != nil {
		s.noForm(w, r, err)
		return
	}
	h := w.Header()
	h.Set("Content-Type", doc.Kind)
	h.Set("Content-Disposition", "attachment; filename*=UTF-8''"+pathEscape(doc.Name))
	h.Set("Content-Length", strconv.Itoa(len(content)))
	h.Set("Cache-Control", "private, no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Robots-Tag", "noindex")
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	w.WriteHeader(http.StatusOK)
	_, _ = w.Write(content) // the client may be gone
}
