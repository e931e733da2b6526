package focus

import (
	"cmp"
	"math"
	"slices"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/words"
)

// Stage is the state a team is in; which KPIs deserve its eyes follows from it.
type Stage string

// The stages, the first need first.
const (
	Measure Stage = "measure"  // what leads to the goal has no numbers yet
	CatchUp Stage = "catch-up" // something is behind and costs the goal
	Grow    Stage = "grow"     // nothing is behind: what carries furthest
	Unknown Stage = "unknown"  // nothing can be said of what moves the goal
)

// Candidate is a KPI with what is known of it.
type Candidate struct {
	ID, Name, Unit string
	Role           goal.Role
	Status         string   // as the map's marks: insight.StatusBehind …
	Pace           *float64 // value over what the pace asks for; 1 and more is good
	Leads          bool     // a way to the KGI is on the map
	Gain           *float64 // KGI units by its deadline if it were on pace
	Tenth          *float64 // KGI units by its deadline if it did a tenth better
	Below          []string // ids it is computed from
}

// KGI is what it all is for.
type KGI struct {
	Name, Unit string
	Flow       bool // it adds up, so that less than one of it is "less than 1"
}

// Suggestion is a KPI that deserves to be watched, and why.
type Suggestion struct {
	ID   string
	Name string
	Why  words.Text
	Gain float64 // KGI units by the deadline; 0 where it cannot be told
}

// Advice is what the state of the team suggests.
type Advice struct {
	Stage       Stage
	Sentence    words.Text
	Suggestions []Suggestion // at most Most
}

// Advise names the KPIs to watch now. Who is told at the cause is not told at what is
// computed from it: a visit count that is short because the click rate is short is left to
// the click rate.
func Advise(kgi KGI, candidates []Candidate) Advice {
	var behind, unmeasured, carrying []Candidate
	for _, c := range candidates {
		off := c.Status == insight.StatusBehind || c.Status == insight.StatusMissed
		switch {
		case c.Leads && c.Status == insight.StatusNoData:
			unmeasured = append(unmeasured, c)
		case off && some(c.Gain):
			behind = append(behind, c)
		case some(c.Tenth):
			carrying = append(carrying, c)
		}
	}
	switch {
	case len(behind) > 0:
		behind = atTheCause(behind)
		most(behind, func(c Candidate) float64 { return *c.Gain })
		return Advice{CatchUp,
			words.T("いまは遅れを取りもどす時期です。戻れば%sがいちばん増えるものから選びました。", "This is a time to catch up. These bring the most “%s” once they are back on pace.", kgi.Name),
			pick(behind, func(c Candidate) Suggestion { return caughtUp(kgi, c) })}
	case len(unmeasured) > 0:
		return Advice{Measure,
			words.T("いまは測りはじめる時期です。目標への道にあるのに、まだ数字がないものです。", "This is a time to begin measuring. These lie on the way to the goal and have no numbers yet."),
			pick(unmeasured, func(c Candidate) Suggestion {
				return Suggestion{ID: c.ID, Name: c.Name, Why: words.T("まだ数字がありません。測れば、遅れに気づけます。", "There are no numbers yet. With them, a delay shows.")}
			})}
	case len(carrying) > 0:
		carrying = atTheCause(carrying)
		most(carrying, func(c Candidate) float64 { return *c.Tenth })
		return Advice{Grow,
			words.T("遅れているKPIはありません。いまは伸ばす時期です。1割よくなると%sがいちばん増えるものです。", "No KPI is behind: this is a time to grow. These bring the most “%s” for a tenth more.", kgi.Name),
			pick(carrying, func(c Candidate) Suggestion {
				return Suggestion{ID: c.ID, Name: c.Name, Gain: *c.Tenth, Why: words.T("1割よくなると、%sが%s増えます。", "A tenth better brings %[2]s more of “%[1]s”.", kgi.Name, roughly{*c.Tenth, kgi})}
			})}
	}
	return Advice{Stage: Unknown, Suggestions: []Suggestion{},
		Sentence: words.T("どのKPIが%sを動かすか、まだ確かめられていません。数字がたまると、ここでおすすめします。", "Which KPIs move “%s” cannot be told yet. Once there are numbers enough, you will see a suggestion here.", kgi.Name)}
}

func some(x *float64) bool {
	return x != nil && *x > 0 && !math.IsNaN(*x) && !math.IsInf(*x, 0)
}

// most puts those that bring the most first; the team's own actions first among equals.
func most(list []Candidate, brings func(Candidate) float64) {
	slices.SortStableFunc(list, func(a, b Candidate) int {
		return cmp.Or(cmp.Compare(brings(b), brings(a)), cmp.Compare(own(b), own(a)))
	})
}

func own(c Candidate) int {
	switch c.Role {
	case goal.RoleAction:
		return 2
	case goal.RoleLeading:
		return 1
	}
	return 0
}

// atTheCause leaves out what is computed from another one of the list.
func atTheCause(list []Candidate) []Candidate {
	there := map[string]bool{}
	for _, c := range list {
		there[c.ID] = true
	}
	var out []Candidate
	for _, c := range list {
		if !slices.ContainsFunc(c.Below, func(id string) bool { return there[id] }) {
			out = append(out, c)
		}
	}
	return out
}

func pick(list []Candidate, say func(Candidate) Suggestion) []Suggestion {
	out := []Suggestion{}
	for _, c := range list[:min(len(list), Most)] {
		out = append(out, say(c))
	}
	return out
}

func caughtUp(kgi KGI, c Candidate) Suggestion {
	s := Suggestion{ID: c.ID, Name: c.Name, Gain: *c.Gain}
	if c.Pace == nil || *c.Pace >= 1 || *c.Pace <= 0 {
		s.Why = words.T("目安に戻れば、%sが%s増えます。", "Back on pace, it brings %[2]s more of “%[1]s”.", kgi.Name, roughly{*c.Gain, kgi})
		return s
	}
	s.Why = words.T("目安に%s足りません。戻れば、%sが%s増えます。", "It is %s short of its pace. Back on it, it brings %[3]s more of “%[2]s”.",
		short(*c.Pace), kgi.Name, roughly{*c.Gain, kgi})
	return s
}

// short is the share that is missing: 2割.
func short(pace float64) words.Text {
	percent := math.Round((1 - pace) * 100)
	return words.T("%.0f%%", "%.0f%%", max(percent, 1))
}

// roughly is an amount of the KGI as people say it when it is not exact.
type roughly struct {
	units float64
	kgi   KGI
}

// In says the amount: 約16件, less than 1 application.
func (r roughly) In(lang words.Lang) string {
	if r.kgi.Unit == "%" {
		return words.T("約%.1fポイント", "about %.1f points", r.units*100).In(lang)
	}
	if r.kgi.Flow && r.units < 1 {
		return words.T("1%s未満", "less than 1 %s", r.kgi.Unit).In(lang)
	}
	value := r.units
	if value >= 10 {
		value = math.Round(value)
	} else {
		value = math.Round(value*10) / 10
	}
	return words.T("約%s", "about %s", words.Amount{Value: value, Unit: r.kgi.Unit}).In(lang)
}
