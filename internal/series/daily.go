package series

import (
	"math"
	"slices"
)

// Daily is one number a day from First on, without holes in the slice: a
// missing day is NaN. The zero value is an empty series ready for Set.
type Daily struct {
	First  Day
	Values []float64
}

// Span is the days the series holds, missing ones included; empty when the
// series is.
func (d Daily) Span() Span {
	return Span{From: d.First, To: d.First + Day(len(d.Values)) - 1}
}

// At is the value of a day, and false when the day is missing or outside the
// series; the value is NaN then.
func (d Daily) At(day Day) (float64, bool) {
	i := int(day) - int(d.First)
	if i < 0 || i >= len(d.Values) {
		return math.NaN(), false
	}
	v := d.Values[i]
	return v, !math.IsNaN(v)
}

// Set puts a value on a day; NaN makes it missing. The series grows to reach
// the day and the days between become missing, so the memory used follows the
// distance between the first and the last day.
func (d *Daily) Set(day Day, value float64) {
	if len(d.Values) == 0 {
		d.First = day
	}
	if before := int(d.First) - int(day); before > 0 {
		d.Values = slices.Concat(missing(before), d.Values)
		d.First = day
	}
	i := int(day) - int(d.First)
	if i >= len(d.Values) {
		d.Values = slices.Grow(d.Values, i+1-len(d.Values))
		for len(d.Values) <= i {
			d.Values = append(d.Values, math.NaN())
		}
	}
	d.Values[i] = value
}

func missing(n int) []float64 {
	values := make([]float64, n)
	for i := range values {
		values[i] = math.NaN()
	}
	return values
}

// Slice is the part of the series inside the span: days of the span that the
// series does not reach are left out, not filled. It shares its values with the
// whole; growing it leaves the whole untouched.
func (d Daily) Slice(span Span) Daily {
	part := d.Span().Intersect(span)
	if part.Empty() {
		return Daily{First: span.From}
	}
	from, to := int(part.From)-int(d.First), int(part.To)-int(d.First)+1
	return Daily{First: part.From, Values: d.Values[from:to:to]}
}

// FirstPresent is the first day that has a value.
func (d Daily) FirstPresent() (Day, bool) {
	for i, v := range d.Values {
		if !math.IsNaN(v) {
			return d.First + Day(i), true
		}
	}
	return 0, false
}

// LastPresent is the last day that has a value.
func (d Daily) LastPresent() (Day, bool) {
	for i, v := range slices.Backward(d.Values) {
		if !math.IsNaN(v) {
			return d.First + Day(i), true
		}
	}
	return 0, false
}
