package scorecard

import "math"

var nan = math.NaN()
