package form

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/internal/words"
)

func inquiry() Definition {
	return Definition{
		Kind: Inquiry, Title: "お問い合わせ", Policy: "https://example.jp/privacy",
		Questions: []Question{
			{Key: "mail", Kind: Email, Label: "メールアドレス", Required: true, To: "address"},
			{Key: "name", Kind: Line, Label: "お名前", To: "name"},
			{Key: "size", Kind: One, Label: "人数", Options: []string{"1〜9名", "10〜99名", "100名以上"}, To: "employees", Counted: true},
			{Key: "about", Kind: Several, Label: "ご用件", Options: []string{"料金", "導入", "採用"}, Counted: true},
			{Key: "body", Kind: Text, Label: "内容"},
			{Key: "tel", Kind: Phone, Label: "電話", To: "phone"},
			{Key: "budget", Kind: Number, Label: "予算"},
			{Key: "score", Kind: Nps, Label: "おすすめ度", Counted: true},
		},
		Consent: &Consent{Text: "ひなたワークスからの案内メールを受け取ります。"},
		Sites:   []string{"www.example.jp", "*.example.com"},
	}
}

func TestADefinitionIsChecked(t *testing.T) {
	if err := Check(inquiry()); err != nil {
		t.Fatal(err)
	}
	for name, example := range map[string]struct {
		change func(*Definition)
		paths  []string
	}{
		"kind":               {func(d *Definition) { d.Kind = "party" }, []string{"kind"}},
		"no title":           {func(d *Definition) { d.Title = " " }, []string{"title"}},
		"no question":        {func(d *Definition) { d.Questions, d.Consent = nil, nil }, []string{"questions"}},
		"key":                {func(d *Definition) { d.Questions[1].Key = "お名前" }, []string{"questions.1.key"}},
		"own field":          {func(d *Definition) { d.Questions[1].Key = "token" }, []string{"questions.1.key"}},
		"twice":              {func(d *Definition) { d.Questions[1].Key = "mail" }, []string{"questions.1.key"}},
		"no options":         {func(d *Definition) { d.Questions[2].Options = nil }, []string{"questions.2.options"}},
		"one option":         {func(d *Definition) { d.Questions[2].Options = []string{"a"} }, []string{"questions.2.options"}},
		"options of a line":  {func(d *Definition) { d.Questions[1].Options = []string{"a", "b"} }, []string{"questions.1.options"}},
		"option twice":       {func(d *Definition) { d.Questions[2].Options = []string{"a", "a"} }, []string{"questions.2.options.1"}},
		"address of a line":  {func(d *Definition) { d.Questions[1].To = "address" }, []string{"questions.1.to"}},
		"counted text":       {func(d *Definition) { d.Questions[4].Counted = true }, []string{"questions.4.counted"}},
		"http":               {func(d *Definition) { d.Policy = "http://example.jp" }, []string{"policy"}},
		"script":             {func(d *Definition) { d.Next = "javascript:alert(1)" }, []string{"next"}},
		"document elsewhere": {func(d *Definition) { d.Document = "abc" }, []string{"document"}},
		"site":               {func(d *Definition) { d.Sites = []string{"https://example.jp", "a; script-src *", "ok.jp"} }, []string{"sites.0", "sites.1"}},
		"price of a form":    {func(d *Definition) { d.Consent.Required = true }, []string{"consent.required"}},
		"mail without where": {func(d *Definition) { d.Questions = d.Questions[1:] }, []string{"consent"}},
		"letter without ask": {func(d *Definition) { d.Kind, d.Consent = Newsletter, nil }, []string{"consent"}},
		"long":               {func(d *Definition) { d.Questions[0].Label = strings.Repeat("あ", maxShort+1) }, []string{"questions.0.label"}},
	} {
		d := inquiry()
		example.change(&d)
		found, _ := words.AsProblems(Check(d))
		var paths []string
		for _, p := range found {
			paths = append(paths, p.At.File)
			if p.What.JA == "" || p.What.EN == "" {
				t.Errorf("%s: %+v says nothing", name, p)
			}
		}
		if !slices.Equal(paths, example.paths) {
			t.Errorf("%s: %v, not %v", name, paths, example.paths)
		}
	}
}

func TestParse(t *testing.T) {
	text, err := json.Marshal(inquiry())
	if err != nil {
		t.Fatal(err)
	}
	d, err := Parse(text)
	if err != nil || !reflect.DeepEqual(d, inquiry()) {
		t.Errorf("%+v %v", d, err)
	}
	for _, bad := range []string{"", "[]", `{"kind":"inquiry","surprise":1}`, strings.Repeat(" ", MaxDefinition+1)} {
		if _, err := Parse([]byte(bad)); err == nil {
			t.Errorf("%.20q was read", bad)
		}
	}
}

func address(text string) (string, bool) { return strings.ToLower(text), strings.Contains(text, "@") }

func TestAnswersAreRead(t *testing.T) {
	got, refused := Read(inquiry(), map[string][]string{
		"mail": {" Ann@Example.jp "}, "name": {"高橋\r\n恵子\x00"}, "size": {"100名以上"}, "about": {"採用", "料金", "採用"},
		"body": {"はじめまして。\r\n料金を教えてください。"}, "tel": {"０３ー１２３４ー５６７８"}, "budget": {"１，２００，０００"}, "score": {"９"},
		"consent": {"yes"}, "admin": {"true"},
	}, address)
	if len(refused) > 0 {
		t.Fatalf("%+v", refused)
	}
	want := Submission{Agreed: true, Answers: Answers{
		"mail": {"ann@example.jp"}, "name": {"高橋 恵子"}, "size": {"100名以上"}, "about": {"料金", "採用"},
		"body": {"はじめまして。\n料金を教えてください。"}, "tel": {"03-1234-5678"}, "budget": {"1200000"}, "score": {"9"},
	}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v\nnot %+v", got, want)
	}
	person := PersonOf(inquiry(), got.Answers)
	if fmt.Sprint(person) != "{ann@example.jp map[employees:100名以上 name:高橋 恵子 phone:03-1234-5678]}" {
		t.Errorf("%+v", person)
	}
	if counted := fmt.Sprint(Counted(inquiry(), got.Answers)); counted != "map[about:料金、採用 score:9 size:100名以上]" {
		t.Errorf("counted %s", counted)
	}
	for key, given := range map[string]string{
		"mail": "ann", "size": "1000名", "about": "天気", "tel": "でんわ", "budget": "たくさん", "score": "11",
		"body": strings.Repeat("あ", maxText+1), "name": strings.Repeat("a", maxLine+1),
	} {
		values := map[string][]string{"mail": {"ann@example.jp"}}
		values[key] = []string{given}
		_, refused := Read(inquiry(), values, address)
		if len(refused) != 1 || refused[0].Key != key || refused[0].Text.EN == "" {
			t.Errorf("%s: %+v", key, refused)
		}
	}
	if _, refused := Read(inquiry(), nil, address); len(refused) != 1 || refused[0].Key != "mail" {
		t.Errorf("nothing at all: %+v", refused)
	}
}

func TestRobotsAreTold(t *testing.T) {
	person := Seen{Signed: true, Took: 40 * time.Second, Lately: 1}
	japanese := Submission{Answers: Answers{"body": {"はじめまして。"}}}
	for name, example := range map[string]struct {
		change func(*Seen, *Submission)
		want   Judgement
		sign   Sign
	}{
		"person":            {func(*Seen, *Submission) {}, Accepted, ""},
		"trap at once":      {func(s *Seen, _ *Submission) { s.Trap, s.Took = "https://x", time.Second }, Dropped, Trapped},
		"trap by autofill":  {func(s *Seen, _ *Submission) { s.Trap = "https://x" }, Held, Trapped},
		"no page":           {func(s *Seen, _ *Submission) { s.Signed = false }, Held, NoPage},
		"quick":             {func(s *Seen, _ *Submission) { s.Took = time.Second }, Held, TooQuick},
		"old page":          {func(s *Seen, _ *Submission) { s.Took = 25 * time.Hour }, Held, Stale},
		"again":             {func(s *Seen, _ *Submission) { s.Again = true }, Held, Repeated},
		"an office":         {func(s *Seen, _ *Submission) { s.Lately = 10 }, Accepted, ""},
		"many":              {func(s *Seen, _ *Submission) { s.Lately = 11 }, Held, ManyHere},
		"a flood":           {func(s *Seen, _ *Submission) { s.Lately = 101 }, Dropped, ManyHere},
		"links":             {func(_ *Seen, s *Submission) { s.Answers["body"] = []string{"見て https://a https://b www.c"} }, Held, Links},
		"a long foreign":    {func(_ *Seen, s *Submission) { s.Answers["body"] = []string{strings.Repeat("Best SEO offer ", 5)} }, Held, NoKana},
		"a short foreign":   {func(_ *Seen, s *Submission) { s.Answers["body"] = []string{"Please call me."} }, Accepted, ""},
		"an address of own": {func(_ *Seen, s *Submission) { s.Answers["body"] = []string{"弊社は https://example.jp です"} }, Accepted, ""},
	} {
		seen, s := person, Submission{Answers: Answers{"body": japanese.Answers["body"]}}
		example.change(&seen, &s)
		got, signs := Judge(inquiry(), s, seen)
		if got != example.want || (example.sign != "") != slices.Contains(signs, example.sign) {
			t.Errorf("%s: %s %v", name, got, signs)
		}
	}
}

// What comes in never gets out of its bounds, and reading what was read changes nothing.
func TestReadingAnything(t *testing.T) {
	d := inquiry()
	rapid.Check(t, func(t *rapid.T) {
		values := map[string][]string{}
		for _, q := range d.Questions {
			values[q.Key] = rapid.SliceOfN(rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"料金", "100名以上", "a@b", "9", "03-1234-5678"})), 0, 4).Draw(t, q.Key)
		}
		first, refused := Read(d, values, address)
		if len(refused) > 0 {
			return
		}
		again, refused := Read(d, first.Answers, address)
		if len(refused) > 0 || !reflect.DeepEqual(first.Answers, again.Answers) {
			t.Fatalf("%q became %q, %v", first.Answers, again.Answers, refused)
		}
	})
}
