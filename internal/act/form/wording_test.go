package form

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/internal/words"
)

// bilingual is the inquiry form, in English as well.
func bilingual() Definition {
	d := inquiry()
	d.Other = &Wording{
		Title: "Contact us", Policy: "https://example.jp/en/privacy",
		Questions: map[string]QuestionWords{
			"mail": {Label: "Mail address"}, "name": {Label: "Your name", Hint: "as on your card"},
			"size":  {Label: "People", Options: map[string]string{"1〜9名": "1 to 9", "10〜99名": "10 to 99", "100名以上": "100 and more"}},
			"about": {Label: "About", Options: map[string]string{"料金": "Prices", "導入": "Setting up", "採用": "Hiring"}},
			"body":  {Label: "Your message"}, "tel": {Label: "Phone"}, "budget": {Label: "Budget"}, "score": {Label: "Would you recommend us?"},
		},
		Consent: &ConsentWords{Text: "I would like to get news from Hinata Works by mail."},
	}
	return d
}

func TestTheOtherWordingIsChecked(t *testing.T) {
	if err := Check(bilingual()); err != nil {
		t.Fatal(err)
	}
	words1 := func(d *Definition, key string, change func(*QuestionWords)) {
		q := d.Other.Questions[key]
		change(&q)
		d.Other.Questions[key] = q
	}
	for name, example := range map[string]struct {
		change func(*Definition)
		paths  []string
	}{
		"title":          {func(d *Definition) { d.Other.Title = "" }, []string{"other.title"}},
		"a question":     {func(d *Definition) { delete(d.Other.Questions, "body") }, []string{"other.questions.body.label"}},
		"of no question": {func(d *Definition) { d.Other.Questions["x"] = QuestionWords{Label: "x"} }, []string{"other.questions.x"}},
		"an option":      {func(d *Definition) { delete(d.Other.Questions["size"].Options, "1〜9名") }, []string{"other.questions.size.options.0"}},
		"option twice":   {func(d *Definition) { d.Other.Questions["size"].Options["10〜99名"] = "1 to 9" }, []string{"other.questions.size.options.1"}},
		"of no option":   {func(d *Definition) { d.Other.Questions["size"].Options["x"] = "x" }, []string{"other.questions.size.options"}},
		"hint": {func(d *Definition) {
			words1(d, "name", func(q *QuestionWords) { q.Hint = strings.Repeat("a", maxShort+1) })
		}, []string{"other.questions.name.hint"}},
		"no consent":      {func(d *Definition) { d.Other.Consent = nil }, []string{"other.consent.text"}},
		"says no mail":    {func(d *Definition) { d.Other.Consent.Text = "I agree." }, []string{"other.consent.text"}},
		"two lines":       {func(d *Definition) { d.Other.Consent.Subject = "a\nb" }, []string{"other.consent.subject"}},
		"consent to none": {func(d *Definition) { d.Consent = nil }, []string{"other.consent"}},
		"http":            {func(d *Definition) { d.Other.Next = "http://example.jp" }, []string{"other.next"}},
		"choice":          {func(d *Definition) { d.Choice = "moon" }, []string{"choice"}},
	} {
		d := bilingual()
		example.change(&d)
		found, _ := words.AsProblems(Check(d))
		var paths []string
		for _, p := range found {
			paths = append(paths, p.At.File)
		}
		if !slices.Equal(paths, example.paths) {
			t.Errorf("%s: %v, not %v", name, paths, example.paths)
		}
	}
	text, err := json.Marshal(bilingual())
	if err != nil {
		t.Fatal(err)
	}
	if d, err := Parse(text); err != nil || !reflect.DeepEqual(d, bilingual()) {
		t.Errorf("%+v %v", d, err)
	}
}

func TestWhoReadsWhat(t *testing.T) {
	one, fixed, english := inquiry(), bilingual(), bilingual()
	fixed.Choice, english.Lang = Fixed, "en"
	for name, example := range map[string]struct {
		form   Definition
		reader Reader
		want   words.Lang
	}{
		"one language":        {one, Reader{Asked: "en", Site: "en", Browser: "en"}, words.JA},
		"asked":               {bilingual(), Reader{Asked: "en", Site: "ja", Browser: "ja"}, words.EN},
		"asked for neither":   {bilingual(), Reader{Asked: "fr", Site: "en-GB"}, words.EN},
		"the website":         {bilingual(), Reader{Site: "ja-JP", Browser: "en"}, words.JA},
		"the browser":         {bilingual(), Reader{Browser: "en-US,en;q=0.9,ja;q=0.5"}, words.EN},
		"a Japanese browser":  {bilingual(), Reader{Browser: "ja,en-US;q=0.9,en;q=0.8"}, words.JA},
		"neither of them":     {bilingual(), Reader{Browser: "fr-FR,fr;q=0.9"}, words.EN},
		"the second of three": {bilingual(), Reader{Browser: "fr,ja;q=0.9,en;q=0.1"}, words.JA},
		"says nothing":        {bilingual(), Reader{}, words.JA},
		"says nonsense":       {bilingual(), Reader{Browser: ";;;===,\x00"}, words.JA},
		"own is English":      {english, Reader{}, words.EN},
		"fixed":               {fixed, Reader{Site: "en", Browser: "en"}, words.JA},
		"fixed but asked":     {fixed, Reader{Asked: "en"}, words.EN},
	} {
		if got := example.form.For(example.reader); got != example.want {
			t.Errorf("%s: %s, not %s", name, got, example.want)
		}
	}
}

// Who reads English gives the same answers, under the same names, as who reads Japanese.
func TestAnswersOfBothLanguagesAreOne(t *testing.T) {
	d := bilingual()
	if got := d.In(words.JA); !reflect.DeepEqual(got, d) {
		t.Error("its own language is another form")
	}
	read := d.In(words.EN)
	if err := Check(read); err != nil {
		t.Error(err)
	}
	if read.Title != "Contact us" || read.Lead != "" || read.Policy != "https://example.jp/en/privacy" || read.Consent.Text != "I would like to get news from Hinata Works by mail." || read.Lang != "en" {
		t.Errorf("%+v", read)
	}
	if d.Title != "お問い合わせ" || d.Consent.Text == read.Consent.Text || d.Questions[1].Label != "お名前" {
		t.Error("the first language was changed")
	}
	if q := read.Questions[2]; q.Reads("1〜9名") != "1 to 9" || d.Questions[2].Reads("1〜9名") != "1〜9名" {
		t.Errorf("%+v", q)
	}
	values := map[string][]string{"mail": {"ann@example.jp"}, "size": {"1〜9名"}, "about": {"採用"}, "consent": {"yes"}}
	ja, refusedJA := Read(d, values, address)
	en, refusedEN := Read(read, values, address)
	if len(refusedJA)+len(refusedEN) > 0 || !reflect.DeepEqual(ja, en) || !reflect.DeepEqual(Counted(d, ja.Answers), Counted(read, en.Answers)) {
		t.Errorf("%+v %+v", ja, en)
	}
	d.Kind, d.Consent.Confirm = Newsletter, true
	done := d.Completed()
	if done.Other.Consent.Subject != "Please confirm: Contact us" || done.In(words.EN).Confirmation().Button != "Confirm" || done.Consent.Subject != "【ご確認】お問い合わせ" {
		t.Errorf("%+v", done.Other.Consent)
	}
	if d.Other.Consent.Subject != "" {
		t.Error("the words given were changed")
	}
	if signs := judged(read, "I would like to know about prices and how long it takes."); slices.Contains(signs, NoKana) {
		t.Errorf("English of an English page is a sign: %v", signs)
	}
}

func judged(d Definition, text string) []Sign {
	_, signs := Judge(d, Submission{Answers: Answers{"body": {text}}}, Seen{Signed: true, Took: 60_000_000_000})
	return signs
}

// Whatever is written into either wording: checking never fails in another way than by
// telling, and what is right can be read in both languages without a word of the other.
func TestAnyWording(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := bilingual()
		d.Choice = rapid.SampledFrom([]string{"", "fixed", "x"}).Draw(t, "choice")
		label := rapid.StringMatching(`[a-zA-Z ]{0,12}`).Draw(t, "label")
		key := rapid.SampledFrom([]string{"name", "body", "gone"}).Draw(t, "key")
		d.Other.Questions[key] = QuestionWords{Label: label}
		if Check(d) != nil {
			return
		}
		read := d.In(words.EN)
		for _, q := range read.Questions {
			if strings.TrimSpace(q.Label) == "" {
				t.Errorf("nothing to read for %q", q.Key)
			}
			for _, option := range q.Options {
				if strings.ContainsFunc(fmt.Sprint(q.Label, q.Hint, q.Reads(option)), func(r rune) bool { return r > 0x2FFF }) {
					t.Errorf("%q is read in Japanese", q.Key)
				}
			}
		}
	})
}
