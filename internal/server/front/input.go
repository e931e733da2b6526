package front

import (
	"context"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// Lang is the language a reply is written in; embed it in a request.
type Lang struct {
	Lang string `query:"lang" enum:"ja,en" default:"ja" doc:"language of sentences"`
}

func (l Lang) Words() words.Lang { return words.ParseLang(l.Lang) }

// BodyLang is the language where a body names it; it wins over the address.
type BodyLang struct {
	Lang string `json:"lang,omitempty" enum:"ja,en"`
}

func (b BodyLang) Over(ctx context.Context, query Lang) words.Lang {
	lang := query.Words()
	if b.Lang != "" {
		lang = words.ParseLang(b.Lang)
	}
	RequestOf(ctx).Lang = lang // what goes wrong is told in it too
	return lang
}

// InWorkspace is the workspace a request is about; embed it in a request.
type InWorkspace struct {
	Workspace string `path:"ws" maxLength:"80" doc:"the workspace's slug"`
}

// Days outside of these are misspelt.
var (
	EarliestDay = series.Date(1971, 1, 1)
	LatestDay   = series.Date(2199, 12, 31)
)

// At is the moment and the version to look at; embed it in a request.
type At struct {
	AsOf    string `query:"as_of" maxLength:"10" doc:"the last day that counts; the newest data where absent"`
	Version int    `query:"version" minimum:"0" doc:"a version of the model; the newest where absent"`
}

// day is the as-of day that was asked for; nil is the default.
func (a At) Day() (*series.Day, error) {
	if a.AsOf == "" {
		return nil, nil
	}
	d, err := series.ParseDay(a.AsOf)
	if err != nil || d < EarliestDay || d > LatestDay {
		return nil, BadRequest("query.as_of", words.T("日付「%s」が読めません。2026-04-01 の形で書いてください。",
			"The date %q cannot be read. Write it like 2026-04-01.", a.AsOf))
	}
	return &d, nil
}
