package classic

import "math"

// arma is a stationary process in deviations from its mean: w_t = Σ phi_i w_{t−i} + ε_t +
// Σ theta_j ε_{t−j}. phi[0] is phi_1; the seasonal polynomials are multiplied in.
type arma struct{ phi, theta []float64 }

// times multiplies polynomials in the lag operator given by their coefficients from lag 1
// on, with sign as in 1 + a_1 B + a_2 B² …; the second one moves in steps of m.
func times(a, b []float64, m int) []float64 {
	out := make([]float64, len(a)+m*len(b))
	copy(out, a)
	for j, v := range b {
		lag := (j + 1) * m
		out[lag-1] += v
		for i, u := range a {
			out[lag+i] += u * v
		}
	}
	return out
}

// psi are the weights of past shocks, psi[0] = 1, as many as asked for.
func (a arma) psi(count int) []float64 {
	out := make([]float64, count)
	for j := range out {
		switch {
		case j == 0:
			out[j] = 1
		case j <= len(a.theta):
			out[j] = a.theta[j-1]
		}
		for i := 0; i < len(a.phi) && i < j; i++ {
			out[j] += a.phi[i] * out[j-1-i]
		}
	}
	return out
}

// autocovariances are γ_0 … γ_most for shocks of variance 1, from the Yule–Walker type
// equations γ_k − Σ phi_i γ_{k−i} = Σ theta_j psi_{j−k} (Brockwell & Davis 1991, §3.3);
// ok is false where they have no sensible solution (a root on the unit circle).
func (a arma) autocovariances(most int, psi []float64) (gamma []float64, ok bool) {
	p, q := len(a.phi), len(a.theta)
	right := func(k int) float64 {
		if k > q {
			return 0
		}
		sum := 0.0
		for j := k; j <= q; j++ {
			t := 1.0
			if j > 0 {
				t = a.theta[j-1]
			}
			sum += t * psi[j-k]
		}
		return sum
	}
	gamma = make([]float64, max(most, p)+1)
	if p > 0 {
		size := p + 1
		rows := make([][]float64, size)
		flat := make([]float64, size*(size+1))
		for k := range rows {
			rows[k] = flat[k*(size+1) : (k+1)*(size+1)]
			rows[k][k]++
			for i, v := range a.phi {
				rows[k][abs(k-1-i)] -= v
			}
			rows[k][size] = right(k)
		}
		if !solve(rows) {
			return nil, false
		}
		for k := range rows {
			gamma[k] = rows[k][size]
		}
	} else {
		gamma[0] = right(0)
	}
	for k := p + 1; k < len(gamma); k++ {
		gamma[k] = right(k)
		for i, v := range a.phi {
			gamma[k] += v * gamma[k-1-i]
		}
	}
	if p == 0 {
		for k := 1; k < len(gamma); k++ {
			gamma[k] = right(k)
		}
	}
	return gamma, gamma[0] > 0 && usable(gamma[0])
}

// solve is Gaussian elimination with row exchange; the last column becomes the solution.
func solve(rows [][]float64) bool {
	n := len(rows)
	for c := range n {
		pivot := c
		for r := c + 1; r < n; r++ {
			if math.Abs(rows[r][c]) > math.Abs(rows[pivot][c]) {
				pivot = r
			}
		}
		if math.Abs(rows[pivot][c]) < 1e-13 {
			return false
		}
		rows[c], rows[pivot] = rows[pivot], rows[c]
		for r := c + 1; r < n; r++ {
			f := rows[r][c] / rows[c][c]
			if f == 0 {
				continue
			}
			for k := c; k <= n; k++ {
				rows[r][k] -= f * rows[c][k]
			}
		}
	}
	for c := n - 1; c >= 0; c-- {
		for k := c + 1; k < n; k++ {
			rows[c][n] -= rows[c][k] * rows[k][n]
		}
		rows[c][n] /= rows[c][c]
	}
	return true
}

func abs(i int) int {
	if i < 0 {
		return -i
	}
	return i
}
