package insight

import (
	"math"
	"slices"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// Worth says whether a change is worth explaining: like for like, and against what
// such a number changes by anyway.
type Worth struct {
	Calendar    *float64 `json:"calendar"`      // of the change: what other weekdays, holidays and days in number did
	LikeForLike *float64 `json:"like_for_like"` // of the change: what is left without them
	Usual       *float64 `json:"usual"`         // what such spans differed by, like for like, in two of three cases
	Unusual     bool     `json:"unusual"`       // the change is beyond what chance often brings
	Sentence    string   `json:"sentence"`
}

const (
	// unusual is how many usual changes a change must be to be worth a reason.
	unusual = 1.5
	// fewestPairs is how many earlier pairs of spans the usual change is read from.
	fewestPairs, mostPairs = 4, 26
)

// worth is nil where nothing can be said: no change, or no history to compare with.
func (v *View) worth(ind *goal.Indicator, base, now series.Span) *Worth {
	before, after := v.value(ind.ID, base), v.value(ind.ID, now)
	if !before.Exists() || !after.Exists() {
		return nil
	}
	change := after.V - before.V
	scale := 1.0
	if v.flow(ind.ID) {
		profile := v.fullProfile(ind.ID)
		was, is := v.weightOf(profile.Weight, base), v.weightOf(profile.Weight, now)
		if !(was > 0) || !(is > 0) {
			return nil
		}
		scale = is / was
	}
	calendar := before.V * (scale - 1)
	left := change - calendar
	w := &Worth{Calendar: number(calendar), LikeForLike: number(left)}
	usual, known := v.usualChange(ind, base, now)
	if !known {
		w.Unusual = true
		w.Sentence = v.say(words.T("ふだんどれくらい揺れる数かは、まだ記録が足りず分かりません。", "How much this number varies anyway cannot be told yet."))
		return w
	}
	w.Usual = number(usual)
	w.Unusual = math.Abs(left) > unusual*usual
	amount := words.Amount{Value: usual, Unit: ind.Unit}
	said := words.T("この数はふだんでも±%sほど揺れます。", "This number varies by about ±%s anyway.", amount)
	if v.flow(ind.ID) && math.Abs(calendar) > 0.02*math.Abs(before.V) {
		said = words.T("曜日・祝日・日数のちがいが%[1]s、それを除くと%[2]sです。%[3]s", "Other weekdays, holidays and days in number make %[1]s; without them it is %[2]s. %[3]s",
			words.Change{Value: calendar, Unit: ind.Unit}, words.Change{Value: left, Unit: ind.Unit}, said)
	}
	verdict := words.T("理由を見る価値があります。", "It is worth a look.")
	if !w.Unusual {
		verdict = words.T("ふだんの揺れの中なので、理由を探すより様子を見るのがよさそうです。", "It is within that, so waiting may serve better than looking for reasons.")
	}
	w.Sentence = v.say(words.T("%s%s", "%s %s", said, verdict))
	return w
}

func (v *View) weightOf(weight func(series.Day) float64, span series.Span) float64 {
	sum := 0.0
	for day := span.From; day <= span.To; day++ {
		sum += weight(day)
	}
	return sum
}

// usualChange is the typical size of the change between spans as long and as far
// apart, like for like, before the ones asked about: a robust standard deviation.
func (v *View) usualChange(ind *goal.Indicator, base, now series.Span) (float64, bool) {
	days := min(base.Days(), now.Days())
	first, some := v.history(ind.ID).FirstPresent()
	if !some || days == 0 {
		return 0, false
	}
	profile := v.fullProfile(ind.ID)
	perDay := func(span series.Span) float64 {
		x := v.valueOnce(ind.ID, span).V
		if v.flow(ind.ID) {
			x /= v.weightOf(profile.Weight, span)
		}
		return x
	}
	apart := int(now.To - base.To)
	if apart <= 0 {
		return 0, false
	}
	var moves []float64
	step := series.Day(max(days/2, 7))
	for end := min(base.To, now.To) - series.Day(days); len(moves) < mostPairs; end -= step {
		late := series.Span{From: end - series.Day(days) + 1, To: end}
		early := late.Shift(-apart)
		if early.From < first {
			break
		}
		if a, b := perDay(early), perDay(late); exists(a) && exists(b) {
			moves = append(moves, math.Abs(b-a))
		}
	}
	if len(moves) < fewestPairs {
		return 0, false
	}
	slices.Sort(moves)
	usual := 1.4826 * quantile(moves, 0.5)
	if v.flow(ind.ID) {
		usual *= v.weightOf(profile.Weight, now)
	}
	return usual, exists(usual)
}
