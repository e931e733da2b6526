package report

import (
	"math"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// goal is the KGI's card: where it stands, where it is heading, how likely it is.
func (w *writer) goal() Goal {
	r, ind := w.reading, w.kgi
	g := Goal{
		Label: w.say(words.T("最終の目標(KGI)", "The final goal (KGI)")), Name: ind.Name, Definition: ind.Definition,
		Since: []Run{}, Curve: w.View.Curve(ind.ID),
		ChanceLabel: w.say(words.T("届く見込み", "Probability")),
	}
	if ind.Serves != "" {
		g.Serves = w.say(goal.ManagementGoal(ind.Serves))
	}
	if r.Value != nil {
		g.Value, g.Unit = apart(*r.Value, ind.Unit, w.Lang)
	}
	if r.Goal == nil {
		return g
	}
	g.Target = r.Goal.Label
	if r.Goal.By != nil {
		g.By = w.say(words.T("%sまでに", "by %s", r.Goal.By.Long()))
		if ind.Target.Kind == goal.TargetHold {
			g.By = w.say(words.T("%sまで、この数を保ちます", "to be kept up until %s", r.Goal.By.Long()))
		}
	}
	if on := r.Forecast.On; on != nil {
		g.LandLabel = w.say(words.T("%sの着地(8割の幅)", "Landing on %s (80%% range)", *on))
	}
	if r.Expected != nil && r.Value != nil {
		g.Pace = w.say(words.T("今日までの目安 %s", "Today's pace %s", words.Amount{Value: settled(*r.Expected, ind.Unit), Unit: ind.Unit}))
		gap := *r.Value - *r.Expected
		if ind.Unit != "%" && math.Abs(*r.Expected) >= 10 {
			gap = math.Round(gap) // as the sentence above it does
		}
		g.Gap = words.Change{Value: gap, Unit: ind.Unit}.In(w.Lang)
		if gap != 0 {
			good := gap > 0 == (ind.Target.Direction != goal.Down)
			g.GapGood = &good
		}
	}
	w.ahead(&g)
	w.road(&g)
	g.Since = w.since()
	return g
}

// settled drops the tenths of a count of ten and more: nobody acts on them.
func settled(v float64, unit string) float64 {
	if unit != "%" && math.Abs(v) >= 10 {
		return math.Round(v)
	}
	return v
}

// ahead is the probability and the landing.
func (w *writer) ahead(g *Goal) {
	l := w.reading.Forecast
	switch {
	case l.PAttain != nil:
		p := *l.PAttain
		g.Chance = words.Chance(p).In(w.Lang)
		dots := int(math.Round(p * 10))
		g.Dots = &dots
		switch {
		case dots == 0:
			g.ChanceWords = w.say(words.T("このままでは、届くのは10回に1回もありません", "As things go, not even one way in ten reaches it"))
		case dots == 10:
			g.ChanceWords = w.say(words.T("このままなら、ほぼ届きます", "As things go, it is all but reached"))
		default:
			g.ChanceWords = w.say(words.T("このままなら、10回に%d回は届きます", "As things go, %d ways in ten reach it", dots))
		}
	case l.Reason != nil:
		g.ChanceWords = *l.Reason
	}
	if l.Lo80 != nil && l.Hi80 != nil {
		g.Land = between(*l.Lo80, *l.Hi80, w.kgi.Unit, w.Lang)
	}
}

// between is a range with its unit once.
func between(lo, hi float64, unit string, lang words.Lang) string {
	low, first := apart(settled(lo, unit), unit, lang)
	high, last := apart(settled(hi, unit), unit, lang)
	dash := words.T("〜", "–").In(lang)
	if first == last {
		return low + dash + joined(high, last, lang)
	}
	return joined(low, first, lang) + dash + joined(high, last, lang)
}

// apart is a number and its unit, to be set in two sizes: 42 and 件, 1,882 and 万円.
func apart(v float64, unit string, lang words.Lang) (number, rest string) {
	text := []rune(words.Amount{Value: v, Unit: unit}.In(lang))
	at := 0
	for at < len(text) && (text[at] >= '0' && text[at] <= '9' || text[at] == ',' || text[at] == '.' || text[at] == '−') {
		at++
	}
	number, rest = string(text[:at]), string(text[at:])
	for rest != "" && rest[0] == ' ' {
		rest = rest[1:]
	}
	return number, rest
}

func joined(number, unit string, lang words.Lang) string {
	if lang == words.EN && unit != "" && unit != "%" && unit[0] < 0x80 {
		return number + " " + unit
	}
	return number + unit
}

// road is the bar and the words on the curve.
func (w *writer) road(g *Goal) {
	r := w.reading
	if r.Value != nil && r.Target != nil && *r.Target > 0 && w.kgi.Target.Direction != goal.Down {
		bar := Bar{Value: math.Max(0, math.Min(1, *r.Value / *r.Target))}
		if r.Expected != nil {
			pace := math.Max(0, math.Min(1, *r.Expected / *r.Target))
			bar.Pace = &pace
		}
		g.Bar = &bar
	}
	if g.Curve == nil || len(g.Curve.Days) < 2 {
		g.Curve = nil
		return
	}
	days := g.Curve.Days
	g.Marks = CurveMarks{From: days[0].In(w.Lang), Today: w.AsOf.In(w.Lang), By: days[len(days)-1].In(w.Lang)}
	if g.Curve.Target != nil {
		g.Marks.Target = words.Amount{Value: *g.Curve.Target, Unit: w.kgi.Unit}.In(w.Lang)
	}
}

// since holds the time of the rhythm against the like-for-like time before it.
func (w *writer) since() []Run {
	n := w.Rhythm.Days()
	now := series.Span{From: w.AsOf - series.Day(n) + 1, To: w.AsOf}
	before := now.Before(n)
	if n == 1 {
		before = series.Span{From: w.AsOf - 7, To: w.AsOf - 7} // the same weekday: a Monday is no Sunday
	}
	out := []Run{}
	a, b := w.Ev.Value(w.kgi.ID, now), w.Ev.Value(w.kgi.ID, before)
	if a.Exists() && b.Exists() && (w.reading.Kind == "flow" || w.reading.Kind == "rate") {
		is, was := words.Amount{Value: a.V, Unit: w.kgi.Unit}, words.Amount{Value: b.V, Unit: w.kgi.Unit}
		span, prior := w.Rhythm.spans(now)
		out = append(out,
			Run{Text: w.say(words.T("%[1]sの%[2]sは", "%[2]s %[1]s: ", span, w.kgi.Name))}, Run{Text: is.In(w.Lang), Strong: true},
			Run{Text: w.say(words.T("でした(%[1]sは%[2]s)。", " (%[1]s: %[2]s).", prior, was))})
	}
	return append(out, w.chanceSince(len(out) > 0)...)
}

// chanceSince says how the probability moved; two points are within what a day brings.
func (w *writer) chanceSince(follows bool) []Run {
	now := w.reading.Forecast.PAttain
	if now == nil || w.Chance == nil {
		return nil
	}
	gap := ""
	if follows && w.Lang == words.EN {
		gap = " "
	}
	was, is := words.Chance(*w.Chance), words.Chance(*now)
	if math.Abs(*now-*w.Chance) < 0.02 || was.In(w.Lang) == is.In(w.Lang) {
		return []Run{{Text: gap + w.say(words.T("届く見込みは、%sとほぼ同じです。", "The probability is much as it was %s.", w.Rhythm.ago()))}}
	}
	verb := words.T("に上がりました。", ", up.")
	if *now < *w.Chance {
		verb = words.T("に下がりました。", ", down.")
	}
	return []Run{
		{Text: gap + w.say(words.T("届く見込みは%[1]sの%[2]sから", "The probability went from %[2]s %[1]s to ", w.Rhythm.ago(), was))},
		{Text: is.In(w.Lang), Strong: true}, {Text: w.say(verb)},
	}
}

// numbers are the rows of the table: what is watched, what the goal is made of, what is
// behind.
func (w *writer) numbers() Numbers {
	out := Numbers{
		Title: w.say(words.T("目標を支える数字", "The numbers behind it")), Rows: []Row{},
		Heads: []string{w.say(words.T("数字", "Number")), w.say(words.T("いま", "Now")), w.say(words.T("目安", "Pace")), w.say(words.T("変化", "Change"))},
		None:  w.say(words.T("まだ、目標につながる数字(KPI)がありません。", "No number (KPI) is linked to the goal yet.")),
	}
	for _, ind := range w.chosen() {
		out.Rows = append(out.Rows, w.row(ind))
	}
	return out
}

// chosen are the indicators of the table in their order: the focus, the KGI's own inputs,
// then whatever is missed or behind.
func (w *writer) chosen() []*goal.Indicator {
	var list []*goal.Indicator
	taken := map[string]bool{w.kgi.ID: true}
	take := func(id string) {
		if ind := w.model.Indicator(id); ind != nil && !taken[id] && len(list) < mostRows {
			taken[id] = true
			list = append(list, ind)
		}
	}
	for _, id := range w.Focus {
		take(id)
	}
	for _, id := range w.model.Children(w.kgi.ID) {
		take(id)
	}
	standing := w.View.Status()
	for _, status := range []string{insight.StatusMissed, insight.StatusBehind} {
		for _, ind := range w.model.Indicators {
			if standing.Reading(ind.ID).Status == status {
				take(ind.ID)
			}
		}
	}
	return list
}

func (w *writer) row(ind *goal.Indicator) Row {
	r := w.View.Status().Reading(ind.ID)
	row := Row{ID: ind.ID, Name: ind.Name, Focus: w.watched(ind.ID), Mark: markOr(r), Note: ind.Why}
	if row.Note == "" {
		row.Note = ind.Definition
	}
	row.MarkWord = w.say(MarkWord(row.Mark))
	row.Value = w.say(words.T("まだ数字がありません", "No number yet"))
	if r.Value != nil {
		row.Value = words.Amount{Value: *r.Value, Unit: ind.Unit}.In(w.Lang)
	}
	if r.Expected != nil {
		row.Pace = words.Amount{Value: settled(*r.Expected, ind.Unit), Unit: ind.Unit}.In(w.Lang)
	}
	if c := r.Change; c != nil && c.Relative != nil {
		row.Change, row.Good = c.Label+" "+words.RelativeChange(*c.Relative).In(w.Lang), c.Good
	}
	return row
}
