package stat

import "math"

// Trend is what a unit root test allows the series besides its noise.
type Trend int

// NoTrend: nothing, Level: a constant, Line: a constant and a straight line.
const (
	NoTrend Trend = iota
	Level
	Line
)

// UnitRoot is the outcome of a test of stationarity. Critical are the values of the
// statistic at 1 %, 5 % and 10 %.
type UnitRoot struct {
	Stat, P  float64
	Critical [3]float64
	N        int // observations used
}

// mackinnon holds one case of MacKinnon's response surfaces for one series: the tail
// probability Φ(polynomial in τ) has one polynomial below `split` and one above
// (MacKinnon 1994), critical values are polynomials in 1/n (MacKinnon 2010).
type mackinnon struct {
	low, split, high float64
	small            [3]float64
	large            [4]float64
	critical         [3][4]float64
}

var mackinnons = map[Trend]mackinnon{
	NoTrend: {-19.04, -1.04, math.Inf(1),
		[3]float64{0.6344, 1.2378, 0.032496}, [4]float64{0.4797, 0.93557, -0.06999, 0.033066},
		[3][4]float64{{-2.56574, -2.2358, -3.627, 0}, {-1.94100, -0.2686, -3.365, 31.223}, {-1.61682, 0.2656, -2.714, 25.364}}},
	Level: {-18.83, -1.61, 2.74,
		[3]float64{2.1659, 1.4412, 0.038269}, [4]float64{1.7339, 0.93202, -0.12745, -0.010368},
		[3][4]float64{{-3.43035, -6.5393, -16.786, -79.433}, {-2.86154, -2.8903, -4.234, -40.040}, {-2.56677, -1.5384, -2.809, 0}}},
	Line: {-16.18, -2.89, 0.7,
		[3]float64{3.2512, 1.6047, 0.049588}, [4]float64{2.5261, 0.61654, -0.37956, -0.060285},
		[3][4]float64{{-3.95877, -9.0531, -28.428, -134.155}, {-3.41049, -4.3904, -9.036, -45.374}, {-3.12705, -2.5856, -3.925, -22.380}}},
}

func (m mackinnon) p(tau float64) float64 {
	switch {
	case tau > m.high:
		return 1
	case tau < m.low:
		return 0
	case tau <= m.split:
		return NormalTail(-(m.small[0] + tau*(m.small[1]+tau*m.small[2])))
	}
	return NormalTail(-(m.large[0] + tau*(m.large[1]+tau*(m.large[2]+tau*m.large[3]))))
}

// ADF is the augmented Dickey–Fuller test with a fixed number of lagged differences; the
// null hypothesis is a unit root (Said & Dickey 1984). Errors: ErrTooShort, ErrNotFinite,
// ErrNoVariation, ErrCollinear.
func ADF(y []float64, trend Trend, lags int) (UnitRoot, error) {
	n := len(y) - 1 - lags
	if lags < 0 || n < lags+5 {
		return UnitRoot{}, ErrTooShort
	}
	if !finite(y) {
		return UnitRoot{}, ErrNotFinite
	}
	if !varies(y) {
		return UnitRoot{}, ErrNoVariation
	}
	change := make([]float64, len(y)-1)
	for t := range change {
		change[t] = y[t+1] - y[t]
	}
	columns := [][]float64{y[lags : len(y)-1]}
	for l := 1; l <= lags; l++ {
		columns = append(columns, change[lags-l:len(change)-l])
	}
	if trend != NoTrend {
		columns = append(columns, Ones(n))
	}
	if trend == Line {
		line := make([]float64, n)
		for t := range line {
			line[t] = float64(t + 1)
		}
		columns = append(columns, line)
	}
	fit, err := Fit(change[lags:], columns)
	if err != nil {
		return UnitRoot{}, err
	}
	se := Errors(fit.Ordinary())[0]
	if se == 0 {
		return UnitRoot{}, ErrNoVariation
	}
	m := mackinnons[trend]
	out := UnitRoot{Stat: fit.Coef[0] / se, N: n}
	out.P = m.p(out.Stat)
	for i, c := range m.critical {
		x := 1 / float64(n)
		out.Critical[i] = c[0] + x*(c[1]+x*(c[2]+x*c[3]))
	}
	return out, nil
}

// kpssPoints are the upper tail of the limiting distribution at 10 %, 5 %, 2.5 % and 1 %
// (Kwiatkowski et al. 1992, table 1).
var kpssPoints = map[Trend][4]float64{
	Level: {0.347, 0.463, 0.574, 0.739},
	Line:  {0.119, 0.146, 0.176, 0.216},
}

// KPSS tests the opposite null hypothesis, that y is stationary around a level or a line
// (Kwiatkowski, Phillips, Schmidt & Shin 1992), with Bartlett weights up to a lag. P is
// read off the four published points and so stays within .01 and .10. NoTrend is taken as
// Level.
func KPSS(y []float64, trend Trend, lags int) (UnitRoot, error) {
	n := len(y)
	if n < 5 || lags < 0 || lags >= n {
		return UnitRoot{}, ErrTooShort
	}
	if !finite(y) {
		return UnitRoot{}, ErrNotFinite
	}
	if !varies(y) {
		return UnitRoot{}, ErrNoVariation
	}
	columns := [][]float64{Ones(n)}
	if trend == Line {
		line := make([]float64, n)
		for t := range line {
			line[t] = float64(t + 1)
		}
		columns = append(columns, line)
	} else {
		trend = Level
	}
	fit, err := Fit(y, columns)
	if err != nil {
		return UnitRoot{}, err
	}
	sum, squares := 0.0, 0.0
	for _, e := range fit.Residuals {
		sum += e
		squares += sum * sum
	}
	spread := 0.0
	for l := 0; l <= lags; l++ {
		w := 2 * (1 - float64(l)/float64(lags+1))
		if l == 0 {
			w = 1
		}
		for t := l; t < n; t++ {
			spread += w * fit.Residuals[t] * fit.Residuals[t-l]
		}
	}
	if !(spread > 1e-20*fit.TSS) {
		return UnitRoot{}, ErrNoVariation
	}
	points := kpssPoints[trend]
	out := UnitRoot{Stat: squares / (float64(n) * spread), N: n, Critical: [3]float64{points[3], points[1], points[0]}}
	out.P = kpssP(out.Stat, points)
	return out, nil
}

func kpssP(stat float64, points [4]float64) float64 {
	ps := [4]float64{0.10, 0.05, 0.025, 0.01}
	if stat <= points[0] {
		return ps[0]
	}
	for i := 1; i < 4; i++ {
		if stat <= points[i] {
			share := (stat - points[i-1]) / (points[i] - points[i-1])
			return ps[i-1] + share*(ps[i]-ps[i-1])
		}
	}
	return ps[3]
}
