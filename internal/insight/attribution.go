package insight

import (
	"cmp"
	"math"
	"slices"
)

// AttributionModel is a rule that shares an outcome among the visits before it.
type AttributionModel string

// The models. None of them proves what caused an outcome: they only say where the
// people came by. What a channel brings is told by an experiment (lift).
const (
	AttributeLast     AttributionModel = "last"     // all of it to the last visit that did not come directly
	AttributeFirst    AttributionModel = "first"    // all of it to the first visit
	AttributeLinear   AttributionModel = "linear"   // the same to each visit
	AttributePosition AttributionModel = "position" // 40 % first, 40 % last, the rest between
	AttributeDecay    AttributionModel = "decay"    // halved for every 7 days before the outcome
)

// AttributionModels are all of them, the default first.
var AttributionModels = []AttributionModel{AttributeLast, AttributeFirst, AttributeLinear, AttributePosition, AttributeDecay}

// decayHalfLife is in milliseconds; a week, as most web analytics have it.
const decayHalfLife = 7 * 24 * 3600 * 1000

// Touch is one visit before an outcome.
type Touch struct {
	At  int64  // milliseconds since 1970
	Key string // what is credited: a channel, a campaign; "" where the visit names none
	// Direct: nothing is known of how it came. Not every visit without a key is: one with
	// an advertiser's click id alone names no campaign.
	Direct bool
}

// Outcome is what somebody did, with the visits before it, oldest first.
type Outcome struct {
	At      int64
	Value   float64 // money, 0 where there is none
	Touches []Touch
}

// Credit is what one key brought.
type Credit struct {
	Key      string
	Outcomes float64 // shares of outcomes; they add up to the outcomes that had a visit
	Value    float64
	Assists  int // outcomes it was a part of
	Firsts   int // outcomes whose first visit it was
	Lasts    int // outcomes whose last visit it was
}

// Attribute shares outcomes among the keys of their visits, most outcomes first.
// unknown is the outcomes without any visit: nobody can say where they came from.
func Attribute(outcomes []Outcome, model AttributionModel) (credits []Credit, unknown Credit) {
	by := map[string]*Credit{}
	of := func(key string) *Credit {
		if by[key] == nil {
			by[key] = &Credit{Key: key}
		}
		return by[key]
	}
	for _, o := range outcomes {
		if len(o.Touches) == 0 {
			unknown.Outcomes++
			unknown.Value += o.Value
			continue
		}
		weights := attributionWeights(o, model)
		seen := map[string]bool{}
		for i, touch := range o.Touches {
			c := of(touch.Key)
			c.Outcomes += weights[i]
			c.Value += weights[i] * o.Value
			if !seen[touch.Key] {
				seen[touch.Key] = true
				c.Assists++
			}
		}
		of(o.Touches[0].Key).Firsts++
		of(o.Touches[len(o.Touches)-1].Key).Lasts++
	}
	for _, c := range by {
		credits = append(credits, *c)
	}
	slices.SortFunc(credits, func(a, b Credit) int {
		return cmp.Or(cmp.Compare(b.Outcomes, a.Outcomes), cmp.Compare(b.Value, a.Value), cmp.Compare(a.Key, b.Key))
	})
	return credits, unknown
}

// attributionWeights are the shares of an outcome's visits; they add up to 1.
func attributionWeights(o Outcome, model AttributionModel) []float64 {
	n := len(o.Touches)
	weights := make([]float64, n)
	switch model {
	case AttributeFirst:
		weights[0] = 1
	case AttributeLinear:
		for i := range weights {
			weights[i] = 1 / float64(n)
		}
	case AttributePosition:
		positionWeights(weights)
	case AttributeDecay:
		sum := 0.0
		for i, touch := range o.Touches {
			weights[i] = math.Exp2(-float64(max(0, o.At-touch.At)) / decayHalfLife)
			sum += weights[i]
		}
		for i := range weights {
			if sum > 0 {
				weights[i] /= sum
			} else { // all so long ago that nothing is left of any
				weights[i] = 1 / float64(n)
			}
		}
	default:
		last := n - 1
		for i, touch := range o.Touches {
			if !touch.Direct {
				last = i
			}
		}
		weights[last] = 1
	}
	return weights
}

func positionWeights(weights []float64) {
	n := len(weights)
	switch n {
	case 1:
		weights[0] = 1
	case 2:
		weights[0], weights[1] = 0.5, 0.5
	default:
		for i := range weights {
			weights[i] = 0.2 / float64(n-2)
		}
		weights[0], weights[n-1] = 0.4, 0.4
	}
}
