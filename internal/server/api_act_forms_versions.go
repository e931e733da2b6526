package server

import (
	"context"
	"encoding/csv"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/act/form"
	"github.com/shirube/shirube/internal/act/mail"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// FormVersionView is one version of a form.
type FormVersionView struct {
	Version    int              `json:"version"`
	Author     string           `json:"author"`
	CreatedAt  int64            `json:"created_at"`
	Definition *form.Definition `json:"definition"`
}

// FormVersionsReply is the versions of a form, the newest first.
type FormVersionsReply struct {
	Versions []FormVersionView `json:"versions"`
}

// FormPreview is the pages of a definition as visitors see them, each a whole HTML page.
type FormPreview struct {
	Form string           `json:"form"`
	Done string           `json:"done" doc:"after it was sent in"`
	Mail *FormMailPreview `json:"mail,omitempty" doc:"where it asks once more"`
}

// FormMailPreview is the mail that asks once more.
type FormMailPreview struct {
	Subject string `json:"subject"`
	HTML    string `json:"html"`
	Text    string `json:"text"`
}

func (s *Server) registerFormVersions(api huma.API) {
	tags := []string{"act"}
	const path = "/api/workspaces/{ws}/forms"
	front.Handle(api, huma.Operation{
		OperationID: "preview-form", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodPost, Path: path + "/preview",
		Summary: "Show a definition as visitors would see it; nothing is kept", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		Read string `query:"read" enum:"ja,en," doc:"in which of its languages; empty: its own"`
		Body form.Definition
	}) (FormPreview, error) {
		if _, err := s.workspace(ctx, in.Workspace); err != nil {
			return FormPreview{}, err
		}
		d := in.Body.Completed()
		if in.Read != "" {
			d = d.In(words.Lang(in.Read))
		}
		return previewForm(d)
	})
	front.Handle(api, huma.Operation{
		OperationID: "form-versions", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: path + "/{id}/versions", Summary: "Every version of a form", Tags: tags,
	}, func(ctx context.Context, in *struct{ InForm }) (FormVersionsReply, error) {
		return s.formVersions(ctx, in.InForm)
	})
	huma.Register(api, front.Bounded(huma.Operation{
		OperationID: "export-submissions", Metadata: front.Needs(access.ExportVisits), Method: http.MethodGet, Path: path + "/{id}/export",
		Summary: "Download what was sent in as CSV", Tags: tags,
	}), func(ctx context.Context, in *struct {
		InForm
		front.Lang
	}) (*huma.StreamResponse, error) {
		ws, kept, err := s.ownForm(ctx, in.InForm)
		if err != nil {
			return nil, err
		}
		return s.contactFile(ws.Slug+"-"+front.Clean(kept.Name)+".csv", func(ctx context.Context, w io.Writer) error {
			return s.writeSubmissions(ctx, ws.ID, kept, w, in.Words())
		}), nil
	})
}

// previewForm draws by the very templates visitors get. What is unfinished is drawn as far
// as it is: a definition need not be right yet.
func previewForm(d form.Definition) (FormPreview, error) {
	var out FormPreview
	for _, page := range []struct {
		into *string
		view formView
	}{{&out.Form, formViewOf(d, nil, nil)}, {&out.Done, doneView(d, d.Confirms())}} {
		var text strings.Builder
		if err := formPageTemplate.Execute(&text, page.view); err != nil {
			return out, err
		}
		*page.into = text.String()
	}
	if d.Confirms() {
		// Nobody's name stands in it: the footer is the sender's, the link a person's.
		body, err := confirmMail(d, mail.Legal{}, "https://example.jp/")
		if err == nil {
			out.Mail = &FormMailPreview{Subject: body.Subject, HTML: string(body.HTML), Text: string(body.Text)}
		}
	}
	return out, nil
}

// showFormPreview is the empty page a preview is drawn into: in a frame of our own screens,
// with a policy under which nothing in it runs or is sent.
func showFormPreview(w http.ResponseWriter, _ *http.Request) {
	h := w.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; img-src https:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'")
	h.Set("X-Frame-Options", "SAMEORIGIN")
	h.Set("Content-Type", "text/html; charset=utf-8")
	_, _ = io.WriteString(w, "<!doctype html><html><head><meta charset=\"utf-8\"><title>preview</title></head><body></body></html>") // the client may be gone
}

func (s *Server) formVersions(ctx context.Context, in InForm) (FormVersionsReply, error) {
	reply := FormVersionsReply{Versions: []FormVersionView{}}
	ws, kept, err := s.ownForm(ctx, in)
	if err != nil {
		return reply, err
	}
	list, err := s.deps.Store.Forms.Versions(ctx, ws.ID, kept.ID)
	if err != nil {
		return reply, err
	}
	for _, v := range list {
		d, err := form.Parse(v.Definition)
		if err != nil {
			return reply, err
		}
		reply.Versions = append(reply.Versions, FormVersionView{v.Version, v.Author, v.CreatedAt.UnixMilli(), &d})
	}
	return reply, nil
}

// writeSubmissions writes what was sent in as CSV (UTF-8 with a byte order mark, as
// spreadsheets want it), the newest first. Questions of older versions have columns too.
func (s *Server) writeSubmissions(ctx context.Context, ws store.WorkspaceID, kept store.Form, w io.Writer, lang words.Lang) error {
	versions, err := s.deps.Store.Forms.Versions(ctx, ws, kept.ID)
	if err != nil {
		return err
	}
	zone := time.UTC
	if saved, err := s.modelOrEmpty(ctx, ws, 0); err == nil {
		zone = saved.model.Location
	}
	head := strings.Split(words.T("届いた日時,状態,版,読んだ言語,同意,ページ", "sent,state,version,language,agreed,page").In(lang), ",")
	var keys []string
	seen := map[string]bool{}
	for _, v := range versions {
		d, err := form.Parse(v.Definition)
		if err != nil {
			return err
		}
		for _, q := range d.Questions {
			if !seen[q.Key] {
				seen[q.Key], keys, head = true, append(keys, q.Key), append(head, q.Label)
			}
		}
	}
	if _, err := io.WriteString(w, "\uFEFF"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	line := func(row []string) error {
		for i := range row {
			row[i] = words.Cell(row[i])
		}
		return out.Write(row)
	}
	if err := line(head); err != nil {
		return err
	}
	states := map[string]words.Text{
		store.SubmissionAccepted: words.T("受付", "accepted"), store.SubmissionHeld: words.T("保留", "held"), store.SubmissionRefused: words.T("迷惑", "refused"),
	}
	ask := store.SubmissionQuery{Form: kept.ID, Limit: 500}
	for {
		list, err := s.deps.Store.Submissions.List(ctx, ws, ask)
		if err != nil {
			return err
		}
		for _, one := range list {
			agreed := ""
			if one.Agreed {
				agreed = words.T("同意", "yes").In(lang)
			}
			row := []string{time.UnixMilli(int64(one.SentAt)).In(zone).Format("2006-01-02 15:04"), states[one.State].In(lang), "v" + strconv.Itoa(one.Version), one.Lang, agreed, one.Page}
			for _, key := range keys {
				row = append(row, strings.Join(one.Answers[key], "、"))
			}
			if err := line(row); err != nil {
				return err
			}
		}
		if len(list) < ask.Limit {
			break
		}
		ask.Before = list[len(list)-1].ID
	}
	out.Flush()
	return out.Error()
}
