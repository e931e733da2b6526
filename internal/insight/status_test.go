package insight_test

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/series"
)

// single is a model of one KGI measured by a column x of a source s.
func single(target, extra string) string {
	return fmt.Sprintf(`
shirube: 1
name: test
fiscal_year_start: 4
kgi: {id: k, name: 受注, definition: 受注の数, unit: 件, owner: 田中, serves: revenue, measure: s.x, target: {%s}%s}
sources:
  s: {csv: s.csv, date: d, metrics: {x: x, y: y, level: {column: level, agg: last}}}
`, target, extra)
}

const missing = "NaN"

func TestStatusByKindOfTarget(t *testing.T) {
	t.Parallel()
	nan := math.NaN()
	cases := []struct {
		name, target, data, asOf                string
		value, amount, attainment, expect, pace float64
		status                                  string
	}{
		// 2 a day. June has 30 days, so 15 of them ask for half.
		{"total, on the line", "total: 60, from: 2026-06-01, by: 2026-06-30", "2026-03-01..2026-06-15", "2026-06-15",
			30, 60, 0.5, 30, 1, "on-pace"},
		{"total, hopeless", "total: 600, from: 2026-06-01, by: 2026-06-30", "2026-03-01..2026-06-15", "2026-06-15",
			30, 600, 0.05, 300, 0.1, "behind"},
		{"total, reached before the end", "total: 20, from: 2026-06-01, by: 2026-06-30", "2026-03-01..2026-06-15", "2026-06-15",
			30, 20, 1.5, 10, 3, "met"},
		{"total, too early by days", "total: 60, from: 2026-06-01, by: 2026-06-30", "2026-03-01..2026-06-06", "2026-06-06",
			12, 60, 0.2, 12, 1, "too-early"},
		{"total, too early by share", "total: 730, from: 2026-04-01, by: 2027-03-31", "2026-01-01..2026-05-05", "2026-05-05",
			70, 730, 70.0 / 730, 70, 1, "too-early"},
		{"total, over and missed", "total: 61, from: 2026-06-01, by: 2026-06-30", "2026-03-01..2026-07-15", "2026-07-15",
			60, 61, 60.0 / 61, 61, 60.0 / 61, "missed"},
		{"total, over and met on the last day", "total: 60, from: 2026-06-01, by: 2026-06-30", "2026-03-01..2026-06-30", "2026-06-30",
			60, 60, 1, 60, 1, "met"},
		{"total, better low", "total: 60, from: 2026-06-01, by: 2026-06-30, direction: down", "2026-03-01..2026-06-15", "2026-06-15",
			30, 60, 2, 30, 1, "on-pace"},
		{"total, milestone as a knot", "total: 100, from: 2026-06-01, by: 2026-06-30, milestones: [{by: 2026-06-10, value: 10}]", "2026-03-01..2026-06-20", "2026-06-20",
			40, 100, 0.4, 55, 40.0 / 55, "behind"},
		{"not begun", "total: 60, from: 2026-07-01, by: 2026-07-31", "2026-03-01..2026-06-15", "2026-06-15",
			nan, 60, nan, 0, nan, "too-early"},
		{"no data in the target's time", "total: 60, from: 2026-06-01, by: 2026-06-30", "2026-03-01..2026-05-15", "2026-06-15",
			nan, 60, nan, 30, nan, "no-data"},
		// 2 a day last April is 60; half as much again is 90.
		{"growth", "growth: 1.5, over: last_year, from: 2026-04-01, by: 2026-04-30", "2025-04-01..2026-04-15", "2026-04-15",
			30, 90, 30.0 / 90, 45, 30.0 / 45, "behind"},
		{"growth without last year", "growth: 1.5, over: last_year, from: 2026-04-01, by: 2026-04-30", "2025-04-10..2026-04-15", "2026-04-15",
			30, nan, nan, nan, nan, "no-data"},
		{"a cap already broken", "total: 20, from: 2026-04-01, by: 2026-06-30, direction: down", "2026-01-01..2026-05-15", "2026-05-15",
			90, 20, 20.0 / 90, 9.890109890109890, 9.890109890109890 / 90, "missed"},
		{"hold, mid month", "hold: 60, per: month, from: 2026-04-01, by: 2027-03-31", "2026-01-01..2026-06-15", "2026-06-15",
			30, 60, 0.5, 30, 1, "on-pace"},
		{"hold, reached this month", "hold: 20, per: month, from: 2026-04-01, by: 2027-03-31", "2026-01-01..2026-06-15", "2026-06-15",
			30, 20, 1.5, 10, 3, "met"},
		{"hold, first days", "hold: 60, per: month, from: 2026-04-01, by: 2027-03-31", "2026-01-01..2026-06-03", "2026-06-03",
			6, 60, 0.1, 6, 1, "too-early"},
		{"hold, a week is judged from its first day", "hold: 70, per: week, from: 2026-04-01, by: 2027-03-31", "2026-01-01..2026-06-02", "2026-06-02",
			4, 70, 4.0 / 70, 20, 0.2, "behind"},
		{"hold over, every month met", "hold: 56, per: month, from: 2026-01-01, by: 2026-06-30", "2026-01-01..2026-07-15", "2026-07-15",
			60, 56, 60.0 / 56, 56, 60.0 / 56, "met"},
		{"hold over, short months missed", "hold: 61, per: month, from: 2026-01-01, by: 2026-06-30", "2026-01-01..2026-07-15", "2026-07-15",
			60, 61, 60.0 / 61, 61, 60.0 / 61, "missed"},
		{"hold over, half of the months is enough", "hold: 61, per: month, from: 2026-01-01, by: 2026-06-30, at_least: 0.5", "2026-01-01..2026-07-15", "2026-07-15",
			60, 61, 60.0 / 61, 61, 60.0 / 61, "met"},
		{"vague", "direction: up", "2026-03-01..2026-06-15", "2026-06-15",
			56, nan, nan, nan, nan, "too-early"},
		{"no deadline", "total: 600, from: 2026-06-01", "2026-03-01..2026-06-15", "2026-06-15",
			30, 600, 0.05, nan, nan, "too-early"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			ev := company(t, single(c.target, ""), c.data, numbers{"s.x": constant(2)})
			r := insight.Status(ev, on(t, c.asOf)).Indicators[0]
			for _, n := range []struct {
				name string
				got  *float64
				want float64
			}{{"value", r.Value, c.value}, {"target", r.Target, c.amount}, {"attainment", r.Attainment, c.attainment}, {"expected", r.Expected, c.expect}, {"pace", r.Pace, c.pace}} {
				if !near(n.got, n.want, 1e-9) {
					t.Errorf("%s is %v, want %v", n.name, show(n.got), n.want)
				}
			}
			if r.Status != c.status {
				t.Errorf("status %s, want %s", r.Status, c.status)
			}
			if r.Value == nil && r.NoValue == nil {
				t.Error("no value and no reason")
			}
		})
	}
}

// A deadline in the year 9999 must not be gone through day by day.
func TestEndlessTargets(t *testing.T) {
	t.Parallel()
	for _, target := range []string{
		"total: 60, from: 0001-01-01, by: 9999-12-31",
		"hold: 60, per: day, from: 0001-01-01, by: 9999-12-31",
		"reach: 60, by: 9999-12-31",
		"growth: 1.1, from: 0002-01-01, by: 9999-12-31",
	} {
		ev := company(t, single(target, ""), "2026-03-01..2026-06-15", numbers{"s.x": constant(2)})
		v := insight.NewView(ev, on(t, "2026-06-15"))
		if text, err := json.Marshal(v.Status()); err != nil {
			t.Errorf("%s: %v in %s", target, err, text)
		}
		v.Sentences(v.Check())
		v.Smart()
		v.Curve("k")
	}
}

func TestReach(t *testing.T) {
	t.Parallel()
	model := `
shirube: 1
name: test
kgi: {id: rate, name: 成約率, definition: d, unit: "%", owner: o, serves: revenue, measure: s.x / s.y, target: {reach: 5%, from: 2026-04-01, by: 2026-06-30}}
kpis:
  fans: {name: フォロワー数, unit: 人, measure: s.level, target: {reach: 2000, from: 2026-04-01, by: 2026-06-30}}
  reply: {name: 返信時間, unit: 時間, measure: s.level / 1000, target: {reach: 1, from: 2026-04-01, by: 2026-06-30, direction: down}}
sources:
  s: {csv: s.csv, date: d, metrics: {x: x, y: y, level: {column: level, agg: last}}}
`
	start := day(t, "2026-01-01")
	ev := company(t, model, "2026-01-01..2026-05-15", numbers{
		"s.x":     func(d series.Day) float64 { return 1 + float64(d%3) }, // mean 2 in whole threes
		"s.y":     constant(50),
		"s.level": func(d series.Day) float64 { return 1000 + 5*float64(d-start) },
	})
	s := insight.Status(ev, on(t, "2026-05-15"))
	rate, fans, reply := s.Reading("rate"), s.Reading("fans"), s.Reading("reply")
	// The ratio of sums over 28 days: nine whole threes (54) and one more day.
	if !near(rate.Value, (54+1+float64(day(t, "2026-05-15")%3))/1400, 1e-12) {
		t.Errorf("rate %v", show(rate.Value))
	}
	if got := rate.Status; got != "behind" {
		t.Errorf("rate status %s (pace %v, hi80 %v), want behind", got, show(rate.Pace), show(rate.Forecast.Hi80))
	}
	// 134 days on: 1670. The line runs from 1445 on March 31 to 2000 on June 30:
	// 45 of 91 days.
	if !near(fans.Value, 1670, 1e-12) || !near(fans.Expected, 1445+555*45.0/91, 1e-9) {
		t.Errorf("fans %v, expected %v", show(fans.Value), show(fans.Expected))
	}
	if got := fans.Status; got != "on-pace" { // 1670 is 97 % of the line
		t.Errorf("fans are %s", got)
	}
	if !near(fans.Forecast.Mean, 1900, 1e-6) { // five fans a day go on
		t.Errorf("fans land at %v, want 1900", show(fans.Forecast.Mean))
	}
	if !near(reply.Attainment, 1/1.67, 1e-9) || reply.Status != "behind" {
		t.Errorf("reply: attainment %v, status %s", show(reply.Attainment), reply.Status)
	}
}

func TestZeroIsAValue(t *testing.T) {
	t.Parallel()
	ev := company(t, single("total: 60, from: 2026-06-01, by: 2026-06-30", ""), "2026-03-01..2026-06-15", numbers{"s.x": constant(0)})
	r := insight.Status(ev, on(t, "2026-06-15")).Indicators[0]
	if !near(r.Value, 0, 0) || r.Status != "behind" {
		t.Errorf("value %v, status %s", show(r.Value), r.Status)
	}
	down := company(t, single("total: 60, from: 2026-06-01, by: 2026-06-30, direction: down", ""), "2026-03-01..2026-06-15", numbers{"s.x": constant(0)})
	r = insight.Status(down, on(t, "2026-06-15")).Indicators[0]
	if r.Attainment != nil || r.Status != "on-pace" {
		t.Errorf("attainment %v, status %s", show(r.Attainment), r.Status)
	}
}

// On a KGI that sells nothing on weekends, Friday evening and Sunday evening ask
// for the same, and nothing turns red in between.
func TestSundayChangesNothing(t *testing.T) {
	t.Parallel()
	for _, target := range []string{
		"total: 700, from: 2026-04-01, by: 2026-09-30",
		"hold: 60, per: month, from: 2026-04-01, by: 2026-09-30",
		"growth: 1.2, over: last_year, from: 2026-04-01, by: 2026-09-30",
	} {
		ev := company(t, single(target, ""), "2025-04-01..2026-06-30", numbers{"s.x": worked(3)})
		var friday *insight.Reading
		for d := day(t, "2026-05-15"); d <= day(t, "2026-06-25"); d++ {
			r := insight.Status(ev, insight.Options{AsOf: d}).Indicators[0]
			switch d.Weekday() {
			case 5:
				friday = r
			case 6, 0:
				sameMonth := friday != nil && friday.ValueSpan.From == r.ValueSpan.From
				if sameMonth && !near(r.Expected, *friday.Expected, 1e-9) {
					t.Errorf("%s: %v asks for %v, its Friday for %v", target, d, *r.Expected, *friday.Expected)
				}
				if sameMonth && r.Status != friday.Status && friday.Status != "too-early" {
					t.Errorf("%s: %v is %s, its Friday was %s", target, d, r.Status, friday.Status)
				}
			}
		}
	}
}

func TestMilestonesEndAtTheTarget(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		target string
		want   int
		last   float64
	}{
		{"total: 1200, from: 2026-04-01, by: 2027-03-31", 12, 1200},
		{"total: 1200, from: 2026-04-01, by: 2028-03-31", 8, 1200}, // quarters
		{"total: 50, from: 2026-04-10, by: 2026-04-20", 1, 50},
		{"growth: 2, over: last_year, from: 2026-04-01, by: 2026-06-30", 3, 2 * 2 * 91},
	} {
		ev := company(t, single(c.target, ""), "2025-04-01..2026-04-30", numbers{"s.x": constant(2)})
		r := insight.Status(ev, on(t, "2026-04-15")).Indicators[0]
		m := r.Goal.Milestones
		if len(m) != c.want || !near(&m[len(m)-1].Value, c.last, 1e-9) || m[len(m)-1].By != *r.Goal.By {
			t.Errorf("%s: %d milestones, the last %v; want %d ending at %v", c.target, len(m), m[len(m)-1], c.want, c.last)
		}
		for i := 1; i < len(m); i++ {
			if m[i].Value < m[i-1].Value || !m[i].Derived {
				t.Errorf("%s: milestone %v after %v", c.target, m[i], m[i-1])
			}
		}
	}
}

func TestForecastIsNullUntilFourWeeks(t *testing.T) {
	t.Parallel()
	model := single("total: 60, from: 2026-06-01, by: 2026-06-30", "")
	ev := company(t, model, "2026-06-01..2026-06-20", numbers{"s.x": constant(2)})
	f := insight.Status(ev, on(t, "2026-06-20")).Indicators[0].Forecast
	if f.Mean != nil || f.PAttain != nil || word(f.Reason) != "見込みを出すには、あと8日分のデータが必要です。" {
		t.Errorf("mean %v, reason %s", show(f.Mean), word(f.Reason))
	}
	ev = company(t, model, "2026-05-24..2026-06-20", numbers{"s.x": constant(2)})
	f = insight.Status(ev, on(t, "2026-06-20")).Indicators[0].Forecast
	if !near(f.Mean, 60, 0.01) || f.Reason != nil {
		t.Errorf("mean %v, reason %s", show(f.Mean), word(f.Reason))
	}
}

func TestNothingAfterTheAsOfDayCounts(t *testing.T) {
	t.Parallel()
	model := single("total: 600, from: 2026-04-01, by: 2026-09-30", "")
	wild := func(d series.Day) float64 { return float64((int(d)*7919)%13) + float64(max(0, d-day(t, "2026-06-10"))) }
	short := company(t, model, "2025-10-01..2026-06-10", numbers{"s.x": wild})
	long := company(t, model, "2025-10-01..2026-09-30", numbers{"s.x": wild})
	a, _ := json.Marshal(insight.Status(short, on(t, "2026-06-10")))
	b, _ := json.Marshal(insight.Status(long, on(t, "2026-06-10")))
	if string(a) != string(b) {
		t.Errorf("later data change the past:\n%s\n%s", a, b)
	}
}

func TestJSONHoldsTheContract(t *testing.T) {
	t.Parallel()
	ev := company(t, single("total: 60, from: 2026-06-01, by: 2026-06-30", ""), "2026-06-01..2026-06-20", numbers{"s.x": constant(2)})
	text, err := json.Marshal(insight.Status(ev, on(t, "2026-06-20")))
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{`"as_of":"2026-06-20"`, `"indicators":[`, `"id":"k"`, `"name":"受注"`, `"unit":"件"`, `"value":40`, `"last_period":null`, `"missing_days":0`,
		`"target":60`, `"attainment":`, `"expected":`, `"pace":`, `"status":"on-pace"`, `"baseline":null`, `"forecast":{`, `"mean":null`, `"lo80":null`, `"hi95":null`, `"p_attain":null`} {
		if !strings.Contains(string(text), key) {
			t.Errorf("%s is not in %s", key, text)
		}
	}
	if strings.Contains(string(text), missing) {
		t.Error("NaN in JSON")
	}
}
