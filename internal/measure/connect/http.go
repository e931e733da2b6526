package connect

import (
	"bytes"
	"context"
	"net/http"
	"strings"

	"github.com/shirube/shirube/internal/words"
)

// pullHTTP fetches a file from a plain address.
func (p *Puller) pullHTTP(ctx context.Context, r Request) (*Table, error) {
	s := r.Settings
	address, err := addressOf("url", withDays(s.URL, r.Span.From.String(), r.Span.To.String()))
	if err != nil {
		return nil, err
	}
	header := s.Header
	if header == "" {
		header = "Authorization"
	}
	if strings.ContainsAny(r.Secret, "\r\n\x00") {
		return nil, badSetting("secret", words.T("秘密に改行は使えません。", "The secret cannot hold line breaks."))
	}
	if r.Secret != "" {
		ctx = context.WithValue(ctx, secretHeader{}, header)
	}
	got, err := p.web().ask(ctx, func(ctx context.Context) (*http.Request, error) {
		request, err := newGet(ctx, address)
		if err == nil && r.Secret != "" {
			request.Header.Set(header, r.Secret)
		}
		return request, err
	}, nil)
	if err != nil {
		return nil, err
	}
	if len(bytes.TrimSpace(got.body)) == 0 {
		return nil, fail(BadAnswer, words.T("「%s」の返事は空でした。", "The answer of %s was empty.", got.host))
	}
	windowed := Windowed(HTTP, s)
	if s.Format == "json" || s.Format == "" && strings.Contains(strings.ToLower(got.header.Get("Content-Type")), "json") {
		table, err := p.tableOfJSON(got.body, s.Path)
		if err != nil {
			return nil, err
		}
		table.Windowed = windowed
		return table, nil
	}
	if isPage(got) {
		return nil, fail(BadAnswer, words.T("「%s」の返事は CSV ではなく、ウェブページでした。ファイルそのもののアドレスを入れてください。",
			"%s answered with a web page, not a CSV. Enter the address of the file itself.", got.host))
	}
	return &Table{File: got.body, Windowed: windowed}, nil
}
