package link

import (
	"math"

	"github.com/shirube/shirube/internal/stat/drift"
)

// Tracking names the changes of level of a link's two series that the link itself does
// not account for: the counting of the KPI, of the KGI or of both changed, not the
// relation. The result is the link's, for its elasticity and lag. The series are looked
// at once, however many links they are in.
func (d *Design) Tracking(q Question, r Result) []drift.Event {
	if q.KPI == nil || q.KGI == nil {
		return nil
	}
	elasticity := 0.
	if r.HasEffect && r.P <= .05 {
		elasticity = r.Elasticity
	} else if n := len(r.Breaks); n > 0 {
		elasticity = r.Breaks[n-1].Before.Elasticity
	}
	return drift.Track(q.KPI.watched(), q.KGI.watched(), elasticity, int(math.Round(r.LagDays)))
}

// watched are the levels of the series as measured: what Clean sets aside is news here.
func (c *Cleaned) watched() *drift.Series {
	s := <-c.watch
	if s == nil {
		y := make([]float64, c.d.n)
		for t, v := range c.m.asKPI {
			y[t] = v
			if !c.m.present[t] || c.m.scale != counts && v == 0 && c.m.raw[t] == 0 {
				y[t] = math.NaN()
			}
		}
		if c.m.scale == levels || c.m.scale == still {
			y = nil // a share of the usual level needs logs
		}
		s = drift.NewSeries(y, c.d.calendar())
	}
	c.watch <- s
	return s
}

// calendar is the dates and a slow season: a level that lasts must not pass for a season.
func (d *Design) calendar() *drift.Calendar {
	c := <-d.days
	if c == nil {
		var cols columns
		if d.slow != nil {
			cols = d.slow.cols
		}
		c = drift.NewCalendar(cols)
	}
	d.days <- c
	return c
}
