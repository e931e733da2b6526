package insight

import (
	"slices"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/words"
)

// reviewer gathers the findings of one review.
type reviewer struct {
	v      *View
	stakes *stakes
	found  []ReviewFinding
	leaks  []leak
	// done says of which indicators the cause of trouble is told already.
	done map[string]bool
}

// reviewFindings are all findings in the order they are found. One cause is told once:
// what says more comes first, and what only says the same again is left out.
func (v *View) reviewFindings() []ReviewFinding {
	r := &reviewer{v: v, stakes: v.newStakes(), done: map[string]bool{}}
	checked := v.Check()
	r.leaks = v.leaks()
	for _, l := range r.leaks {
		r.add(r.leakFinding(l))
	}
	if v.givenUp() {
		return r.found
	}
	if !v.measuring {
		r.links()
	}
	r.pace()
	for _, f := range checked {
		if !r.saidBetter(f) {
			r.add(r.checked(f))
		}
	}
	return slices.DeleteFunc(r.found, r.saidTwice)
}

func (r *reviewer) add(f ReviewFinding) { r.found = append(r.found, f) }

// has reports whether there is a finding with a code on an indicator.
func (r *reviewer) has(code, id string) bool {
	return slices.ContainsFunc(r.found, func(f ReviewFinding) bool {
		return f.Code == code && f.Indicator != nil && *f.Indicator == id
	})
}

// finding words a finding on an indicator.
func (r *reviewer) finding(code string, severity goal.Severity, ind *goal.Indicator, sentence, mend words.Text, numbers map[string]any) ReviewFinding {
	d := noted(code, severity, ind, ind.At, sentence, mend, numbers)
	return r.dressed(r.v.render(d.Finding, d.numbers))
}

// dressed puts title, grade and reason around a finding.
func (r *reviewer) dressed(f Finding) ReviewFinding {
	out := ReviewFinding{
		Finding: f, Key: keyOf(f), Body: []string{}, Title: r.v.say(tellings[f.Code].title),
		Grade: GradeFormula, GradeLabel: r.v.say(gradeLabel(GradeFormula)),
	}
	out.Why.Plain = r.v.say(tellings[f.Code].why)
	return out
}

func (r *reviewer) graded(f *ReviewFinding, grade string) {
	f.Grade, f.GradeLabel = grade, r.v.say(gradeLabel(grade))
}

// saidBetter reports whether a finding of the check is told by one of the review that
// says more: a KPI that moves nothing (any more) needs no target, one that leaks is behind because it
// leaks.
func (r *reviewer) saidBetter(f Finding) bool {
	if f.Indicator == nil {
		return false
	}
	id := *f.Indicator
	switch f.Code {
	case "no-target", "not-agreed":
		return r.has("vanity-kpi", id) || r.has("link-broken", id)
	case "unrealistic-target":
		ind := r.v.model.Indicator(id)
		amount, _ := r.v.amount(ind)
		return !ind.IsKGI && (r.has("step-leaks", id) || r.leaksExplain(ind, amount/numberIn(f.Numbers, "landing")))
	}
	return false
}

// saidTwice reports whether a finding is behind another on the same indicator.
func (r *reviewer) saidTwice(f ReviewFinding) bool {
	return f.Code == "off-pace" && f.Indicator != nil && r.has("unrealistic-target", *f.Indicator)
}
