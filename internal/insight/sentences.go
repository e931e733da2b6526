package insight

import (
	"math"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// Sentences writes the three above the map: where we stand, what changed, what
// to do next. standing and findings are those of the same evaluator and options.
func Sentences(ev *goal.Evaluator, standing *Standing, findings []Finding, opt Options) [3]Sentence {
	v := NewView(ev, opt)
	for _, r := range standing.Indicators {
		v.readings[r.ID] = r
	}
	return v.Sentences(findings)
}

// Sentences writes the three above the map; findings are those of Check.
func (v *View) Sentences(findings []Finding) [3]Sentence {
	change := v.biggestChange()
	return [3]Sentence{v.sayNow(), v.sayChanged(change), v.sayNext(change, findings)}
}

// sayNow tells where the KGI stands, compared with what the pace asks for.
func (v *View) sayNow() Sentence {
	kgi := v.model.KGI()
	r := v.reading(kgi)
	return v.sentence("now", &r.Status, kgi.ID, v.nowText(kgi, r))
}

func (v *View) nowText(kgi *goal.Indicator, r *Reading) words.Text {
	t := kgi.Target
	switch {
	case v.notBegun(kgi):
		return words.T("%[1]sの目標は%[2]sに始まります。%[3]sを目指します。", "The target for %[1]s begins on %[2]s. The aim is %[3]s.", kgi.Name, bold{t.From}, v.targetLabel(kgi))
	case r.Value == nil && present(v.history(kgi.ID)) == 0:
		return words.T("%sのデータはまだありません。データをつなぐと、ここに今日の位置が出ます。", "There are no data for %s yet. Connect some, and you will see here where you stand.", kgi.Name)
	case r.Value == nil:
		return words.T("%sの値を出せません。%s", "%s has no value. %s", kgi.Name, v.whyNoValue(kgi, v.value(kgi.ID, r.ValueSpan)))
	case r.Target == nil:
		return words.T("%[1]sの%[2]sは%[3]sです。目標の数を決めると、届く見込みを出します。", "%[2]s %[1]s: %[3]s. Set a number to reach, and you will see how likely it is.",
			v.spanName(kgi), kgi.Name, strong(*r.Value, kgi.Unit))
	}
	head := words.T("%[1]sの%[2]sは%[3]s", "%[2]s %[1]s: %[3]s", v.spanName(kgi), kgi.Name, strong(*r.Value, kgi.Unit))
	switch r.Status {
	case StatusMet:
		return words.T("%sで、%sに届きました。", "%s. The target (%s) is reached.", head, v.targetLabel(kgi))
	case StatusMissed:
		return words.T("%s%s", "%s%s", v.missedText(kgi, r, head), v.missingText(kgi, r))
	case StatusTooEarly:
		return words.T("%[1]sです。%[2]sに向けて始まったばかりで、判定まであと%[3]s待ちます。", "%[1]s. It is early days for %[2]s: wait %[3]s more to judge.", head, v.targetLabel(kgi), bold{days(v.daysToJudge(kgi))})
	case "":
		return words.T("%sです。期限を決めると、届く見込みを出します。", "%s. Set a deadline, and you will see how likely it is to be reached.", head)
	}
	return words.T("%s%s", "%s%s", v.againstPace(kgi, r, head), v.chanceText(kgi, r))
}

// againstPace compares the value with today's pace: above, below or on it.
func (v *View) againstPace(kgi *goal.Indicator, r *Reading, head words.Text) words.Text {
	if r.Expected == nil {
		return words.T("%sです。", "%s.", head)
	}
	gap := *r.Value - *r.Expected
	size := words.Change{Value: math.Abs(gap), Unit: kgi.Unit}
	shown := unsigned{size}
	if math.Abs(gap) < 0.005*math.Abs(*r.Expected) || kgi.Unit != "%" && math.Abs(gap) < 0.5 {
		return words.T("%sで、今日までの目安どおりです。", "%s, right on today's pace.", head)
	}
	if kgi.Unit != "%" && math.Abs(*r.Expected) >= 10 {
		shown = unsigned{words.Change{Value: math.Round(math.Abs(gap)), Unit: kgi.Unit}}
	}
	if gap > 0 {
		return words.T("%sで、今日までの目安を%s上回ります。", "%s, %s above today's pace.", head, bold{shown})
	}
	return words.T("%sで、今日までの目安に%s足りません。", "%s, %s short of today's pace.", head, bold{shown})
}

// unsigned drops the sign of a difference that is said by a verb.
type unsigned struct{ words.Change }

// In renders the size.
func (u unsigned) In(lang words.Lang) string {
	text := u.Change.In(lang)
	for _, sign := range []string{"+", "−", "±"} {
		if len(text) > len(sign) && text[:len(sign)] == sign {
			return text[len(sign):]
		}
	}
	return text
}

func (v *View) chanceText(kgi *goal.Indicator, r *Reading) words.Text {
	if r.Forecast.PAttain == nil {
		return words.Text{}
	}
	return words.T("%[1]sに届く見込みは%[2]sです。", " The probability of reaching %[1]s is %[2]s.", v.targetLabel(kgi), bold{words.Chance(*r.Forecast.PAttain)})
}

func (v *View) missedText(kgi *goal.Indicator, r *Reading, head words.Text) words.Text {
	if r.Periods != nil && r.Periods.Complete > 0 {
		return words.T("%[1]sは、%[2]d回のうち%[3]s届きました。%[4]sには足りませんでした。", "%[1]s reached its target %[3]s of %[2]d times, short of %[4]s.",
			kgi.Name, r.Periods.Complete, bold{times(r.Periods.Met)}, v.targetLabel(kgi))
	}
	gap := unsigned{words.Change{Value: math.Abs(*r.Value - *r.Target), Unit: kgi.Unit}}
	if kgi.Target.Direction == goal.Down {
		return words.T("%[1]sで、%[2]sを%[3]s超えました。", "%[1]s, %[3]s over the target (%[2]s).", head, v.targetLabel(kgi), bold{gap})
	}
	return words.T("%[1]sで、%[2]sに%[3]s届きませんでした。", "%[1]s, %[3]s short of the target (%[2]s).", head, v.targetLabel(kgi), bold{gap})
}

// missingText warns where a verdict stands on too few days.
func (v *View) missingText(kgi *goal.Indicator, r *Reading) words.Text {
	missing := v.unmeasured(kgi.ID, r.ValueSpan)
	if float64(missing) <= gapShare*float64(r.ValueSpan.Days()) {
		return words.Text{}
	}
	return words.T("ただし、%s分のデータがありません。", " But %s of data are missing.", bold{days(missing)})
}

// spanName names the days of the value: 今期, 今月, 直近28日.
func (v *View) spanName(ind *goal.Indicator) words.Text {
	t := ind.Target
	if t == nil {
		return words.T("直近28日", "in the last 28 days")
	}
	switch t.Kind {
	case goal.TargetTotal, goal.TargetGrowth:
		return words.T("今期", "so far")
	case goal.TargetHold:
		switch t.Per {
		case series.GrainDay:
			return words.T("%s", "on %s", v.window(ind).value.To)
		case series.GrainWeek:
			return words.T("今週", "this week")
		case series.GrainQuarter:
			return words.T("この四半期", "this quarter")
		}
		return words.T("今月", "this month")
	case goal.TargetReach:
		if v.ev.Kind(ind.ID).String() == "level" {
			return words.T("今", "now")
		}
	}
	return words.T("直近28日", "in the last 28 days")
}

type days int

// In renders a number of days.
func (n days) In(lang words.Lang) string {
	if n == 1 {
		return words.T("1日", "1 day").In(lang)
	}
	return words.T("%d日", "%d days", int(n)).In(lang)
}

type times int

// In renders a number of times.
func (n times) In(lang words.Lang) string { return words.T("%d回", "%d", int(n)).In(lang) }

// daysToJudge is how long it is still too early to tell.
func (v *View) daysToJudge(ind *goal.Indicator) int {
	w := v.window(ind)
	whole := w.whole
	if ind.Target.Kind == goal.TargetHold {
		whole = series.Span{From: w.value.From, To: v.periodEnd(ind.Target, w)}
	}
	need := max(earlyDays, int(math.Ceil(earlyShare*float64(whole.Days()))))
	if ind.Target.Kind == goal.TargetHold && ind.Target.Per <= series.GrainWeek {
		need = int(math.Ceil(earlyShare * float64(whole.Days())))
	}
	return max(need-(int(v.asOf)-int(whole.From)+1), 1)
}
