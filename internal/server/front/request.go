package front

import (
	"context"
	"log/slog"
	"net/http"

	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// Request is what is known of a request before any handler sees it.
type Request struct {
	ID   string
	Lang words.Lang
	Log  *slog.Logger // carries the id

	From   *http.Request // as it came in; nil outside of a request
	Answer http.Header   // of the answer, as long as nothing is sent
	Who    *Identity     // set once it is known; nil for nobody

	Trail  store.Trail // follows what it changes
	Inside bool        // asked by the house itself, for its record
}

type requestKey struct{}

// WithRequest is a context that belongs to a request.
func WithRequest(ctx context.Context, r *Request) context.Context {
	return context.WithValue(ctx, requestKey{}, r)
}

// RequestOf finds the request a context belongs to; outside of one (the API
// description, tests of one function) it is a quiet Japanese one.
func RequestOf(ctx context.Context) *Request {
	if r, ok := ctx.Value(requestKey{}).(*Request); ok {
		return r
	}
	return &Request{Lang: words.JA, Log: slog.New(slog.DiscardHandler)}
}

// LanguageOf is the language of an answer: the one asked for, else the
// browser's first choice, else Japanese.
func LanguageOf(r *http.Request) words.Lang {
	if lang := r.URL.Query().Get("lang"); lang != "" {
		return words.ParseLang(lang)
	}
	return words.ParseLang(r.Header.Get("Accept-Language"))
}
