package insight

import (
	"math"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/words"
)

const (
	// worthSaying is the change against the four weeks before from which an
	// indicator is mentioned, and stakeWorth the part of the KGI it must move.
	worthSaying = 0.05
	stakeWorth  = 0.03
	// badNews counts half as much again: a leak is worth knowing first.
	badNews = 1.5
)

// moved is an indicator whose recent change matters to the KGI.
type moved struct {
	ind    *goal.Indicator
	change Change
	stake  float64 // KGI units in four weeks; negative is for the worse
}

// biggestChange finds the end of the tree whose change over the last four weeks
// moves the KGI most; nil where nothing is worth saying. Only ends are looked
// at, because what lies above them changes with them.
func (v *View) biggestChange() *moved {
	kgi := v.model.KGI()
	level := v.value(kgi.ID, v.recentSpan().Before(comparisonDays)).V
	down := kgi.Target != nil && kgi.Target.Direction == goal.Down
	var best *moved
	weight := 0.0
	for _, ind := range v.model.Indicators {
		if ind.IsKGI || v.passesOn(ind) {
			continue
		}
		slope, some := v.slope(ind.ID)
		c := v.change(ind)
		if !some || c == nil || c.Relative == nil || math.Abs(*c.Relative) < worthSaying {
			continue
		}
		m := moved{ind, *c, slope * c.Absolute}
		if down {
			m.stake = -m.stake
		}
		if !exists(level) || math.Abs(m.stake) < stakeWorth*math.Abs(level) || m.stake == 0 {
			continue
		}
		w := math.Abs(m.stake)
		if m.stake < 0 {
			w *= badNews
		}
		if w > weight {
			best, weight = &m, w
		}
	}
	return best
}

// passesOn reports whether an indicator only carries on what its own inputs do.
func (v *View) passesOn(ind *goal.Indicator) bool {
	if ind.Formula == nil {
		return false
	}
	for _, child := range v.model.Children(ind.ID) {
		if v.change(v.model.Indicator(child)) == nil {
			return false
		}
	}
	return true
}

func (v *View) sayChanged(m *moved) Sentence {
	kgi := v.model.KGI()
	if m == nil {
		if last, some := v.history(kgi.ID).LastPresent(); some && int(v.asOf)-int(last) > staleDays {
			return v.sentence("changed", nil, "", words.T("%sのあと新しいデータがないので、変わったことをくらべられません。", "There are no data after %s, so nothing can be compared.", bold{last}))
		}
		if v.change(kgi) == nil {
			return v.sentence("changed", nil, "", words.T("8週間分のデータがそろうと、変わったことをここでお知らせします。", "Once there are eight weeks of data, you will read here what changed."))
		}
		return v.sayQuiet(kgi)
	}
	mark := &v.reading(m.ind).Status
	now := strong(m.change.Now, m.ind.Unit)
	relative := bold{words.Percent(math.Abs(*m.change.Relative))}
	stake := bold{about(m.stake, kgi)}
	text := words.T("%[1]sが4週間で%[2]s上がり、%[3]sになりました。", "%[1]s rose by %[2]s in four weeks, to %[3]s.", m.ind.Name, relative, now)
	if m.change.Absolute < 0 {
		text = words.T("%[1]sが4週間で%[2]s下がり、%[3]sになりました。", "%[1]s fell by %[2]s in four weeks, to %[3]s.", m.ind.Name, relative, now)
	}
	effect := words.T("%[1]sでは4週あたり約%[2]sのプラスです。", " That is worth about %[2]s of %[1]s in four weeks.", kgi.Name, stake)
	if m.stake < 0 {
		effect = words.T("%[1]sでは4週あたり約%[2]sの損です。", " That costs about %[2]s of %[1]s in four weeks.", kgi.Name, stake)
	}
	return v.sentence("changed", mark, m.ind.ID, words.T("%s%s", "%s%s", text, effect))
}

// sayQuiet is for weeks in which no end of the tree moved enough to matter.
func (v *View) sayQuiet(kgi *goal.Indicator) Sentence {
	c := v.change(kgi)
	if c.Relative == nil || math.Abs(*c.Relative) < worthSaying {
		return v.sentence("changed", nil, "", words.T("この4週間、大きな変化はありません。", "Nothing much has changed in the last four weeks."))
	}
	way := words.T("増えました", "rose")
	if *c.Relative < 0 {
		way = words.T("減りました", "fell")
	}
	return v.sentence("changed", nil, kgi.ID, words.T("%[1]sは前の4週より%[2]s%[3]s(%[4]s)。", "%[1]s %[3]s by %[2]s against the four weeks before (%[4]s).",
		kgi.Name, bold{words.Percent(math.Abs(*c.Relative))}, way, words.Change{Value: c.Absolute, Unit: kgi.Unit}))
}

// about is a size that is only roughly known.
func about(x float64, ind *goal.Indicator) words.Amount {
	x = math.Abs(x)
	if ind.Unit != "%" && x >= 1 {
		x = roundLike(math.Round(x))
	}
	return words.Amount{Value: x, Unit: ind.Unit}
}
