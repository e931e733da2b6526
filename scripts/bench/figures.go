package main

import (
	"math"
	"slices"
	"time"
)

// figures are sorted durations in milliseconds.
type figures []float64

// repeat runs something n times after one run that only warms up.
func repeat(n int, do func() error) (figures, error) {
	if err := do(); err != nil {
		return nil, err
	}
	f := make(figures, 0, n)
	for range n {
		start := time.Now()
		if err := do(); err != nil {
			return nil, err
		}
		f = append(f, float64(time.Since(start))/float64(time.Millisecond))
	}
	slices.Sort(f)
	return f, nil
}

// at is the value below which the share q of the runs stayed (nearest rank).
func (f figures) at(q float64) float64 {
	return f[max(0, int(math.Ceil(q*float64(len(f))))-1)]
}
