package change

import (
	"fmt"
	"math"
	"sort"
)

// Cost is what a segment without a change inside costs.
type Cost int

const (
	// CostMean: the sum of squared distances from the segment's mean.
	CostMean Cost = iota
	// CostNormal: length × log variance, for changes of mean or variance.
	CostNormal
	// CostMedian: the sum of absolute distances from the segment's median.
	CostMedian
)

// Standardize is (y − mean)/sd with the n−1 standard deviation; a constant series becomes
// zeros. Errors: ErrNotFinite.
func Standardize(y []float64) ([]float64, error) {
	if err := check(y); err != nil {
		return nil, err
	}
	out := make([]float64, len(y))
	mean, size := 0.0, 0.0
	for _, v := range y {
		size = math.Max(size, math.Abs(v))
	}
	if size == 0 {
		return out, nil
	}
	for _, v := range y {
		mean += v / size / float64(len(y))
	}
	sum := 0.0
	for i, v := range y {
		out[i] = v/size - mean
		sum += out[i] * out[i]
	}
	sd := math.Sqrt(sum / math.Max(float64(len(y)-1), 1))
	for i := range out {
		if sd <= 1e-14 {
			out[i] = 0
		} else {
			out[i] /= sd
		}
	}
	return out, nil
}

func check(y []float64) error {
	for i, v := range y {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return fmt.Errorf("read observation %d: %w", i, ErrNotFinite)
		}
	}
	return nil
}

// coster gives the cost of rows [from, to).
type coster func(from, to int) float64

// costs prepares a cost: O(1) a segment by running sums, but for the median, whose segments
// are sorted afresh.
func costs(y []float64, kind Cost) (coster, error) {
	if err := check(y); err != nil {
		return nil, err
	}
	sums, squares := make([]float64, len(y)+1), make([]float64, len(y)+1)
	for i, v := range y {
		sums[i+1], squares[i+1] = sums[i]+v, squares[i]+v*v
	}
	if math.IsInf(squares[len(y)], 0) {
		return nil, fmt.Errorf("square the observations: %w", ErrNotFinite)
	}
	mean := func(from, to int) float64 {
		d := sums[to] - sums[from]
		rss := squares[to] - squares[from] - d*d/float64(to-from)
		if rss < 0 {
			return 0
		}
		return rss
	}
	switch kind {
	case CostMean:
		return mean, nil
	case CostNormal:
		return func(from, to int) float64 {
			// The variance is kept from zero, or two equal days would be infinitely good.
			n := float64(to - from)
			return n * math.Log(mean(from, to)/n+1e-6)
		}, nil
	case CostMedian:
		buffer := make([]float64, len(y))
		return func(from, to int) float64 {
			part := append(buffer[:0], y[from:to]...)
			sort.Float64s(part)
			middle := part[len(part)/2]
			if len(part)%2 == 0 {
				middle = (middle + part[len(part)/2-1]) / 2
			}
			sum := 0.0
			for _, v := range part {
				sum += math.Abs(v - middle)
			}
			return sum
		}, nil
	}
	return nil, fmt.Errorf("know the cost %d: %w", kind, ErrShape)
}
