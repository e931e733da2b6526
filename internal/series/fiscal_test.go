package series_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

var grains = []series.Grain{
	series.GrainDay, series.GrainWeek, series.GrainMonth, series.GrainQuarter, series.GrainYear,
}

func TestContainingAndLabel(t *testing.T) {
	t.Parallel()
	const april, january, february = time.April, time.January, time.February
	for _, c := range []struct {
		start  time.Month
		grain  series.Grain
		day    string
		span   string
		ja, en string
	}{
		{april, series.GrainDay, "2026-08-19", "2026-08-19", "2026年8月19日", "Aug 19, 2026"},
		{april, series.GrainWeek, "2026-08-19", "2026-08-17..2026-08-23", "8月17日の週", "week of Aug 17"},
		{april, series.GrainWeek, "2026-08-17", "2026-08-17..2026-08-23", "8月17日の週", "week of Aug 17"},
		{april, series.GrainWeek, "2026-08-23", "2026-08-17..2026-08-23", "8月17日の週", "week of Aug 17"},
		{april, series.GrainMonth, "2028-02-29", "2028-02-01..2028-02-29", "2028年2月", "Feb 2028"},
		{april, series.GrainQuarter, "2026-04-01", "2026-04-01..2026-06-30", "2026年度第1四半期", "Q1 FY2026"},
		{april, series.GrainQuarter, "2027-02-10", "2027-01-01..2027-03-31", "2026年度第4四半期", "Q4 FY2026"},
		{april, series.GrainYear, "2027-03-31", "2026-04-01..2027-03-31", "2026年度", "FY2026"},
		{april, series.GrainYear, "2027-04-01", "2027-04-01..2028-03-31", "2027年度", "FY2027"},
		{january, series.GrainQuarter, "2026-05-10", "2026-04-01..2026-06-30", "2026年第2四半期", "Q2 2026"},
		{january, series.GrainYear, "2026-05-10", "2026-01-01..2026-12-31", "2026年", "2026"},
		{0, series.GrainYear, "2026-05-10", "2026-01-01..2026-12-31", "2026年", "2026"},
		{february, series.GrainQuarter, "2027-01-15", "2026-11-01..2027-01-31", "2026年度第4四半期", "Q4 FY2026"},
		{february, series.GrainYear, "2027-01-15", "2026-02-01..2027-01-31", "2026年度", "FY2026"},
	} {
		f := series.Fiscal{StartMonth: c.start}
		got := f.Containing(c.grain, day(t, c.day))
		if got != span(t, c.span) {
			t.Errorf("start %v: the %v of %s is %v, want %s", c.start, c.grain, c.day, got, c.span)
		}
		if diff := cmp.Diff(words.Text{JA: c.ja, EN: c.en}, f.Label(c.grain, got)); diff != "" {
			t.Errorf("start %v: label of the %v of %s (-want +got):\n%s", c.start, c.grain, c.day, diff)
		}
	}
}

func TestPeriodsTileTheLine(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		f := series.Fiscal{StartMonth: time.Month(rapid.IntRange(0, 12).Draw(t, "start"))}
		g := rapid.SampledFrom(grains).Draw(t, "grain")
		d := anyDay().Draw(t, "day")
		p := f.Containing(g, d)
		if !p.Contains(d) || f.Containing(g, p.From) != p || f.Containing(g, p.To) != p {
			t.Fatalf("the %v of %v is %v", g, d, p)
		}
		next, previous := f.Next(g, p), f.Previous(g, p)
		if next.From != p.To+1 || previous.To != p.From-1 {
			t.Fatalf("around %v lie %v and %v", p, previous, next)
		}
		if f.Previous(g, next) != p || f.Next(g, previous) != p {
			t.Fatalf("%v is not where its neighbours meet", p)
		}
	})
}

func TestEachCoversTheSpanOnce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		f := series.Fiscal{StartMonth: time.Month(rapid.IntRange(1, 12).Draw(t, "start"))}
		g := rapid.SampledFrom(grains).Draw(t, "grain")
		s := anySpan().Draw(t, "span")
		covered := 0
		var complete []series.Span
		for _, p := range f.Each(g, s) {
			covered += p.Intersect(s).Days()
			if p.Intersect(s) == p {
				complete = append(complete, p)
			}
		}
		if covered != s.Days() {
			t.Fatalf("the periods cover %d of %d days", covered, s.Days())
		}
		if got := f.Complete(g, s); len(got) != len(complete) || len(got) > 0 && !cmp.Equal(got, complete) {
			t.Fatalf("complete periods %v, want %v", got, complete)
		}
	})
}

func TestGrainsNest(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		f := series.Fiscal{StartMonth: time.Month(rapid.IntRange(1, 12).Draw(t, "start"))}
		year := f.Containing(series.GrainYear, anyDay().Draw(t, "day"))
		for grain, want := range map[series.Grain]int{series.GrainQuarter: 4, series.GrainMonth: 12} {
			if got := f.Complete(grain, year); len(got) != want || got[0].From != year.From || got[want-1].To != year.To {
				t.Fatalf("the year %v has the %vs %v", year, grain, got)
			}
		}
	})
}

func TestParseGrain(t *testing.T) {
	t.Parallel()
	for _, g := range grains {
		if got, ok := series.ParseGrain(g.String()); got != g || !ok {
			t.Errorf("%v reads back as %v, %v", g, got, ok)
		}
	}
	if _, ok := series.ParseGrain("fortnight"); ok {
		t.Error("fortnight is not a name of the model file")
	}
}
