package insight

import (
	"math"

	"github.com/shirube/shirube/internal/stat/lift"
	"github.com/shirube/shirube/internal/words"
)

// LiftArm is one arm as it was read: its name and its people added up.
type LiftArm struct {
	Name  string
	Tally *lift.Tally
}

// LiftInput is a randomised experiment ready to be judged.
type LiftInput struct {
	Outcome  string // as people call it
	Per      string // what it is counted per; "" for per person
	Share    bool   // the outcome is yes or no (or a rate): means are shown in percent
	Control  LiftArm
	Arms     []LiftArm
	Planned  []float64 // planned weights, the control's first; nil where nobody said: equal
	Days     int       // days over which people came; 0 where unknown
	LeftOut  int       // rows without an arm or an outcome
	Question lift.Question
	Lang     words.Lang
}

// LiftReport is what an experiment showed. Intervals hold 95 %; p-values are those of equal
// means.
type LiftReport struct {
	Outcome  string        `json:"outcome"`
	Control  LiftControl   `json:"control"`
	Arms     []LiftFinding `json:"arms"`
	Mismatch *LiftMismatch `json:"mismatch"`
	LeftOut  int           `json:"left_out"`
	Warnings []string      `json:"warnings"`
}

// LiftControl is the arm the others are compared with.
type LiftControl struct {
	Arm  string   `json:"arm"`
	N    int      `json:"n"`
	Mean *float64 `json:"mean"`
}

// LiftFinding is one arm against the control.
type LiftFinding struct {
	Arm          string          `json:"arm"`
	N            int             `json:"n"`
	Mean         *float64        `json:"mean"`
	Lift         *float64        `json:"lift"`
	CI95         *[2]float64     `json:"ci95"`
	PValue       *float64        `json:"p_value"`
	AlwaysValid  LiftAlways      `json:"always_valid"`
	Absolute     *LiftDifference `json:"absolute"`
	PAdjusted    *float64        `json:"p_adjusted"`
	Verdict      lift.Verdict    `json:"verdict"`
	By           *string         `json:"by"`
	Reason       *lift.Reason    `json:"reason"`
	ChanceHigher *float64        `json:"chance_higher"`
	VarianceLeft *float64        `json:"variance_left"`
	ToDecision   *LiftToDecision `json:"to_decision"`
	Sentence     string          `json:"sentence"`
}

// LiftAlways is the interval of the lift, and its p-value, that hold however often one looks.
type LiftAlways struct {
	CI95      *[2]float64 `json:"ci95"`
	PValue    *float64    `json:"p_value"`
	PAdjusted *float64    `json:"p_adjusted"`
}

// LiftDifference is the difference in units of the outcome.
type LiftDifference struct {
	Difference  float64     `json:"difference"`
	CI95        *[2]float64 `json:"ci95"`
	AlwaysValid *[2]float64 `json:"always_valid_ci95"`
}

// LiftToDecision is what it takes to settle, with 80 % chance, whether there is a lift of
// this size.
type LiftToDecision struct {
	Lift   float64 `json:"lift"`
	People int     `json:"people"`
	Days   *int    `json:"days"`
}

// LiftMismatch compares how people fell into the arms with how they were meant to.
type LiftMismatch struct {
	Found   bool    `json:"found"`
	PValue  float64 `json:"p_value"`
	Assumed bool    `json:"assumed"` // nobody said how; equal shares were assumed
}

// How a verdict was reached: by an interval that holds however often one looks, or only by
// one for a single look.
const (
	LiftByAlways  = "always-valid"
	LiftByOneLook = "one-look"
)

// Lift judges an experiment and says what it showed.
func Lift(in LiftInput) LiftReport {
	tallies := make([]*lift.Tally, len(in.Arms))
	for i, a := range in.Arms {
		tallies[i] = a.Tally
	}
	found := lift.Compare(in.Control.Tally, tallies, in.Question)
	out := LiftReport{Outcome: in.Outcome, Control: LiftControl{Arm: in.Control.Name, N: int(in.Control.Tally.N), Mean: liftMean(in.Control.Tally)},
		Arms: make([]LiftFinding, len(in.Arms)), LeftOut: in.LeftOut, Warnings: []string{}}
	out.Mismatch = in.mismatch()
	for i, c := range found {
		out.Arms[i] = in.finding(in.Arms[i], c)
		if m := out.Mismatch; m != nil && m.Found && !m.Assumed && c.Verdict != lift.CannotTell {
			out.Arms[i].Sentence += words.T("ただし、人数の分かれ方が計画と違うので、この結果は信用できません。", " But people are not split as planned, so this cannot be trusted.").In(in.Lang)
		}
	}
	for _, w := range in.warnings(out.Mismatch) {
		out.Warnings = append(out.Warnings, w.In(in.Lang))
	}
	return out
}

func liftMean(t *lift.Tally) *float64 {
	pair, ok := t.Pair()
	if !ok || t.N == 0 || math.IsNaN(pair.Post.Mean) || math.IsInf(pair.Post.Mean, 0) {
		return nil
	}
	return &pair.Post.Mean
}

func (in LiftInput) finding(arm LiftArm, c lift.Comparison) LiftFinding {
	f := LiftFinding{Arm: arm.Name, N: int(c.N), Mean: liftMean(arm.Tally), Verdict: c.Verdict}
	if c.Reason != "" {
		f.Reason = &c.Reason
	}
	if c.Relative != nil {
		f.Lift, f.CI95, f.AlwaysValid.CI95 = &c.Relative.Value, c.Relative.CI, c.Relative.Always
	}
	if c.Absolute != nil {
		f.Absolute = &LiftDifference{c.Absolute.Value, c.Absolute.CI, c.Absolute.Always}
		f.PValue, f.PAdjusted, f.ChanceHigher = &c.P, &c.AdjustedP, &c.Better
		f.AlwaysValid.PValue, f.AlwaysValid.PAdjusted = &c.AlwaysP, &c.AdjustedAlways
		if in.Question.Before {
			f.VarianceLeft = &c.VarianceLeft
		}
	}
	if c.Verdict != lift.CannotTell {
		by := LiftByAlways
		if c.OneLook {
			by = LiftByOneLook
		}
		f.By = &by
	}
	if c.Needed != nil {
		f.ToDecision = &LiftToDecision{Lift: c.Needed.Effect, People: int(c.Needed.People), Days: in.daysFor(c)}
	}
	f.Sentence = in.sentence(f).In(in.Lang)
	return f
}

// daysFor is how long it takes until as many people have come, if they come as they did.
func (in LiftInput) daysFor(c lift.Comparison) *int {
	if in.Days <= 0 {
		return nil
	}
	aDay := (c.N + in.Control.Tally.N) / float64(in.Days)
	days := int(math.Ceil(c.Needed.People / aDay))
	return &days
}

func (in LiftInput) mismatch() *LiftMismatch {
	counts := []float64{in.Control.Tally.N}
	weights := []float64{1}
	for _, a := range in.Arms {
		counts, weights = append(counts, a.Tally.N), append(weights, 1)
	}
	if in.Planned != nil {
		weights = in.Planned
	}
	test, ok := lift.Mismatch(counts, weights)
	if !ok {
		return nil
	}
	return &LiftMismatch{Found: test.P < lift.MismatchBelow, PValue: test.P, Assumed: in.Planned == nil}
}
