package structure

import (
	"fmt"
	"math"
)

// RobustTest is a test for one break under autocorrelated errors.
type RobustTest struct {
	FunctionalTest
	AR []float64 // autoregression of the errors that was filtered out
}

// RobustSupF is the sup-F test after prewhitening: the errors' autoregression (order by BIC,
// at most 4, at least 1) is estimated without a break, corrected for its bias toward zero
// (Kendall 1954), and y and all of x are quasi-differenced by it (Cochrane and Orcutt 1949);
// the transformed regression has nearly white errors, for which the law of sup F holds.
//
// Because the autoregression is estimated under "no break", a break makes it larger and the
// test more timid, never bolder. Dates count rows of the untransformed sample.
// Errors: those of FStatistics and New for the transformed sample.
func (s *Sample) RobustSupF(trim float64) (RobustTest, error) {
	none := RobustTest{FunctionalTest: FunctionalTest{P: 1}}
	ar := s.errorAR(4)
	white, err := s.filtered(ar)
	if err != nil {
		return none, err
	}
	path, err := white.FStatistics(trim)
	if err != nil {
		return none, err
	}
	out := RobustTest{path.Sup(), ar}
	out.Break += len(ar)
	return out, nil
}

// errorAR fits autoregressions to the full-sample residuals by Yule and Walker.
func (s *Sample) errorAR(most int) []float64 {
	n := s.n
	most = max(1, min(most, n/20))
	cov := make([]float64, most+1)
	for l := range cov {
		for t := l; t < n; t++ {
			cov[l] += s.e[t] * s.e[t-l] / float64(n)
		}
	}
	var best, phi []float64
	variance, least := cov[0], math.Inf(1)
	for p := 1; p <= most; p++ { // Levinson–Durbin
		v := cov[p]
		for j, f := range phi {
			v -= f * cov[p-1-j]
		}
		reflection := v / variance
		next := make([]float64, p)
		for j := range phi {
			next[j] = phi[j] - reflection*phi[p-2-j]
		}
		next[p-1] = reflection
		phi, variance = next, variance*(1-reflection*reflection)
		if !(variance > 0) {
			break
		}
		if bic := float64(n)*math.Log(variance) + float64(p)*math.Log(float64(n)); bic < least {
			least, best = bic, phi
		}
	}
	if best == nil {
		best = []float64{0}
	}
	total := 0.0
	for _, f := range best {
		total += f
	}
	// Kendall's bias of the sum of the coefficients; each fitted regressor adds its own.
	wanted := math.Min(total+(1+3*total+2*math.Max(total, 0)*float64(s.k-1)/2)/float64(n), .97)
	out := append([]float64(nil), best...)
	for j := range out {
		if math.Abs(total) > .05 {
			out[j] *= wanted / total
		} else {
			out[j] += (wanted - total) / float64(len(out))
		}
	}
	return out
}

// filtered is the sample with 1 − Σφ_jL^j applied to the response and every regressor.
func (s *Sample) filtered(ar []float64) (*Sample, error) {
	p := len(ar)
	if s.n-p < 2*s.k+2 {
		return nil, fmt.Errorf("filter %d observations by %d lags: %w", s.n, p, ErrTooShort)
	}
	y, x := make([]float64, s.n-p), make([][]float64, s.n-p)
	for t := range y {
		y[t], x[t] = s.y[t+p], append([]float64(nil), s.x[t+p]...)
		for j, f := range ar {
			y[t] -= f * s.y[t+p-1-j]
			for i := range x[t] {
				x[t][i] -= f * s.x[t+p-1-j][i]
			}
		}
	}
	return New(y, x)
}

// LongRunSigma is the standard deviation that sums of the errors have per √n: that of the
// prewhitened errors over 1 − Σφ. For white errors it is the ordinary one.
func (s *Sample) LongRunSigma() float64 {
	ar := s.errorAR(4)
	total, sum, p := 0.0, 0.0, len(ar)
	for _, f := range ar {
		total += f
	}
	for t := p; t < s.n; t++ {
		v := s.e[t]
		for j, f := range ar {
			v -= f * s.e[t-1-j]
		}
		sum += v * v
	}
	return math.Sqrt(sum/float64(max(s.n-p-s.k, 1))) / (1 - total)
}
