package server

import (
	"bytes"
	"fmt"
	"html/template"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/shirube/shirube/internal/act/mail"
	"github.com/shirube/shirube/internal/words"
)

// letterWords is what a letter of the house says: a few sentences and one thing to do.
type letterWords struct {
	Subject words.Text
	Lines   []words.Text // paragraphs
	Button  words.Text
	URL     string
	Foot    []words.Text // small, below a rule
}

// letterPage survives the mail programs people use: a table, styles inline, no picture, no
// script, nothing fetched from elsewhere. What people are called is escaped by the package.
var letterPage = template.Must(template.New("letter").Parse(`<!DOCTYPE html>
<html lang="{{.Lang}}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><title>{{.Subject}}</title></head>
<body style="margin:0;padding:0;background:#fbfaf7"><table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#fbfaf7"><tr><td align="center" style="padding:32px 16px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:520px;background:#ffffff;border:1px solid #e5e2d9;border-radius:8px;font-family:'Hiragino Sans','Noto Sans JP','Yu Gothic UI',Meiryo,system-ui,sans-serif;color:#1f2328"><tr><td style="padding:28px 28px 24px">
<p style="margin:0 0 20px;font-size:14px;line-height:1.4;color:#62615c">Shirube</p>
{{range .Lines}}<p style="margin:0 0 16px;font-size:16px;line-height:1.75">{{.}}</p>
{{end}}{{if .URL}}<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:24px 0 8px"><tr><td style="background:#1f4e8c;border-radius:6px"><a href="{{.URL}}" style="display:inline-block;padding:12px 24px;font-size:16px;line-height:1.4;color:#ffffff;text-decoration:none">{{.Button}}</a></td></tr></table>
{{end}}</td></tr>{{if .Foot}}<tr><td style="padding:16px 28px 24px;border-top:1px solid #e5e2d9">{{range .Foot}}<p style="margin:0 0 8px;font-size:12px;line-height:1.7;color:#62615c">{{.}}</p>{{end}}</td></tr>{{end}}</table>
</td></tr></table></body></html>
`))

// in is the letter in one language, as a page and as plain text.
func (l letterWords) in(lang words.Lang) (mail.Rendered, error) {
	view := struct {
		Lang                 words.Lang
		Subject, Button, URL string
		Lines, Foot          []string
	}{Lang: lang, Subject: l.Subject.In(lang), Button: l.Button.In(lang), URL: l.URL, Lines: say(l.Lines, lang), Foot: say(l.Foot, lang)}
	var page bytes.Buffer
	if err := letterPage.Execute(&page, view); err != nil {
		return mail.Rendered{}, fmt.Errorf("write the letter %q: %w", view.Subject, err)
	}
	text := strings.Join(view.Lines, "\n\n")
	if view.URL != "" {
		text += "\n\n" + view.Button + ":\n" + view.URL
	}
	if len(view.Foot) > 0 {
		text += "\n\n--\n" + strings.Join(view.Foot, "\n")
	}
	return mail.Rendered{Subject: view.Subject, Text: []byte(text + "\n"), HTML: page.Bytes()}, nil
}

func say(list []words.Text, lang words.Lang) []string {
	out := make([]string, len(list))
	for i, t := range list {
		out[i] = t.In(lang)
	}
	return out
}

// longestCalled is enough of a name for a sentence, and too little for a message of one's own.
const longestCalled = 60

// called is how somebody or something is called in a letter that goes to an address a person
// typed in. Whoever gives names must not write letters of their own with them: no line breaks,
// nothing that turns the direction of the text, and nothing a mail program makes a link of.
func called(name string) string {
	name = strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		switch {
		case r == utf8.RuneError, unicode.IsControl(r):
			return ' '
		case unicode.Is(unicode.Cf, r):
			return -1 // direction marks, invisible signs
		}
		return r
	}, name)), " ")
	if runes := []rune(name); len(runes) > longestCalled {
		name = strings.TrimSpace(string(runes[:longestCalled])) + "…"
	}
	// "example.com" and "https://" would become links by themselves; with a word joiner
	// they read the same and do not.
	return strings.NewReplacer(".", ".\u2060", "://", ":\u2060//", "@", "@\u2060").Replace(name)
}
