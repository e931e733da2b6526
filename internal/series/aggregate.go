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
	var sum compensated
	last, highest := math.NaN(), math.Inf(-1)
	for _, v := range d.Slice(span).Values {
		if math.IsNaN(v) {
			continue
		}
		present++
		sum.add(v)
		last = v
		highest = max(highest, v)
	}
	if present == 0 {
		return math.NaN(), 0
	}
	switch agg {
	case Mean:
		return sum.value() / float64(present), present
	case Last:
		return last, present
	case Max:
		return highest, present
	}
	return sum.value(), present
}

// compensated is Neumaier's sum: what each addition rounds away is kept beside
// the sum. Years of small daily amounts add up to the same total in any order
// and any split, which is what "the months sum to the year" needs.
type compensated struct {
	sum, lost float64
}

func (c *compensated) add(v float64) {
	t := c.sum + v
	if math.Abs(c.sum) >= math.Abs(v) {
		c.lost += (c.sum - t) + v
	} else {
		c.lost += (v - t) + c.sum
	}
	c.sum = t
}

func (c compensated) value() float64 {
	if math.IsInf(c.sum, 0) || math.IsNaN(c.sum) {
		return c.sum // the lost part is NaN after an overflow
	}
	return c.sum + c.lost
}
