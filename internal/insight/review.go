package insight

import (
	"cmp"
	"slices"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
)

// ReviewFinding is a finding as a review looks at it: what it costs, how sure it is,
// why we say so, and a small picture that shows it.
type ReviewFinding struct {
	Finding
	Key        string   `json:"key"`   // the same finding has the same key tomorrow
	Title      string   `json:"title"` // what it is about in a few words: つながりが切れました
	Body       []string `json:"body"`  // one to three sentences behind the first
	Stake      *Stake   `json:"stake"` // null where it cannot be put in KGI units
	Grade      string   `json:"grade"` // of the evidence: formula … belief
	GradeLabel string   `json:"grade_label"`
	Why        Why      `json:"why"`
	Chart      *Picture `json:"chart"`
}

// Stake is how many KGI units are lost (below zero) or unsure by the deadline.
type Stake struct {
	Amount   float64 `json:"amount"`
	Unit     string  `json:"unit"`
	Label    string  `json:"label"`    // what it counts: 年度末の応募
	Sentence string  `json:"sentence"` // how it was worked out
}

// Why says why we say so: plainly, and in full for who wants to check.
type Why struct {
	Plain string `json:"plain"`
	Full  string `json:"full"`
}

// Picture is a small chart; Kind says which of its parts are used.
//
//	level:    Points, Break, Before, After
//	strength: Points with Lo and Hi, Break
//	days:     Have, Need, By
//	checks:   Checks
type Picture struct {
	Kind   string      `json:"kind" enum:"level,strength,days,checks"`
	Unit   string      `json:"unit"`
	Points []PicPoint  `json:"points"`
	Break  *series.Day `json:"break"`
	Before *float64    `json:"before"`
	After  *float64    `json:"after"`
	Target *float64    `json:"target"`
	Have   *int        `json:"have"`
	Need   *int        `json:"need"`
	By     *series.Day `json:"by"`
	Checks []PicCheck  `json:"checks"`
	Label  string      `json:"label"` // what is drawn
}

// PicPoint is one point of a picture.
type PicPoint struct {
	Date  series.Day `json:"date"`
	Value *float64   `json:"value"`
	Lo    *float64   `json:"lo"`
	Hi    *float64   `json:"hi"`
}

// PicCheck is one line of a list of checks.
type PicCheck struct {
	Label string `json:"label"`
	State string `json:"state" enum:"ok,no,wait"`
	Note  string `json:"note"`
}

// Review lists all findings, those with the most KGI units at stake first; what
// cannot be put in units comes after, by severity.
func Review(ev *goal.Evaluator, opt Options) []ReviewFinding {
	return NewView(ev, opt).Review()
}

// Review lists all findings, the most at stake first.
func (v *View) Review() []ReviewFinding {
	out := v.reviewFindings()
	for i := range out {
		if p := out[i].Chart; p != nil {
			p.Points, p.Checks = append([]PicPoint{}, p.Points...), append([]PicCheck{}, p.Checks...)
		}
	}
	slices.SortStableFunc(out, func(a, b ReviewFinding) int {
		return cmp.Or(
			cmp.Compare(b.stake(), a.stake()),
			cmp.Compare(severityRank(a.Severity), severityRank(b.Severity)),
		)
	})
	return out
}

func (f *ReviewFinding) stake() float64 {
	if f.Stake == nil {
		return 0
	}
	if f.Stake.Amount < 0 {
		return -f.Stake.Amount
	}
	return f.Stake.Amount
}

// keyOf names a finding by its code and what it is about.
func keyOf(f Finding) string {
	key := f.Code
	if f.Indicator != nil {
		key += ":" + *f.Indicator
	}
	if f.Link != nil {
		key += ":" + f.Link[0] + ">" + f.Link[1]
	}
	return key
}
