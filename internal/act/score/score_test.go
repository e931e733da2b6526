package score

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/words"
)

const mockCard = `{
  "name": "商談の見込み",
  "fit": [
    {"id": "size", "name": "人事・100名以上", "if": {"property": {"key": "size", "op": "is", "values": ["large"]}}, "points": 4}
  ],
  "behaviour": [
    {"id": "price", "name": "料金のページ", "page": "/price", "points": 5, "most": 14, "group": "関心"},
    {"id": "movie", "name": "採用動画の資料", "verb": {"ja": "保存した", "en": "Saved"}, "event": "download", "points": 9, "in_all": 1},
    {"id": "case", "name": "導入事例", "page": "/case/*", "points": 7, "times": 3, "days": 30},
    {"id": "careers", "name": "採用ページ", "page": "/careers", "points": -20, "decay": {"kind": "linear", "days": 10}}
  ],
  "groups": [{"name": "関心", "most": 20}],
  "bands": [{"name": "A", "from": 25}, {"name": "B", "from": 15}, {"name": "C", "from": 1}],
  "hot": 25
}`

func parse(t testing.TB, text string) Card {
	t.Helper()
	c, err := Parse("card.json", []byte(text))
	if err != nil {
		t.Fatal(words.In(err, words.EN))
	}
	return c
}

func keiko() facts {
	return facts{now: on(9, 8, 9, 0), is: map[string]string{"size": "large"}, done: map[condition.Watch][]condition.Occurrence{
		"/price":   {{At: on(9, 5, 10, 0), MessageID: "1"}, {At: on(9, 6, 10, 0), MessageID: "2"}, {At: on(9, 7, 10, 0), MessageID: "3"}, {At: on(9, 7, 21, 40), MessageID: "4"}},
		"download": {{At: on(9, 6, 11, 0), MessageID: "5"}},
		"/case/*":  {{At: on(9, 7, 11, 0), MessageID: "6"}, {At: on(9, 7, 11, 2), MessageID: "7"}, {At: on(9, 7, 11, 4), MessageID: "8"}},
	}}
}

func TestTheReasonsRead(t *testing.T) {
	t.Parallel()
	s := compile(t, parse(t, mockCard))
	got := s.Points(keiko())
	var ja, en []string
	for i, p := range got.Parts {
		ja = append(ja, fmt.Sprintf("%s %+d", s.Says(p).JA, got.Wholes()[i]))
		en = append(en, fmt.Sprintf("%s %+d", s.Says(p).EN, got.Wholes()[i]))
	}
	want := []string{"料金のページを3日で4回見た +14", "採用動画の資料を保存した +9", "導入事例を1日で3回見た +7", "人事・100名以上にあたる +4"}
	if diff := cmp.Diff(want, ja); diff != "" {
		t.Error(diff)
	}
	want = []string{"Viewed 料金のページ 4 times in 3 days +14", "Saved 採用動画の資料 +9", "Viewed 導入事例 3 times in a day +7", "Is 人事・100名以上 +4"}
	if diff := cmp.Diff(want, en); diff != "" {
		t.Error(diff)
	}
	if got.Total != 34*Point || got.Band != "A" || !got.Hot {
		t.Errorf("%+v", got)
	}
	if p := got.Parts[0]; !p.Capped || p.Earned != 20*Point || len(p.Did) != 4 || p.Did[0].MessageID != "4" || s.Faded(p).JA != "+20点のうち、上限まで" {
		t.Errorf("%+v %s", p, s.Faded(p).JA)
	}
	if p := got.Parts[2]; len(p.Did) != 3 || p.Did[0].Left != 7*Point || p.Did[1].Left != 0 {
		t.Errorf("%+v", p)
	}
	if s.Summary(got, 2).JA != "料金のページを3日で4回見た・採用動画の資料を保存した" {
		t.Error(s.Summary(got, 2).JA)
	}
}

func TestRules(t *testing.T) {
	t.Parallel()
	done := func(at ...event.Millis) map[condition.Watch][]condition.Occurrence {
		m := map[condition.Watch][]condition.Occurrence{}
		for i, a := range at {
			m["/p"] = append(m["/p"], condition.Occurrence{At: a, MessageID: fmt.Sprint(i)})
		}
		return m
	}
	views := done(on(9, 1, 0, 0), on(9, 1, 23, 59), on(9, 2, 0, 0), on(9, 5, 12, 0))
	for _, c := range []struct {
		name string
		rule Rule
		done map[condition.Watch][]condition.Occurrence
		want Points
	}{
		{"every time", Rule{Points: 3}, views, 12 * Point},
		{"at most once a civil day", Rule{Points: 3, ADay: 1}, views, 9 * Point},
		{"twice in all", Rule{Points: 3, InAll: 2}, views, 6 * Point},
		{"the rule's bound", Rule{Points: 3, Most: 10}, views, 10 * Point},
		{"the bound downwards", Rule{Points: -3, Most: 10}, views, -10 * Point},
		{"a window", Rule{Points: 3, Days: 3}, views, 3 * Point},
		{"three times in seven days", Rule{Points: 3, Times: 3, Days: 7}, views, 3 * Point},
		{"five times", Rule{Points: 3, Times: 5}, views, 0},
		{"on three days", Rule{Points: 3, Times: 3, ADay: 1}, views, 3 * Point},
		{"on four days", Rule{Points: 3, Times: 4, ADay: 1}, views, 0},
		{"half is left", Rule{Points: 3, Days: 3, Decay: &Decay{Linear, 2}}, views, 1500},
		{"nothing is left", Rule{Points: 3, Decay: &Decay{Linear, 1}}, views, 0},
		{"a half-life", Rule{Points: 8, InAll: 1, Decay: &Decay{HalfLife, 1}}, views, 4 * Point},
		{"several times fade from the last", Rule{Points: 8, Times: 2, Decay: &Decay{Linear, 2}}, views, 4 * Point},
		{"nobody came", Rule{Points: 8}, nil, 0},
		{"what is to come does not count", Rule{Points: 8}, done(on(9, 6, 12, 1)), 0},
	} {
		c.rule.ID, c.rule.Name, c.rule.Page = "r", "r", "/p"
		s := compile(t, Card{Name: "c", Behaviour: []Rule{c.rule}})
		f := facts{now: on(9, 6, 12, 0), done: c.done}
		if got := s.Total(f); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
		if got := s.Points(f).Total; got != c.want {
			t.Errorf("%s with reasons: %d, want %d", c.name, got, c.want)
		}
	}
}

func TestProblemsHavePlaces(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, want string }{
		{`{"name": "x"`, `c.json:1:13: This is not JSON.`},
		{"{\n  \"name\": \"x\",\n  \"hott\": 3}", `c.json:3:3: There is no entry "hott".`},
		{"{\n  \"name\": \"x\",\n  \"hot\": \"3\"}", `c.json:3:3: string does not fit "hot". Write a whole number.`},
		{`{"name": "x", "name": "y"}`, `The same name stands here twice`},
		{`{"name": " "}`, `c.json:1:2: The name is missing.`},
		{`{"name": "x", "behaviour": [{"id": "a", "name": "あ", "page": "/p", "points": 0}]}`, `c.json:1:68: A rule of 0 points changes nothing.`},
		{`{"name": "x", "behaviour": [{"id": "a", "name": "a", "points": 1}]}`, `c.json:1:29: It does not say what gives the points.`},
		{`{"name": "x", "behaviour": [{"id": "a", "name": "a", "page": "/", "points": 1, "group": "g"}]}`, `c.json:1:80: There is no group "g".`},
		{`{"name": "x", "behaviour": [{"id": "a", "name": "a", "page": "/", "points": 1, "decay": {"kind": "fast", "days": 0}}]}`, `There is no decay "fast".`},
		{`{"name": "x", "fit": [{"id": "a", "name": "a", "if": {"proprty": {}}, "points": 1}]}`, `There is no entry "proprty".`},
		{`{"name": "x", "bands": [{"name": "A", "from": 5}, {"name": "B", "from": 5}]}`, `The band "B" has to begin below the band "A"`},
		{`{"name": "x", "behaviour": [{"id": "a", "name": "a", "page": "/", "points": 1}, {"id": "a", "name": "b", "page": "/", "points": 99999}]}`, `The id "a" is there twice.`},
		{`[]`, `does not fit`},
		{``, `This is not JSON.`},
		{`{"name": "` + strings.Repeat("x", MostBytes) + `"}`, `too large`},
	} {
		_, err := Parse("c.json", []byte(c.text))
		if err == nil {
			t.Errorf("%.60s: no problem", c.text)
			continue
		}
		if got := words.In(err, words.EN); !strings.Contains(got, c.want) {
			t.Errorf("%.60s:\n got %s\nwant %s", c.text, got, c.want)
		}
		if problems, ok := words.AsProblems(err); !ok || problems[0].What.JA == "" || problems[0].What.JA == problems[0].What.EN {
			t.Errorf("%.60s is not said in Japanese", c.text)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(mockCard)
	f.Add(`{"name":"x","behaviour":[{"id":"a"}]}`)
	f.Add("{\"name\":\"\\\"\\u3042\",\n\"fit\":[]}")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := Parse("c.json", []byte(text))
		if err == nil {
			if _, err := Compile(c, tokyo, plain); err != nil {
				t.Error(err)
			}
		}
	})
}
