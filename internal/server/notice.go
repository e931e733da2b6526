package server

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"html/template"
	"net/http"
	"time"

	"github.com/shirube/shirube/internal/act/law"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
	"github.com/shirube/shirube/ui"
)

// sends is everything shirube.js sends, as its own tests hold it to.
type sends struct {
	Fields       []sentField `json:"fields"`
	AfterConsent []sentField `json:"afterConsent"`
	Connection   []sentField `json:"connection"`
}

type sentField struct {
	Key string `json:"key"`
	JA  string `json:"ja"`
	EN  string `json:"en"`
}

func (f sentField) In(lang words.Lang) string { return words.Text{JA: f.JA, EN: f.EN}.In(lang) }

// noticePage is what the law on external transmission asks a website to tell its visitors:
// what is sent, to whom, and what for. It follows the script because it is made from the
// same list.
type noticePage struct {
	Lang                                                     words.Lang
	Title, Intro, WhatTitle, ToTitle, To, ForTitle           string
	ConsentTitle, ConsentLine, ConnectionTitle, Keeps, Other string
	For                                                      []string
	Fields, AfterConsent, Connection                         []sentField
	Law, Changed                                             string
	TagsTitle, TagTo, TagSends, TagFor, TagTheirs            string
	TagPolicy, TagOptOut                                     string
	Tags                                                     []law.Tag
}

var noticeTemplate = template.Must(template.New("notice").Parse(noticePageText))

const noticePageText = `<!doctype html>
<html lang="{{.Lang}}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>{{.Title}}</title>
<style>:root{color-scheme:light dark}body{font:16px/1.75 "Hiragino Sans","Noto Sans JP","Noto Sans CJK JP",system-ui,sans-serif;max-width:44em;margin:2.5em auto;padding:0 1em;line-break:strict}
h1{font-size:1.4em;line-height:1.5}h2{font-size:1.05em;margin:1.8em 0 .4em}ul{padding-left:1.3em;margin:.4em 0}a{color:inherit}</style></head>
<body><main>{{template "body" .}}<p><a href="?lang={{if eq .Lang "ja"}}en{{else}}ja{{end}}">{{.Other}}</a></p></main></body></html>
{{define "body"}}<h1>{{.Title}}</h1><p>{{.Intro}}</p>
<h2>{{.ToTitle}}</h2><p>{{.To}}</p>
<h2>{{.ForTitle}}</h2><ul>{{range .For}}<li>{{.}}</li>{{end}}</ul>
<h2>{{.WhatTitle}}</h2><ul>{{range .Fields}}<li data-key="{{.Key}}">{{.In $.Lang}}</li>{{end}}</ul>
<h2>{{.ConnectionTitle}}</h2><ul>{{range .Connection}}<li data-key="{{.Key}}">{{.In $.Lang}}</li>{{end}}</ul>
<h2>{{.ConsentTitle}}</h2><p>{{.ConsentLine}}</p><ul>{{range .AfterConsent}}<li data-key="{{.Key}}">{{.In $.Lang}}</li>{{end}}</ul>
<p>{{.Keeps}}</p>
{{if .Tags}}<h2>{{.TagsTitle}}</h2>{{range .Tags}}<h3>{{.Name}}</h3><ul><li>{{$.TagTo}}: {{.Recipient}}</li><li>{{$.TagSends}}: {{.Sends}}</li><li>{{$.TagFor}}: {{.Purpose}}</li><li>{{$.TagTheirs}}: {{.Theirs}}</li>{{if .Policy}}<li><a href="{{.Policy}}">{{$.TagPolicy}}</a></li>{{end}}{{if .OptOut}}<li><a href="{{.OptOut}}">{{$.TagOptOut}}</a></li>{{end}}</ul>
{{end}}{{end}}<p>{{.Law}}{{if .Changed}} {{.Changed}}{{end}}</p>
{{end}}`

var noticePolicy = "default-src 'none'; " + ownStyle(noticePageText) + "; base-uri 'none'; form-action 'none'"

// notice serves the page about what a website with a write key sends, to anybody: the
// website links to it.
func (s *Server) notice(listed sends) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		lang := front.LanguageOf(r)
		ctx := r.Context()
		key, found, err := s.measuring.keys.Lookup(ctx, r.PathValue("key"))
		if err == nil && (!found || !key.Browser) {
			front.PlainText(w, http.StatusNotFound, words.T("この書き込みキーは使われていません。\n", "This write key is not in use.\n").In(lang))
			return
		}
		var ws store.Workspace
		if err == nil {
			ws, err = s.deps.Store.Workspaces.Get(ctx, store.WorkspaceID(key.Workspace))
		}
		var tags keptTags
		if err == nil {
			tags, err = s.tagsOf(ctx, ws.ID)
		}
		if err != nil {
			s.deps.Log.Error("notice not made", "error", err)
			front.PlainText(w, http.StatusServiceUnavailable, words.T("いまはお見せできません。\n", "It cannot be shown now.\n").In(lang))
			return
		}
		h := w.Header()
		h.Set("Content-Type", "text/html; charset=utf-8")
		h.Set("Content-Security-Policy", noticePolicy)
		h.Set("Cache-Control", "public, max-age=300")
		h.Set("Vary", "Accept-Language")
		_ = noticeTemplate.Execute(w, s.noticeOf(listed, ws.Name, s.ownHost(r), tags, lang)) // the client may be gone
	}
}

// ownHost is the name websites send to.
func (s *Server) ownHost(r *http.Request) string {
	if s.url != nil {
		return s.url.Host
	}
	return r.Host
}

// noticeHTML is the notice without a page around it.
func (s *Server) noticeHTML(ctx context.Context, name string, tags keptTags, lang words.Lang) (string, error) {
	listed, err := sentByTracker()
	if err != nil {
		return "", err
	}
	host := ""
	if from := front.RequestOf(ctx).From; from != nil {
		host = s.ownHost(from)
	}
	var b bytes.Buffer
	err = noticeTemplate.ExecuteTemplate(&b, "body", s.noticeOf(listed, name, host, tags, lang))
	return b.String(), err
}

func (s *Server) noticeOf(listed sends, name, host string, tags keptTags, lang words.Lang) noticePage {
	t := func(ja, en string, args ...any) string { return words.T(ja, en, args...).In(lang) }
	changed := ""
	if !tags.at.IsZero() {
		changed = t("最後に変えた日: %s", "Last changed: %s", tags.at.UTC().Format(time.DateOnly))
	}
	return noticePage{
		Lang: lang,
		Law:  t("この公表は、電気通信事業法27条の12にもとづいています。", "This notice is given under article 27-12 of the Telecommunications Business Act of Japan."), Changed: changed,
		TagsTitle: t("ほかのサービスに送られる情報", "What is sent to other services"), TagTo: t("送り先", "Sent to"), TagSends: t("送られる情報", "What is sent"),
		TagFor: t("利用の目的", "What we use it for"), TagTheirs: t("送り先での利用の目的", "What they use it for"), TagPolicy: t("送り先の説明", "What they say about it"), TagOptOut: t("止める", "Refuse"), Tags: tags.Tags,
		Title: t("外部送信について(%s)", "What this website sends (%s)", name),
		Intro: t("このサイトを開くと、訪問を数えるための情報が、お使いのブラウザーから下の送信先へ送られます。",
			"When you open this website, your browser sends information to the server below, by which visits are counted."),
		ToTitle: t("送信先", "Where it is sent"), To: t("%s の計測サーバー(%s)", "The measuring server of %s (%s)", name, host),
		ForTitle: t("利用の目的", "What it is used for"),
		For: []string{
			t("訪問の数、見られたページ、来た経路を数えるため", "to count visits, the pages that were seen and the ways people came by"),
			t("問い合わせや申し込みにつながったかを知り、サイトと案内を良くするため", "to learn what led to inquiries, and so to better the website"),
			t("不正なアクセスやロボットを見分けるため", "to tell abuse and robots apart"),
		},
		WhatTitle: t("送られる情報", "What is sent"), Fields: listed.Fields,
		ConnectionTitle: t("通信のたびに伝わる情報", "What every connection tells"), Connection: listed.Connection,
		ConsentTitle: t("同意したあとにだけ送られる情報", "What is sent only after you agreed"), AfterConsent: listed.AfterConsent,
		ConsentLine: t("同意するまで、ブラウザーには何も保存しません。同意は、サイトの設定からいつでも取り消せます。",
			"Until you agree, nothing is kept in your browser. You can take your consent back on the website at any time."),
		Keeps: t("フォームに入力した内容は送りません。", "What you type into forms is not sent."),
		Other: t("English", "日本語"),
	}
}

// mountNotice serves the notice beside the door events come in by.
func (s *Server) mountNotice(mux *http.ServeMux) error {
	listed, err := sentByTracker()
	if err != nil {
		return err
	}
	mux.HandleFunc("GET /v1/projects/{key}/notice", s.notice(listed))
	return nil
}

func sentByTracker() (sends, error) {
	var listed sends
	if err := json.Unmarshal(ui.Sends, &listed); err != nil {
		return listed, fmt.Errorf("read what the tracker sends: %w", err)
	}
	return listed, nil
}
