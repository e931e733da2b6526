package demo

import (
	"math"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// observed is the company as its exports tell it, read back from the files.
func observed(t *testing.T, today series.Day) (*goal.Evaluator, Truths) {
	t.Helper()
	w, err := hinata(today, words.JA)
	if err != nil {
		t.Fatal(err)
	}
	return read(t, w), TruthsOn(today)
}

func sumOf(t *testing.T, ev *goal.Evaluator, metric, part string, span series.Span) float64 {
	t.Helper()
	m := ev.Data().Metrics[metric]
	if m == nil {
		t.Fatalf("no metric %s", metric)
	}
	daily := m.Total
	if part != "" {
		for _, p := range m.Parts {
			if p.Values[0] == part {
				daily = p.Daily
			}
		}
	}
	v, _ := daily.Aggregate(span, series.Sum)
	return v
}

func TestAlgorithmChangeBreaksViewsToVisits(t *testing.T) {
	t.Parallel()
	for _, today := range days {
		ev, truth := observed(t, today)
		before := series.Span{From: truth.AlgorithmChange - 60, To: truth.AlgorithmChange - 1}
		after := before.Shift(60)
		ctr := func(span series.Span) float64 {
			return sumOf(t, ev, "sns.clicks", "", span) / sumOf(t, ev, "sns.impressions", "", span)
		}
		if ratio := ctr(after) / ctr(before); math.Abs(ratio-truth.ClickFactor) > .08 {
			t.Errorf("on %s the click rate goes to %.2f of what it was, planted %.2f", today, ratio, truth.ClickFactor)
		}
		found := false
		for _, e := range ev.Model().Events {
			found = found || e.On == truth.AlgorithmChange && e.What == "アルゴリズム変更"
		}
		if !found {
			t.Errorf("on %s the change is not on the timeline", today)
		}
	}
}

func TestLeakIsOnOneDeviceOnly(t *testing.T) {
	t.Parallel()
	for _, today := range days {
		ev, truth := observed(t, today)
		after := series.Span{From: truth.LeakStart, To: today - 1}
		before := after.Before(120)
		change := func(device string) float64 {
			rate := func(span series.Span) float64 {
				return sumOf(t, ev, "web.entries", device, span) / sumOf(t, ev, "web.forms", device, span)
			}
			return rate(after) / rate(before)
		}
		if ratio := change(truth.LeakDevice.In(words.JA)); math.Abs(ratio-truth.LeakFactor) > .2 {
			t.Errorf("on %s completion on %s goes to %.2f, planted %.2f", today, truth.LeakDevice.JA, ratio, truth.LeakFactor)
		}
		if ratio := change(devices[desktop].In(words.JA)); ratio < .7 || ratio > 1.4 {
			t.Errorf("on %s completion on %s goes to %.2f, planted 1", today, devices[desktop].JA, ratio)
		}
	}
}

// weekOnWeek takes logarithms and then the difference to a week before: season,
// growth and weekdays leave, what a day does to a day stays.
func weekOnWeek(values []int, add float64) []float64 {
	out := make([]float64, len(values))
	for i := 7; i < len(values); i++ {
		out[i] = math.Log(float64(values[i])+add) - math.Log(float64(values[i-7])+add)
	}
	return out
}

// slope of y on x lag days earlier, over the days from..to, and their correlation.
func slope(y, x []float64, lag, from, to int) (b, r float64) {
	var n, sx, sy, sxx, syy, sxy float64
	for i := from; i < to; i++ {
		u, v := x[i-lag], y[i]
		n, sx, sy, sxx, syy, sxy = n+1, sx+u, sy+v, sxx+u*u, syy+v*v, sxy+u*v
	}
	cov, vx, vy := sxy-sx*sy/n, sxx-sx*sx/n, syy-sy*sy/n
	return cov / vx, cov / math.Sqrt(vx*vy)
}

// With another seed it is another company with the same troubles: the truths are
// in how it is made, not in its luck.
func TestTruthsHoldWhateverTheLuck(t *testing.T) {
	t.Parallel()
	for _, luck := range []uint64{seed, 1, 2, 3} {
		c := newCompany(series.Date(2026, time.November, 21), luck)
		change := int(c.truth.AlgorithmChange - c.first)
		views, clicks, likes := weekOnWeek(c.impressions, 0), weekOnWeek(c.clicks, 0), weekOnWeek(c.likes, 0)
		reels, profile := weekOnWeek(c.reels, .5), weekOnWeek(c.profileVisits, 0)
		forms := make([]int, c.days)
		for i := range forms {
			forms[i] = c.entered(i)
		}
		for name, y := range map[string][]float64{"views": views, "clicks": clicks, "entries": weekOnWeek(forms, .5), "applications": weekOnWeek(c.applications, .5)} {
			for lag := range 15 {
				if _, r := slope(y, likes, lag, 30, c.days); math.Abs(r) > .22 {
					t.Errorf("seed %d: likes go with %s %d days later (r = %.2f)", luck, name, lag, r)
				}
			}
		}
		best, at := 0.0, 0
		for lag := range 15 {
			if _, r := slope(views, reels, lag, 30, c.days); r > best {
				best, at = r, lag
			}
		}
		if best < .3 || at < c.truth.ReelsLag-1 || at > c.truth.ReelsLag+1 {
			t.Errorf("seed %d: reels go with views best %d days later (r = %.2f), planted %d", luck, at, best, c.truth.ReelsLag)
		}
		if b, _ := slope(clicks, views, 0, 30, change); b < .8 || b > 1.2 {
			t.Errorf("seed %d: before the change clicks follow views by %.2f, planted 1", luck, b)
		}
		if b, _ := slope(clicks, views, 0, change+7, c.days); b > .6 {
			t.Errorf("seed %d: after the change clicks follow views by %.2f, planted %.2f", luck, b, c.truth.ClickElasticityAfter)
		}
		rate := make([]float64, c.days)
		for i := range rate {
			rate[i] = clicks[i] - views[i]
		}
		if _, r := slope(rate, profile, c.truth.ProfileLag, 30, change); r < .4 {
			t.Errorf("seed %d: before the change profile visits go with the click rate by r = %.2f", luck, r)
		}
		if _, r := slope(rate, profile, c.truth.ProfileLag, change+10, c.days); r > .3 {
			t.Errorf("seed %d: after the change profile visits still go with the click rate (r = %.2f)", luck, r)
		}
	}
}

func TestAnalyticsWereOutForTwoDays(t *testing.T) {
	t.Parallel()
	ev, truth := observed(t, days[0])
	for d := truth.Outage.From - 3; d <= truth.Outage.To+3; d++ {
		_, counted := ev.Data().Metrics["web.sessions"].Total.At(d)
		if counted == truth.Outage.Contains(d) {
			t.Errorf("%s: counted is %v", d, counted)
		}
	}
	if truth.Outage.Days() != 2 {
		t.Errorf("the outage has %d days", truth.Outage.Days())
	}
}

// Of this year's applications as many are there as lead to the landing, no more
// and no fewer; nobody applies without an entry.
func TestApplicationsAddUp(t *testing.T) {
	t.Parallel()
	for _, today := range days {
		c := newCompany(today, seed)
		sum := 0
		for i := int(c.year.From - c.first); i < c.days; i++ {
			sum += c.applications[i]
		}
		if want := c.soFar(); sum < want-1 || sum > want+1 {
			t.Errorf("on %s there are %d applications, want %d", today, sum, want)
		}
	}
}
