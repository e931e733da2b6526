package goal_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/shirube/shirube/internal/goal"
)

const commented = `# 採用チームの地図
shirube: 1
name: 採用SNS   # 毎年4月に見直す

kgi:
  id: k
  name: 応募数
  formula: a * b   # 訪問 × 率

# 道のり
kpis:
  # 訪問
  a:
    name: 訪問数   # 佐藤さんが見る
    owner: 佐藤
    measure: s.x
  b: {name: 応募率, unit: "%", measure: s.y / s.x}

  likes: {name: いいね数, measure: s.z}

influences:
  - {from: likes, to: a, lag: 0..14, matters: 0.3}   # 仮説

sources:
  # 日次の表
  s: {csv: s.csv, date: day, metrics: {x: 列X, y: 列Y, z: 列Z}}
`

func value(s string) *string { return &s }

func TestEditsTouchOnlyTheirLines(t *testing.T) {
	for name, c := range map[string]struct {
		edit goal.Edit
		diff string // lines as "-old" and "+new"
	}{
		"field of a block indicator": {goal.Edit{Op: goal.SetIndicator, ID: "a", Fields: map[string]*string{"owner": value("鈴木")}},
			"-    owner: 佐藤\n+    owner: 鈴木"},
		"new field in a block indicator": {goal.Edit{Op: goal.SetIndicator, ID: "a", Fields: map[string]*string{"unit": value("回")}},
			"+    unit: 回"},
		"removed field": {goal.Edit{Op: goal.SetIndicator, ID: "a", Fields: map[string]*string{"owner": nil}},
			"-    owner: 佐藤"},
		"field of a flow indicator": {goal.Edit{Op: goal.SetIndicator, ID: "b", Fields: map[string]*string{"name": value("応募の率")}},
			"-  b: {name: 応募率, unit: \"%\", measure: s.y / s.x}\n+  b: {name: 応募の率, unit: \"%\", measure: s.y / s.x}"},
		"target": {goal.Edit{Op: goal.SetTarget, ID: "k", Target: &goal.TargetEdit{Kind: "total", Amount: "100", From: "2026-04-01", By: "2027-03-31", Agreed: []goal.AgreementEdit{{By: "社長", On: "2026-03-20"}}}},
			"+  target: {total: 100, from: 2026-04-01, by: 2027-03-31, agreed: [{by: 社長, on: 2026-03-20}]}"},
		"rate target": {goal.Edit{Op: goal.SetTarget, ID: "b", Target: &goal.TargetEdit{Kind: "reach", Amount: "5%", By: "2027-03-31", Direction: "up"}},
			"-  b: {name: 応募率, unit: \"%\", measure: s.y / s.x}\n+  b: {name: 応募率, unit: \"%\", measure: s.y / s.x, target: {reach: 5%, by: 2027-03-31}}"},
		"add beside": {goal.Edit{Op: goal.AddIndicator, ID: "followers", Fields: map[string]*string{"name": value("フォロワー数"), "unit": value("人")}},
			"+  followers: {name: フォロワー数, unit: 人}"},
		"add into a formula": {goal.Edit{Op: goal.AddIndicator, ID: "c", Parent: "k", Operator: "*", Fields: map[string]*string{"name": value("係数")}},
			"-  formula: a * b   # 訪問 × 率\n+  formula: a * b * c # 訪問 × 率\n+  c: {name: 係数}"},
		"remove with its links": {goal.Edit{Op: goal.RemoveIndicator, ID: "likes"},
			"-  likes: {name: いいね数, measure: s.z}\n-influences:\n-  - {from: likes, to: a, lag: 0..14, matters: 0.3}   # 仮説"},
		"change a link": {goal.Edit{Op: goal.SetInfluence, From: "likes", To: "a", Lag: "3..7", Because: "おすすめ"},
			"-  - {from: likes, to: a, lag: 0..14, matters: 0.3}   # 仮説\n+  - {from: likes, to: a, lag: 3..7, because: おすすめ, matters: 0.3}"},
		"add a link": {goal.Edit{Op: goal.SetInfluence, From: "likes", To: "b"},
			"-  - {from: likes, to: a, lag: 0..14, matters: 0.3}   # 仮説\n+  - {from: likes, to: a, lag: 0..14, matters: 0.3} # 仮説\n+  - {from: likes, to: b}"},
		"rename the model": {goal.Edit{Op: goal.SetModel, Fields: map[string]*string{"name": value("採用 2027")}},
			"-name: 採用SNS   # 毎年4月に見直す\n+name: 採用 2027 # 毎年4月に見直す"},
		"source": {goal.Edit{Op: goal.SetSource, ID: "s", Source: &goal.SourceEdit{Path: "new.csv", Date: "日付", Number: "1.234,5", Metrics: map[string]goal.MetricEdit{"x": {Column: "X"}, "y": {Sum: "Y"}, "z": {Count: "rows", Where: map[string][]string{"段階": {"受注"}}}}}},
			"-  s: {csv: s.csv, date: day, metrics: {x: 列X, y: 列Y, z: 列Z}}\n+  s: {csv: new.csv, date: 日付, metrics: {x: X, y: {sum: Y}, z: {count: rows, where: {段階: [受注]}}}, number: '1.234,5'}"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := goal.ApplyEdits([]byte(commented), []goal.Edit{c.edit})
			if err != nil {
				t.Fatal(err)
			}
			if d := lineDiff(commented, string(got)); d != c.diff {
				t.Errorf("diff (-want +got):\n%s\nwhole:\n%s", cmp.Diff(c.diff, d), got)
			}
			if c.edit.Op != goal.RemoveIndicator {
				if _, err := goal.Parse("m.yaml", got); err != nil && !strings.Contains(err.Error(), "followers") {
					t.Errorf("does not parse: %v", err)
				}
			}
		})
	}
}

// lineDiff lists removed lines, then added ones.
func lineDiff(old, new string) string {
	count := map[string]int{}
	for _, l := range strings.Split(old, "\n") {
		count[l]--
	}
	for _, l := range strings.Split(new, "\n") {
		count[l]++
	}
	var out []string
	for _, l := range strings.Split(old, "\n") {
		if l != "" && count[l] < 0 {
			out = append(out, "-"+l)
			count[l] = 0
		}
	}
	for _, l := range strings.Split(new, "\n") {
		if l != "" && count[l] > 0 {
			out = append(out, "+"+l)
			count[l] = 0
		}
	}
	return strings.Join(out, "\n")
}

func TestEditsOfWhatIsMissing(t *testing.T) {
	for _, e := range []goal.Edit{
		{Op: goal.SetIndicator, ID: "nobody"}, {Op: goal.RemoveIndicator, ID: "k"}, {Op: goal.AddIndicator, ID: "a"}, {Op: goal.AddIndicator, ID: "1"},
		{Op: goal.SetTarget, ID: "nobody"}, {Op: "dance"}, {Op: goal.SetModel, Fields: map[string]*string{"nmae": value("x")}},
		{Op: goal.SetModel, Fields: map[string]*string{"kpis": nil}}, {Op: goal.SetIndicator, ID: "a", Fields: map[string]*string{"colour": value("red")}},
	} {
		if _, err := goal.ApplyEdits([]byte(commented), []goal.Edit{e}); err == nil {
			t.Errorf("%+v: no error", e)
		}
	}
}

// TestAmountsOfAnEdit: thousands are written plainly; what is no number is
// kept, so that reading the model tells the person.
func TestAmountsOfAnEdit(t *testing.T) {
	t.Parallel()
	for amount, want := range map[string]string{"1,200": "1200", "１，２００": "1200", "3%": "0.03", "1.234,5": "no", "many": "no"} {
		text, err := goal.ApplyEdits([]byte(commented), []goal.Edit{{Op: goal.SetTarget, ID: "k", Target: &goal.TargetEdit{Kind: "total", Amount: amount}}})
		if err != nil {
			t.Fatalf("%s: %v", amount, err)
		}
		got := "no"
		if m, err := goal.Parse("model.yaml", text); err == nil {
			got = fmt.Sprint(m.KGI().Target.Amount)
		}
		if got != want {
			t.Errorf("%s: got %s, want %s", amount, got, want)
		}
	}
}

// TestEditsRoundTrip: whatever text a person types into a field comes back out
// of the model unchanged.
func TestEditsRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		id := rapid.SampledFrom([]string{"a", "b", "likes", "k"}).Draw(t, "id")
		key := rapid.SampledFrom([]string{"name", "definition", "owner", "why"}).Draw(t, "key")
		text := strings.TrimSpace(rapid.StringOf(rapid.RuneFrom([]rune("あ応 a:#{}[],&*!|>'\"%@`-?1.年\\"))).Draw(t, "text"))
		if text == "" {
			return
		}
		got, err := goal.ApplyEdits([]byte(commented), []goal.Edit{{Op: goal.SetIndicator, ID: id, Fields: map[string]*string{key: &text}}})
		if err != nil {
			t.Fatal(err)
		}
		m, err := goal.Parse("m.yaml", got)
		if err != nil {
			t.Fatalf("%v in\n%s", err, got)
		}
		i := m.Indicator(id)
		read := map[string]string{"name": i.Name, "definition": i.Definition, "owner": i.Owner, "why": i.Why}[key]
		if read != text {
			t.Fatalf("%s of %s: wrote %q, read %q in\n%s", key, id, text, read, got)
		}
		if !strings.Contains(string(got), "# 日次の表") || !strings.Contains(string(got), "# 道のり") {
			t.Fatalf("a comment was lost:\n%s", got)
		}
	})
}

func ExampleApplyEdits() {
	text := "shirube: 1\nkgi: {id: deals, name: 受注数} # 最終目標\n"
	owner := "田中"
	out, _ := goal.ApplyEdits([]byte(text), []goal.Edit{{Op: goal.SetIndicator, ID: "deals", Fields: map[string]*string{"owner": &owner}}})
	fmt.Print(string(out))
	// Output:
	// shirube: 1
	// kgi: {id: deals, name: 受注数, owner: 田中} # 最終目標
}
