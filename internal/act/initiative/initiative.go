// Package initiative is what a team undertakes to move a KPI (施策): what it believes, when,
// at what cost, what it did, and what came of it. It is pure.
//
// What came of it is estimated by the best method the data allow and never better told than
// that: by lot, where an automation with people held out is part of it; else by what the
// KPI would have been, read from series the initiative cannot have touched; else it is said
// that there is nothing to compare with.
package initiative

import (
	"strings"
	"unicode/utf8"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// State is how far an initiative is.
type State string

// The states, in their order.
const (
	Idea     State = "idea"
	Running  State = "running"
	Finished State = "finished"
)

// Initiative is one thing a team does for a KPI.
type Initiative struct {
	Name        string      `json:"name"`
	Hypothesis  string      `json:"hypothesis"`
	KPI         string      `json:"kpi"`             // an indicator of the model
	Lever       string      `json:"lever,omitempty"` // the indicator the team moves itself to get there; "": none, or one the map does not have
	State       State       `json:"state"`
	From        *series.Day `json:"from"` // the first day; nil: not settled yet
	To          *series.Day `json:"to"`   // the last day; nil: it goes on
	Cost        *float64    `json:"cost"` // yen; nil: nobody said
	Automations []string    `json:"automations"`
	Campaigns   []string    `json:"campaigns"` // utm_campaign
	Did         string      `json:"did"`       // what was done, in the team's words
}

// Limits of an initiative.
const (
	MaxName   = 120
	MaxText   = 4000
	MaxLinked = 20
	MaxCost   = 1e13
	mostDays  = 3 * 366
)

// Fault is what is wrong with one field.
type Fault struct {
	Field string
	What  words.Text
}

// Check tells what is wrong, field by field; none is nil.
func (i Initiative) Check() []Fault {
	var out []Fault
	no := func(field string, what words.Text) { out = append(out, Fault{field, what}) }
	switch n := utf8.RuneCountInString(i.Name); {
	case strings.TrimSpace(i.Name) == "":
		no("name", words.T("名前を付けてください。", "Please give it a name."))
	case n > MaxName:
		no("name", words.T("名前は%d文字までです。", "A name has %d characters at most.", MaxName))
	}
	for field, text := range map[string]string{"hypothesis": i.Hypothesis, "did": i.Did} {
		if utf8.RuneCountInString(text) > MaxText {
			no(field, words.T("%d文字までです。", "There may be %d characters.", MaxText))
		}
	}
	if i.KPI == "" {
		no("kpi", words.T("ねらうKPIを1つ選んでください。", "Please choose the KPI it is for."))
	}
	if i.Lever != "" && i.Lever == i.KPI {
		no("lever", words.T("ねらうKPIとは別の、自分たちで動かす数を選んでください。", "Please choose a number of your own to move, other than the KPI it is for."))
	}
	switch i.State {
	case Idea:
	case Running, Finished:
		if i.From == nil {
			no("from", words.T("はじめた日を入れてください。", "Please say on which day it began."))
		}
		if i.State == Finished && i.To == nil {
			no("to", words.T("終わった日を入れてください。", "Please say on which day it ended."))
		}
	default:
		no("state", words.T("状態は、アイデア・実施中・終了のどれかです。", "It is an idea, running or finished."))
	}
	if i.From != nil && i.To != nil {
		switch days := (series.Span{From: *i.From, To: *i.To}).Days(); {
		case *i.To < *i.From:
			no("to", words.T("終わりの日が、はじまりの日より前です。", "It ends before it begins."))
		case days > mostDays:
			no("to", words.T("期間は3年までです。", "It may take three years at most."))
		}
	}
	if c := i.Cost; c != nil && !(*c >= 0 && *c <= MaxCost) {
		no("cost", words.T("費用は0円以上で入れてください。", "A cost is 0 yen or more."))
	}
	for field, list := range map[string][]string{"automations": i.Automations, "campaigns": i.Campaigns} {
		if len(list) > MaxLinked {
			no(field, words.T("%d個までです。", "There may be %d.", MaxLinked))
		}
		for _, one := range list {
			if one == "" || len(one) > 200 {
				no(field, words.T("空か、長すぎるものがあります。", "One is empty or too long."))
				break
			}
		}
	}
	return out
}

// Until is the last day that can be looked at: of one that goes on, today's data.
func (i Initiative) Until(asOf series.Day) series.Day {
	if i.To != nil && *i.To < asOf {
		return *i.To
	}
	return asOf
}
