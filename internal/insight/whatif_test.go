package insight_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/words"
)

func TestParseSet(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		in   string
		op   insight.SetOp
		want float64
	}{
		{"ctr=*2", insight.SetTimes, 2},
		{"ctr = *1.5", insight.SetTimes, 1.5},
		{"ctr=×2", insight.SetTimes, 2},
		{"likes=+10%", insight.SetGrow, 0.1},
		{"likes=-5%", insight.SetGrow, -0.05},
		{"likes=−5%", insight.SetGrow, -0.05},
		{"posts=12", insight.SetTo, 12},
		{"visits=1,200", insight.SetTo, 1200},
		{"ctr=3%", insight.SetTo, 0.03},
		{"posts=+5", insight.SetAdd, 5},
		{"posts=-5", insight.SetAdd, -5},
	} {
		got, err := insight.ParseSet(c.in)
		if err != nil || got.Op != c.op || got.Amount != c.want {
			t.Errorf("%s: op %d amount %v (%v), want op %d amount %v", c.in, got.Op, got.Amount, err, c.op, c.want)
		}
	}
	for _, bad := range []string{"", "ctr", "ctr=", "=2", "ctr=abc", "ctr=*", "ctr=+", "ctr=--5", "ctr=*-", "ctr=1e999", "ctr=NaN", "ctr=%"} {
		if got, err := insight.ParseSet(bad); err == nil {
			t.Errorf("%q is read as %+v", bad, got)
		} else if _, ok := errors.AsType[*insight.SetError](err); !ok {
			t.Errorf("%q: %T", bad, err)
		}
	}
}

func sets(t tester, texts ...string) []insight.Set {
	t.Helper()
	out := make([]insight.Set, len(texts))
	for i, s := range texts {
		var err error
		if out[i], err = insight.ParseSet(s); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func TestWhatIfDoublesExactly(t *testing.T) {
	t.Parallel()
	ev := hinata(t)
	opt := on(t, "2026-09-08")
	got, err := insight.WhatIf(ev, sets(t, "ctr=*2", "likes=+10%"), opt)
	if err != nil {
		t.Fatal(err)
	}
	kgi := insight.Status(ev, opt).Indicators[0]
	if !near(got.KGI.Before, *kgi.Value, 1e-12) || !near(got.KGI.After, 2**kgi.Value, 1e-9) {
		t.Errorf("KGI from %v to %v, its value is %v", show(got.KGI.Before), show(got.KGI.After), *kgi.Value)
	}
	ids := []string{}
	for _, a := range got.Indicators {
		ids = append(ids, a.ID)
		if *a.Lo95 != *a.After || *a.Hi95 != *a.After {
			t.Errorf("%s is exact, yet from %v to %v", a.ID, *a.Lo95, *a.Hi95)
		}
	}
	if diff := cmp.Diff([]string{"applications", "visits", "ctr", "likes"}, ids); diff != "" {
		t.Error(diff)
	}
	if *got.KGI.PAttainAfter <= *got.KGI.PAttainBefore {
		t.Errorf("P(attain) from %v to %v", *got.KGI.PAttainBefore, *got.KGI.PAttainAfter)
	}
	// What is in stays in: only the days to come double.
	if after := *got.KGI.LandingAfter; after >= 2**got.KGI.LandingBefore || after <= *got.KGI.LandingBefore {
		t.Errorf("landing from %v to %v", *got.KGI.LandingBefore, after)
	}
	want := []insight.NotCounted{{From: "likes", To: "impressions", Sentence: "「いいね数」から「表示回数」への影響は、まだ確かめられていないため、計算に入れていません。"}}
	if diff := cmp.Diff(want, got.NotCounted); diff != "" {
		t.Error(diff)
	}
	if len(got.Warnings) != 2 {
		t.Errorf("warnings %q, want one for each value never seen", got.Warnings)
	}
}

func TestWhatIfOfUnknownIndicator(t *testing.T) {
	t.Parallel()
	_, err := insight.WhatIf(hinata(t), sets(t, "ctrr=*2"), on(t, "2026-09-08"))
	want := "「ctrr」という指標はありません。「ctr」のことですか?"
	if err == nil || words.In(err, words.JA) != want {
		t.Errorf("got %v, want %s", err, want)
	}
}
