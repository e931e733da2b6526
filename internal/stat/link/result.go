package link

import "github.com/shirube/shirube/internal/stat/drift"

// Verdict is the answer for one link.
type Verdict uint8

// The verdicts of the contract; a formula's "identity" never comes here.
const (
	CannotTell Verdict = iota
	Moves
	DoesNotMove
)

// String is the verdict as the contract writes it.
func (v Verdict) String() string {
	switch v {
	case Moves:
		return "moves"
	case DoesNotMove:
		return "does-not-move"
	default:
		return "cannot-tell"
	}
}

// Reason is a code for what stands behind a verdict that is not the plain outcome of the
// test. It is for programs; the sentences are insight's.
type Reason string

// The reasons.
const (
	None        Reason = ""
	TooShort    Reason = "too-short"     // too few days in common
	NoVariation Reason = "no-variation"  // the KPI hardly moves by itself
	TooManyGaps Reason = "too-many-gaps" // most days of one series are missing
	SameDay     Reason = "same-day"      // both move on the same day: a common cause would look so
	Reverse     Reason = "reverse"       // the KGI goes ahead of the KPI
	FewPeakDays Reason = "few-peak-days" // a few weeks, or yearly peaks, carry all the evidence
	Constant    Reason = "constant"      // one of the series never changes
	RareCounts  Reason = "rare-counts"   // the KGI counts too little a day to be tested daily
	Collinear   Reason = "collinear"     // other KPIs say the same as this one, or it is the KGI itself
)

// Result is what is known about one link.
type Result struct {
	Verdict Verdict
	Why     Reason

	P float64 // one p-value over all lags, before the model's false-discovery control
	Q float64 // smallest false-discovery rate at which the link counts; filled by Decide

	HasEffect  bool       // the four below are numbers, not placeholders
	Elasticity float64    // long run: KPI +1 % moves the KGI by this many percent
	SE         float64    // spread of the elasticity, its unknown lag included
	CI95, CI90 [2]float64 // intervals of the elasticity
	LagDays    float64    // centre of the effect, days after the KPI
	LagRange   [2]int     // where the middle 80 % of the effect lies

	NDays        int  // days that could be compared
	DaysNeeded   int  // further days until it can be told; 0 when told, −1 when no realistic time would do
	Predictive   bool // adding the KPI made out-of-sample predictions better
	ControlsUsed int  // other KPIs held still

	Profile  []LagPoint      // effect by lag, for the chart
	Strength []StrengthPoint // elasticity through time, at most 60 points

	Breaks []drift.Break // days on which the link changed, oldest first; all above speaks of the days since the last

	matters   float64 // what counts as an effect
	candidate float64 // p-value that goes into the false-discovery control; 1 when a guard spoke

	rivals  []drift.Column // the link under each kernel, for the break test
	watched bool           // a break could have been told
	breakP  float64        // of the first break looked for
	whole   *Result        // the answer of all days, for when the break does not stand in its model
}

// LagPoint is the effect at one lag, given all others.
type LagPoint struct {
	Lag            int
	Elasticity, SE float64
}

// StrengthPoint is the elasticity around one day, from a window that ends there.
type StrengthPoint struct {
	At             int // day index from the span's first day
	Elasticity, SE float64
}
