package server

import (
	"context"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/shirube/shirube/internal/act/form"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
	"github.com/shirube/shirube/ui"
)

// FormsScriptPath is where websites fetch the script that shows forms in their pages.
const FormsScriptPath = "/forms.js"

// mountForms serves forms to anybody: below /f/ stands each form's own page.
func (s *Server) mountForms(mux *http.ServeMux) error {
	script, err := pack(ui.Forms)
	if err != nil {
		return fmt.Errorf("compress the script of forms: %w", err)
	}
	mux.HandleFunc("GET "+FormsScriptPath, func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Type", "text/javascript; charset=utf-8")
		h.Set("Cache-Control", "public, max-age=3600")
		h.Set("Vary", "Accept-Encoding")
		h.Set("Cross-Origin-Resource-Policy", "cross-origin")
		sent := script.send(Cached{IfNoneMatch: r.Header.Get("If-None-Match"), AcceptEncoding: r.Header.Get("Accept-Encoding")})
		h.Set("ETag", sent.ETag)
		if sent.ContentEncoding != "" {
			h.Set("Content-Encoding", sent.ContentEncoding)
		}
		w.WriteHeader(sent.Status)
		_, _ = w.Write(sent.Body) // the client may be gone
	})
	mux.HandleFunc("GET /f/preview", showFormPreview)
	mux.HandleFunc("GET /f/{id}", s.getForm)
	mux.HandleFunc("GET /f/{id}/document", s.getDocument)
	mux.HandleFunc("POST /f/{id}", s.postForm)
	s.mountConfirming(mux)
	return nil
}

// openForm is a form at a public address with its definition.
type openForm struct {
	form.Definition
	kept store.Form
	lang words.Lang
}

func (s *Server) findForm(ctx context.Context, id string) (openForm, error) {
	if !isName(id) || len(id) > 40 {
		return openForm{}, store.ErrNotFound{What: "form", Name: id}
	}
	kept, err := s.deps.Store.Forms.Public(ctx, store.FormID(id))
	if err != nil {
		return openForm{}, err
	}
	definition, err := form.Parse(kept.Definition)
	if err != nil {
		return openForm{}, fmt.Errorf("read form %q: %w", id, err)
	}
	lang := words.JA
	if definition.Lang == "en" {
		lang = words.EN
	}
	return openForm{definition, kept, lang}, nil
}

func (s *Server) getForm(w http.ResponseWriter, r *http.Request) {
	f, err := s.findForm(r.Context(), r.PathValue("id"))
	if err != nil {
		s.noForm(w, r, err)
		return
	}
	query := r.URL.Query()
	v := formViewOf(f.Definition, f.lang, nil, nil)
	// Where the page stands and whom it was shown to is told by the script of the website.
	v.Visitor, v.Page = shortText(query.Get("visitor"), 100), shortText(query.Get("page"), 1000)
	s.answerForm(w, http.StatusOK, f, v, query.Get("in") == "frame")
}

// answerForm fills in what every page of a form carries, and writes it.
func (s *Server) answerForm(w http.ResponseWriter, status int, f openForm, v formView, framed bool) {
	v.ID, v.Framed, v.Nonce = string(f.kept.ID), framed, scriptNonce()
	v.Action = "/f/" + v.ID
	if framed {
		v.Action += "?in=frame"
	}
	if !f.kept.Open && !v.Done {
		v.Closed = words.T("この受付は終わりました。", "This form is closed.").In(f.lang)
	}
	if v.Closed == "" && !v.Done {
		token, err := newFormToken(s.deps.Random, f.kept.Secret, f.kept.Version, s.deps.Clock())
		if err != nil {
			s.deps.Log.Error("form not shown", "form", f.kept.ID, "error", err)
			plainText(w, http.StatusServiceUnavailable, words.T("いまはお見せできません。\n", "It cannot be shown now.\n").In(f.lang))
			return
		}
		v.Token = token
	}
	showForm(w, status, f.Definition, v)
}

// noForm answers where there is no form to show.
func (s *Server) noForm(w http.ResponseWriter, r *http.Request, err error) {
	lang := languageOf(r)
	if errors.As(err, new(store.ErrNotFound)) {
		plainText(w, http.StatusNotFound, words.T("このフォームはありません。\n", "There is no such form.\n").In(lang))
		return
	}
	s.deps.Log.Error("form not found", "error", err)
	plainText(w, http.StatusServiceUnavailable, words.T("いまはお見せできません。少し待ってから開いてください。\n", "It cannot be shown now. Please try again in a moment.\n").In(lang))
}

func (s *Server) postForm(w http.ResponseWriter, r *http.Request) {
	f, err := s.findForm(r.Context(), r.PathValue("id"))
	if err != nil {
		s.noForm(w, r, err)
		return
	}
	framed := r.URL.Query().Get("in") == "frame"
	values, err := formValues(w, r)
	if err != nil {
		status, text := http.StatusBadRequest, words.T("送られた内容を読めませんでした。ページを開きなおしてください。\n", "What was sent could not be read. Please open the page again.\n")
		if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
			status, text = http.StatusRequestEntityTooLarge, words.T("内容が長すぎます。短くしてお送りください。\n", "This is too long. Please send something shorter.\n")
		}
		if errors.Is(err, errFormFile) {
			status, text = http.StatusUnsupportedMediaType, words.T("ファイルは受け取れません。\n", "Files are not taken.\n")
		}
		plainText(w, status, text.In(f.lang))
		return
	}
	if !f.kept.Open {
		s.answerForm(w, http.StatusGone, f, formViewOf(f.Definition, f.lang, nil, nil), framed)
		return
	}
	page, signed := readFormToken(f.kept.Secret, values.get("token"))
	asked := f.Definition
	if signed && page.version != f.kept.Version {
		// Somebody was still filling in an earlier version: what they saw is what counts.
		if old, err := s.formVersion(r.Context(), f.kept, page.version); err == nil {
			asked = old
		} else {
			page.version = f.kept.Version
		}
	}
	if !signed {
		page.version = f.kept.Version
	}
	sent, refused := form.Read(asked, values, mailAddress)
	if len(refused) > 0 {
		v := formViewOf(asked, f.lang, values, refused)
		v.Visitor, v.Page = shortText(values.get("visitor"), 100), shortText(values.get("page"), 1000)
		s.answerForm(w, http.StatusUnprocessableEntity, f, v, framed)
		return
	}
	if err := s.takeForm(r, f, asked, sent, page, signed, values); err != nil {
		s.noForm(w, r, err)
		return
	}
	v := doneView(asked, f.lang, sent.Agreed)
	if asked.Document != "" {
		if v.Next, err = s.documentLink(f.kept, page.version); err != nil {
			s.noForm(w, r, err)
			return
		}
	}
	s.answerForm(w, http.StatusOK, f, v, framed)
}

func (s *Server) formVersion(ctx context.Context, kept store.Form, version int) (form.Definition, error) {
	text, err := s.deps.Store.Forms.Version(ctx, kept.Workspace, kept.ID, version)
	if err != nil {
		return form.Definition{}, err
	}
	return form.Parse(text)
}

// takeForm keeps a submission and makes an event of it, unless it looks like a robot's.
func (s *Server) takeForm(r *http.Request, f openForm, asked form.Definition, sent form.Submission, page formPage, signed bool, values fields) error {
	ctx, now := r.Context(), s.deps.Clock()
	seen := form.Seen{Trap: values.get("website"), Signed: signed, Took: now.Sub(page.shown)}
	if signed {
		again, err := s.deps.Store.Submissions.Repeated(ctx, f.kept.Workspace, f.kept.ID, page.nonce)
		if err != nil {
			return err
		}
		seen.Again = again
	}
	seen.Lately = s.crowd.note(string(f.kept.ID), addressOf(r, s.deps.URL != ""), now)
	judged, signs := form.Judge(asked, sent, seen)
	if judged == form.Dropped {
		return nil // it is answered like any other: who sends such things learns nothing
	}
	state := store.SubmissionAccepted
	if judged == form.Held {
		state = store.SubmissionHeld
	}
	list := make([]string, len(signs))
	for i, sign := range signs {
		list[i] = string(sign)
	}
	kept, err := s.deps.Store.Submissions.Add(ctx, f.kept.Workspace, store.Submission{
		Form: f.kept.ID, Version: page.version, State: state, Signs: list, Answers: sent.Answers, Agreed: sent.Agreed,
		Address: addressKey(form.PersonOf(asked, sent.Answers).Address), Visitor: shortText(values.get("visitor"), 100),
		Page: webAddress(values.get("page")), Nonce: page.nonce,
	})
	if err != nil {
		return err
	}
	if state == store.SubmissionAccepted {
		if err := s.finishForm(ctx, f.kept.Workspace, asked, kept, r); err != nil {
			// It is kept: what is still to be made of it is made a little later.
			s.deps.Log.Error("form not finished", "form", f.kept.ID, "error", err)
		}
	}
	return nil
}

// fields are what came with a form.
type fields map[string][]string

func (f fields) get(key string) string {
	if len(f[key]) == 0 {
		return ""
	}
	return f[key][0]
}

var errFormFile = errors.New("a file was sent")

// formValues reads the body. Files are refused before anything of them is read.
func formValues(w http.ResponseWriter, r *http.Request) (fields, error) {
	r.Body = http.MaxBytesReader(w, r.Body, form.MaxBody)
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil {
		return nil, fmt.Errorf("read the kind of body: %w", err)
	}
	switch kind {
	case "application/x-www-form-urlencoded":
		if err := r.ParseForm(); err != nil {
			return nil, fmt.Errorf("read the form: %w", err)
		}
		return fields(r.PostForm), nil
	case "multipart/form-data":
		return nil, errFormFile
	}
	return nil, fmt.Errorf("read a form of kind %q: not taken", kind)
}

// shortText is a text from outside that is kept beside the answers: without control
// characters, and cut where it is too long.
func shortText(text string, most int) string {
	text = clean(strings.ToValidUTF8(text, ""))
	for utf8.RuneCountInString(text) > most {
		return string([]rune(text)[:most])
	}
	return text
}

// webAddress is the address of the page a form stood in, without what stands behind "?": that
// may say things about a person.
func webAddress(text string) string {
	text = shortText(text, 1000)
	if !strings.HasPrefix(text, "https://") && !strings.HasPrefix(text, "http://") {
		return ""
	}
	text, _, _ = strings.Cut(text, "#")
	text, _, _ = strings.Cut(text, "?")
	return text
}
