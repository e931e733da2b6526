package uncertain

// Shares is how much of a result's variance comes from each of its inputs.
type Shares struct {
	Variance float64   // of the result
	First    []float64 // from the input by itself
	Total    []float64 // with all it does together with others
}

// Sobol estimates variance-based shares of a function of independent inputs, each in
// (0, 1), from n (columns + 2) runs. First-order shares follow Saltelli et al. (2010,
// table 2 b), total ones Jansen (1999). A result that does not vary has shares of 0.
func Sobol(columns, n int, seed uint64, result func(u []float64) float64) Shares {
	s := Shares{First: make([]float64, columns), Total: make([]float64, columns)}
	points := Hypercube(2*columns, n, seed)
	a, b := make([]float64, n), make([]float64, n)
	row := make([]float64, columns)
	at := func(k int, from func(j int) int) float64 {
		for j := range row {
			row[j] = points[from(j)][k]
		}
		return result(row)
	}
	mean := 0.0
	for k := range n {
		a[k] = at(k, func(j int) int { return j })
		b[k] = at(k, func(j int) int { return columns + j })
		mean += (a[k] + b[k]) / float64(2*n)
	}
	for k := range n {
		s.Variance += ((a[k]-mean)*(a[k]-mean) + (b[k]-mean)*(b[k]-mean)) / float64(2*n-1)
	}
	if !(s.Variance > 0) {
		s.Variance = 0
		return s
	}
	for i := range columns {
		first, total := 0.0, 0.0
		for k := range n {
			mixed := at(k, func(j int) int {
				if j == i {
					return columns + j
				}
				return j
			})
			first += (b[k] - mean) * (mixed - a[k])
			total += (a[k] - mixed) * (a[k] - mixed)
		}
		s.First[i] = first / float64(n) / s.Variance
		s.Total[i] = total / float64(2*n) / s.Variance
	}
	return s
}
