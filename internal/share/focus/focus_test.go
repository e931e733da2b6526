package focus_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/share/focus"
)

func num(f float64) *float64 { return &f }

var kgi = focus.KGI{Name: "応募", Unit: "件", Flow: true}

// What the state of a team suggests, the cause before what is computed from it.
func TestAdvice(t *testing.T) {
	t.Parallel()
	visits := focus.Candidate{ID: "visits", Name: "訪問", Status: insight.StatusBehind, Pace: num(.86), Gain: num(20), Leads: true, Below: []string{"ctr"}}
	ctr := focus.Candidate{ID: "ctr", Name: "クリック率", Status: insight.StatusMissed, Pace: num(.8), Gain: num(16.4), Leads: true}
	reels := focus.Candidate{ID: "reels", Name: "リール", Role: goal.RoleAction, Status: insight.StatusBehind, Gain: num(.4), Tenth: num(3), Leads: true}
	fine := focus.Candidate{ID: "fine", Name: "到達率", Status: insight.StatusOnPace, Tenth: num(9), Leads: true}
	blank := focus.Candidate{ID: "blank", Name: "資料", Status: insight.StatusNoData, Leads: true}
	for name, c := range map[string]struct {
		of    []focus.Candidate
		stage focus.Stage
		ids   []string
		ja    string
		en    string
	}{
		"behind":     {[]focus.Candidate{visits, reels, ctr, fine, blank}, focus.CatchUp, []string{"ctr", "reels"}, "目安に20%足りません。戻れば、応募が約16件増えます。", "It is 20% short of its pace. Back on it, it brings about 16件 more of “応募”."},
		"unmeasured": {[]focus.Candidate{fine, blank}, focus.Measure, []string{"blank"}, "まだ数字がありません。測れば、遅れに気づけます。", "There are no numbers yet. With them, a delay shows."},
		"growing":    {[]focus.Candidate{fine, {ID: "x", Tenth: num(-2)}}, focus.Grow, []string{"fine"}, "1割よくなると、応募が約9件増えます。", "A tenth better brings about 9件 more of “応募”."},
		"unknown":    {[]focus.Candidate{{ID: "x"}}, focus.Unknown, nil, "", ""},
	} {
		got := focus.Advise(kgi, c.of)
		if got.Stage != c.stage || got.Sentence.JA == "" || len(got.Suggestions) != len(c.ids) {
			t.Errorf("%s: %+v", name, got)
			continue
		}
		for i, id := range c.ids {
			if got.Suggestions[i].ID != id {
				t.Errorf("%s: %+v", name, got.Suggestions)
			}
		}
		if len(c.ids) > 0 && (got.Suggestions[0].Why.JA != c.ja || got.Suggestions[0].Why.EN != c.en) {
			t.Errorf("%s: %q / %q", name, got.Suggestions[0].Why.JA, got.Suggestions[0].Why.EN)
		}
	}
}

// However many candidates there are: at most three, each once, each a candidate.
func TestAdviceLaws(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var list []focus.Candidate
		known := map[string]bool{}
		for i := range rapid.IntRange(0, 12).Draw(t, "n") {
			c := focus.Candidate{ID: string(rune('a' + i)), Status: rapid.SampledFrom([]string{"met", "behind", "missed", "no-data", "on-pace"}).Draw(t, "status"),
				Leads: rapid.Bool().Draw(t, "leads"), Gain: num(rapid.Float64().Draw(t, "gain")), Tenth: num(rapid.Float64().Draw(t, "tenth"))}
			list, known[c.ID] = append(list, c), true
		}
		seen := map[string]bool{}
		for _, s := range focus.Advise(kgi, list).Suggestions {
			if seen[s.ID] || !known[s.ID] {
				t.Fatalf("%q twice, or no candidate", s.ID)
			}
			seen[s.ID] = true
		}
		if len(seen) > focus.Most {
			t.Fatalf("%d suggestions", len(seen))
		}
	})
}

func TestChoices(t *testing.T) {
	t.Parallel()
	known := func(id string) bool { return id != "nowhere" }
	today := series.Date(2026, 11, 22)
	good := focus.Choice{Indicators: []string{"a", "b"}, From: today, Until: today + 39}
	if fault := good.Check(today, known); fault != nil {
		t.Error(fault.What.EN)
	}
	for field, bad := range map[string]focus.Choice{
		"indicators": {Indicators: []string{"a", "b", "c", "d"}, From: today, Until: today}, "until": {Indicators: []string{"a"}, From: today, Until: today - 1},
		"why": {Indicators: []string{"a"}, From: today, Until: today, Why: string(make([]rune, 401))},
	} {
		if fault := bad.Check(today, known); fault == nil || fault.Field != field {
			t.Errorf("%s: %+v", field, fault)
		}
	}
	for _, twice := range [][]string{{"a", "a"}, {"nowhere"}} {
		if (focus.Choice{Indicators: twice, From: today, Until: today}).Check(today, known) == nil {
			t.Errorf("%v was kept", twice)
		}
	}
	april := series.Fiscal{StartMonth: 4}
	if until := focus.Until(april, today); until != series.Date(2026, 12, 31) {
		t.Error(until)
	}
	if until := focus.Until(april, series.Date(2026, 12, 20)); until != series.Date(2027, 3, 31) {
		t.Error(until)
	}
	if !good.On(today) || good.On(today+40) || !good.Watches("b") || good.Watches("c") || (focus.Choice{From: today, Until: today}).On(today) {
		t.Error("a choice stands on other days than its own")
	}
}
