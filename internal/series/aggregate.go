package series

import "math"

// Aggregation is how the days of a period become one number.
type Aggregation uint8

// The aggregations. Sum is the zero value because counts are what most sources
// hold; Last is for stocks such as followers.
const (
	Sum Aggregation = iota
	Mean
	Last
	Max
)

var aggregationNames = [...]string{Sum: "sum", Mean: "mean", Last: "last", Max: "max"}

// String is the name the model file uses: sum, mean, last, max.
func (a Aggregation) String() string {
	if int(a) < len(aggregationNames) {
		return aggregationNames[a]
	}
	return "unknown"
}

// ParseAggregation reads the name used in the model file.
func ParseAggregation(s string) (Aggregation, bool) {
	for a, name := range aggregationNames {
		if s == name {
			return Aggregation(a), true
		}
	}
	return Sum, false
}

// Aggregate makes one number of the days of a span and counts the days it
// stands on; missing days are skipped and number span.Days() - present. The
// value is NaN when no day is present, and infinite when a sum overflows.
func (d Daily) Aggregate(span Span, agg Aggregation) (value float64, present int) {
	var sum Total
	last, highest := math.NaN(), math.Inf(-1)
	for _, v := range d.Slice(span).Values {
		if math.IsNaN(v) {
			continue
		}
		present++
		sum.Add(v)
		last = v
		highest = max(highest, v)
	}
	if present == 0 {
		return math.NaN(), 0
	}
	switch agg {
	case Mean:
		return sum.Value() / float64(present), present
	case Last:
		return last, present
	case Max:
		return highest, present
	}
	return sum.Value(), present
}

// Total is Neumaier's sum: what each addition rounds away is kept beside the
// sum. Years of small daily amounts add up to the same total in any order and
// any split, which is what "the months sum to the year" needs. The zero Total is
// 0.
type Total struct {
	sum, lost float64
}

// Add takes one more number in.
func (t *Total) Add(v float64) {
	next := t.sum + v
	if math.Abs(t.sum) >= math.Abs(v) {
		t.lost += (t.sum - next) + v
	} else {
		t.lost += (v - next) + t.sum
	}
	t.sum = next
}

// Value is the sum so far; infinite after an overflow.
func (t Total) Value() float64 {
	if math.IsInf(t.sum, 0) || math.IsNaN(t.sum) {
		return t.sum // the lost part is NaN after an overflow
	}
	return t.sum + t.lost
}
