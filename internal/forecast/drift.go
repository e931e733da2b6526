package forecast

import "math"

// blockDays is the length of the blocks whose means show how a level wanders:
// four whole weeks.
const blockDays = 28

// drift is how far a level strays from where it is now. Days scatter around
// their level, and the level itself does not stay: the longer the way, the more
// that second part is what the width of a forecast is made of.
type drift struct {
	perBlock float64 // variance of the level's step from one block to the next
	most     float64 // the variance it has never exceeded
}

// driftOf compares the means of neighbouring blocks; noise is the variance a
// block's mean has from its days alone.
func driftOf(blocks []float64, noise float64) drift {
	if len(blocks) < 3 {
		return drift{}
	}
	steps := 0.0
	for i := 1; i < len(blocks); i++ {
		steps += (blocks[i] - blocks[i-1]) * (blocks[i] - blocks[i-1])
	}
	steps /= float64(len(blocks) - 1)
	// The step between two block means of a random walk is two thirds of its
	// step per block, plus the noise of both means.
	return drift{
		perBlock: max((steps-2*noise)*1.5, 0),
		most:     2 * max(variance(blocks)-noise, 0),
	}
}

// variance of the mean level over the days ahead around today's level: a third
// of what a random walk has strayed by their end.
func (d drift) variance(ahead int) float64 {
	return min(d.perBlock*float64(ahead)/blockDays/3, d.most)
}

// blocks is the levels of whole runs of days that end today, oldest first.
func (k knownDays) blocks(length int) []float64 {
	n := len(k.values) / length
	means := make([]float64, 0, n)
	for b := range n {
		from := len(k.values) - (n-b)*length
		sum, weight := 0.0, 0.0
		for i := from; i < from+length; i++ {
			sum += k.values[i]
			weight += k.weights[i]
		}
		if weight > 0 {
			means = append(means, sum/weight)
		}
	}
	return means
}

// trend is a growth that has been there long enough to be believed, and dies
// down: what grew for half a year grows on for some weeks, not for ever.
type trend struct{ perBlock float64 }

const (
	trendFromDays = 182
	trendBlock    = 14
	trendDamping  = 0.8 // of each block's growth that is left in the next
	trendCertain  = 3.0 // standard errors of the slope
)

func trendOf(days knownDays) trend {
	if len(days.values) < trendFromDays {
		return trend{}
	}
	half := days.last(trendFromDays)
	blocks := half.blocks(trendBlock)
	n := float64(len(blocks))
	if n < 10 {
		return trend{}
	}
	middle, centre := (n-1)/2, mean(blocks)
	sxx, sxy := 0.0, 0.0
	for i, b := range blocks {
		x := float64(i) - middle
		sxx += x * x
		sxy += x * (b - centre)
	}
	slope, left := sxy/sxx, 0.0
	for i, b := range blocks {
		r := b - centre - slope*(float64(i)-middle)
		left += r * r
	}
	deviation := math.Sqrt(left / (n - 2) / sxx)
	if math.Abs(slope) <= trendCertain*deviation {
		return trend{}
	}
	return trend{perBlock: slope}
}

// on is how much the level has grown some days ahead.
func (t trend) on(ahead int) float64 {
	if t.perBlock == 0 {
		return 0
	}
	blocks := float64(ahead) / trendBlock
	return t.perBlock * (1 - math.Pow(trendDamping, blocks)) / -math.Log(trendDamping)
}
