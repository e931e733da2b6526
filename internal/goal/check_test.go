package goal_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/goal"
)

// good is a model without any finding.
const good = `shirube: 1
kgi: {id: k, name: 受注, definition: 契約した件数, unit: 件, owner: 田中, serves: revenue, role: outcome, formula: a * b,
  target: {total: 100, from: 2026-04-01, by: 2027-03-31, agreed: [{by: 社長, on: 2026-03-20}]}}
kpis:
  a: {name: 訪問, definition: サイトへの訪問, unit: 回, owner: 佐藤, measure: s.x, target: {hold: 10, per: month, from: 2026-04-01, by: 2027-03-31, agreed: [{by: 社長}]}}
  b: {name: 率, definition: 訪問あたりの受注, unit: "%", owner: 佐藤, measure: s.y / s.x, target: {reach: 5%, by: 2027-03-31, agreed: [{by: 社長}]}}
sources:
  s: {csv: s.csv, date: d, metrics: {x: 列X, y: 列Y, z: 列Z, w: 列X}}
`

func codes(m *goal.Model) string {
	var out []string
	for _, f := range goal.CheckShape(m) {
		out = append(out, fmt.Sprintf("%s:%s:%s", f.Code, f.Severity, f.Indicator))
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

func TestCheckShape(t *testing.T) {
	if got := codes(mustParse(t, good)); got != "" {
		t.Fatalf("the good model has findings: %s", got)
	}
	kpi := func(line string) string { return strings.Replace(good, "sources:", "  "+line+"\nsources:", 1) }
	const full = "definition: x, unit: 件, owner: 佐藤"
	const agreed = "target: {total: 1, by: 2027-03-31, agreed: [{by: 社長}]}"
	for name, c := range map[string]struct{ text, want string }{
		"no target at all":    {strings.Replace(good, ",\n  target: {total: 100, from: 2026-04-01, by: 2027-03-31, agreed: [{by: 社長, on: 2026-03-20}]}", "", 1), "vague-goal:error:k"},
		"only a direction":    {strings.Replace(good, "total: 100, from", "direction: up, from", 1), "vague-goal:error:k"},
		"no deadline":         {strings.Replace(good, "by: 2027-03-31, agreed: [{by: 社長, on: 2026-03-20}]", "agreed: [{by: 社長}]", 1), "no-deadline:error:k"},
		"no deadline of kpi":  {strings.Replace(good, "{reach: 5%, by: 2027-03-31,", "{reach: 5%,", 1), "no-deadline:warning:b"},
		"not tied":            {strings.Replace(good, "serves: revenue, ", "", 1), "not-tied-to-management-goal:error:k"},
		"no owner":            {strings.Replace(good, "owner: 田中, ", "", 1), "no-owner:error:k"},
		"no owner of kpi":     {strings.Replace(good, "unit: 回, owner: 佐藤, ", "unit: 回, ", 1), "no-owner:warning:a"},
		"no definition":       {strings.Replace(good, "definition: 契約した件数, ", "", 1), "no-definition:warning:k"},
		"no unit":             {strings.Replace(good, "unit: 件, ", "", 1), "no-unit:error:k"},
		"nobody agreed":       {strings.Replace(good, ", agreed: [{by: 社長, on: 2026-03-20}]", "", 1), "not-agreed:warning:k"},
		"kpi without target":  {kpi("c: {name: 閲覧, " + full + ", measure: s.z}\ninfluences: [{from: c, to: a}]"), "no-target:info:c"},
		"not measured":        {kpi("c: {name: 閲覧, " + full + ", " + agreed + "}\ninfluences: [{from: c, to: a}]"), "not-measured:warning:c"},
		"input not measured":  {strings.Replace(strings.Replace(good, "measure: s.y / s.x, ", "", 1), "role: outcome, ", "", 1), "not-measured:error:k not-measured:warning:b"},
		"no path":             {kpi("c: {name: 閲覧, " + full + ", measure: s.z, " + agreed + "}"), "no-path-to-kgi:warning:c"},
		"too deep":            {kpi("c: {name: 閲覧, " + full + ", measure: s.z, " + agreed + "}\nlimits: {depth: 1}\ninfluences: [{from: c, to: a}]"), "too-deep:warning:c"},
		"too many":            {good + "limits: {kpis: 1}\n", "too-many:warning:"},
		"same measure":        {kpi("c: {name: 訪問数, " + full + ", measure: s.x, " + agreed + "}\ninfluences: [{from: c, to: a}]"), "same-thing-twice:warning:c"},
		"same column":         {kpi("c: {name: 訪問数, " + full + ", measure: s.w, " + agreed + "}\ninfluences: [{from: c, to: a}]"), "same-thing-twice:warning:c"},
		"same formula":        {kpi("c: {name: 件数, " + full + ", formula: b*a, " + agreed + "}\ninfluences: [{from: c, to: a}]"), "same-thing-twice:warning:c"},
		"mixed denominators":  {strings.Replace(good, "measure: s.y / s.x", "measure: s.y / s.z", 1), "mixed-denominators:warning:k"},
		"mixed roles":         {strings.Replace(strings.Replace(good, "name: 訪問,", "name: 訪問, role: action,", 1), "name: 率,", "name: 率, role: leading,", 1), "mixed-roles:info:k"},
		"mixed units and sum": {strings.Replace(strings.Replace(strings.Replace(good, "a * b", "a + b", 1), "name: 訪問,", "name: 訪問, role: action,", 1), "name: 率,", "name: 率, role: leading,", 1), "mixed-roles:warning:k mixed-units:warning:k"},
		"goal not shared":     {strings.Replace(good, "role: outcome,", "role: outcome, stated: [{by: 社長, purpose: revenue, total: 120}, {by: 営業, total: 100}],", 1), "goal-not-shared:warning:k"},
		"not shared: weeks":   {strings.NewReplacer("role: outcome,", "role: outcome, stated: [{by: 社長, hold: 20, per: week}],", "total: 100", "hold: 20, per: month").Replace(good), "goal-not-shared:warning:k"},
		"shared: months":      {strings.NewReplacer("role: outcome,", "role: outcome, stated: [{by: 社長, hold: 20}],", "total: 100", "hold: 20, per: month").Replace(good), ""},
		"goal shared":         {strings.Replace(good, "role: outcome,", "role: outcome, stated: [{by: 社長, purpose: sales, total: 100, deadline: 2027-03-31}],", 1), ""},
	} {
		t.Run(name, func(t *testing.T) {
			m := mustParse(t, c.text)
			if got := codes(m); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
			for _, f := range goal.CheckShape(m) {
				if f.Sentence.JA == "" || f.Sentence.EN == "" || f.Mend.JA == "" || f.Mend.EN == "" || strings.Contains(f.Sentence.EN+f.Mend.EN+f.Sentence.JA+f.Mend.JA, "%!") {
					t.Errorf("unfinished words: %+v", f)
				}
			}
		})
	}
}

// TestNoYearOutOfNowhere: a model without any date is not told to be ready by 1970.
func TestNoYearOutOfNowhere(t *testing.T) {
	t.Parallel()
	for target, want := range map[string]string{
		"":                                     "「k を、3月31日 までに ◯ にする」",
		"target: {total: 5}":                   "年度の終わり(3月31日)が合いそうです。",
		"target: {from: 2026-05-01}":           "「k を、2027年3月31日 までに ◯ にする」",
		"target: {total: 5, from: 2026-05-01}": "年度の終わり(2027年3月31日)が合いそうです。",
	} {
		found := goal.CheckShape(mustParse(t, "shirube: 1\nkgi:\n  id: k\n  "+target+"\n"))
		if got := found[0].Mend.JA; !strings.Contains(got, want) {
			t.Errorf("%q: %q lacks %q", target, got, want)
		}
		if strings.Contains(found[0].Mend.EN, "1970") {
			t.Errorf("%q: %q", target, found[0].Mend.EN)
		}
	}
}

func TestDiff(t *testing.T) {
	old := mustParse(t, good)
	if d := goal.Diff(old, mustParse(t, strings.Replace(good, "a * b", "a  *  b", 1))); len(d) != 0 {
		t.Errorf("spacing is no change: %+v", d)
	}
	changed := strings.NewReplacer("total: 100", "total: 120", "owner: 田中", "owner: 鈴木", "name: 率", "name: 受注率").Replace(good)
	changed = strings.Replace(changed, "sources:", "  c: {name: 新しい数, measure: s.z}\nsources:", 1)
	var got []string
	for _, c := range goal.Diff(old, mustParse(t, changed)) {
		got = append(got, c.Sentence.JA)
	}
	want := []string{
		"「受注」の担当が 「田中」 から 「鈴木」 に変わりました。",
		"「受注」の目標が 「合計100件」 から 「合計120件」 に変わりました。",
		"「受注率」の名前が 「率」 から 「受注率」 に変わりました。",
		"指標「新しい数」が加わりました。",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if d := goal.Diff(mustParse(t, changed), old); len(d) != 4 || d[3].Kind != goal.Removed {
		t.Errorf("the way back: %+v", d)
	}
}

// TestDiffSeesEveryKey: what a model may say, a diff tells.
func TestDiffSeesEveryKey(t *testing.T) {
	t.Parallel()
	full := strings.NewReplacer(
		"per: month, from", "per: month, at_least: 0.9, direction: up, milestones: [{by: 2026-06-30, value: 8000}], from",
		"{csv: sns.csv,", `{csv: sns.csv, sheet: 日別, gaps: missing, number: "1,234.5", date_order: ymd, encoding: utf-8, delimiter: comma, header: 3,`,
		"total: 120,", "hold: 120, per: month,",
	).Replace(contractExample)
	old := mustParse(t, full)
	for before, after := range map[string]string{
		"name: 採用SNS": "name: x", "locale: ja": "locale: en", "timezone: Asia/Tokyo": "timezone: UTC", "fiscal_year_start: 4": "fiscal_year_start: 1",
		"definition: SNS": "definition: x", "unit: 件\n": "unit: 人\n", "serves: recruiting": "serves: revenue", "owner: 田中": "owner: x",
		"total: 100": "total: 101", "by: 社長, on": "by: 専務, on", "on: 2026-03-20": "on: 2026-03-21", "visits * apply_rate": "visits * ctr",
		"by: 社長, role": "by: 専務, role", "role: management": "role: field", "purpose: recruiting": "purpose: sales", "hold: 120": "hold: 121",
		"120, per: month": "120, per: week", "deadline: 2027-03-31": "deadline: 2027-03-30", "role: leading": "role: action",
		"measure: web.sns_sessions": "measure: web.applications", "hold: 9000": "hold: 9001", "9000, per: month": "9000, per: week",
		"at_least: 0.9": "at_least: 0.8", "direction: up": "direction: down", "value: 8000": "value: 8001", "weight: 1": "weight: 2", "max: 2000": "max: 2001",
		"lag: 0..14": "lag: 0..15", "matters: 0.2": "matters: 0.3", "because: いいね": "because: x", "csv: sns.csv": "csv: x.csv", "sheet: 日別": "sheet: x",
		"gaps: missing": "gaps: zero", `number: "1,234.5"`: `number: "1.234,5"`, "date_order: ymd": "date_order: dmy", "encoding: utf-8": "encoding: cp932",
		"delimiter: comma": "delimiter: tab", "header: 3": "header: 4", "date: 日付": "date: x", "impressions: 表示回数": "impressions: x", "agg: last": "agg: max",
		"by: [device]": "by: [x]", "[won, 受注]": "[won]", "{sum: amount}": "{distinct: amount}", "csv: deals.csv": "csv: x.csv", "on: lead_id": "on: id",
		"what: アルゴリズム変更": "what: x", "2026-12-28": "2026-12-27", "depth: 4": "depth: 5", "kpis: 20": "kpis: 21",
	} {
		if !strings.Contains(full, before) {
			t.Fatalf("the model lacks %q", before)
		}
		if d := goal.Diff(old, mustParse(t, strings.Replace(full, before, after, 1))); len(d) == 0 {
			t.Errorf("%s → %s is no change", before, after)
		}
	}
}

func FuzzModel(f *testing.F) {
	for _, seed := range []string{good, minimal, chain, contractExample, commented, "shirube: 1", "", "a: &a [*a]", "shirube: 1\nkgi: {id: k}\n<<: {a: b}"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		m, err := goal.Parse("m.yaml", []byte(text))
		if err != nil {
			if !strings.HasPrefix(err.Error(), "m.yaml:") {
				t.Fatalf("no position: %v", err)
			}
			return
		}
		goal.CheckShape(m)
		goal.NewEvaluator(m, nil).Value(m.KGI().ID, series28)
		if d := goal.Diff(m, m); len(d) != 0 {
			t.Fatalf("a model differs from itself: %+v", d)
		}
	})
}
