package server

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/picture"
	"github.com/shirube/shirube/internal/words"
)

// pictureOf puts a map into the words that stand on its picture; they are those of the screens.
func pictureOf(reply MapReply, lang words.Lang) picture.Map {
	say := func(ja, en string, args ...any) string { return words.T(ja, en, args...).In(lang) }
	m := picture.Map{
		Name:  reply.Model.Name,
		Line:  say("第%d版・%sまでの数字", "Version %d · numbers up to %s", reply.Model.Version, reply.AsOf.Long()),
		Goal:  [3]string{say("経営目標", "Management goal"), reply.Goal.Name, agreedWords(reply.Model.Agreed, lang)},
		Signs: map[string]string{}, Strip: say("まだ道のない指標", "Without a road yet"),
		Printed: say("%sまでの数字・%sに作成", "Numbers up to %s, made on %s", reply.AsOf, reply.Today.Long()),
	}
	for _, one := range reply.Indicators {
		card := pictureCard(one, reply, lang)
		if card.Watched = reply.Focus != nil && slices.Contains(reply.Focus.Indicators, one.ID); card.Watched {
			m.Watched = say("注力", "Focus")
		}
		m.Cards = append(m.Cards, card)
	}
	for _, j := range reply.Junctions {
		m.Signs[j.Parent] = j.Operator
	}
	for _, status := range []string{insight.StatusMet, insight.StatusOnPace, insight.StatusBehind, insight.StatusMissed, insight.StatusTooEarly} {
		m.Marks = append(m.Marks, picture.Mark{Status: picture.Status(status), Word: statusWords[status].In(lang)})
	}
	computing := reply.Evidence == "computing"
	kinds := []picture.RoadKind{picture.Formula}
	for _, link := range reply.Links {
		road := pictureLink(link, computing, lang)
		m.Links = append(m.Links, road)
		if !slices.Contains(kinds, road.Kind) {
			kinds = append(kinds, road.Kind)
		}
	}
	for _, kind := range roadWords {
		if slices.Contains(kinds, kind.kind) {
			m.Roads = append(m.Roads, picture.RoadWords{Kind: kind.kind, Word: kind.word.In(lang)})
		}
	}
	return m
}

var statusWords = map[string]words.Text{
	insight.StatusMet: words.T("達成", "Met"), insight.StatusOnPace: words.T("順調", "On pace"), insight.StatusBehind: words.T("遅れ", "Behind"),
	insight.StatusMissed: words.T("未達", "Missed"), insight.StatusTooEarly: words.T("判定前", "Too early"),
}

// roadWords is what the legend says of each kind of road, in its order.
var roadWords = []struct {
	kind picture.RoadKind
	word words.Text
}{
	{picture.Formula, words.T("計算でつながる", "Calculated")},
	{picture.Moves, words.T("影響(太いほど強い)", "Influence (wider is stronger)")},
	{picture.Still, words.T("動いていない", "Does not move it")},
	{picture.Broken, words.T("切れています", "Broken")},
	{picture.Measuring, words.T("測定中", "Being measured")},
	{picture.Checking, words.T("確認中", "Being checked")},
	{picture.Unmeasured, words.T("まだ分からない", "Not known yet")},
}

func agreedWords(agreed []Agreement, lang words.Lang) string {
	if len(agreed) == 0 {
		return words.T("この目標には、まだだれも合意していません", "Nobody has agreed to this target yet").In(lang)
	}
	names := make([]string, len(agreed))
	for i, a := range agreed {
		names[i] = a.By
	}
	return words.T("%sが合意", "Agreed by %s", strings.Join(names, words.T("、", ", ").In(lang))).In(lang)
}

func pictureCard(one MapIndicator, reply MapReply, lang words.Lang) picture.Card {
	say := func(ja, en string, args ...any) string { return words.T(ja, en, args...).In(lang) }
	amount := func(n front.Number) string { return words.Amount{Value: float64(n), Unit: one.Unit}.In(lang) }
	exists := func(n front.Number) bool { return !math.IsNaN(float64(n)) }
	card := picture.Card{
		ID: one.ID, Name: one.Name, KGI: one.IsKGI, Status: picture.Status(one.Status), NoData: !one.HasData && !exists(one.Value),
		Missing: say("データがまだありません", "No data yet"), Spark: one.Spark.Values,
	}
	switch {
	case exists(one.Value):
		card.Value = amount(one.Value)
	case one.NoValue != nil && one.HasData:
		card.Missing = *one.NoValue
	}
	switch {
	case exists(one.Expected):
		card.Pace = say("目安 %s", "pace %s", amount(one.Expected))
	case one.Target != nil && exists(one.Target.Amount):
		card.Pace = say("目標 %s", "target %s", amount(one.Target.Amount))
	default:
		card.Pace = say("目標なし", "no target")
	}
	switch {
	case one.Freshness.Stale && one.HasData && one.Freshness.StaleDays != nil:
		card.Aside, card.Tone = say("%d日前の数字", "%d days old", *one.Freshness.StaleDays), picture.Behind
	case one.Change != nil && one.ChangeText != nil:
		// The screens' "vs. 4 weeks before −6%" takes a card's whole line.
		card.Aside, card.Tone = say("前4週比 %s", "%s in 4 weeks", *one.ChangeText), toneOf(one.Change.Good)
	}
	if one.Target != nil && exists(one.Target.Amount) && exists(one.Attainment) {
		card.Share = number(one.Attainment)
		if due := dueShare(one); exists(due) {
			card.Due = number(due)
		}
	}
	if one.IsKGI {
		pictureKGI(&card, one, reply, lang)
	}
	return card
}

// number is a value that exists.
func number(n front.Number) *float64 {
	v := float64(n)
	return &v
}

func toneOf(good *bool) picture.Colour {
	switch {
	case good == nil:
		return picture.Quiet
	case *good:
		return picture.Met
	}
	return picture.Missed
}

// dueShare is where today's pace stands on the bar; where less is better the scale is turned round.
func dueShare(one MapIndicator) front.Number {
	amount, expected := one.Target.Amount, one.Expected
	if amount == 0 || expected == 0 {
		return front.Number(math.NaN())
	}
	if one.Target.Direction == "down" {
		return amount / expected
	}
	return expected / amount
}

// pictureKGI adds what stands on the KGI's card alone.
func pictureKGI(card *picture.Card, one MapIndicator, reply MapReply, lang words.Lang) {
	say := func(ja, en string, args ...any) string { return words.T(ja, en, args...).In(lang) }
	amount := func(v float64) string { return words.Amount{Value: v, Unit: one.Unit}.In(lang) }
	card.Heading = say("KGI(最終目標)", "KGI (final goal)")
	if one.Target != nil {
		card.Target = one.Target.Label
	}
	if !math.IsNaN(float64(one.Expected)) {
		card.Pace = say("今日までの目安 %s", "Pace for today: %s", amount(float64(one.Expected)))
	}
	ahead := one.Forecast
	if ahead.PAttain != nil {
		card.Odds = ahead.PAttain
		card.Chance = [2]string{say("達成できる確率", "Chance of reaching it"), words.Chance(*ahead.PAttain).In(lang)}
	} else {
		reason := say("見込みはまだ出せません", "No outlook yet")
		if ahead.Reason != nil {
			reason = *ahead.Reason
		}
		card.Chance[0] = reason
	}
	if ahead.Lo80 != nil && ahead.Hi80 != nil {
		low, high := words.Group(math.Round(*ahead.Lo80), 0), amount(math.Round(*ahead.Hi80))
		if one.Unit == "%" {
			low, high = amount(*ahead.Lo80), amount(*ahead.Hi80)
		}
		card.Landing = [2]string{say("着地の見込み", "Landing"), low + say("〜", "–") + high}
	}
	if curve := one.Curve; curve != nil && len(curve.Days) > 0 {
		card.Curve = &picture.Curve{
			Actual: curve.Actual, Pace: curve.Pace, Mean: curve.Mean, Low: curve.Lo80, High: curve.Hi80, Target: curve.Target, Today: float64(reply.AsOf),
			Labels: [3]string{curve.Days[0].In(lang), reply.AsOf.In(lang), curve.Days[len(curve.Days)-1].In(lang)},
		}
		for _, day := range curve.Days {
			card.Curve.Days = append(card.Curve.Days, float64(day))
		}
		if curve.Target != nil {
			card.Curve.TargetLabel = amount(*curve.Target)
		}
	}
}

// pictureLink is a road with what is said of it.
func pictureLink(link MapLink, computing bool, lang words.Lang) picture.Link {
	road := picture.Link{From: link.From, To: link.To, Kind: roadKind(link, computing)}
	if link.Effect != nil {
		road.Strength = link.Effect.Elasticity
	}
	if link.Label != nil {
		first, second, parted := strings.Cut(*link.Label, words.T("・", " · ").In(lang))
		road.Lines = [2]string{first, second}
		if !parted {
			road.Lines[1] = link.GradeLabel
		}
	}
	switch {
	case road.Kind == picture.Broken && link.Break != nil:
		road.Lines = [2]string{words.T("つながりが切れました", "The link is broken").In(lang), words.T("%sから", "since %s", link.Break.Date).In(lang)}
	case road.Kind == picture.Checking:
		road.Lines = [2]string{words.T("確認中", "Being checked").In(lang), ""}
	}
	road.Lines[0] = cmp.Or(road.Lines[0], link.GradeLabel)
	return road
}

func roadKind(link MapLink, computing bool) picture.RoadKind {
	switch {
	case link.Kind == "formula":
		return picture.Formula
	case computing:
		return picture.Checking
	case link.Verdict == "moves":
		return picture.Moves
	case link.Break != nil:
		return picture.Broken
	case link.Verdict == "does-not-move":
		return picture.Still
	case link.DaysNeeded != nil && *link.DaysNeeded > 0:
		return picture.Measuring
	}
	return picture.Unmeasured
}
