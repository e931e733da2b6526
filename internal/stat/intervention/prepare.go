package intervention

import (
	"math"
	"slices"
)

// shortest is how many observed units of time before the date are needed at least.
func shortest(season int) int {
	if season > 1 {
		return max(4*season, 12)
	}
	return 12
}

// columnSet is a study made ready: everything standardised on the days before the date.
type columnSet struct {
	y       []float64 // standardised; NaN: missing or left out
	missing []bool
	after   []int // days from the date on that have a number
	before  int
	center  float64
	spread  float64
	log     bool

	columns  [][]float64 // fixed first, then candidates
	fixed    int
	tight    []float64 // by fixed column: precision of its coefficient before the data speak
	prior    []float64 // by candidate: probability of belonging into the model
	controls []int     // by candidate: index in Study.Controls, −1 for trend and year
	uses     []ControlUse
	outliers int
	until    int
}

func (s Study) prepare() (*columnSet, Reason) {
	until := s.Until
	if until <= 0 || until > len(s.Y) {
		until = len(s.Y)
	}
	if s.At < 1 || s.At >= until {
		return nil, NoDaysAfter
	}
	for _, c := range append(slices.Clone(s.Controls), s.Calendar...) {
		if len(c) < until {
			return nil, BadShape
		}
	}
	d := &columnSet{until: until, y: slices.Clone(s.Y[:until]), uses: make([]ControlUse, len(s.Controls))}
	d.missing = missingOf(d.y)
	for t, gone := range d.missing {
		switch {
		case gone:
		case t < s.At:
			d.before++
		default:
			d.after = append(d.after, t)
		}
	}
	switch {
	case s.At < shortest(s.Season):
		return nil, TooShort
	case d.before < shortest(s.Season) || d.before < s.At/4:
		return nil, TooManyGaps
	case len(d.after) == 0:
		return nil, NoDaysAfter
	}
	d.takeLogs(s)
	var seen int
	d.center, d.spread, seen = moments(d.y[:s.At])
	if d.spread == 0 || seen < 3 {
		return nil, Constant
	}
	for t := range d.y {
		d.y[t] = (d.y[t] - d.center) / d.spread
	}
	d.addSeason(s)
	for _, c := range s.Calendar {
		if column, ok := standard(c[:until], until); ok {
			d.columns = append(d.columns, column)
		}
	}
	for range d.columns {
		d.tight = append(d.tight, fixedTightness)
	}
	d.addUnseenYear(s)
	d.fixed = len(d.columns)
	d.addControls(s)
	d.addSlow(s)
	return d, None
}

// takeLogs turns the series into logs where the scale asks for it and the values allow.
func (d *columnSet) takeLogs(s Study) {
	if s.Scale == ScaleRaw {
		return
	}
	sum := 0.0
	for t, v := range d.y {
		if d.missing[t] {
			continue
		}
		if v <= 0 {
			return
		}
		sum += v / float64(d.before+len(d.after))
	}
	if s.Scale == ScaleAuto && sum < 5 {
		return // rare counts: a log makes the smallest days the loudest
	}
	d.log = true
	for t, v := range d.y {
		d.y[t] = math.Log(v)
	}
}

// addSeason adds a column per weekday but one, each summing to zero over a week.
func (d *columnSet) addSeason(s Study) {
	for k := range max(s.Season-1, 0) {
		column := make([]float64, d.until)
		for t := range column {
			switch t % s.Season {
			case k:
				column[t] = 1
			case s.Season - 1:
				column[t] = -1
			}
		}
		d.columns = append(d.columns, column)
	}
}

// addControls adds the controls that can be used: nearly complete and not constant.
func (d *columnSet) addControls(s Study) {
	for i, raw := range s.Controls {
		c := slices.Clone(raw[:d.until])
		gone := missingOf(c)
		holes, positive := 0, true
		for t := range c {
			if gone[t] {
				holes++
				c[t] = math.NaN()
			} else if c[t] <= 0 {
				positive = false
			}
		}
		if 5*holes > len(c) {
			d.uses[i].Reason = TooManyGaps
			continue
		}
		if d.log && positive {
			for t := range c {
				c[t] = math.Log(c[t])
			}
		}
		bridge(c, s.Season)
		column, ok := standard(c, s.At)
		if !ok {
			d.uses[i].Reason = Constant
			continue
		}
		d.columns = append(d.columns, column)
		d.controls = append(d.controls, i)
	}
	// About three controls are expected to matter (the usual choice, Brodersen et al.
	// 2015, section 2.2): with up to three each is in.
	for range d.controls {
		d.prior = append(d.prior, min(1, 3/float64(len(d.controls))))
	}
}

// addUnseenYear adds the swing of a year of which too little was seen to learn it: its
// size is believed to be about that of a day's noise, so that the days after are expected
// no surer than that allows.
func (d *columnSet) addUnseenYear(s Study) {
	year := yearOf(s.Season)
	if year == 0 || float64(s.At) > 1.25*year {
		return
	}
	for _, column := range d.wave(year) {
		d.columns = append(d.columns, column)
		d.tight = append(d.tight, waveTightness)
	}
}

// yearOf is the length of a year where the season is a week of days or a year of weeks.
func yearOf(season int) float64 {
	switch season {
	case 7:
		return 365.25
	case 52:
		return 52.18
	}
	return 0
}

func (d *columnSet) wave(period float64) [][]float64 {
	sin, cos := make([]float64, d.until), make([]float64, d.until)
	for t := range sin {
		sin[t], cos[t] = math.Sincos(2 * math.Pi * float64(t) / period)
	}
	return [][]float64{sin, cos}
}

// addSlow adds candidates for what moves slowly: a straight trend, and the year where
// more than one is seen.
func (d *columnSet) addSlow(s Study) {
	var slow [][]float64
	trend := make([]float64, d.until)
	for t := range trend {
		trend[t] = float64(t)
	}
	slow = append(slow, trend)
	if year := yearOf(s.Season); year > 0 && float64(s.At) > 1.25*year {
		slow = append(slow, d.wave(year)...)
		slow = append(slow, d.wave(year/2)...)
	}
	for _, c := range slow {
		if column, ok := standard(c, s.At); ok {
			d.columns = append(d.columns, column)
			d.controls = append(d.controls, -1)
			d.prior = append(d.prior, .5)
		}
	}
}

// standard centers and scales a column by its first n values; false where these do not vary.
func standard(c []float64, n int) ([]float64, bool) {
	m, sd, _ := moments(c[:n])
	if sd == 0 || !finite(c...) {
		return nil, false
	}
	out := make([]float64, len(c))
	for t, v := range c {
		out[t] = (v - m) / sd
	}
	return out, true
}

// bridge fills the gaps of a control with the mean of the nearest days of the same
// weekday on both sides.
func bridge(c []float64, season int) {
	step := max(season, 1)
	filled := slices.Clone(c)
	for t := range c {
		if !math.IsNaN(c[t]) {
			continue
		}
		sum, n := 0.0, 0.0
		for _, way := range []int{-step, step} {
			for u := t + way; u >= 0 && u < len(c); u += way {
				if !math.IsNaN(c[u]) {
					sum, n = sum+c[u], n+1
					break
				}
			}
		}
		if n > 0 {
			filled[t] = sum / n
		} else {
			filled[t] = mean(c)
		}
	}
	copy(c, filled)
}
