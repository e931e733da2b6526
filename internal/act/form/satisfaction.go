package form

import (
	"math"

	"github.com/shirube/shirube/internal/scorecard"
)

const z95 = 1.959963984540054

// Recommendation is the net promoter score of answers from 0 to 10.
type Recommendation struct {
	Answers                         int
	Promoters, Passives, Detractors int        // 9–10, 7–8, 0–6
	Score                           float64    // −100…100; NaN without answers
	Interval                        [2]float64 // 95 %
}

// Recommend makes the score of how many gave each answer, counts[n] being those who gave n.
//
// The interval is the adjusted Wald one: three answers are added, three quarters each to
// promoters and detractors (Rocks 2016, "Interval estimation for the Net Promoter Score",
// The American Statistician 70(4), found it the best of six). How often it covers is a gate.
func Recommend(counts [11]int) Recommendation {
	var r Recommendation
	for answer, n := range counts {
		r.Answers += n
		switch {
		case answer >= 9:
			r.Promoters += n
		case answer >= 7:
			r.Passives += n
		default:
			r.Detractors += n
		}
	}
	if r.Answers == 0 {
		r.Score, r.Interval = math.NaN(), [2]float64{-100, 100}
		return r
	}
	size := float64(r.Answers)
	r.Score = 100 * (float64(r.Promoters) - float64(r.Detractors)) / size
	more := size + 3
	up, down := (float64(r.Promoters)+.75)/more, (float64(r.Detractors)+.75)/more
	middle := up - down
	half := z95 * math.Sqrt((up+down-middle*middle)/more)
	// The score itself always lies in its interval, however few there are.
	r.Interval = [2]float64{
		math.Max(-100, math.Min(r.Score, 100*(middle-half))),
		math.Min(100, math.Max(r.Score, 100*(middle+half))),
	}
	return r
}

// Contentment is what answers from 1 to 5 say.
type Contentment struct {
	Answers   int
	Satisfied int        // 4 and 5
	Share     float64    // of the satisfied, 0…1; NaN without answers
	Interval  [2]float64 // 95 %, Wilson
	Mean      float64    // of all answers, 1…5; NaN without answers
}

// Content makes the share of the satisfied of how many gave each answer, counts[0] being
// those who gave 1.
func Content(counts [5]int) Contentment {
	var c Contentment
	sum := 0
	for i, n := range counts {
		c.Answers += n
		sum += n * (i + 1)
		if i >= 3 {
			c.Satisfied += n
		}
	}
	c.Share, c.Mean = math.NaN(), math.NaN()
	if c.Answers > 0 {
		c.Share, c.Mean = float64(c.Satisfied)/float64(c.Answers), float64(sum)/float64(c.Answers)
	}
	c.Interval = scorecard.Wilson(c.Satisfied, c.Answers)
	return c
}

// Enough is the number of answers from which a score is shown as one: below it the width of
// the interval would be the whole message.
const Enough = 10

// Missing is how many more answers are needed until the interval of a score is no wider
// than ±points, at the share of promoters and detractors so far; 0 when it is there.
func (r Recommendation) Missing(points float64) int {
	if r.Answers == 0 {
		return Enough
	}
	more := float64(r.Answers) + 3
	up, down := (float64(r.Promoters)+.75)/more, (float64(r.Detractors)+.75)/more
	spread := up + down - (up-down)*(up-down)
	needed := math.Ceil(spread*math.Pow(100*z95/points, 2)) - 3
	return int(math.Max(0, math.Max(needed, Enough)-float64(r.Answers)))
}
