package insight

import (
	"math"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/stat/link"
	"github.com/shirube/shirube/internal/words"
)

// Proposal is the cheapest test that would settle a link that cannot be told.
type Proposal struct {
	Vary     string  `json:"vary"`  // id of what to vary
	Share    float64 `json:"share"` // by how much up and down
	Unit     int     `json:"unit"`  // days that are drawn together
	Days     int     `json:"days"`  // until it is settled
	Power    float64 `json:"power"` // chance of finding an effect that matters by then
	Sentence string  `json:"sentence"`
}

// Ways a team can vary a KPI: by how much, and how many days at a time. A week is
// what people can plan; more than ±60 % hardly anybody dares.
var (
	trialShares = []float64{0.3, 0.6}
	trialUnit   = 7
)

// proposeTest is nil for a link that can be told, or whose test would take longer
// than three years.
func (v *View) proposeTest(l goal.Link, t *tested) *Proposal {
	if t.result.Verdict != link.CannotTell || t.noise <= 0 || t.twin {
		return nil
	}
	matters := l.Influence.Matters
	var best *Proposal
	for _, share := range trialShares {
		trial := link.PlanTrial(t.noise, share, trialUnit, matters)
		if trial.Days < 0 {
			continue
		}
		if best == nil || trial.Days < best.Days/2 { // a bolder test has to be worth it
			best = &Proposal{Vary: l.From, Share: share, Unit: trialUnit, Days: trial.Days, Power: trial.Power}
		}
	}
	if best == nil {
		return nil
	}
	best.Sentence = v.say(words.T("週ごとにくじを引いて、「%[1]s」を%[2]s増やす週と%[2]s減らす週に分けると、約%[3]d週間で効いているかどうかが分かります(見つかる見込み%[4]s)。",
		"Draw lots for each week: %[2]s more of “%[1]s” or %[2]s less. After about %[3]d weeks you know whether it works (chance of finding it %[4]s).",
		v.model.Indicator(l.From).Name, words.Percent(best.Share), int(math.Ceil(float64(best.Days)/7)), words.Percent(best.Power)))
	return best
}
