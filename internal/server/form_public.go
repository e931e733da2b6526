package server

import (
	"context"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/shirube/shirube/internal/act/form"
	"github.com/shirube/shirube/internal/server/front"
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

// openForm is a form at a public address with a version of it, in the language it is read in.
type openForm struct {
	form.Definition // in both languages
	kept            store.Form
	version         int
	lang            words.Lang
}

// read is the form in its reader's language.
func (f openForm) read() form.Definition { return f.In(f.lang) }

func (s *Server) findForm(r *http.Request) (openForm, error) {
	ctx, id := r.Context(), r.PathValue("id")
	if !front.IsName(id) || len(id) > 40 {
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
	query := r.URL.Query()
	lang := definition.For(form.Reader{Asked: query.Get("lang"), Site: query.Get("site_lang"), Browser: r.Header.Get("Accept-Language")})
	return openForm{definition, kept, kept.Version, lang}, nil
}

func (s *Server) getForm(w http.ResponseWriter, r *http.Request) {
	f, err := s.findForm(r)
	if err != nil {
		s.noForm(w, r, err)
		return
	}
	query := r.URL.Query()
	v := formViewOf(f.read(), nil, nil)
	// Where the page stands and whom it was shown to is told by the script of the website.
	v.Visitor, v.Page = shortText(query.Get("visitor"), 100), shortText(query.Get("page"), 1000)
	s.answerForm(w, http.StatusOK, f, v, query.Get("in") == "frame")
}

// answerForm fills in what every page of a form carries, and writes it.
func (s *Server) answerForm(w http.ResponseWriter, status int, f openForm, v formView, framed bool) {
	v.ID, v.Framed, v.Nonce = string(f.kept.ID), framed, scriptNonce()
	v.Action = formAddress(f, f.lang, framed, url.Values{})
	for _, lang := range f.Langs() {
		if lang != f.lang && v.Sum == "" && !v.Done { // who has begun would lose what they wrote
			v.Other, v.OtherLang = formAddress(f, lang, framed, url.Values{"visitor": {v.Visitor}, "page": {v.Page}}), string(lang)
			v.OtherWords = words.T("日本語", "English").In(lang)
		}
	}
	if !f.kept.Open && !v.Done {
		v.Closed = words.T("この受付は終わりました。", "This form is closed.").In(f.lang)
	}
	if v.Closed == "" && !v.Done {
		token, err := newFormToken(s.deps.Random, f.kept.Secret, f.version, f.lang, s.deps.Clock())
		if err != nil {
			s.deps.Log.Error("form not shown", "form", f.kept.ID, "error", err)
			front.PlainText(w, http.StatusServiceUnavailable, words.T("いまはお見せできません。\n", "It cannot be shown now.\n").In(f.lang))
			return
		}
		v.Token = token
	}
	w.Header().Set("Content-Language", string(f.lang))
	w.Header().Add("Vary", "Accept-Language")
	showForm(w, status, f.Definition, v)
}

// formAddress is where a form stands in a language.
func formAddress(f openForm, lang words.Lang, framed bool, query url.Values) string {
	for name := range query {
		if query.Get(name) == "" {
			query.Del(name)
		}
	}
	if framed {
		query.Set("in", "frame")
	}
	if len(f.Langs()) > 1 {
		query.Set("lang", string(lang))
	}
	if len(query) == 0 {
		return "/f/" + string(f.kept.ID)
	}
	return "/f/" + string(f.kept.ID) + "?" + query.Encode()
}

// noForm answers where there is no form to show.
func (s *Server) noForm(w http.ResponseWriter, r *http.Request, err error) {
	lang := front.LanguageOf(r)
	if errors.As(err, new(store.ErrNotFound)) {
		front.PlainText(w, http.StatusNotFound, words.T("このフォームはありません。\n", "There is no such form.\n").In(lang))
		return
	}
	s.deps.Log.Error("form not found", "error", err)
	front.PlainText(w, http.StatusServiceUnavailable, words.T("いまはお見せできません。少し待ってから開いてください。\n", "It cannot be shown now. Please try again in a moment.\n").In(lang))
}

func (s *Server) postForm(w http.ResponseWriter, r *http.Request) {
	f, err := s.findForm(r)
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
		front.PlainText(w, status, text.In(f.lang))
		return
	}
	if !f.kept.Open {
		s.answerForm(w, http.StatusGone, f, formViewOf(f.read(), nil, nil), framed)
		return
	}
	page, signed := readFormToken(f.kept.Secret, values.get("token"))
	if signed {
		f = s.asShown(r.Context(), f, page)
	}
	asked := f.read()
	sent, refused := form.Read(asked, values, mailAddress)
	if len(refused) > 0 {
		v := formViewOf(asked, values, refused)
		v.Visitor, v.Page = shortText(values.get("visitor"), 100), shortText(values.get("page"), 1000)
		s.answerForm(w, http.StatusUnprocessableEntity, f, v, framed)
		return
	}
	if err := s.takeForm(r, f, asked, sent, page, signed, values); err != nil {
		s.noForm(w, r, err)
		return
	}
	v := doneView(asked, sent.Agreed)
	if asked.Document != "" {
		if v.Next, err = s.documentLink(f); err != nil {
			s.noForm(w, r, err)
			return
		}
	}
	s.answerForm(w, http.StatusOK, f, v, framed)
}

// asShown is a form as the page showed it that was sent in: somebody may have been filling in
// an earlier version, and what they read is what counts.
func (s *Server) asShown(ctx context.Context, f openForm, page formPage) openForm {
	if page.version != f.version {
		old, err := s.formVersion(ctx, f.kept, page.version)
		if err != nil {
			return f
		}
		f.Definition, f.version, f.lang = old, page.version, old.Own()
	}
	if page.lang != "" {
		f.lang = page.lang
	}
	return f
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
		Form: f.kept.ID, Version: f.version, Lang: string(f.lang), State: state, Signs: list, Answers: sent.Answers, Agreed: sent.Agreed,
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
	text = front.Clean(strings.ToValidUTF8(text, ""))
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
