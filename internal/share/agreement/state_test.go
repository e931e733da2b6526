package agreement

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

const modelText = `shirube: 1
name: 採用
locale: ja
timezone: Asia/Tokyo
fiscal_year_start: 4
kgi:
  id: applications
  name: 採用応募数
  definition: SNSをきっかけに届いた応募書類の数。
  unit: 件
  serves: recruiting
  owner: 田中
  formula: visits * rate
  measure: s.applications
  target: {total: 100, from: 2026-04-01, by: 2027-03-31}
kpis:
  visits: {name: 訪問数, unit: 回, measure: s.visits}
  rate: {name: 応募率, unit: "%", measure: s.applications / s.visits}
  posts: {name: 投稿数, unit: 本, measure: s.posts}
influences:
  - {from: posts, to: visits, lag: 0..7}
sources:
  s: {csv: s.csv, date: date, metrics: {applications: a, visits: v, posts: p}}
`

func model(t interface{ Fatal(...any) }, text string) *goal.Model {
	m, err := goal.Parse("model.yaml", []byte(text))
	if err != nil {
		t.Fatal(err, text)
	}
	return m
}

func day(y int, m time.Month, d int) *series.Day {
	out := series.Date(y, m, d)
	return &out
}

// edit is a change of a model; touches says whether it is a change of the goal.
type edit struct {
	name    string
	touches bool
	edits   []goal.Edit
}

func field(value string) *string { return &value }

// edits is every kind of change that the editor of the map can make.
func edits(t *rapid.T) edit {
	text := fmt.Sprintf("x%d", rapid.IntRange(0, 9999).Draw(t, "text"))
	n := float64(rapid.IntRange(1, 99).Draw(t, "n"))
	set := func(id string, key string) []goal.Edit {
		return []goal.Edit{{Op: goal.SetIndicator, ID: id, Fields: map[string]*string{key: field(text)}}}
	}
	target := func(id string, total float64, from, by string) []goal.Edit {
		return []goal.Edit{{Op: goal.SetTarget, ID: id, Target: &goal.TargetEdit{Kind: "total", Amount: fmt.Sprint(total), From: from, By: by}}}
	}
	all := []edit{
		{"the KGI's owner", false, set("applications", "owner")},
		{"the KGI's why", false, set("applications", "why")},
		{"the KGI's road", false, []goal.Edit{{Op: goal.SetIndicator, ID: "applications", Fields: map[string]*string{"formula": field("visits * rate * 1")}}}},
		{"a KPI's name", false, set("visits", "name")},
		{"a KPI's definition", false, set("posts", "definition")},
		{"a KPI's target", false, target("visits", n, "2026-04-01", "2027-03-31")},
		{"the model's name", false, []goal.Edit{{Op: goal.SetModel, Fields: map[string]*string{"name": field(text)}}}},
		{"who agreed", false, []goal.Edit{{Op: goal.SetTarget, ID: "applications", Target: &goal.TargetEdit{Kind: "total", Amount: "100", From: "2026-04-01", By: "2027-03-31", Agreed: []goal.AgreementEdit{{By: text}}}}}},
		{"the KGI's name", true, set("applications", "name")},
		{"the KGI's definition", true, set("applications", "definition")},
		{"the KGI's unit", true, set("applications", "unit")},
		{"what it serves", true, set("applications", "serves")},
		{"its number", true, target("applications", 100+n, "2026-04-01", "2027-03-31")},
		{"its deadline", true, target("applications", 100, "2026-04-01", "2027-02-28")},
		{"its beginning", true, target("applications", 100, "2026-05-01", "2027-03-31")},
		{"no target", true, []goal.Edit{{Op: goal.SetTarget, ID: "applications"}}},
	}
	return rapid.SampledFrom(all).Draw(t, "edit")
}

// The promise of this room: whatever is done to a model, signatures lapse when the goal
// becomes another, and only then; and they stand again when it is put back.
func TestSignaturesLapseWithTheGoalAndOnlyWithIt(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := []byte(modelText)
		signed := GoalOf(model(t, modelText))
		sign := Signature{By: Person{ID: "u", Name: "山本"}, On: series.Date(2026, time.August, 1), Goal: signed}
		touched := false
		for range rapid.IntRange(1, 6).Draw(t, "edits") {
			e := edits(t)
			next, err := goal.ApplyEdits(text, e.edits)
			if err != nil {
				t.Fatalf("%s: %v", e.name, err)
			}
			text = next
			if e.touches {
				touched = true
			}
			if !touched {
				now := StateOf(GoalOf(model(t, string(text))), 2, Records{Signatures: []Signature{sign}})
				if now.Standing != Agreed {
					t.Fatalf("%s made an agreement lapse: %v", e.name, Changes(signed, GoalOf(model(t, string(text)))))
				}
			}
		}
		after := GoalOf(model(t, string(text)))
		state := StateOf(after, 2, Records{Signatures: []Signature{sign}})
		if want := Same(signed, after); (state.Standing == Agreed) != want || (state.Standing == Lapsed) == want {
			t.Fatalf("%s, but the same: %v", state.Standing, want)
		}
		if state.Standing == Lapsed && (len(state.Changed) == 0 || state.Sentence().JA == "") {
			t.Fatal("lapsed without saying why")
		}
		if back := StateOf(GoalOf(model(t, modelText)), 3, Records{Signatures: []Signature{sign}}); back.Standing != Agreed {
			t.Fatal("put back, it does not stand again")
		}
	})
}

// A single change of the goal is always seen.
func TestEveryChangeOfTheGoalIsSeen(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		e := edits(t)
		next, err := goal.ApplyEdits([]byte(modelText), e.edits)
		if err != nil {
			t.Fatal(err)
		}
		if changed := len(Changes(GoalOf(model(t, modelText)), GoalOf(model(t, string(next))))) > 0; changed != e.touches {
			t.Fatalf("%s: changed %v, want %v", e.name, changed, e.touches)
		}
	})
}

// How a thing is written is not what it is.
func TestWritingIsNoChange(t *testing.T) {
	t.Parallel()
	before := GoalOf(model(t, modelText))
	for name, text := range map[string]string{
		"a stop":            strings.Replace(modelText, "応募書類の数。", "応募書類の数", 1),
		"spaces":            strings.Replace(modelText, "name: 採用応募数", "name:   採用応募数", 1),
		"width":             strings.Replace(modelText, "SNSを", "ＳＮＳを", 1),
		"a key by its name": strings.Replace(modelText, "serves: recruiting", "serves: 採用を進める", 1),
		"the year's start":  strings.Replace(modelText, "from: 2026-04-01, ", "", 1),
	} {
		if c := Changes(before, GoalOf(model(t, text))); len(c) > 0 {
			t.Errorf("%s: %s", name, c[0].Sentence.JA)
		}
	}
	moved := strings.Replace(modelText, "from: 2026-04-01, ", "", 1)
	moved = strings.Replace(moved, "fiscal_year_start: 4", "fiscal_year_start: 1", 1)
	if Same(before, GoalOf(model(t, moved))) {
		t.Error("another year counts other days")
	}
}

func TestStanding(t *testing.T) {
	t.Parallel()
	g := GoalOf(model(t, modelText))
	other := g
	other.Amount = 80
	yamamoto, suzuki, tanaka := Person{"1", "山本", "経営"}, Person{"2", "鈴木", "営業"}, Person{ID: "3", Name: "田中"}
	on := series.Date(2026, time.August, 1)
	older := Signature{By: yamamoto, On: on, Goal: g, Older: true}
	sign := func(p Person, g Goal, d series.Day) Signature { return Signature{By: p, On: d, Goal: g} }
	taken := sign(yamamoto, g, on)
	taken.Withdrawn, taken.Why = day(2026, time.September, 1), "数"
	for _, c := range []struct {
		name            string
		r               Records
		want            Standing
		short, sentence string
	}{
		{"nobody", Records{}, Nobody, "だれも合意していません", "だれもこの目標に合意していません。"},
		{"asked only", Records{Asked: []Person{yamamoto}}, Nobody, "だれも合意していません", "だれもこの目標に合意していません。"},
		{"one of two", Records{Asked: []Person{yamamoto, suzuki}, Signatures: []Signature{sign(yamamoto, g, on)}}, Partly, "合意 1人・あと1人", "この目標には山本さんが合意しました。鈴木さんの返事を待っています。"},
		{"both", Records{Asked: []Person{yamamoto, suzuki}, Signatures: []Signature{sign(suzuki, g, on+3), sign(yamamoto, g, on)}}, Agreed, "合意済み", "この目標には、2026年8月4日までに山本さん、鈴木さんが合意しています。"},
		{"in the file", Records{Signatures: []Signature{{By: Person{Name: "森川(社長)"}, Goal: g, Noted: true}}}, Agreed, "合意済み", "この目標には、森川(社長)が合意しています。"},
		{"the goal changed", Records{Signatures: []Signature{sign(yamamoto, other, on)}}, Lapsed, "合意が切れています", "目標が変わったので、前の合意は切れています(数: 合計80件 → 合計100件)。"},
		{"other words since", Records{Asked: []Person{yamamoto, suzuki}, Signatures: []Signature{older, sign(suzuki, g, on+3)}}, Partly, "新しい言葉に署名待ち 1人", "この目標には山本さん、鈴木さんが合意しています。言葉が新しくなったので、山本さんの署名を待っています。"},
		{"the other words signed", Records{Asked: []Person{yamamoto}, Signatures: []Signature{sign(yamamoto, g, on+3), older}}, Agreed, "合意済み", "この目標には、2026年8月4日までに山本さんが合意しています。"},
		{"taken back", Records{Signatures: []Signature{taken}}, Nobody, "だれも合意していません", "だれもこの目標に合意していません。"},
		{"signed anew", Records{Signatures: []Signature{sign(yamamoto, other, on), sign(yamamoto, g, on+9), sign(tanaka, other, on)}}, Agreed, "合意済み", "この目標には、2026年8月10日までに山本さんが合意しています。"},
	} {
		s := StateOf(g, 7, c.r)
		if s.Standing != c.want || s.Short().JA != c.short || s.Sentence().JA != c.sentence {
			t.Errorf("%s: %s %s %s", c.name, s.Standing, s.Short().JA, s.Sentence().JA)
		}
		if en := s.Sentence().EN + s.Nameless().EN; en == "" || strings.Contains(en, "%!") {
			t.Errorf("%s: %s", c.name, en)
		}
	}
	if s := StateOf(g, 7, Records{Signatures: []Signature{sign(yamamoto, other, on), sign(yamamoto, g, on+9), sign(tanaka, other, on)}}); len(s.Lapsed) != 1 || s.Lapsed[0].By.Name != "田中" {
		t.Errorf("whoever signed anew has no word that lapsed: %v", s.Lapsed)
	}
}

func TestWording(t *testing.T) {
	t.Parallel()
	g := GoalOf(model(t, modelText))
	if got := g.Wording().JA; got != "2027年3月31日までに、「採用応募数」を合計100件にします。これは「採用を進める」ための目標です。数えるのは、SNSをきっかけに届いた応募書類の数です。" {
		t.Error(got)
	}
	if got := g.Wording().EN; got != "We bring “採用応募数” to 100件 in all by Mar 31, 2027. It serves “Hire people”. What counts: SNSをきっかけに届いた応募書類の数." {
		t.Error(got)
	}
	vague := g
	vague.Kind = goal.TargetVague
	if vague.Signable() || !vague.Wording().Zero() {
		t.Error("a direction was offered for signing")
	}
	for _, target := range []string{"{growth: 1.2, over: last_year, by: 2027-03-31}", "{hold: 8, per: month, by: 2027-03-31, at_least: 0.75}", "{reach: 3, by: 2027-03-31, direction: down}", "{total: 5, by: 2027-03-31, direction: down}"} {
		text := GoalOf(model(t, strings.Replace(modelText, "{total: 100, from: 2026-04-01, by: 2027-03-31}", target, 1))).Wording()
		for _, lang := range []words.Lang{words.JA, words.EN} {
			if !strings.Contains(text.In(lang), "2027") || strings.Contains(text.In(lang), "%!") {
				t.Errorf("%s: %s", target, text.In(lang))
			}
		}
	}
}

func TestInFile(t *testing.T) {
	t.Parallel()
	m := model(t, strings.Replace(modelText, "  formula: visits * rate", `  stated:
    - {by: 森川(社長), role: management, purpose: recruiting, total: 120, deadline: 2027-03-31}
    - {by: 林, purpose: branding, hold: 8, per: month}
  formula: visits * rate`, 1))
	list := InFile(m, 1)
	if len(list) != 2 || list[0].Amount != "120件" || list[0].Purpose != "採用を進める" || list[0].By.Department != "経営" || list[1].Amount != "月8件" {
		t.Fatalf("%+v", list)
	}
	said := Statement{By: Person{ID: "u", Name: "林"}, Said: Said{Amount: "年100件"}, On: 1}
	if last := Newest(append(list, said)); len(last) != 2 || last[1].InFile {
		t.Errorf("what somebody said here does not take the place of what the file says of them: %+v", last)
	}
	if got := Newest([]Statement{said, said}); len(got) != 1 {
		t.Error("said twice it is two people")
	}
	if c := Compare(GoalOf(m), list); !slices.Equal(c.Differing(), []Aspect{Purpose, HowMuch}) {
		t.Errorf("%v", c.Differing())
	}
}
