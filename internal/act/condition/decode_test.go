package condition_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/words"
)

// Each source has its first problem at a path.
func TestProblemsHaveAPlace(t *testing.T) {
	deep := strings.Repeat(`{"not":`, 40) + `{"tag":"a"}` + strings.Repeat(`}`, 40)
	many := `{"any":[` + strings.Repeat(`{"tag":"a"},`, condition.MaxLeaves) + `{"tag":"a"}]}`
	nested := `{"all":[` + strings.TrimSuffix(strings.Repeat(`{"any":[`+strings.TrimSuffix(strings.Repeat(`{"tag":"a"},`, 30), ",")+`]},`, 2), ",") + `]}`
	for _, c := range []struct{ source, path, en string }{
		{``, "", "not valid JSON"},
		{`{`, "", "not valid JSON"},
		{`[]`, "", "has to be an object"},
		{`null`, "", "has to be an object"},
		{`{}`, "", "no condition"},
		{`{"tag":"a","tag":"b"}`, "", "twice"},
		{`{"tag":"a","segment":"b"}`, "", "2 conditions in one place (tag, segment)"},
		{`{"tags":"a"}`, "tags", "Did you mean “tag”"},
		{`{"all":[]}`, "all", "empty"},
		{`{"all":{}}`, "all", "list"},
		{`{"all":[{"tag":"a"},{"did":{}}]}`, "all[1].did", "what was done"},
		{`{"all":[{"tag":"a"},{"did":{"page":"/a","times":"3"}}]}`, "all[1].did.times", "whole number"},
		{`{"did":{"page":"/a","times":1.5}}`, "did.times", "whole number"},
		{`{"did":{"page":"/a","times":-1}}`, "did.times", "0 to 1000"},
		{`{"did":{"page":"/a","op":"at-least"}}`, "did.times", "1 to 1000"},
		{`{"did":{"page":"/a","days":100000}}`, "did.days", "1 to 1100"},
		{`{"did":{"page":"price"}}`, "did.page", "slash"},
		{`{"did":{"page":"/a*b"}}`, "did.page", "at the end"},
		{`{"did":{"page":"/a?b=1"}}`, "did.page", "“?”"},
		{`{"did":{"page":"/a","op":"more"}}`, "did.op", "there is no “more”"},
		{`{"did":{"page":"/a","days":3,"distinct_days":true,"op":"at-least","times":9}}`, "did.times", "In 3 days"},
		{`{"did":{"event":"A","where":[{"key":"at","op":"within-days","values":["3"]}]}}`, "did.where[0].op", "within-days"},
		{`{"not":{"property":{"key":"","op":"known"}}}`, "not.property.key", "empty"},
		{`{"property":{"key":"a","op":"is"}}`, "property.values", "1 to 100"},
		{`{"property":{"key":"a","op":"known","values":["x"]}}`, "property.values", "no value"},
		{`{"property":{"key":"a","op":"above","values":["many"]}}`, "property.values[0]", "“many” is not a number"},
		{`{"property":{"key":"a","op":"above","values":["Inf"]}}`, "property.values[0]", "not a number"},
		{`{"property":{"key":"a","op":"is","values":[3]}}`, "property.values[0]", "texts"},
		{`{"property":{"key":"a","op":"ahead-days","values":["1.5"]}}`, "property.values[0]", "whole number"},
		{`{"score":{"card":"fit","op":"above","of":3}}`, "score.op", "at-least, below"},
		{`{"score":{"card":"fit","op":"below","of":1e300}}`, "score.of", "1,000,000"},
		{`{"consent":{"state":"maybe"}}`, "consent.state", "granted, refused, none"},
		{`{"tag":"a\u0000b"}`, "tag", "cannot be used"},
		{`{"tag":"` + strings.Repeat("あ", 201) + `"}`, "tag", "At most 200"},
		{deep, strings.TrimSuffix(strings.Repeat("not.", condition.MaxDepth), "."), "deep"},
		{many, "any", "At most 50"},
		{nested, "", "At most 50"},
		{`{"tag":"` + strings.Repeat("a", condition.MaxBytes) + `"}`, "", "too large"},
	} {
		_, err := condition.Decode([]byte(c.source))
		problems, ok := errors.AsType[condition.Problems](err)
		if !ok || problems[0].Path != c.path || !strings.Contains(strings.ToLower(problems[0].In(words.EN)), strings.ToLower(c.en)) {
			t.Errorf("%.80s: %v at %q, want %q at %q", c.source, err, pathOf(problems), c.en, c.path)
		}
		for _, p := range problems {
			if p.What.JA == "" || strings.Contains(p.What.JA+p.What.EN, "%!") {
				t.Errorf("%.80s: %+v", c.source, p)
			}
		}
	}
}

func pathOf(ps condition.Problems) string {
	if len(ps) == 0 {
		return "(none)"
	}
	return ps[0].Path
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyCondition(2).Draw(t, "condition")
		text, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		back, err := condition.Decode(text)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		again, err := json.Marshal(back)
		if err != nil || string(again) != string(text) {
			t.Fatalf("%s became %s: %v", text, again, err)
		}
		if s := condition.Sentence(c, condition.Names{}); s.JA == "" || s.EN == "" || strings.Contains(s.JA+s.EN, "%!") {
			t.Fatalf("%s: %+v", text, s)
		}
	})
}

func TestWatchesKeepTheLongestWindow(t *testing.T) {
	read := func(source string) condition.Condition {
		c, err := condition.Decode([]byte(source))
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	for _, c := range []struct {
		list []string
		days []int
	}{
		{[]string{`{"all":[{"did":{"page":"/a","days":7}},{"not":{"did":{"page":"/a","days":30}}}]}`}, []int{30}},
		{[]string{`{"did":{"page":"/a","days":7}}`, `{"did":{"page":"/a"}}`, `{"did":{"page":"/a","days":9}}`}, []int{0}},
		{[]string{`{"tag":"a"}`}, nil},
		{[]string{
			`{"did":{"event":"A","days":3,"where":[{"key":"a","op":"is","values":["1","2"]},{"key":"b","op":"known"}]}}`,
			`{"did":{"event":"A","days":4,"where":[{"key":"b","op":"known"},{"key":"a","op":"is","values":["2","1","2"]}]}}`,
		}, []int{4}},
	} {
		var list []condition.Condition
		for _, source := range c.list {
			list = append(list, read(source))
		}
		watched := condition.Watches(list...)
		if len(watched) != len(c.days) {
			t.Errorf("%v: %+v", c.list, watched)
			continue
		}
		for i, w := range watched {
			if w.Days != c.days[i] || w.Watch != condition.WatchOf(w.Matcher) {
				t.Errorf("%v: %+v", c.list, w)
			}
		}
	}
	// What is kept carries this name: it must not change with the program.
	if got := condition.WatchOf(condition.Matcher{Page: "/price"}); got != "wda21f6fe5d53e4ee486275b4" {
		t.Errorf("the watch of /price is called %q", got)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"all":[{"did":{"page":"/price","times":3,"days":7}},{"property":{"key":"a","op":"is","values":["b"]}}]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		c, err := condition.Decode(raw)
		if err != nil {
			return
		}
		if text := condition.Sentence(c, condition.Names{}); text.JA == "" {
			t.Errorf("%q has no sentence", raw)
		}
	})
}
