package review

import (
	"math"
	"slices"
	"strings"

	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// Outcome is what came of a decision.
type Outcome struct {
	Mark string     `json:"mark,omitempty"` // of the indicator now
	Open bool       `json:"open"`           // it is not over: look after it again
	Text words.Text `json:"text"`
}

// Undertaking is an initiative as a review looks at it.
type Undertaking struct {
	Name  string
	State string     // idea, running, finished
	Told  words.Text // the sentence of its newest estimate; "" without one
}

// Prefixes of the ids of items.
const (
	followPrefix  = "follow:"
	findingPrefix = "finding:"
	roadPrefix    = "road:"
	ownPrefix     = "own:"
	aboutPrefix   = "indicator:"
	agreementItem = "agreement"
)

// Unfollowed are the decisions that nobody has looked back at yet, the oldest first. A
// decision to leave things as they are that was itself made looking back ends its line.
func Unfollowed(all []Settled) []Settled {
	followed := map[string]bool{}
	for _, d := range all {
		if id, ok := strings.CutPrefix(d.Item, followPrefix); ok {
			followed[id] = true
		}
	}
	var out []Settled
	for _, d := range all {
		ends := d.Kind == Keep && strings.HasPrefix(d.Item, followPrefix)
		if !followed[d.ID] && !ends {
			out = append(out, d)
		}
	}
	slices.SortStableFunc(out, func(a, b Settled) int { return int(a.On - b.On) })
	return out
}

// Follow says what came of a decision, as far as a day's scene shows it. work is the
// initiative it started, nil where it started none or that one is gone.
func Follow(d Decision, now Scene, today series.Day, work *Undertaking) Outcome {
	reading := now.Reading(d.Indicator)
	out := Outcome{}
	if reading != nil {
		out.Mark = reading.Status
	}
	late := d.Due != 0 && d.Due < today
	switch d.Kind {
	case Keep:
		out.Text = kept(d, now)
	case ChangeTarget:
		out.Text = since(d, reading)
		out.Open = reading != nil && (reading.Status == insight.StatusTooEarly || reading.Status == insight.StatusNoData)
	case ReplaceKPI:
		out.Text = words.T("第%d版で入れ替えました。", "Replaced in version %d.", d.Version)
		if reading != nil {
			out.Text = joined(out.Text, standing(reading))
		}
	case Initiative:
		out.Text, out.Open = undertaken(work)
		out.Text = joined(out.Text, since(d, reading))
	case MeasureAgain:
		out.Text, out.Open = measured(d, now, reading)
	}
	if out.Open && late {
		out.Text = joined(words.T("期限(%s)を過ぎています。", "It was due on %s.", d.Due), out.Text)
	}
	return out
}

// kept tells whether what was left as it is goes on.
func kept(d Decision, now Scene) words.Text {
	reading := now.Reading(d.Indicator)
	switch {
	case d.Finding == "":
		return since(d, reading)
	case now.Finding(d.Finding) == nil:
		return joined(words.T("この気づきは、そのあと消えました。", "What was found then is gone."), since(d, reading))
	}
	return joined(words.T("この気づきは、いまも続いています。", "What was found then is still there."), since(d, reading))
}

// since compares an indicator with what it was on the day of the decision: by its pace where
// it has one, for what adds up grows by itself.
func since(d Decision, now *Reading) words.Text {
	was := d.Was
	switch {
	case now == nil:
		return words.Text{}
	case was == nil || was.ID != now.ID:
		return standing(now)
	case was.Pace != nil && now.Pace != nil:
		before, after := math.Round(*was.Pace*100), math.Round(*now.Pace*100)
		if before == after {
			return words.T("「%[1]s」は目安の%.0[2]f%%のままで、いまも%[3]sです。", "“%[1]s” is at %.0[2]f%% of its pace as before: %[3]s.", now.Name, after, statusName(now.Status))
		}
		return words.T("「%[1]s」は目安の%.0[2]f%%から%.0[3]f%%になり、いまは%[4]sです。", "“%[1]s” went from %.0[2]f%% to %.0[3]f%% of its pace: %[4]s.", now.Name, before, after, statusName(now.Status))
	case was.Value != nil && now.Value != nil:
		return words.T("「%[1]s」は%[2]sから%[3]sになりました。", "“%[1]s” went from %[2]s to %[3]s.", now.Name, words.Amount{Value: *was.Value, Unit: now.Unit}, words.Amount{Value: *now.Value, Unit: now.Unit})
	}
	return standing(now)
}

// standing is where an indicator is now.
func standing(now *Reading) words.Text {
	if now.Value == nil {
		return words.T("「%s」の数字はまだありません。", "“%s” has no numbers yet.", now.Name)
	}
	return words.T("「%[1]s」はいま%[2]sで、%[3]sです。", "“%[1]s” is at %[2]s: %[3]s.", now.Name, words.Amount{Value: *now.Value, Unit: now.Unit}, statusName(now.Status))
}

func undertaken(work *Undertaking) (words.Text, bool) {
	switch {
	case work == nil:
		return words.T("この施策の記録は消されています。", "The record of this initiative was deleted."), false
	case !work.Told.Zero():
		return joined(words.T("施策「%s」。", "The initiative “%s”.", work.Name), work.Told), work.State == "running"
	case work.State == "idea":
		return words.T("施策「%s」は、まだ始まっていません。", "The initiative “%s” has not begun.", work.Name), true
	case work.State == "running":
		return words.T("施策「%s」を進めています。結果はまだ出していません。", "The initiative “%s” is running. Nobody has asked for its result yet.", work.Name), true
	}
	return words.T("施策「%s」は終わりました。結果を出すと、効いたかどうかが分かります。", "The initiative “%s” is over. Ask for its result to learn whether it worked.", work.Name), true
}

func measured(d Decision, now Scene, reading *Reading) (words.Text, bool) {
	if d.From == "" {
		return since(d, reading), reading == nil || reading.Value == nil
	}
	road := now.Road(d.From, d.To)
	switch {
	case road == nil:
		return words.T("このつながりは、もう地図にありません。", "This link is not on the map any more."), false
	case !now.Measured:
		return words.T("つながりを確かめている途中です。", "The links are still being worked out."), true
	case road.Broken:
		return words.T("「%[1]s」から「%[2]s」へのつながりは、切れたままです。", "The link from “%[1]s” to “%[2]s” is still broken.", road.FromName, road.ToName), true
	case road.Verdict == insight.VerdictMoves:
		return words.T("「%[1]s」が「%[2]s」を動かすと分かりました。", "“%[1]s” is now known to move “%[2]s”.", road.FromName, road.ToName), false
	case road.Verdict == insight.VerdictDoesNotMove:
		return words.T("「%[1]s」は「%[2]s」を動かさないと分かりました。", "“%[1]s” is now known not to move “%[2]s”.", road.FromName, road.ToName), false
	case road.Wait > 0:
		return words.T("「%[1]s」から「%[2]s」への効きは、まだ分かりません。あと%[3]d日で分かる見込みです。", "Whether “%[1]s” moves “%[2]s” cannot be told yet; about %[3]d more days are needed.", road.FromName, road.ToName, road.Wait), true
	}
	return words.T("「%[1]s」から「%[2]s」への効きは、まだ分かりません。", "Whether “%[1]s” moves “%[2]s” cannot be told yet.", road.FromName, road.ToName), true
}

var statusNames = map[string]words.Text{
	insight.StatusMet: {JA: "達成", EN: "met"}, insight.StatusOnPace: {JA: "順調", EN: "on pace"}, insight.StatusBehind: {JA: "遅れ", EN: "behind"},
	insight.StatusMissed: {JA: "未達", EN: "missed"}, insight.StatusTooEarly: {JA: "判定前", EN: "too early to tell"}, insight.StatusNoData: {JA: "データなし", EN: "no data"},
}

func statusName(status string) words.Text { return statusNames[status] }

// joined puts sentences one after the other; those that say nothing are left out.
func joined(all ...words.Text) words.Text {
	all = slices.DeleteFunc(all, words.Text.Zero)
	return words.Join(all, "", " ")
}
