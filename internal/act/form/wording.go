package form

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/shirube/shirube/internal/words"
)

// Wording is a form's words in its other language. What is asked, under which keys, and
// what an answer is kept as are the form's own: only what is read differs. A word that is
// optional and missing here is not shown; it is never borrowed from the first language, so
// that nobody reads a page of two languages.
type Wording struct {
	Title     string                   `json:"title"`
	Lead      string                   `json:"lead,omitempty"`
	Button    string                   `json:"button,omitempty"`
	Thanks    string                   `json:"thanks,omitempty"`
	Next      string                   `json:"next,omitempty" doc:"opened instead of the form's own"`
	Policy    string                   `json:"policy,omitempty" doc:"linked instead of the form's own"`
	Questions map[string]QuestionWords `json:"questions,omitempty" doc:"by the question's key"`
	Consent   *ConsentWords            `json:"consent,omitempty"`
}

// QuestionWords are the words of a question.
type QuestionWords struct {
	Label   string            `json:"label"`
	Hint    string            `json:"hint,omitempty"`
	Options map[string]string `json:"options,omitempty" doc:"what is read instead of each option"`
}

// ConsentWords are the words of asking for consent, and of the mail that asks once more.
type ConsentWords struct {
	Text    string `json:"text"`
	Subject string `json:"subject,omitempty"`
	Mail    string `json:"mail,omitempty"`
}

// How the language of a reader is chosen.
const (
	ByReader = ""      // by what they ask for, the website around the form, or their browser
	Fixed    = "fixed" // the form's own, but for who asks for the other by the address
)

// OtherLang is the language of the other wording.
func (d Definition) OtherLang() words.Lang {
	if d.Own() == words.EN {
		return words.JA
	}
	return words.EN
}

// Langs are the languages a form can be read in, its own first.
func (d Definition) Langs() []words.Lang {
	if d.Other == nil {
		return []words.Lang{d.Own()}
	}
	return []words.Lang{d.Own(), d.OtherLang()}
}

// Reader is what is known of the language somebody reads.
type Reader struct {
	Asked   string // by the address they opened: "ja", "en"; "" where it says nothing
	Site    string // of the page the form stands in
	Browser string // Accept-Language
}

var readable = language.NewMatcher([]language.Tag{language.English, language.Japanese})

// For is the language a reader is shown the form in.
func (d Definition) For(r Reader) words.Lang {
	if d.Other == nil {
		return d.Own()
	}
	if lang, ok := spoken(r.Asked); ok {
		return lang
	}
	if d.Choice == Fixed {
		return d.Own()
	}
	if lang, ok := spoken(r.Site); ok {
		return lang
	}
	wanted, _, err := language.ParseAcceptLanguage(r.Browser)
	if err != nil || len(wanted) == 0 {
		return d.Own()
	}
	// Who reads neither is shown English: more people elsewhere do.
	if _, at, _ := readable.Match(wanted...); at == 1 {
		return words.JA
	}
	return words.EN
}

// spoken is the language of a tag such as en-GB, where it is one of ours.
func spoken(tag string) (words.Lang, bool) {
	first, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(tag)), "-")
	lang := words.Lang(first)
	return lang, lang == words.JA || lang == words.EN
}

// In is a form as it is read in a language: its own, or where it has another wording that
// one. Keys, kinds, options and where answers go stay what they are; see Question.Reads.
func (d Definition) In(lang words.Lang) Definition {
	if d.Other == nil || lang != d.OtherLang() {
		return d
	}
	o := d.Other
	d.Lang, d.Other = string(lang), nil
	d.Title, d.Lead, d.Button, d.Thanks = o.Title, o.Lead, o.Button, o.Thanks
	if o.Next != "" {
		d.Next, d.Document = o.Next, ""
	}
	if o.Policy != "" {
		d.Policy = o.Policy
	}
	d.Questions = slices.Clone(d.Questions)
	for i := range d.Questions {
		q := &d.Questions[i]
		said := o.Questions[q.Key]
		q.Label, q.Hint, q.said = said.Label, said.Hint, said.Options
	}
	if d.Consent != nil {
		c := *d.Consent
		c.Text, c.Subject, c.Mail = "", "", ""
		if o.Consent != nil {
			c.Text, c.Subject, c.Mail = o.Consent.Text, o.Consent.Subject, o.Consent.Mail
		}
		d.Consent = &c
	}
	return d
}

// Reads is what is read for an option: answers are kept as the option itself, whatever
// language they were given in, so that they count together.
func (q Question) Reads(option string) string {
	if text := q.said[option]; text != "" {
		return text
	}
	return option
}

// wording checks the words of the other language: all that has to be read must be there.
func (ps *problems) wording(d Definition) {
	if d.Choice != ByReader && d.Choice != Fixed {
		ps.add("choice", words.T("言語の選び方は、空か fixed です。", "How the language is chosen is empty or fixed."), words.Text{})
	}
	o := d.Other
	if o == nil {
		return
	}
	ps.text("other.title", o.Title, maxShort, true)
	ps.text("other.lead", o.Lead, maxLong, false)
	ps.text("other.button", o.Button, maxShort, false)
	ps.text("other.thanks", o.Thanks, maxLong, false)
	ps.address("other.next", o.Next)
	ps.address("other.policy", o.Policy)
	keys := map[string]bool{}
	for i, q := range d.Questions {
		if i >= MaxQuestions {
			break
		}
		keys[q.Key] = true
		said, path := o.Questions[q.Key], "other.questions."+q.Key
		ps.text(path+".label", said.Label, maxShort, true)
		ps.text(path+".hint", said.Hint, maxShort, false)
		ps.options(path+".options", q.Options, said.Options)
	}
	for _, key := range slices.Sorted(maps.Keys(o.Questions)) {
		if !keys[key] {
			ps.add("other.questions."+key, words.T("キー「%s」の質問はありません。", "There is no question with the key %q.", key), words.T("消してください。", "Please remove it."))
		}
	}
	switch {
	case d.Consent != nil && o.Consent == nil:
		ps.add("other.consent.text", words.T("もう1つの言語の、同意をたずねる文がありません。", "The words that ask for consent are missing in the other language."),
			words.T("読まれた文がそのまま記録になります。だれから何が届くかを書いてください。", "What is read is what is kept on record. Write who sends what."))
	case d.Consent != nil:
		ps.consentWords("other.consent", Consent{Text: o.Consent.Text, Subject: o.Consent.Subject, Mail: o.Consent.Mail})
	case o.Consent != nil:
		ps.add("other.consent", words.T("このフォームは同意をたずねていません。", "This form does not ask for consent."), words.T("消してください。", "Please remove it."))
	}
}

// options checks that each option is read as something, and no two as the same.
func (ps *problems) options(path string, options []string, read map[string]string) {
	seen := map[string]bool{}
	for i, option := range options {
		if i >= MaxOptions {
			return
		}
		at := fmt.Sprintf("%s.%d", path, i)
		ps.text(at, read[option], maxShort, true)
		if seen[read[option]] && read[option] != "" {
			ps.add(at, words.T("選択肢「%s」が2つあります。", "The option %q is there twice.", read[option]), words.Text{})
		}
		seen[read[option]] = true
	}
	for _, option := range slices.Sorted(maps.Keys(read)) {
		if !slices.Contains(options, option) {
			ps.add(path, words.T("選択肢「%s」はありません。", "There is no option %q.", option), words.T("消してください。", "Please remove it."))
		}
	}
}
