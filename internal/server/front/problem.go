package front

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)                              // problem is the body of an answer that tells of an error (RFC 9457).
type problem = huma.ErrorModel // refusal is an error a person can do something about, with its HTTP status.
type Refusal struct {
	Status   int
	Location string // query.as_of, body.name; empty where the whole request is meant
	What     words.Text
}

// Error is the Japanese text, for logs and tests.
func (r *Refusal) Error() string { return r.What.JA }

func BadRequest(location string, what words.Text) error {
	return &Refusal{Status: http.StatusBadRequest, Location: location, What: what}
}

// Refuse is an error with a status of its own.
func Refuse(status int, what words.Text) error {
	return &Refusal{Status: status, What: what}
}

func NotFound(what words.Text) error { return Refuse(http.StatusNotFound, what) }

// The library asks this function for every error it meets, ours and its own, so
// it is the one place where an error becomes an answer (RFC 9457).
func init() {
	huma.DefaultArrayNullable = false // replies never hold a null list; see listed()
	huma.NewErrorWithContext = func(ctx huma.Context, status int, message string, errs ...error) huma.StatusError {
		r := RequestOf(ctx.Context())
		if status == http.StatusInternalServerError && len(errs) == 1 {
			return ProblemOf(r, errs[0])
		}
		return answerOfLibrary(r, status, message, errs)
	}
}

// ProblemOf maps an error of a handler.
func ProblemOf(r *Request, err error) *problem {
	if problems, ok := words.AsProblems(err); ok {
		model := ProblemModel(http.StatusUnprocessableEntity,
			words.T("読めないところがあります。", "Some of it cannot be read.").In(r.Lang))
		for _, p := range problems {
			model.Errors = append(model.Errors, &huma.ErrorDetail{
				Location: p.At.String(), Message: Sentence(p, r.Lang),
			})
		}
		return model
	}
	if refused, ok := errors.AsType[*Refusal](err); ok {
		model := ProblemModel(refused.Status, refused.What.In(r.Lang))
		if refused.Location != "" {
			model.Errors = []*huma.ErrorDetail{{Location: refused.Location, Message: model.Detail}}
		}
		return model
	}
	if tooLarge, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return ProblemModel(http.StatusRequestEntityTooLarge, tooLargeText(tooLarge.Limit).In(r.Lang))
	}
	if known := answerOfStore(r, err); known != nil {
		return known
	}
	if errors.Is(err, context.Canceled) {
		return ProblemModel(statusClientGone, "client closed the request")
	}
	r.Log.Error("request failed", "error", err)
	if store.IsFull(err) {
		return ProblemModel(http.StatusInsufficientStorage,
			words.T("保存する場所がいっぱいで、書き込めませんでした。いまあるデータはそのままです。空きを作ってから、もう一度試してください。",
				"There is no room left to save; nothing was written, and what is there is safe. Free some space and try again.").In(r.Lang))
	}
	return internalError(r)
}

// answerOfStore maps the errors of the state; nil for any other.
func answerOfStore(r *Request, err error) *problem {
	if _, ok := errors.AsType[store.ErrNotFound](err); ok {
		return ProblemModel(http.StatusNotFound,
			words.T("見つかりません。消されたか、アドレスが違います。", "Not found. It was deleted, or the address is wrong.").In(r.Lang))
	}
	if _, ok := errors.AsType[store.ErrConflict](err); ok {
		return ProblemModel(http.StatusConflict,
			words.T("ほかの人が先に保存しました。新しい版を読み込んでから、もう一度お願いします。",
				"Somebody else saved first. Load the new version and try again.").In(r.Lang))
	}
	if closed, ok := errors.AsType[store.ErrClosed](err); ok {
		what := words.T("このページは閉じられました。", "This page was closed.")
		if closed.Reason == store.ClosedExpired {
			what = words.T("このページの期限が過ぎました。新しいリンクをもらってください。",
				"This page has expired. Ask for a new link.")
		}
		return ProblemModel(http.StatusGone, what.In(r.Lang))
	}
	if long, ok := errors.AsType[store.ErrTooLong](err); ok {
		return ProblemModel(http.StatusUnprocessableEntity, words.T("文字が長すぎます(%[2]dバイト)。%[3]dバイトまでです。",
			"A text is too long (%[2]d bytes); at most %[3]d fit.", long.What, long.Bytes, long.Limit).In(r.Lang))
	}
	return nil
}

// internalError tells no more than a number to look for in the log.
func internalError(r *Request) *problem {
	return ProblemModel(http.StatusInternalServerError,
		words.T("サーバーの内部で問題が起きました。もう一度試してもだめなときは、番号 %s を管理者に伝えてください。",
			"Internal error. If it happens again, tell your administrator the number %s.", r.ID).In(r.Lang))
}

// statusClientGone is for the access log; nobody is there to read the answer.
const statusClientGone = 499

// answerOfLibrary puts what the library found wrong with the form of a request
// into our own words; its details name the place in English.
func answerOfLibrary(r *Request, status int, message string, errs []error) *problem {
	detail := words.T("リクエストの形が正しくありません。", "The request is not well formed.")
	switch status {
	case http.StatusRequestEntityTooLarge:
		detail = tooLargeText(MaxModelBytes)
	case http.StatusUnsupportedMediaType:
		detail = words.T("この形式は受け取れません。", "This content type is not accepted.")
	case http.StatusRequestTimeout:
		detail = words.T("送信が途中で止まりました。もう一度送ってください。", "Sending stopped half way. Please send it again.")
	}
	model := ProblemModel(status, detail.In(r.Lang))
	for _, err := range errs {
		if err == nil {
			continue
		}
		if located, ok := err.(huma.ErrorDetailer); ok {
			found := located.ErrorDetail()
			// The value is left out: what was sent is not repeated back.
			model.Errors = append(model.Errors, &huma.ErrorDetail{Location: found.Location, Message: found.Message})
			continue
		}
		model.Errors = append(model.Errors, &huma.ErrorDetail{Message: err.Error()})
	}
	if len(model.Errors) == 0 && message != "" {
		model.Errors = []*huma.ErrorDetail{{Message: message}}
	}
	return model
}

func ProblemModel(status int, detail string) *problem {
	title := http.StatusText(status)
	if title == "" {
		title = "Client Closed Request"
	}
	return &huma.ErrorModel{Type: "about:blank", Title: title, Status: status, Detail: detail}
}

func tooLargeText(limit int64) words.Text {
	return words.T("大きすぎます。%s MBまでです。", "It is too large; at most %s MB.",
		words.Group(float64(limit)/1e6, 0))
}

// Sentence says what is wrong and the mend, without the place.
func Sentence(p *words.Problem, lang words.Lang) string {
	s := p.What.In(lang)
	if mend := p.Mend.In(lang); mend != "" {
		s += " " + mend
	}
	return s
}

// ProblemViews are problems for a live check.
func ProblemViews(problems words.Problems, lang words.Lang) []ProblemView {
	views := make([]ProblemView, len(problems))
	for i, p := range problems {
		views[i] = ProblemView{
			File: p.At.File, Line: max(p.At.Line, 1), Col: max(p.At.Col, 1),
			Message: p.What.In(lang), Mend: p.Mend.In(lang),
		}
	}
	return views
}

// WriteProblem answers with an error outside of the API's handlers.
func WriteProblem(w http.ResponseWriter, r *http.Request, err error) {
	write(w, ProblemOf(RequestOf(r.Context()), err))
}

// UnknownResource answers for addresses below /api/ that are none.
func UnknownResource(w http.ResponseWriter, r *http.Request) {
	WriteProblem(w, r, NotFound(words.T("このアドレスの API はありません。", "There is no such API address.")))
}

// write sends an error as application/problem+json.
func write(w http.ResponseWriter, model *problem) {
	text, err := json.Marshal(model)
	if err != nil {
		text = []byte(`{"title":"Internal Server Error","status":500}`)
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(model.Status)
	_, _ = w.Write(text) // the client may be gone; there is nobody to tell
}

// ProblemView is bad input: where, what was found and the mend.
type ProblemView struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Col     int    `json:"col"`
	Message string `json:"message"`
	Mend    string `json:"mend"`
}

func PlainText(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, text) // the client may be gone; there is nobody to tell
}
