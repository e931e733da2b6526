package forecast

import (
	"math"
	"testing"

	"github.com/shirube/shirube/internal/evidence"
	"github.com/shirube/shirube/internal/series"
)

// The variance of a sum is that of its weeks where they are independent, and that of
// simple exponential smoothing's lead-time demand (Hyndman, Koehler, Ord and Snyder 2008,
// section 6.4) where their level wanders: weeks are not added up as if they were
// independent then.
func TestVarianceOfSums(t *testing.T) {
	t.Parallel()
	vectors := evidence.Vectors(t, "whatif.json")
	var days struct {
		Mean, SD, Target float64
		H                int
	}
	var chance struct{ P float64 }
	v := vectors["attain-sum-normal"]
	v.Read(t, &days, &chance)
	f := &filtered{setting: setting{noise: days.SD * days.SD}}
	f.x[0] = days.Mean
	mean, variance := sumOf(f, days.H)
	if p := normalTail(mean, variance, days.Target); !(math.Abs(p-chance.P) <= v.Tol) {
		t.Errorf("P(sum ≥ %v) = %v, want %v", days.Target, p, chance.P)
	}

	var in struct {
		Alpha, Sigma2, Level, Target float64
		H                            int
	}
	var want struct{ Mean, Var, P float64 }
	v = vectors["attain-ets-ann-leadtime"]
	v.Read(t, &in, &want)
	// The local level whose steady filter smooths with alpha and surprises with sigma2:
	// P⁻ = ασ², r = (1−α)σ², q = αP⁻, P = (1−α)P⁻.
	before := in.Alpha * in.Sigma2
	f = &filtered{setting: setting{level: in.Alpha * before, noise: (1 - in.Alpha) * in.Sigma2}}
	f.p[0][0] = (1 - in.Alpha) * before
	f.x[0] = in.Level
	mean, variance = sumOf(f, in.H)
	if math.Abs(mean-want.Mean) > v.Tol*want.Mean || math.Abs(variance-want.Var) > v.Tol*want.Var {
		t.Errorf("mean %v variance %v, want %v and %v", mean, variance, want.Mean, want.Var)
	}
	if p := normalTail(mean, variance, in.Target); !(math.Abs(p-want.P) <= v.Tol) {
		t.Errorf("P(sum ≥ %v) = %v, want %v", in.Target, p, want.P)
	}
}

// sumOf is the mean and the variance of the sum of some steps ahead.
func sumOf(f *filtered, steps int) (mean, variance float64) {
	loads, expected := f.loads(make([][2 * seasonPairs]float64, steps))
	c := triangle(steps)
	f.addCovariance(c, loads, 1)
	for s, row := range c {
		mean += expected[s]
		variance += row[s] + f.noise
		for _, x := range row[:s] {
			variance += 2 * x
		}
	}
	return mean, variance
}

func normalTail(mean, variance, target float64) float64 {
	return math.Erfc((target-mean)/math.Sqrt(2*variance)) / 2
}

// A Cholesky factor gives its covariance back, also of one that has no full rank.
func TestRoot(t *testing.T) {
	t.Parallel()
	for _, c := range [][][]float64{{{4}, {2, 5}, {1, 3, 6}}, {{1}, {1, 1}, {2, 2, 4}}, {{0}, {0, 3}}} {
		l := make([][]float64, len(c))
		for i := range c {
			l[i] = append([]float64(nil), c[i]...)
		}
		root(l)
		for i := range c {
			for j := range c[i] {
				sum := 0.0
				for k := range j + 1 {
					sum += l[i][k] * l[j][k]
				}
				if math.Abs(sum-c[i][j]) > 1e-9 {
					t.Errorf("element %d,%d of %v comes back as %v", i, j, c, sum)
				}
			}
		}
	}
}

// Scores and ratios are each other's inverse, and normal scores of gamma draws.
func TestScoreAndRatio(t *testing.T) {
	t.Parallel()
	for _, v := range []float64{0.001, 0.1, 0.7} {
		for _, u := range []float64{-1.5, 0, 2.2} {
			if got := score(ratio(u, v), v); math.Abs(got-u) > 1e-9 {
				t.Errorf("score(ratio(%v)) = %v at variance %v", u, got, v)
			}
		}
	}
	if ratio(-9, 1) != 0 {
		t.Error("a ratio is never negative")
	}
}

// Days without a row are zeros where nothing else explains them, and stay unknown where
// zeros are written or numbers are large.
func TestZeroesUnwritten(t *testing.T) {
	t.Parallel()
	nan := math.NaN()
	few := []float64{1, 2, nan, 1, 3, 1, nan, 2, 1, 1, 2, nan, 1, 1, 2, 4, 1, 2, nan, 1}
	many := make([]float64, len(few))
	with := append([]float64(nil), few...)
	with[0] = 0
	for i, v := range few {
		many[i] = v * 50
	}
	for _, c := range []struct {
		name   string
		values []float64
		zeros  bool
	}{{"small counts", few, true}, {"large numbers", many, false}, {"written zeros", with, false}} {
		raw := append([]float64(nil), c.values...)
		clean := append([]float64(nil), c.values...)
		zeroesUnwritten(series.Daily{Values: c.values}, raw, clean)
		if zero := raw[2] == 0 && clean[6] == 0; zero != c.zeros {
			t.Errorf("%s: days without a row are %v", c.name, raw[2])
		}
	}
}

// Poisson where the variance is the mean, negative binomial where it is more.
func TestCountQuantiles(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		counted
		p, want float64
	}{
		{counted{2, 2}, math.Exp(-2) - 1e-6, 0},
		{counted{2, 2}, math.Exp(-2) + 1e-6, 1},
		{counted{2, 2}, 0.5, 2},
		{counted{2, 4}, 0.25 - 1e-6, 0}, // size 2, success 1/2: P(0) = 1/4, P(1) = 1/4
		{counted{2, 4}, 0.5 - 1e-6, 1},
		{counted{2, 4}, 0.5 + 1e-6, 2},
		{counted{0, 0}, 0.9, 0},
	} {
		if got := c.quantile(c.p); got != c.want {
			t.Errorf("%v: quantile %v is %v, want %v", c.counted, c.p, got, c.want)
		}
	}
}
