package classic

import "math"

// Widening is by how much the width that models think they have must be stretched so
// that it covers what it says: At1 for one step ahead, times step^Growth further on.
type Widening struct{ At1, Growth float64 }

func (w Widening) at(step int) float64 { return w.At1 * math.Pow(float64(step), w.Growth) }

// FitWidening is split conformal prediction over many series: sizes[i] are the absolute
// errors i+1 steps ahead in units of the models' standard deviation, one per series, level
// is .8 or .95. The conformal quantile of each step, in units of the normal one, is joined
// by a line in logarithms over the steps. {1, 0} where there is nothing to learn from.
func FitWidening(sizes [][]float64, level float64) Widening {
	var x, y []float64
	for i, s := range sizes {
		if q, _, enough := SplitQuantile(s, 1-level); enough && q > 0 {
			x = append(x, math.Log(float64(i+1)))
			y = append(y, math.Log(q/normalQuantile(.5+level/2)))
		}
	}
	if len(x) == 0 {
		return Widening{At1: 1}
	}
	mx, my, sxy, sxx := mean(x), mean(y), 0.0, 0.0
	for i := range x {
		sxy += (x[i] - mx) * (y[i] - my)
		sxx += (x[i] - mx) * (x[i] - mx)
	}
	growth := ratio(sxy, sxx)
	return Widening{At1: math.Exp(my - growth*mx), Growth: growth}
}

// The widenings of 80 % and 95 %, found by FitWidening. Those without a season, of
// quarters and of months are from the outcomes of every second series of the M3
// competition, so that the other half can tell whether they hold for series they have not
// seen (TestM3 does, and finds these numbers again); those of weeks from the training
// parts of M4 with their last thirteen values cut off.
var (
	yearly    = [2]Widening{{1.138, .313}, {1.432, .276}} // no season, a dozen or two of values
	quarterly = [2]Widening{{1.216, .028}, {1.398, .062}}
	monthly   = [2]Widening{{.989, .030}, {1.011, .051}}
	plain     = [2]Widening{{.803, .126}, {.939, .090}} // no season, sixty values and more
	weekly    = [2]Widening{{.915, -.045}, {1.235, -.122}}
)

// widening is that of a series of n values with season m, of which it has seen two
// (season) or not.
func widening(m, n, step int, season bool) (at80, at95 float64) {
	kind := yearly
	switch {
	case m >= longSeason && season:
		kind = weekly
	case m > 6 && season:
		kind = monthly
	case m > 1 && season:
		kind = quarterly
	default:
		// Between forty and sixty values a series without season turns from short to long.
		share := math.Min(math.Max((float64(n)-40)/20, 0), 1)
		mixed := func(i int) float64 {
			return math.Pow(yearly[i].at(step), 1-share) * math.Pow(plain[i].at(step), share)
		}
		return mixed(0), mixed(1)
	}
	return kind[0].at(step), kind[1].at(step)
}
