package stat

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// Wald tests that linear combinations of the coefficients are zero, under any covariance
// of them: F = (Rb)'(R V R')⁻¹(Rb)/q against F(q, n−k). rows are the q rows of R, each
// of k weights. Error: ErrCollinear where the combinations follow from one another.
func (r *Regression) Wald(cov mat.Symmetric, rows [][]float64) (Test, error) {
	q := len(rows)
	if q == 0 {
		return Test{}, ErrTooShort
	}
	combine := mat.NewDense(q, r.K, nil)
	for i, row := range rows {
		if len(row) != r.K {
			return Test{}, ErrShape
		}
		combine.SetRow(i, row)
	}
	var value mat.VecDense
	value.MulVec(combine, mat.NewVecDense(r.K, append([]float64(nil), r.Coef...)))
	var left, spread mat.Dense
	left.Mul(combine, cov)
	spread.Mul(&left, combine.T())
	var factor mat.Cholesky
	if !factor.Factorize(symmetric(&spread)) {
		return Test{}, ErrCollinear
	}
	var solved mat.VecDense
	if err := factor.SolveVecTo(&solved, &value); err != nil {
		return Test{}, ErrCollinear
	}
	out := Test{Stat: mat.Dot(&value, &solved) / float64(q), DF1: float64(q), DF2: float64(r.N - r.K)}
	if math.IsNaN(out.Stat) || math.IsInf(out.Stat, 0) {
		return Test{}, ErrCollinear
	}
	out.P = FTail(out.Stat, out.DF1, out.DF2)
	return out, nil
}

// Pick makes the rows of R that test single coefficients.
func (r *Regression) Pick(coefficients ...int) [][]float64 {
	rows := make([][]float64, len(coefficients))
	for i, c := range coefficients {
		rows[i] = make([]float64, r.K)
		rows[i][c] = 1
	}
	return rows
}
