package structure

import (
	"fmt"

	"gonum.org/v1/gonum/mat"
)

// SupLM is the sup-LM test on the cumulated scores x_t e_t with a HAC covariance (Andrews
// 1993; Zeileis and Hornik 2007): the largest W(t)'W(t)/(t(1−t)) over t in [trim, 1−trim],
// where W is the cumulated score made white by the long-run covariance of the scores.
//
// It keeps its size under autocorrelation, and is more timid than its nominal level: the
// break itself swells the covariance. RobustSupF has more power.
// Errors: ErrShape, ErrTooShort as FStatistics; ErrCollinear where no covariance is had.
func (s *Sample) SupLM(trim float64) (FunctionalTest, error) {
	first, last, err := s.dates(trim)
	if err != nil {
		return FunctionalTest{P: 1}, err
	}
	scores := make([][]float64, s.n)
	for i := range scores {
		scores[i] = make([]float64, s.k)
		for j := range scores[i] {
			scores[i][j] = s.x[i][j] / s.scale[j] * s.e[i]
		}
	}
	covariance, err := longRun(scores, s.slopes())
	if err != nil {
		return FunctionalTest{P: 1}, err
	}
	inverse, err := symmetricPower(covariance, -1)
	if err != nil {
		return FunctionalTest{P: 1}, fmt.Errorf("weigh %d scores: %w", s.n, err)
	}
	// The reference's small-sample factor n/(n−k) on the covariance.
	n := float64(s.n)
	shrink := (n - float64(s.k)) / n
	sum, out := mat.NewVecDense(s.k, nil), FunctionalTest{}
	for i := range last {
		for j, v := range scores[i] {
			sum.SetVec(j, sum.AtVec(j)+v)
		}
		if i+1 < first {
			continue
		}
		t := float64(i+1) / n
		if v := shrink * mat.Inner(sum, inverse, sum) / n / (t * (1 - t)); v > out.Statistic {
			out.Statistic, out.Break = v, i+1
		}
	}
	out.P = lawOf(s.k, first, last, s.n).SupP(out.Statistic)
	return out, nil
}

// slopes weigh the bandwidth: a column of ones counts nothing beside others, because its
// score is the residual itself and would decide alone.
func (s *Sample) slopes() []float64 {
	if s.k == 1 {
		return nil
	}
	weights := make([]float64, s.k)
	for j := range weights {
		for i := range s.x {
			if s.x[i][j] != s.x[0][j] {
				weights[j] = 1
			}
		}
	}
	return weights
}

// ScoreCusum is the CUSUM of all scores, those of the coefficients and that of the error
// variance (Hjort and Koning 2002; Zeileis and Hornik 2007), made white by their outer
// product; the largest component is judged by the bridge's law. It assumes no autocorrelation.
func (s *Sample) ScoreCusum() (Fluctuation, error) {
	k := s.k + 1
	variance := s.rss / float64(s.n)
	scores := make([][]float64, s.n)
	moment := mat.NewSymDense(k, nil)
	for i := range scores {
		u := make([]float64, k)
		for j := range s.k {
			u[j] = s.x[i][j] / s.scale[j] * s.e[i] / s.sigma()
		}
		u[s.k] = s.e[i]*s.e[i]/variance - 1
		scores[i] = u
		for a := range k {
			for b := a; b < k; b++ {
				moment.SetSym(a, b, moment.At(a, b)+u[a]*u[b])
			}
		}
	}
	white, err := symmetricPower(moment, -.5)
	if err != nil {
		return Fluctuation{P: 1}, fmt.Errorf("weigh %d scores: %w", s.n, err)
	}
	sum, turned, out := mat.NewVecDense(k, nil), mat.NewVecDense(k, nil), Fluctuation{}
	for i, u := range scores {
		for j, v := range u {
			sum.SetVec(j, sum.AtVec(j)+v)
		}
		turned.MulVec(white, sum)
		for j := range k {
			if v := abs(turned.AtVec(j)); v > out.Statistic {
				out.Statistic, out.At = v, i+1
			}
		}
	}
	out.P = BridgeP(out.Statistic, k)
	return out, nil
}

func abs(v float64) float64 {
	if v < 0 {
		return -v
	}
	return v
}
