package classic

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// DieboldMariano tests whether two forecasts of h steps ahead lose the same: the test of
// Diebold & Mariano (1995) with the small-sample correction of Harvey, Leybourne &
// Newbold (1997), loss |e|^power. e1 and e2 are the errors of the same n steps. A
// positive statistic says that the first lost more; p is two-sided, from Student's t with
// n−1 degrees. why is TooShort or Constant where there is nothing to test; p is then 1.
func DieboldMariano(e1, e2 []float64, h int, power float64) (stat, p float64, why Reason) {
	var d []float64
	for i := range min(len(e1), len(e2)) {
		if usable(e1[i]) && usable(e2[i]) {
			d = append(d, math.Pow(math.Abs(e1[i]), power)-math.Pow(math.Abs(e2[i]), power))
		}
	}
	h = max(h, 1)
	n := len(d)
	if n < 3 || n <= h {
		return 0, 1, TooShort
	}
	centre := mean(d)
	long := 0.0
	for lag := range h {
		sum := 0.0
		for i := lag; i < n; i++ {
			sum += (d[i] - centre) * (d[i-lag] - centre)
		}
		if lag > 0 {
			sum *= 2
		}
		long += sum / float64(n)
	}
	if !(long > 0) {
		return 0, 1, Constant
	}
	size, steps := float64(n), float64(h)
	correction := (size + 1 - 2*steps + steps*(steps-1)/size) / size
	stat = centre / math.Sqrt(long/size) * math.Sqrt(correction)
	t := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: size - 1}
	return stat, 2 * t.CDF(-math.Abs(stat)), Fine
}
