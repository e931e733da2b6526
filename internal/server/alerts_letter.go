package server

import (
	_ "embed"
	"html/template"
	"strings"

	"github.com/shirube/shirube/internal/share/alert"
	"github.com/shirube/shirube/internal/words"
)

// alertLetterSource is a mail for every reader of mail there is: tables, styles on the
// elements themselves, no picture and nothing fetched.
//
//go:embed alerts_letter.html
var alertLetterSource string

var alertLetterTemplate = template.Must(template.New("alert").Parse(alertLetterSource))

type alertLetterPage struct {
	Lang                             words.Lang
	Workspace, Title, Foot           string
	Link, Button, More, Do, Settings string
	Parts                            []alertLetterPart
}

// alertLetterPart is what is good, or what needs care.
type alertLetterPart struct {
	Title string
	Good  bool
	Lines []alertLetterLine
}

type alertLetterLine struct{ What, Why, Do, Link string }

// alertLetterHTML is a letter as a page; root is the address of the workspace.
func alertLetterHTML(lang words.Lang, workspace, root string, t telling, letter alert.Letter) string {
	page := alertLetterPage{
		Lang: lang, Workspace: workspace, Title: t.Title.In(lang), Foot: t.Foot.In(lang), Link: root + t.Path, Button: t.Button.In(lang),
		Do: words.T("すること", "What to do").In(lang), Settings: root + "/share/alerts?view=reach",
	}
	if letter.More > 0 {
		page.More = t.Points[len(t.Points)-1].In(lang)
	}
	for _, good := range []bool{true, false} {
		part := alertLetterPart{Good: good, Title: words.T("気をつけたいこと", "To take care of").In(lang)}
		if good {
			part.Title = words.T("うれしいこと", "Good news").In(lang)
		}
		for _, line := range letter.Lines {
			if line.Good == good {
				part.Lines = append(part.Lines, alertLetterLine{line.What.In(lang), line.Why.In(lang), line.Do.In(lang), root + line.Path})
			}
		}
		if len(part.Lines) > 0 {
			page.Parts = append(page.Parts, part)
		}
	}
	var out strings.Builder
	if err := alertLetterTemplate.Execute(&out, page); err != nil {
		return "" // a template of ours on values of ours; the words go as text in any case
	}
	return out.String()
}
