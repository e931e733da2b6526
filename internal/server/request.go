package server

import (
	"context"
	"log/slog"
	"net/http"

	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// request is what is known of a request before any handler sees it.
type request struct {
	id   string
	lang words.Lang
	log  *slog.Logger // carries the id

	from   *http.Request // as it came in; nil outside of a request
	answer http.Header   // of the answer, as long as nothing is sent
	who    *identity     // set once it is known; nil for nobody

	trail  store.Trail // follows what it changes
	inside bool        // asked by the house itself, for its record
}

type requestKey struct{}

// requestOf finds the request a context belongs to; outside of one (the API
// description, tests of one function) it is a quiet Japanese one.
func requestOf(ctx context.Context) *request {
	if r, ok := ctx.Value(requestKey{}).(*request); ok {
		return r
	}
	return &request{lang: words.JA, log: slog.New(slog.DiscardHandler)}
}

// languageOf is the language of an answer: the one asked for, else the
// browser's first choice, else Japanese.
func languageOf(r *http.Request) words.Lang {
	if lang := r.URL.Query().Get("lang"); lang != "" {
		return words.ParseLang(lang)
	}
	return words.ParseLang(r.Header.Get("Accept-Language"))
}
