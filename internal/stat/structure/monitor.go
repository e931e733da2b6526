package structure

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// Watch says which process a monitor follows.
type Watch int

const (
	// WatchCusum sums the residuals of the history's regression (Chu, Stinchcombe and White 1996).
	WatchCusum Watch = iota
	// WatchMosum sums those of a moving window (Leisch, Hornik and Kuan 2000).
	WatchMosum
	// WatchEstimates compares the estimate up to now with the history's (Chu, Stinchcombe
	// and White 1996): it sees changes of slope.
	WatchEstimates
)

// MonitorOptions: Alpha is the chance of a false alarm over the whole watch (0 < α < 1).
// Window is the share of the history a moving window spans (.25, .5 or 1) and Period how
// many times the history the watch lasts, history included (2 … 10); both only for
// WatchMosum. Robust scales by the long-run standard deviation, without which errors with
// autocorrelation .5 raise a false alarm of 5 % to 30 %.
type MonitorOptions struct {
	Watch  Watch
	Alpha  float64
	Window float64
	Period float64
	Robust bool
}

// Monitor watches new observations of a regression whose history did not change.
type Monitor struct {
	history  *Sample
	options  MonitorOptions
	critical float64
	sigma    float64
	window   int
	seen     int
	sums     []float64  // running sums of residuals, history included
	root     *mat.Dense // (X'X/n)^½ of the history
	cross    *mat.Dense // X'X up to now
	prod     *mat.VecDense
	alarm    int
}

// Monitor begins a watch. Errors: ErrShape for options out of range; ErrConstant where the
// history leaves no error to measure by.
func (s *Sample) Monitor(o MonitorOptions) (*Monitor, error) {
	if !(o.Alpha > 0 && o.Alpha < 1) || o.Watch < WatchCusum || o.Watch > WatchEstimates {
		return nil, fmt.Errorf("watch at a level of %v: %w", o.Alpha, ErrShape)
	}
	m := &Monitor{history: s, options: o, sigma: s.sigma(), seen: s.n, sums: make([]float64, 1, 2*s.n)}
	if o.Robust {
		m.sigma = s.LongRunSigma()
	}
	if !(m.sigma > 0) || !finite(m.sigma) {
		return nil, fmt.Errorf("watch beyond a history of %d: %w", s.n, ErrConstant)
	}
	for _, e := range s.e {
		m.sums = append(m.sums, m.sums[len(m.sums)-1]+e)
	}
	switch o.Watch {
	case WatchMosum:
		m.window = int(math.Floor(o.Window*float64(s.n) + 1e-9))
		critical, err := MosumCritical(o.Alpha, o.Window, o.Period)
		if err != nil || m.window < 1 {
			return nil, fmt.Errorf("watch a window of %v: %w", o.Window, ErrShape)
		}
		m.critical = critical
	case WatchCusum:
		m.critical = CusumCritical(o.Alpha, 1)
	case WatchEstimates:
		m.critical = CusumCritical(o.Alpha, s.k)
		root, err := s.rootMoment(0, s.n)
		if err != nil {
			return nil, err
		}
		m.root, m.cross, m.prod = root, mat.NewDense(s.k, s.k, nil), mat.NewVecDense(s.k, nil)
		for i, row := range s.x {
			m.learn(row, s.e[i])
		}
	}
	return m, nil
}

// CusumCritical is the a for which √(t(t−1)(a² + log(t/(t−1)))) is crossed after t = 1 with
// probability alpha by the largest of k independent monitored paths: the root of
// 2(1 − Φ(a) + aφ(a)) = 1 − (1−α)^(1/k) (Chu, Stinchcombe and White 1996, from Robbins and
// Siegmund 1970).
func CusumCritical(alpha float64, k int) float64 {
	one := -math.Expm1(math.Log1p(-alpha) / float64(max(k, 1)))
	return bisect(func(a float64) bool {
		return 2*(normalTail(a)+a*math.Exp(-a*a/2)/math.Sqrt(2*math.Pi)) > one
	}, 0, 40)
}

// Signal is where a watch stands after an observation. Process and Boundary have no unit;
// an alarm is a process beyond its boundary, and the first stays.
type Signal struct {
	Process, Boundary float64 // signed but for WatchEstimates, where it is the largest component
	Alarm             int     // observations, history included, at the first alarm; 0 for none
}

// Add takes the next response and its row of regressors (k; nil for the intercept alone). A
// missing or infinite number is passed over: the watch stays where it was.
func (m *Monitor) Add(y float64, row []float64) Signal {
	s := m.history
	if row == nil && s.k == 1 {
		row = []float64{1}
	}
	e := y
	usable := finite(y) && len(row) == s.k
	for j := range min(len(row), s.k) {
		usable = usable && finite(row[j])
		e -= row[j] * s.beta[j]
	}
	if usable && finite(e) {
		m.seen++
		m.sums = append(m.sums, m.sums[len(m.sums)-1]+e)
		if m.root != nil {
			m.learn(row, e)
		}
	}
	out := Signal{Process: m.process(), Boundary: m.boundary(), Alarm: m.alarm}
	if m.alarm == 0 && m.seen > s.n && math.Abs(out.Process) > out.Boundary {
		m.alarm = m.seen
		out.Alarm = m.alarm
	}
	return out
}

func (m *Monitor) learn(row []float64, e float64) {
	for i, a := range row {
		for j, b := range row {
			m.cross.Set(i, j, m.cross.At(i, j)+a*b/m.history.scale[i]/m.history.scale[j])
		}
		m.prod.SetVec(i, m.prod.AtVec(i)+a*e/m.history.scale[i])
	}
}

func (m *Monitor) process() float64 {
	scale := m.sigma * math.Sqrt(float64(m.history.n))
	switch m.options.Watch {
	case WatchMosum:
		return (m.sums[m.seen] - m.sums[m.seen-m.window]) / scale
	case WatchEstimates:
		// β_i − β_n is the regression of the history's residuals, continued, on x.
		var delta mat.VecDense
		if delta.SolveVec(m.cross, m.prod) != nil {
			return 0
		}
		largest := 0.0
		for a := range m.history.k {
			sum := 0.0
			for b := range m.history.k {
				sum += m.root.At(a, b) * delta.AtVec(b) / m.history.scale[b]
			}
			largest = math.Max(largest, math.Abs(sum))
		}
		return largest * float64(m.seen) / scale
	default:
		return m.sums[m.seen] / scale
	}
}

func (m *Monitor) boundary() float64 {
	t := float64(m.seen) / float64(m.history.n)
	if m.options.Watch == WatchMosum {
		return m.critical * math.Sqrt(2*math.Max(1, math.Log(t)))
	}
	if t <= 1 {
		return math.Inf(1)
	}
	return math.Sqrt(t * (t - 1) * (m.critical*m.critical + math.Log(t/(t-1))))
}
