package insight

import (
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/words"
)

// checked dresses a finding of the check: its stake where the goal itself is out of
// reach, and a picture.
func (r *reviewer) checked(f Finding) ReviewFinding {
	out := r.dressed(f)
	v := r.v
	if f.Indicator == nil {
		return out
	}
	ind := v.model.Indicator(*f.Indicator)
	switch f.Code {
	case "unrealistic-target":
		out.Chart = r.valuePicture(ind)
		out.Why.Full = v.say(words.T("これまでの日ごとの動きから、この先の進み方を%d通り描き、目標に届く割合を数えました。", "From how days went so far, %d ways ahead were drawn and those that reach the target counted.", outlookPaths))
		amount, _ := v.amount(ind)
		short := amount - numberIn(f.Numbers, "landing")
		if ind.Target.Direction == goal.Down {
			short = -short
		}
		switch {
		case ind.IsKGI:
			out.Stake = r.stakes.lost(short, words.T("目標と、今のままの見込みの差です。", "The target less the forecast as things are."))
		case exists(short) && numberIn(f.Numbers, "landing") > 0:
			if units, _, ok := r.stakes.gain(map[string]float64{ind.ID: clamp(amount / numberIn(f.Numbers, "landing"))}); ok {
				out.Stake = r.stakes.lost(units, words.T("「%s」が目標どおりになったときの見込みと、今のままの見込みの差です。", "The forecast with “%s” on target, less the forecast as things are.", ind.Name))
			}
		}
	case "too-easy-target", "formula-disagrees-with-measure":
		out.Chart = r.valuePicture(ind)
	case "vague-goal", "no-deadline", "no-target", "not-agreed", "no-owner", "no-definition", "no-unit", "not-measured", "no-path-to-kgi", "not-tied-to-management-goal":
		out.Chart = r.checks(ind)
	case "goal-not-shared":
		if len(ind.Stated) > 0 {
			out.Chart = r.statedChecks(ind)
		}
	}
	return out
}

func clamp(f float64) float64 { return min(max(f, 1/mostCatchUp), mostCatchUp) }

func numberIn(numbers map[string]any, key string) float64 {
	if x, ok := numbers[key].(float64); ok {
		return x
	}
	return 0
}

// checks lists what a goal needs and what of it is there.
func (r *reviewer) checks(ind *goal.Indicator) *Picture {
	v := r.v
	t := ind.Target
	var list []PicCheck
	add := func(label words.Text, ok bool, note, missing words.Text) {
		c := PicCheck{Label: v.say(label), State: "no", Note: v.say(missing)}
		if ok {
			c.State, c.Note = "ok", v.say(note)
		}
		list = append(list, c)
	}
	hasNumber := t != nil && t.Kind != goal.TargetVague
	var amount words.Text
	if hasNumber {
		amount = v.targetLabel(ind)
	}
	add(words.T("いくつ", "How much"), hasNumber, amount, words.T("数がない", "no number"))
	var by words.Text
	if t != nil && t.By != nil {
		by = words.T("%s", "%s", *t.By)
	}
	add(words.T("いつまで", "By when"), !by.Zero(), by, words.T("期限がない", "no deadline"))
	add(words.T("だれが", "Who"), ind.Owner != "", words.Text{JA: ind.Owner, EN: ind.Owner}, words.T("担当がいない", "nobody"))
	add(words.T("何を数える", "Counts what"), ind.Definition != "", words.T("書いてある", "written down"), words.T("書かれていない", "not written down"))
	add(words.T("測る", "Measured"), v.model.Measurable(ind.ID), words.T("測れている", "yes"), words.T("まだ", "not yet"))
	if !ind.IsKGI {
		_, leads := v.model.Depths()[ind.ID]
		add(words.T("つながり", "Road to the goal"), leads, words.T("ある", "yes"), words.T("ない", "none"))
	} else {
		agreed := t != nil && len(t.Agreed) > 0
		add(words.T("合意", "Agreed"), agreed, words.T("ある", "yes"), words.T("まだ", "not yet"))
	}
	return &Picture{Kind: "checks", Points: []PicPoint{}, Checks: list, Label: ind.Name}
}

// statedChecks lists who understands the goal how.
func (r *reviewer) statedChecks(ind *goal.Indicator) *Picture {
	v := r.v
	amount, _ := v.amount(ind)
	p := &Picture{Kind: "checks", Points: []PicPoint{}, Label: ind.Name}
	for _, s := range ind.Stated {
		c := PicCheck{Label: s.By, State: "ok"}
		switch {
		case s.Amount == nil:
			c.State, c.Note = "wait", v.say(words.T("数を聞いていない", "no number given"))
		case ind.Target != nil && s.Kind == ind.Target.Kind && s.Kind == goal.TargetGrowth:
			c.Note = v.say(words.T("前年比%s", "%s of last year", words.Percent(*s.Amount)))
			if *s.Amount != ind.Target.Amount {
				c.State = "no"
			}
		default:
			c.Note = words.Amount{Value: *s.Amount, Unit: ind.Unit}.In(v.lang)
			if !same(*s.Amount, amount) {
				c.State = "no"
			}
		}
		if c.State != "no" && (s.Purpose != "" && s.Purpose != ind.Serves || s.Deadline != nil && ind.Target != nil && ind.Target.By != nil && *s.Deadline != *ind.Target.By) {
			c.State = "no"
			if s.Purpose != "" && s.Purpose != ind.Serves {
				c.Note = v.say(goal.ManagementGoal(s.Purpose))
			}
		}
		p.Checks = append(p.Checks, c)
	}
	return p
}
