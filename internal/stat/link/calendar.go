package link

import (
	"math"
	"time"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/stat/drift"
)

// Design is what all links of a model share: the days, and what each day has by its date
// alone. Make one per model and span.
type Design struct {
	span series.Span
	n    int
	fine *basis               // for series measured in logarithms or levels
	slow *basis               // for counts, which cannot afford as many columns
	rest []int                // days on which Japan rests
	year columns              // annual harmonics too quick for the cosines; nil under two years
	tab  *normalDraw          // the fixed draws behind every p-value
	days chan *drift.Calendar // for Tracking; taken out while it is made
}

// basis is a calendar matrix on all days, factorised.
type basis struct {
	cols columns
	f    *factor
	gram []float64
	lag1 []float64 // Σ z_t z_{t-1}' + its transpose
	bias *bias
}

// NewDesign prepares the calendar of the days of span. events are days on which something
// known happened (a campaign, an outage the team declared): each run of consecutive event
// days gets a dummy of its own, so that both series being unusual then proves nothing.
//
// The season is removed by cosines cos(πk(t+½)/n), k ≤ 2n/P, the low frequencies of the
// discrete cosine transform (Müller and Watson, Econometrica 2008, use the same family):
// any slow shape, not only a yearly sine, and a random walk's drift with it. The shortest
// removed period P falls with n, because short series cannot pay for many columns.
func NewDesign(span series.Span, cal *series.Calendar, events []series.Day) *Design {
	n := max(0, span.Days())
	d := &Design{span: span, n: n, tab: newNormalDraw(), days: make(chan *drift.Calendar, 1)}
	d.days <- nil
	if n == 0 {
		return d
	}
	dated := datedColumns(span, cal, events)
	period := 180.0
	switch {
	case n >= 600:
		period = 90
	case n >= 300:
		period = 150
	}
	d.fine = newBasis(append(append(columns(nil), dated...), slowColumns(n, period)...))
	d.slow = d.fine
	if period != 180 {
		d.slow = newBasis(append(append(columns(nil), dated...), slowColumns(n, 180)...))
	}
	d.year = yearColumns(span)
	d.rest = restDays(span, cal)
	return d
}

// N is the number of days.
func (d *Design) N() int { return d.n }

// datedColumns are the dummies of single dates: weekday, public holidays and the breaks
// of the Japanese year, the team's closed days, the run of the month with its paydays,
// declared events. Columns without any day are left out.
func datedColumns(span series.Span, cal *series.Calendar, events []series.Day) columns {
	n := span.Days()
	const kinds = 18
	made := make(columns, kinds)
	for i := range made {
		made[i] = make([]float64, n)
	}
	for t := range n {
		day := span.From + series.Day(t)
		_, month, dom := day.Civil()
		made[0][t] = 1
		if w := int(day.Weekday()); w > 0 {
			made[w][t] = 1
		}
		switch cal.Kind(day) {
		case series.NewYear:
			// Offices differ on the 29th; from the 30th all of Japan rests.
			if month == time.December && dom == 29 {
				made[7][t] = 1
			} else {
				made[8][t] = 1
			}
		case series.GoldenWeek:
			made[9][t] = 1
		case series.Obon:
			made[10][t] = 1
		case series.Holiday:
			if w := day.Weekday(); w != time.Saturday && w != time.Sunday {
				made[11][t] = 1
			}
		case series.Closed:
			made[12][t] = 1
		}
		made[15][t] = float64(t) / float64(n)
		if n >= 150 {
			made[13][t] = float64(dom) / 30
			if _, _, next := (day + 2).Civil(); next < dom {
				made[14][t] = 1
			}
			// Wages and allowances arrive from the 25th on, rents and cards leave as the month
			// turns: what shops and sites sell on those days stands out in both series at once.
			// Half a year holds too few of them to be worth two more columns.
			if n < paydaysFrom {
				continue
			}
			if dom >= 25 && dom <= 27 {
				made[16][t] = 1
			}
			if dom <= 3 {
				made[17][t] = 1
			}
		}
	}
	var out columns
	for _, col := range made {
		for _, v := range col {
			if v != 0 {
				out = append(out, col)
				break
			}
		}
	}
	return append(out, eventColumns(span, events)...)
}

// paydaysFrom is how many days a test needs for paydays to have columns of their own.
const paydaysFrom = 300

// eventColumns gives each run of consecutive declared days a dummy, and runs of ten days
// and more an arch beside it: a campaign swells and ebbs.
func eventColumns(span series.Span, events []series.Day) columns {
	n := span.Days()
	marked := make([]bool, n)
	for _, day := range events {
		if span.Contains(day) {
			marked[day-span.From] = true
		}
	}
	var out columns
	for t := 0; t < n; t++ {
		if !marked[t] {
			continue
		}
		col, from := make([]float64, n), t
		for ; t < n && marked[t]; t++ {
			col[t] = 1
		}
		out = append(out, col)
		if long := t - from; long >= 10 {
			arch := make([]float64, n)
			for i := range long {
				arch[from+i] = math.Sin(math.Pi * (float64(i) + .5) / float64(long))
			}
			out = append(out, arch)
		}
		if len(out) >= n/20 { // a calendar full of events would leave nothing to compare
			break
		}
	}
	return out
}

func slowColumns(n int, period float64) columns {
	k := max(2, int(2*float64(n)/period))
	out := make(columns, k)
	for i := range out {
		out[i] = make([]float64, n)
		step := math.Pi * float64(i+1) / float64(n)
		for t := range n {
			out[i][t] = math.Cos(step * (float64(t) + .5))
		}
	}
	return out
}

// yearColumns are the annual harmonics with periods of about 18 to 73 days, the shape of
// a narrow peak that comes every year at the same dates. They need two years to be told
// from anything else, and serve only to doubt a link that was found.
func yearColumns(span series.Span) columns {
	n := span.Days()
	if n < 640 {
		return nil
	}
	var out columns
	for k := 5; k <= 20; k++ {
		c, s := make([]float64, n), make([]float64, n)
		for t := range n {
			angle := 2 * math.Pi * float64(k) * float64(t) / 365.25
			s[t], c[t] = math.Sincos(angle)
		}
		out = append(out, c, s)
	}
	return out
}

func newBasis(cols columns) *basis {
	b := &basis{}
	g := gram(cols)
	f := factorise(g, len(cols))
	for i, col := range cols {
		if f.kept[i] {
			b.cols = append(b.cols, col)
		}
	}
	b.gram = gram(b.cols)
	b.f = factorise(b.gram, len(b.cols))
	q := len(b.cols)
	b.lag1 = make([]float64, q*q)
	n := len(cols[0])
	for i := range q {
		for j := 0; j <= i; j++ {
			v := 0.0
			if n > 1 {
				v = dot(b.cols[i][1:], b.cols[j][:n-1]) + dot(b.cols[j][1:], b.cols[i][:n-1])
			}
			b.lag1[i*q+j], b.lag1[j*q+i] = v, v
		}
	}
	b.bias = newBias(b.cols, b.f, nil)
	return b
}
