package uncertain

import (
	"math"
	"math/rand/v2"
)

// Hypercube draws n points in columns dimensions, each coordinate in (0, 1): of each
// coordinate exactly one value lies in each of n equally wide slices, in an order that
// is shuffled for each (Latin hypercube; McKay, Beckman and Conover 1979). The result
// is by column, then point. Column j depends on the seed and j alone.
func Hypercube(columns, n int, seed uint64) [][]float64 {
	out := make([][]float64, columns)
	for j := range out {
		out[j] = column(j, n, seed)
	}
	return out
}

func column(j, n int, seed uint64) []float64 {
	out := make([]float64, n)
	random := rand.New(rand.NewPCG(seed, uint64(j)))
	for k, place := range random.Perm(n) {
		u := (float64(place) + random.Float64()) / float64(n)
		out[k] = min(max(u, 1e-12), 1-1e-12)
	}
	return out
}

// NormalColumn is column j of a NormalHypercube, for whoever needs few of many.
func NormalColumn(j, n int, seed uint64) []float64 {
	out := column(j, n, seed)
	for k, u := range out {
		out[k] = Normal(u)
	}
	return out
}

// NormalHypercube is a Hypercube of standard normal values.
func NormalHypercube(columns, n int, seed uint64) [][]float64 {
	out := make([][]float64, columns)
	for j := range out {
		out[j] = NormalColumn(j, n, seed)
	}
	return out
}

// Normal is the standard normal quantile of a probability in (0, 1).
func Normal(p float64) float64 { return math.Sqrt2 * math.Erfinv(2*p-1) }
