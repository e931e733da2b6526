package insight

import (
	"math"
	"slices"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// Lever is something a team can move, as a slider shows it. Amounts are as people
// count: per period of a hold target, over four weeks for other sums, the value
// itself for rates and levels. A what-if sets it as a factor of Now: "reels=*1.5".
type Lever struct {
	ID     string  `json:"id"`
	Name   string  `json:"name"`
	Unit   string  `json:"unit"`
	Role   string  `json:"role"`
	Per    *string `json:"per"`       // what amounts are counted over: 週, 4週; null for rates and levels
	Now    float64 `json:"now"`       // over the last four weeks
	Low    float64 `json:"low"`       // the least and the most that four weeks ever had
	High   float64 `json:"high"`      //
	Min    float64 `json:"min"`       // ends of the slider
	Max    float64 `json:"max"`       //
	Limit  *string `json:"limit"`     // why it ends there, where the model says so
	Counts bool    `json:"counts"`    // moving it moves the KGI, as far as is known
	Note   *string `json:"note"`      // why it does not, where it does not
	Weight float64 `json:"weight"`    // effort of a change by 100 %
	Direct bool    `json:"by_itself"` // what the team does itself
}

// sliderRoom is how far a slider goes beyond what was ever seen.
const sliderRoom = 1.5

// Levers lists what a team can move: what it does itself first, then what is known
// to move the KGI, then the rest that leads to it.
func (v *View) Levers() []Lever {
	span := v.recentSpan()
	c := v.carrier(span)
	kgi := c.place[v.model.KGI().ID]
	depths := v.model.Depths()
	out := []Lever{}
	for i, id := range c.ids {
		ind := v.model.Indicator(id)
		base := c.base[i].V
		_, leads := depths[id]
		if ind.IsKGI || !leads || len(c.inputs[i]) > 0 || !exists(base) || base <= 0 {
			continue
		}
		room := lever{id: id, place: i, base: base, weight: 1, low: -1, high: mostFactor - 1}
		v.limit(&room, ind, span)
		unit, per := v.countedOver(ind, span)
		low, high := v.everSeen(ind, span)
		if !exists(low) {
			low, high = base, base
		}
		l := Lever{
			ID: id, Name: ind.Name, Unit: ind.Unit, Role: string(ind.Role), Per: v.sayOrNil(per), Now: finite(base * unit), Low: finite(low * unit), High: finite(high * unit),
			Weight: room.weight, Direct: ind.Role == goal.RoleAction,
		}
		l.Min = max(min(l.Low, l.Now)/sliderRoom, l.Now*(1+room.low))
		l.Max = finite(min(max(l.High, l.Now)*sliderRoom, l.Now*(1+room.high)))
		if ind.Effort != nil && ind.Effort.Max != nil && l.Max < finite(max(l.High, l.Now)*sliderRoom) {
			l.Limit = v.sayOrNil(words.T("地図で決めた上限です。", "The limit set on the map."))
		}
		if v.givenUp() {
			return out
		}
		after := c.run(map[int]float64{i: base * 1.1}, nil, math.Inf(1)).after[kgi]
		l.Counts = !same(after, c.base[kgi].V)
		if !l.Counts {
			l.Note = v.sayOrNil(v.whyIdle(c, id))
		}
		out = append(out, l)
	}
	slices.SortStableFunc(out, func(a, b Lever) int { return rank(a) - rank(b) })
	return out
}

// finite keeps what is larger than any number at the largest there is.
func finite(x float64) float64 { return min(max(x, -math.MaxFloat64), math.MaxFloat64) }

func rank(l Lever) int {
	switch {
	case l.Direct && l.Counts:
		return 0
	case l.Counts && l.Role != string(goal.RoleOutcome):
		return 1
	case l.Direct:
		return 2
	}
	return 3
}

// countedOver turns an amount over the what-if's days into one as people count it.
func (v *View) countedOver(ind *goal.Indicator, span series.Span) (factor float64, per words.Text) {
	if !v.flow(ind.ID) {
		return 1, words.Text{}
	}
	if t := ind.Target; t != nil && t.Kind == goal.TargetHold {
		days := map[series.Grain]float64{series.GrainDay: 1, series.GrainWeek: 7, series.GrainMonth: 365.25 / 12, series.GrainQuarter: 365.25 / 4, series.GrainYear: 365.25}[t.Per]
		return days / float64(span.Days()), grainName(t.Per)
	}
	return comparisonDays / float64(span.Days()), words.T("4週", "four weeks")
}

func grainName(g series.Grain) words.Text {
	switch g {
	case series.GrainDay:
		return words.T("日", "day")
	case series.GrainWeek:
		return words.T("週", "week")
	case series.GrainMonth:
		return words.T("月", "month")
	case series.GrainQuarter:
		return words.T("四半期", "quarter")
	}
	return words.T("年", "year")
}

// whyIdle says why moving a lever moves nothing, as far as is known.
func (v *View) whyIdle(c *carrier, id string) words.Text {
	for _, in := range c.uncounted {
		if in.From == id {
			return words.T("「%s」への効きがまだ確かめられていないので、動かしても計算には入りません。",
				"Whether it moves “%s” cannot be told yet, so it does not count.", v.model.Indicator(in.To).Name)
		}
	}
	for _, in := range v.model.Influences {
		if in.From == id {
			return words.T("「%s」は動かないと分かっています。", "It is known not to move “%s”.", v.model.Indicator(in.To).Name)
		}
	}
	return words.T("目標までの道がまだつながっていません。", "No counted way leads from it to the goal.")
}
