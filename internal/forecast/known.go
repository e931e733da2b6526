package forecast

import (
	"math"
	"slices"

	"github.com/shirube/shirube/internal/series"
)

// zeroesUnwritten takes missing days for days on which nothing happened where the rows
// say so: things come in small numbers, never is a zero written, and about as many days
// are missing as should be zero by the numbers on the others (a Poisson count without its
// zeros; Cohen 1960). Long silences stay unknown.
func zeroesUnwritten(written series.Daily, raw, clean []float64) {
	for _, v := range written.Values {
		if v == 0 {
			return
		}
	}
	sum, there, missing, run := 0.0, 0.0, 0.0, 0
	for _, v := range raw {
		if math.IsNaN(v) {
			if run++; run <= longGap {
				missing++
			} else if run == longGap+1 {
				missing -= longGap
			}
			continue
		}
		run = 0
		if v == 0 {
			continue // a weekday that seldom has a row
		}
		if v != math.Trunc(v) || v < 0 {
			return
		}
		sum += v
		there++
	}
	if there < 10 || missing < 2 {
		return
	}
	// mean = λ / (1 − e^−λ), by iteration.
	seen := sum / there
	rate := seen
	for range 50 {
		rate = seen * (1 - math.Exp(-rate))
	}
	if zeros := (there + missing) * math.Exp(-rate); zeros < 2 || missing > 4*zeros+5 {
		return
	}
	run = 0
	for i, v := range raw {
		if !math.IsNaN(v) {
			run = 0
			continue
		}
		run++
		raw[i], clean[i] = 0, 0
		if run > longGap {
			for j := i - run + 1; j <= i; j++ {
				raw[j], clean[j] = math.NaN(), math.NaN()
			}
		}
	}
}

// numbersOf takes what no metric can be for missing, so that nothing overflows.
func numbersOf(h series.Daily) series.Daily {
	for i, v := range h.Values {
		if math.Abs(v) > largestValue {
			h.Values = slices.Clone(h.Values)
			for j := i; j < len(h.Values); j++ {
				if math.Abs(h.Values[j]) > largestValue {
					h.Values[j] = math.NaN()
				}
			}
			break
		}
	}
	return h
}

const largestValue = 1e15

// trim leaves out unknown days at the end, and at the start unknown days and the zeros
// before a thing began.
func trim(raw, clean []float64, first series.Day) ([]float64, []float64, series.Day) {
	end := len(raw)
	for end > 0 && math.IsNaN(raw[end-1]) {
		end--
	}
	start := 0
	for start < end && (math.IsNaN(raw[start]) || raw[start] == 0) {
		start++
	}
	if start < 3*7 || end-start < 8*7 {
		start = 0 // too few to be a time before it began
		for start < end && math.IsNaN(raw[start]) {
			start++
		}
	}
	return raw[start:end], clean[start:end], first + series.Day(start)
}
