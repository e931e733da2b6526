package insight

import (
	"cmp"
	"slices"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/words"
)

// Finding is one thing that makes the goal worse than it could be, in a sentence
// that can be pasted into a report, with its mend.
type Finding struct {
	Code      string         `json:"code"`
	Severity  goal.Severity  `json:"severity"`
	Indicator *string        `json:"indicator"` // null for the model as a whole
	Link      *[2]string     `json:"link"`      // from, to
	Numbers   map[string]any `json:"numbers"`
	Sentence  string         `json:"sentence"`
	Mend      string         `json:"mend"`
	At        goal.Position  `json:"-"`
}

// Check tests the goal against its shape and its data: errors first, then
// warnings, then hints; within these the KGI first, then in the order of the
// file.
func Check(ev *goal.Evaluator, opt Options) []Finding {
	return NewView(ev, opt).Check()
}

// Check tests the goal against its shape and its data.
func (v *View) Check() []Finding {
	found := make([]Finding, 0, 8)
	seen := map[[2]string]bool{} // code and indicator
	for _, f := range goal.CheckShape(v.model) {
		if f.Code == "vague-goal" {
			if mend := v.proposal(v.model.Indicator(f.Indicator)); !mend.Zero() {
				f.Mend = mend
			}
		}
		seen[[2]string{f.Code, f.Indicator}] = true
		found = append(found, v.render(f, nil))
	}
	for _, ind := range v.model.Indicators {
		for _, d := range v.checkData(ind) {
			if !seen[[2]string{d.Code, d.Indicator}] {
				found = append(found, v.render(d.Finding, d.numbers))
			}
		}
	}
	for _, d := range v.checkSameNumbers() {
		if !seen[[2]string{d.Code, d.Indicator}] {
			found = append(found, v.render(d.Finding, d.numbers))
		}
	}
	found = v.withAgreement(found)
	place := map[string]int{}
	for i, ind := range v.model.Indicators {
		place[ind.ID] = i
	}
	slices.SortStableFunc(found, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(severityRank(a.Severity), severityRank(b.Severity)), cmp.Compare(placeOf(place, a), placeOf(place, b)))
	})
	return found
}

func severityRank(s goal.Severity) int {
	return slices.Index([]goal.Severity{goal.SeverityError, goal.SeverityWarning, goal.SeverityInfo}, s)
}

// placeOf puts findings on the model as a whole right behind the KGI's.
func placeOf(place map[string]int, f Finding) int {
	if f.Indicator == nil {
		return 0
	}
	return place[*f.Indicator]
}

func (v *View) render(f goal.Finding, numbers map[string]any) Finding {
	out := Finding{Code: f.Code, Severity: f.Severity, Numbers: numbers, Sentence: v.say(f.Sentence), Mend: v.say(f.Mend), At: f.At}
	if out.Numbers == nil {
		out.Numbers = map[string]any{}
	}
	if f.Indicator != "" {
		out.Indicator = &f.Indicator
	}
	if f.From != "" {
		out.Link = &[2]string{f.From, f.To}
	}
	return out
}

// dataFinding is a finding with the numbers its sentence stands on.
type dataFinding struct {
	goal.Finding
	numbers map[string]any
}

// noted makes a finding on an indicator, as severe as it is on that one.
func noted(code string, severity goal.Severity, ind *goal.Indicator, at goal.Position, sentence, mend words.Text, numbers map[string]any) dataFinding {
	return dataFinding{goal.Finding{Code: code, Severity: severity.On(ind), Indicator: ind.ID, Sentence: sentence, Mend: mend, At: at}, numbers}
}
