package server

import (
	_ "embed"
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/shirube/shirube/internal/act/form"
	"github.com/shirube/shirube/internal/words"
)

//go:embed form_page.html
var formPageText string

var formPageTemplate = template.Must(template.New("form").Parse(formPageText))

// formView is a form's page: the questions, what is wrong with the answers, or the thanks.
type formView struct {
	ID, Lang, Title, Lead, Closed, Sum          string
	Action, Token, Visitor, Page, Nonce         string
	Framed, Done                                bool
	Questions                                   []questionView
	Consent                                     *choiceView
	Policy, PolicyWords, Button, Must           string
	TrapWords, YesWords, ChooseWords            string
	DoneTitle, Thanks, Next, NextWords, Forward string
	Confirm                                     string
	Other, OtherLang, OtherWords                string // the address of the form in its other language
}

type questionView struct {
	Key, Kind, Label, Hint, Value, Wrong string
	Required                             bool
	Group                                bool // several things to tick: a fieldset
	Choices                              []choiceView
	Input, Mode, Fill                    string
	Low, High                            string
}

type choiceView struct {
	Text     string // what is read
	Value    string // what is kept
	Chosen   bool
	Required bool
	Wrong    string
}

// fewOptions is how many options are all shown; more of them fold into a list.
const fewOptions = 7

// formViewOf is the page of a definition in the language it is read in, with what was
// answered so far.
func formViewOf(d form.Definition, values map[string][]string, refused []form.Refusal) formView {
	lang := d.Own()
	t := func(ja, en string, args ...any) string { return words.T(ja, en, args...).In(lang) }
	wrong := map[string]string{}
	for _, r := range refused {
		wrong[r.Key] = r.Text.In(lang)
	}
	v := formView{
		Lang: string(lang), Title: d.Title, Lead: d.Lead, Policy: d.Policy, Button: d.Button,
		PolicyWords: t("個人情報の取り扱いについて", "How we treat personal data"), Must: t("必須", "required"),
		TrapWords: t("この欄は空けておいてください", "Please leave this empty"), YesWords: t("はい", "Yes"), ChooseWords: t("選んでください", "Please choose"),
	}
	if v.Button == "" {
		v.Button = map[form.Kind]string{
			form.Inquiry: t("送信する", "Send"), form.Download: t("資料を受け取る", "Get the document"),
			form.Newsletter: t("登録する", "Subscribe"), form.Survey: t("回答する", "Answer"),
		}[d.Kind]
	}
	if len(refused) > 0 {
		v.Sum = t("%d か所をお確かめください。まだ送信していません。", "Please check %d answers. Nothing has been sent yet.", len(refused))
	}
	for _, q := range d.Questions {
		v.Questions = append(v.Questions, questionViewOf(q, lang, values[q.Key], wrong[q.Key]))
	}
	if d.Consent != nil {
		v.Consent = &choiceView{Text: d.Consent.Text, Required: d.Consent.Required, Chosen: slices.Contains(values["consent"], "yes"), Wrong: wrong["consent"]}
	}
	return v
}

func questionViewOf(q form.Question, lang words.Lang, given []string, wrong string) questionView {
	v := questionView{Key: q.Key, Kind: string(q.Kind), Label: q.Label, Hint: q.Hint, Required: q.Required, Wrong: wrong, Input: "text"}
	if len(given) > 0 {
		v.Value = given[0]
	}
	options := q.Options
	switch q.Kind {
	case form.Email:
		v.Input, v.Fill = "email", "email"
	case form.Phone:
		v.Input, v.Fill = "tel", "tel"
	case form.Number:
		v.Mode = "decimal"
	case form.Nps:
		v.Group = true
		options = numbers(0, 10)
		v.Low, v.High = words.T("すすめない", "Not at all likely").In(lang), words.T("強くすすめる", "Extremely likely").In(lang)
	case form.Csat:
		v.Group = true
		options = numbers(1, 5)
		v.Low, v.High = words.T("不満", "Not content").In(lang), words.T("満足", "Very content").In(lang)
	case form.Yes, form.Several:
		v.Group = true
	case form.One:
		v.Group = len(q.Options) <= fewOptions
	}
	switch q.To {
	case "name":
		v.Fill = "name"
	case "company":
		v.Fill = "organization"
	}
	for _, text := range options {
		v.Choices = append(v.Choices, choiceView{Text: q.Reads(text), Value: text, Chosen: slices.Contains(given, text)})
	}
	return v
}

func numbers(from, to int) []string {
	var list []string
	for n := from; n <= to; n++ {
		list = append(list, strconv.Itoa(n))
	}
	return list
}

// doneView is the page after a form was sent in. agreed: its box was ticked.
func doneView(d form.Definition, agreed bool) formView {
	lang := d.Own()
	t := func(ja, en string, args ...any) string { return words.T(ja, en, args...).In(lang) }
	v := formView{Lang: string(lang), Title: d.Title, Done: true, Thanks: d.Thanks, DoneTitle: t("送信しました。ありがとうございます。", "Sent. Thank you.")}
	switch d.Kind {
	case form.Download:
		v.Next, v.NextWords = d.Next, t("資料を開く", "Open the document")
	case form.Survey:
		v.DoneTitle = t("ご回答ありがとうございました。", "Thank you for your answers.")
	case form.Newsletter:
		v.DoneTitle = t("登録しました。ありがとうございます。", "You are subscribed. Thank you.")
	}
	if agreed && d.Confirms() {
		if d.Kind == form.Newsletter {
			v.DoneTitle = t("あと少しで登録が終わります。", "One more step.")
		}
		v.Confirm = t("確認のメールをお送りしました。メールのボタンを押すと、登録が終わります。", "We have sent you a mail. Press the button in it to finish signing up.")
	}
	if d.Kind != form.Download && v.Confirm == "" {
		v.Forward = d.Next // whoever has a mail to open must have read so
	}
	return v
}

// showForm writes a form's page. Only the sites it names may show it in a frame, and
// nothing but its own line of script runs in it.
func showForm(w http.ResponseWriter, status int, d form.Definition, v formView) {
	h := w.Header()
	frames := "'none'"
	if v.Framed && len(d.Sites) > 0 {
		var list []string
		for _, site := range d.Sites {
			list = append(list, "https://"+site)
			if name, _, _ := strings.Cut(site, ":"); name == "localhost" || name == "127.0.0.1" {
				list = append(list, "http://"+site) // somebody tries it out
			}
		}
		frames = strings.Join(list, " ")
		h.Del("X-Frame-Options") // it knows no list of sites; frame-ancestors rules
	}
	h.Set("Content-Security-Policy", "default-src 'none'; "+ownStyle(formPageText)+"; script-src 'nonce-"+v.Nonce+"'; base-uri 'none'; form-action 'self'; frame-ancestors "+frames)
	// Without any referrer browsers send the form in from an origin called null.
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_ = formPageTemplate.Execute(w, v) // the client may be gone
}
