package connect

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/shirube/shirube/internal/words"
)

const sheetsHost = "docs.google.com"

// sheetAddress is where a Google Sheet can be had as CSV: the link of "publish to the
// web", or the link of a sheet that everybody with the link may see.
func sheetAddress(text, other string) (*url.URL, error) {
	address, err := addressOf("url", text)
	if err != nil {
		return nil, err
	}
	host := sheetsHost
	if base, err := url.Parse(other); other != "" && err == nil {
		host = base.Host
	}
	parts := strings.Split(strings.Trim(address.Path, "/"), "/")
	if address.Host != host || len(parts) < 3 || parts[0] != "spreadsheets" || parts[1] != "d" && parts[1] != "u" {
		return nil, badSetting("url", words.T("Google スプレッドシートのリンク(https://docs.google.com/spreadsheets/…)を入れてください。",
			"Enter the link of a Google Sheet (https://docs.google.com/spreadsheets/…)."))
	}
	if parts[1] == "u" && len(parts) > 4 { // …/u/0/d/ID: of one of several signed-in accounts
		parts = append(parts[:1], parts[3:]...)
	}
	query := address.Query()
	if parts[2] == "e" { // published: …/d/e/ID/pub
		if len(parts) < 4 {
			return nil, badSetting("url", words.T("リンクが途中で切れています。", "The link is cut off."))
		}
		kept := url.Values{"output": {"csv"}}
		for _, key := range []string{"gid", "single"} {
			if value := query.Get(key); value != "" {
				kept.Set(key, value)
			}
		}
		address.Path, address.RawQuery = "/spreadsheets/d/e/"+parts[3]+"/pub", kept.Encode()
		return address, nil
	}
	kept := url.Values{"format": {"csv"}}
	gid := query.Get("gid")
	if original, err := url.Parse(text); err == nil && gid == "" {
		gid, _ = strings.CutPrefix(original.Fragment, "gid=")
	}
	if gid != "" && strings.Trim(gid, "0123456789") == "" {
		kept.Set("gid", gid)
	}
	address.Path, address.RawQuery = "/spreadsheets/d/"+parts[2]+"/export", kept.Encode()
	return address, nil
}

// pullSheet fetches a whole sheet.
func (p *Puller) pullSheet(ctx context.Context, r Request) (*Table, error) {
	address, err := sheetAddress(r.Settings.URL, p.SheetsAddress)
	if err != nil {
		return nil, err
	}
	closed := fail(Forbidden, words.T("スプレッドシートが公開されていません。「ファイル › 共有 › ウェブに公開」で CSV を選ぶか、「リンクを知っている全員」が見られるようにしてください。",
		"The sheet is not public. Publish it as CSV (File › Share › Publish to web), or let everyone with the link see it."))
	got, err := p.web().ask(ctx, func(ctx context.Context) (*http.Request, error) { return newGet(ctx, address) }, func(got *answer) *Failure {
		if got.status == http.StatusUnauthorized || got.status == http.StatusForbidden {
			return closed
		}
		if got.status == http.StatusNotFound || got.status == http.StatusBadRequest {
			return fail(NotFound, words.T("このリンクのスプレッドシートがありません。", "There is no sheet at this link."))
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if isPage(got) {
		return nil, closed // a page that asks to sign in
	}
	return &Table{File: got.body}, nil
}

// isPage reports whether an answer is a web page where a table was expected.
func isPage(got *answer) bool {
	if strings.Contains(strings.ToLower(got.header.Get("Content-Type")), "text/html") {
		return true
	}
	head := strings.ToLower(strings.TrimSpace(string(got.body[:min(len(got.body), 200)])))
	return strings.HasPrefix(head, "<!doctype html") || strings.HasPrefix(head, "<html")
}
