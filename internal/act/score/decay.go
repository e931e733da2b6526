package score

import (
	"math"

	"github.com/shirube/shirube/internal/event"
)

const day event.Millis = 24 * 60 * 60 * 1000

// left is what remains of points after an age. It never grows with the age, in either
// direction from zero.
func (r *compiled) left(age event.Millis) Points {
	if age <= 0 {
		return r.points
	}
	switch r.law {
	case Linear:
		if age >= r.span {
			return 0
		}
		// |points| ≤ 10⁶ and a span of ten years ≤ 3.2·10¹¹ ms: the product fits.
		return r.points * Points(r.span-age) / Points(r.span)
	case HalfLife:
		return Points(math.Round(float64(r.points) * math.Exp2(-float64(age)/float64(r.span))))
	}
	return r.points
}

// gone is the age from which nothing is left; 0 where something always is.
func (r *compiled) gone() event.Millis {
	switch r.law {
	case Linear:
		return r.span
	case HalfLife:
		// Below half a thousandth of a point.
		return event.Millis(math.Ceil(float64(r.span) * math.Log2(2*math.Abs(float64(r.points))+1)))
	}
	return 0
}
