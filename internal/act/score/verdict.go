package score

import (
	"slices"

	"github.com/shirube/shirube/internal/scorecard"
	"github.com/shirube/shirube/internal/words"
)

// Verdict is what became of a lead, as far as is known.
type Verdict string

// The verdicts, each further than the one before but for Rejected.
const (
	Open     Verdict = ""         // nobody has said anything
	Rejected Verdict = "rejected" // "今は違う", with a reason
	Accepted Verdict = "accepted" // somebody talks with them
	Meeting  Verdict = "meeting"
	Won      Verdict = "won"
)

// Verdicts are all that somebody can say.
var Verdicts = []Verdict{Rejected, Accepted, Meeting, Won}

// Reached reports whether a lead has come at least as far as a stage.
func (v Verdict) Reached(stage Verdict) bool {
	return slices.Index(Verdicts, v) >= slices.Index(Verdicts, stage)
}

// Lead is one person that could have been, or was, shown to sales.
type Lead struct {
	Rules []string // ids of the rules that gave them points
	Band  string
	Shown bool // they were hot and shown
	// Verdict of those shown; of others Meeting or Won where it became one without us.
	Verdict Verdict
}

// Rate is a share with its interval, or how many more cases are needed to tell one.
type Rate struct {
	Hits, Of int
	Share    float64
	Interval [2]float64 // 95 %, Wilson
	Needed   int        // > 0: the share is not told yet
}

// leastCases is how many cases a share needs to be told.
const leastCases = 10

func rateOf(hits, of int) Rate {
	r := Rate{Hits: hits, Of: of}
	if of < leastCases {
		r.Needed = leastCases - of
		return r
	}
	r.Share, r.Interval = float64(hits)/float64(of), scorecard.Wilson(hits, of)
	return r
}

// Reads is the rate in a sentence's place: "あと3件の結果で出せます".
func (r Rate) Reads() words.Text {
	if r.Needed > 0 {
		return words.T("あと%d件の結果で出せます", "%d more outcomes are needed to tell", r.Needed)
	}
	return words.T("%[1]s（%[2]s〜%[3]s・%[5]d件のうち%[4]d件）", "%[1]s (%[2]s–%[3]s; %[4]d of %[5]d)",
		words.Percent(r.Share), words.Percent(r.Interval[0]), words.Percent(r.Interval[1]), r.Hits, r.Of)
}

// Quality is how good a rule, a band or a whole card is at finding leads.
type Quality struct {
	Name      string // id of the rule, name of the band
	Precision Rate   // of those shown with it, how many came so far
	Recall    Rate   // of all that came so far, how many it had
}

// Judged is how a card did.
type Judged struct {
	Stage Verdict
	Card  Quality
	Rules []Quality // in the order of the card
	Bands []Quality // the highest first
	Open  int       // shown, and nothing said yet: not counted
}

// Judge tells precision and recall of a card up to a stage: Accepted, Meeting or Won. A
// lead without a verdict counts neither way; one that was accepted and is still on its way
// counts against a later stage, as it stands.
func Judge(c Card, leads []Lead, stage Verdict) Judged {
	out := Judged{Stage: stage}
	tally := func(name string, has func(Lead) bool) Quality {
		var shown, right, came, found int
		for _, l := range leads {
			had, good := has(l), l.Verdict.Reached(stage)
			if l.Shown && l.Verdict != Open && had {
				shown++
				if good {
					right++
				}
			}
			if good {
				came++
				if had {
					found++
				}
			}
		}
		return Quality{Name: name, Precision: rateOf(right, shown), Recall: rateOf(found, came)}
	}
	for _, l := range leads {
		if l.Shown && l.Verdict == Open {
			out.Open++
		}
	}
	out.Card = tally("", func(l Lead) bool { return l.Shown })
	var ids []string
	for _, f := range c.Fit {
		ids = append(ids, f.ID)
	}
	for _, r := range c.Behaviour {
		ids = append(ids, r.ID)
	}
	for _, id := range ids {
		out.Rules = append(out.Rules, tally(id, func(l Lead) bool { return slices.Contains(l.Rules, id) }))
	}
	for _, b := range c.Bands {
		out.Bands = append(out.Bands, tally(b.Name, func(l Lead) bool { return l.Band == b.Name }))
	}
	return out
}
