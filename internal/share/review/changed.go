package review

import (
	"math"

	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/words"
)

const (
	// chanceWorth is from how many points on a change of the chance is told, and mostChanges
	// how much is read out before the first item.
	chanceWorth = 0.05
	mostChanges = 12
)

// good ranks the marks; those that say neither have no rank.
var good = map[string]int{insight.StatusMissed: 1, insight.StatusBehind: 2, insight.StatusOnPace: 3, insight.StatusMet: 4}

// Changes tells what is different from one scene to a later one: the goal's chance first, then
// the marks, the links, and what is not found any more.
func Changes(before, now Scene) []Change {
	var out []Change
	out = append(out, chanceChange(before, now)...)
	for _, r := range now.Readings {
		if was := before.Reading(r.ID); was != nil && was.Status != r.Status {
			out = append(out, Change{Kind: "status", Indicator: r.ID, Mark: r.Status, Good: better(good[was.Status], good[r.Status]),
				Text: words.T("「%[1]s」が%[2]sから%[3]sに変わりました。", "“%[1]s” went from %[2]s to %[3]s.", r.Name, statusName(was.Status), statusName(r.Status))})
		}
	}
	if before.Measured && now.Measured {
		out = append(out, roadChanges(before, now)...)
		out = append(out, goneChanges(before, now)...)
	}
	return out[:min(len(out), mostChanges)]
}

func better(was, is int) *bool {
	if was == 0 || is == 0 || was == is {
		return nil
	}
	yes := is > was
	return &yes
}

func chanceChange(before, now Scene) []Change {
	was, is := before.Reading(before.KGI), now.Reading(now.KGI)
	if was == nil || is == nil || was.ID != is.ID || was.Chance == nil || is.Chance == nil || math.Abs(*is.Chance-*was.Chance) < chanceWorth {
		return nil
	}
	up := *is.Chance > *was.Chance
	text := words.T("「%[1]s」が目標に届く見込みは、%[2]sから%[3]sに下がりました。", "The chance of reaching “%[1]s” fell from %[2]s to %[3]s.", is.Name, words.Chance(*was.Chance), words.Chance(*is.Chance))
	if up {
		text = words.T("「%[1]s」が目標に届く見込みは、%[2]sから%[3]sに上がりました。", "The chance of reaching “%[1]s” rose from %[2]s to %[3]s.", is.Name, words.Chance(*was.Chance), words.Chance(*is.Chance))
	}
	return []Change{{Kind: "chance", Indicator: is.ID, Mark: is.Status, Good: &up, Text: text}}
}

func roadChanges(before, now Scene) []Change {
	var out []Change
	add := func(road Road, fine bool, text words.Text) {
		out = append(out, Change{Kind: "link", Indicator: road.From, Good: &fine, Text: text})
	}
	for _, road := range now.Roads {
		was := before.Road(road.From, road.To)
		switch {
		case was == nil:
		case road.Broken && !was.Broken:
			add(road, false, words.T("「%[1]s」から「%[2]s」へのつながりが切れました。", "The link from “%[1]s” to “%[2]s” broke.", road.FromName, road.ToName))
		case was.Broken && !road.Broken && road.Verdict == insight.VerdictMoves:
			add(road, true, words.T("「%[1]s」から「%[2]s」へのつながりが戻りました。", "The link from “%[1]s” to “%[2]s” is back.", road.FromName, road.ToName))
		case was.Verdict == road.Verdict:
		case road.Verdict == insight.VerdictMoves:
			add(road, true, words.T("「%[1]s」が「%[2]s」を動かすと分かりました。", "“%[1]s” is now known to move “%[2]s”.", road.FromName, road.ToName))
		case road.Verdict == insight.VerdictDoesNotMove:
			add(road, false, words.T("「%[1]s」は「%[2]s」を動かさないと分かりました。", "“%[1]s” is now known not to move “%[2]s”.", road.FromName, road.ToName))
		case was.Verdict == insight.VerdictMoves:
			add(road, false, words.T("「%[1]s」が「%[2]s」を動かすとは、言えなくなりました。", "That “%[1]s” moves “%[2]s” cannot be said any more.", road.FromName, road.ToName))
		}
	}
	return out
}

func goneChanges(before, now Scene) []Change {
	var out []Change
	for _, f := range before.Found {
		// What was told of another indicator of the same kind is not the same finding.
		if f.Severity == "info" || now.Finding(f.Key) != nil {
			continue
		}
		yes := true
		name := f.Indicator
		if r := before.Reading(f.Indicator); r != nil {
			name = r.Name
		}
		text := words.T("前回の「%s」は、なくなりました。", "“%s” of last time is gone.", f.Title)
		if name != "" {
			text = words.T("「%[1]s」の「%[2]s」は、なくなりました。", "“%[2]s” (%[1]s) is gone.", name, f.Title)
		}
		out = append(out, Change{Kind: "gone", Indicator: f.Indicator, Good: &yes, Text: text})
	}
	return out
}
