package forecast_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/shirube/shirube/internal/evidence"
	"github.com/shirube/shirube/internal/forecast"
	"github.com/shirube/shirube/internal/formula"
	"github.com/shirube/shirube/internal/series"
)

const room = "forecast: daily"

// tally counts how often intervals held what came.
type tally struct{ in80, in95, n float64 }

// add takes the place of a value among the paths, between 0 and 1.
func (t *tally) add(u float64) {
	t.n++
	if u > 0.1 && u < 0.9 {
		t.in80++
	}
	if u > 0.025 && u < 0.975 {
		t.in95++
	}
}

// publish checks both coverages against what they should be, within two points and what
// the number of independent tries leaves to chance.
func (t *tally) publish(tb testing.TB, name string, tries int, seed uint64, independent float64) {
	tb.Helper()
	for _, c := range []struct{ nominal, got float64 }{{0.80, t.in80 / t.n}, {0.95, t.in95 / t.n}} {
		errors := 1.0
		if !evidence.Long() {
			errors = 2.5
		}
		slack := errors * math.Sqrt(c.nominal*(1-c.nominal)/independent)
		f := evidence.Figure{
			Room: room, Case: name, Name: fmt.Sprintf("coverage of the %.0f %% interval", 100*c.nominal),
			Got: c.got, Bar: fmt.Sprintf("%.0f ± 2 %%", 100*c.nominal), Tries: tries, Seed: seed, Unit: "%",
			OK: math.Abs(c.got-c.nominal) <= 0.02+slack,
		}
		evidence.Publish(tb, f)
		if !f.OK {
			tb.Errorf("%s: %s is %.4f", f.Case, f.Name, f.Got)
		}
	}
}

// place is where a value lies among the paths, between 0 and 1: uniform where the paths
// are right. Ties are broken by chance, as for counts (Czado, Gneiting and Held 2009).
func place(paths []float64, value float64, r *rand.Rand) float64 {
	below, at := 0.0, 0.0
	for _, v := range paths {
		if v < value-1e-9*math.Abs(value) {
			below++
		} else if v <= value+1e-9*math.Abs(value) {
			at++
		}
	}
	return (below + r.Float64()*(at+1)) / float64(len(paths)+1)
}

// Twenty-eight days ahead of markets of all sorts, from four months to three years of
// history: the days and their sum lie in their intervals as often as promised, and the
// days' means beat the same weekday of last week.
func TestGateDailyForecast(t *testing.T) {
	t.Parallel()
	worlds := evidence.Tries(80, 2000)
	const seed, ahead = 20_041, 28
	var days, sums tally
	ours, naive := 0.0, 0.0
	for i := range worlds {
		r := rand.New(rand.NewPCG(seed, uint64(i)))
		m := anyMarket(r)
		n := []int{120, 240, 400, 730, 1095}[r.IntN(5)]
		whole := series.Span{From: series.Date(2023, 1, 1) + series.Day(r.IntN(365))}
		whole.To = whole.From + series.Day(n+ahead-1)
		seen, truth := m.days(whole, r)
		asOf := whole.To - ahead
		past := seen.Slice(series.Span{From: whole.From, To: asOf})
		p := forecast.NewPaths([]forecast.Input{{Name: "x", History: past, Kind: formula.Flow}}, kinds(whole), asOf, whole.To, 400, 7)
		band := p.Days("x")
		if len(band) < ahead {
			t.Fatalf("world %d: %v", i, p.Shortage("x"))
		}
		off, lazy, scale := 0.0, 0.0, 0.0
		for k := range ahead {
			d := asOf + series.Day(k+1)
			v, _ := truth.At(d)
			days.add(place(p.Aggregate("x", series.Span{From: d, To: d}), v, r))
			off += math.Abs(v - band[len(band)-ahead+k].Mean)
			last, _ := truth.At(asOf - 6 + series.Day(k%7))
			lazy += math.Abs(v - last)
		}
		for d := whole.From + 7; d <= asOf; d++ {
			a, _ := truth.At(d)
			b, _ := truth.At(d - 7)
			scale += math.Abs(a-b) / float64(n-7)
		}
		ours += off / ahead / scale / float64(worlds)
		naive += lazy / ahead / scale / float64(worlds)
		future := series.Span{From: asOf + 1, To: whole.To}
		total, _ := truth.Aggregate(future, series.Sum)
		sums.add(place(p.Aggregate("x", future), total, r))
	}
	// The days of one market share its level: five of them tell as much as one alone.
	days.publish(t, "days, 28 ahead, markets from the generator", worlds, seed, float64(worlds)*5)
	sums.publish(t, "sum of 28 days, markets from the generator", worlds, seed, float64(worlds))
	f := evidence.Figure{Room: room, Case: "days, 28 ahead, markets from the generator", Tries: worlds, Seed: seed}
	f.Name, f.Got, f.Bar, f.OK = "MASE", ours, "reported", true
	evidence.Publish(t, f)
	f.Name, f.Got = "MASE of seasonal naive", naive
	evidence.Publish(t, f)
	f.Name, f.Got = "MASE over that of seasonal naive", ours/naive
	evidence.AtMost(t, f, 0.90, 0)
}

// Goals whose number was set before the period by what the team knew: at a quarter, half
// and three quarters of it, what is said to come true with some probability does so as
// often.
func TestGateAttain(t *testing.T) {
	t.Parallel()
	goals := evidence.Tries(40, 8000)
	const seed = 20_077
	var said, one []forecast.Said
	var landing tally
	straight, spread := 0.0, 0.0
	for i := range goals {
		g := newPlan(rand.New(rand.NewPCG(seed, uint64(i))))
		for _, share := range []float64{0.25, 0.5, 0.75} {
			asOf := g.period.From + series.Day(share*float64(g.period.Days())) - 1
			past := g.seen.Slice(series.Span{From: g.seen.First, To: asOf})
			whole := series.Span{From: g.seen.First, To: g.period.To}
			p := forecast.NewPaths([]forecast.Input{{Name: "x", History: past, Kind: formula.Flow}}, kinds(whole), asOf, whole.To, 500, 7)
			paths := p.Aggregate("x", g.period)
			if paths == nil {
				t.Fatalf("goal %d: %v", i, p.Shortage("x"))
			}
			reached := 0.0
			for _, v := range paths {
				if v >= g.target {
					reached++
				}
			}
			s := forecast.Said{P: reached / float64(len(paths)), Attained: g.total >= g.target}
			said = append(said, s)
			if i < 1000 {
				one = append(one, s)
			}
			landing.add(place(paths, g.total, rand.New(rand.NewPCG(seed, uint64(i)+1<<32))))
			yes, chance := g.straightLine(asOf)
			straight += distance(yes, s.Attained)
			spread += distance(chance, s.Attained)
		}
	}
	record := forecast.Score(said)
	worst, error := 0.0, 0.0
	for _, b := range record.Bins {
		if b.Count*60 < record.Count || b.Count < 25 {
			continue // too few to tell
		}
		f := evidence.Figure{Room: room, Case: fmt.Sprintf("P(attain) said %.0f–%.0f %%", 100*b.From, 100*b.To), Name: fmt.Sprintf("came true (said %.1f %%, %d times)", 100*b.Said, b.Count), Got: b.Came, Bar: "± 5 points", Unit: "%", Tries: goals, Seed: seed, OK: math.Abs(b.Came-b.Said) <= 0.05}
		if evidence.Long() {
			evidence.Publish(t, f)
		}
		worst = max(worst, math.Abs(b.Came-b.Said))
		error = max(error, math.Sqrt(b.Said*(1-b.Said)/float64(b.Count)))
	}
	// Forty goals say little of a ratio of squares.
	slack, few := error, 0.0
	if !evidence.Long() {
		slack, few = 3.5*error, 0.25
	}
	n := float64(len(said))
	f := evidence.Figure{Room: room, Case: "P(attain) at ¼, ½, ¾ of 28–365 days", Tries: goals, Seed: seed, Unit: "%"}
	f.Name, f.Got = "largest distance of the reliability curve", worst
	evidence.AtMost(t, f, 0.05, slack)
	landing.publish(t, "landing at ¼, ½, ¾ of 28–365 days", goals, seed, float64(goals)*1.5)
	f.Name, f.Got = "Brier over that of a straight line (yes or no)", record.Brier/(straight/n)
	evidence.AtMost(t, f, 0.85, few)
	f.Name, f.Got = "Brier over that of a straight line with the scatter of its days", record.Brier/(spread/n)
	evidence.AtMost(t, f, 0.85, few)
	f.Unit, f.Name, f.Got, f.Bar, f.OK = "", "Brier", record.Brier, "reported", true
	evidence.Publish(t, f)
	f.Name, f.Got, f.Tries = "Brier of the first 1,000 goals", forecast.Score(one).Brier, min(goals, 1000)
	evidence.Publish(t, f)
}

func distance(p float64, attained bool) float64 {
	if attained {
		return (1 - p) * (1 - p)
	}
	return p * p
}

// plan is a made-up goal: so much over a period, after some history.
type plan struct {
	seen   series.Daily
	period series.Span
	target float64
	total  float64 // what it came to
}

// newPlan draws a market and a goal for it: the pace of the eight weeks before, times a
// factor around 1, between hard and easy.
func newPlan(r *rand.Rand) plan {
	m := anyMarket(r)
	history := []int{200, 365, 550, 730, 1000}[r.IntN(5)]
	length := []int{28, 91, 182, 365}[r.IntN(4)]
	start := series.Date(2023, 1, 1) + series.Day(r.IntN(365)+history)
	g := plan{period: series.Span{From: start, To: start + series.Day(length) - 1}}
	seen, truth := m.days(series.Span{From: start - series.Day(history), To: g.period.To}, r)
	for d := g.period.From; d <= g.period.To; d++ {
		// The days of the period come in, if late: asked is where they land.
		if v, _ := truth.At(d); v > 0 || !m.emptyDays {
			seen.Set(d, v)
		}
	}
	g.seen = seen
	g.total, _ = seen.Aggregate(g.period, series.Sum)
	before, _ := truth.Aggregate(series.Span{From: start - 56, To: start - 1}, series.Sum)
	g.target = math.Round(before / 56 * float64(length) * math.Exp(0.15*r.NormFloat64()+0.02))
	return g
}

// straightLine carries the days so far on evenly: whether that reaches the target, and
// the probability by the scatter of single days.
func (g plan) straightLine(asOf series.Day) (yes, chance float64) {
	so := series.Span{From: g.period.From, To: asOf}
	soFar, _ := g.seen.Aggregate(so, series.Sum)
	elapsed, length := float64(so.Days()), float64(g.period.Days())
	projected := soFar / elapsed * length
	if projected >= g.target {
		yes = 1
	}
	squares := 0.0
	for d := so.From; d <= so.To; d++ {
		v, _ := g.seen.At(d)
		if !math.IsNaN(v) {
			squares += (v - soFar/elapsed) * (v - soFar/elapsed)
		}
	}
	deviation := math.Sqrt(squares / (elapsed - 1) * (length - elapsed))
	return yes, math.Erfc((g.target-projected)/(deviation+1e-9)/math.Sqrt2) / 2
}

// Stocks that gain or swing, and daily averages: where they stand four weeks on.
func TestGateLevels(t *testing.T) {
	t.Parallel()
	worlds := evidence.Tries(60, 1500)
	const seed, ahead = 20_043, 28
	tallies := map[series.Aggregation]*tally{series.Last: {}, series.Mean: {}}
	for i := range worlds {
		r := rand.New(rand.NewPCG(seed, uint64(i)))
		n := []int{120, 400, 1000}[r.IntN(3)]
		span := series.Span{From: series.Date(2023, 2, 1) + series.Day(r.IntN(365))}
		span.To = span.From + series.Day(n+ahead-1)
		past := series.Span{From: span.From, To: span.To - ahead}
		for agg, all := range map[series.Aggregation]series.Daily{series.Last: followers(span, r), series.Mean: replyHours(span, r)} {
			h := all.Slice(past)
			p := lead(series.Daily{First: h.First, Values: h.Values}, agg, ahead, 400)
			future := series.Span{From: past.To + 1, To: span.To}
			v, _ := all.Aggregate(future, agg)
			tallies[agg].add(place(p.Aggregate("x", future), v, r))
		}
	}
	tallies[series.Last].publish(t, "a stock (followers) 28 days on", worlds, seed, float64(worlds))
	tallies[series.Mean].publish(t, "mean of an average (reply hours) over 28 days", worlds, seed, float64(worlds))
}

// followers gain some every day, more on some days than on others.
func followers(span series.Span, r *rand.Rand) series.Daily {
	stands, gain := math.Exp(6+5*r.Float64()), 0.0
	usual := 0.0015 * r.Float64() * stands
	wild := []float64{0.3, 1, 3}[r.IntN(3)]
	return history(span, func(series.Day) float64 {
		gain = 0.95*gain + 0.1*wild*usual*r.NormFloat64()
		stands += usual + gain + wild*usual*r.NormFloat64()
		return math.Round(max(stands, 0))
	})
}

// replyHours swing around a slowly moving height.
func replyHours(span series.Span, r *rand.Rand) series.Daily {
	height := math.Exp(3 * r.Float64())
	passing, luck, drift := 0.0, 0.1+0.3*r.Float64(), 0.01*r.Float64()
	return history(span, func(d series.Day) float64 {
		passing = 0.4*passing + luck*r.NormFloat64()
		height *= math.Exp(drift * r.NormFloat64())
		return height * math.Exp(passing) * pick(weekend(d), 1.5, 1)
	})
}

// Six to thirteen weeks of history are little; what is said of the next four is as wide
// as that.
func TestGateShortHistory(t *testing.T) {
	t.Parallel()
	worlds := evidence.Tries(40, 1500)
	const seed, ahead = 20_047, 28
	var days, sums tally
	for i := range worlds {
		r := rand.New(rand.NewPCG(seed, uint64(i)))
		m := anyMarket(r)
		from := series.Date(2023, 1, 1) + series.Day(r.IntN(730))
		n := 42 + r.IntN(50)
		whole := series.Span{From: from, To: from + series.Day(n+ahead-1)}
		seen, truth := m.days(whole, r)
		past := seen.Slice(series.Span{From: from, To: from + series.Day(n-1)})
		p := lead(past, series.Sum, ahead, 400)
		if !p.Shortage("x").Enough() {
			continue
		}
		future := series.Span{From: past.Span().To + 1, To: whole.To}
		total, _ := truth.Aggregate(future, series.Sum)
		sums.add(place(p.Aggregate("x", future), total, r))
		for d := future.From; d <= future.To; d++ {
			v, _ := truth.At(d)
			days.add(place(p.Aggregate("x", series.Span{From: d, To: d}), v, r))
		}
	}
	days.publish(t, "days, 28 ahead, after 6–13 weeks only", worlds, seed, float64(worlds)*2)
	sums.publish(t, "sum of 28 days, after 6–13 weeks only", worlds, seed, float64(worlds))
}
