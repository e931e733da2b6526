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
		out[j] = make([]float64, n)
		random := rand.New(rand.NewPCG(seed, uint64(j)))
		for k, place := range random.Perm(n) {
			u := (float64(place) + random.Float64()) / float64(n)
			out[j][k] = min(max(u, 1e-12), 1-1e-12)
		}
	}
	return out
}

// NormalHypercube is a Hypercube of standard normal values.
func NormalHypercube(columns, n int, seed uint64) [][]float64 {
	out := Hypercube(columns, n, seed)
	for _, column := range out {
		for k, u := range column {
			column[k] = Normal(u)
		}
	}
	return out
}

// Normal is the standard normal quantile of a probability in (0, 1).
func Normal(p float64) float64 { return math.Sqrt2 * math.Erfinv(2*p-1) }
