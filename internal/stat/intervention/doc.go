// Package intervention estimates what an intervention did: a campaign, a new page, a
// price, begun on a known day.
//
// It holds structural time series (Kalman filter, smoother and simulation smoother,
// maximum likelihood), the effect of one date on one series with or without unaffected
// series beside it, difference-in-differences, synthetic control and synthetic
// difference-in-differences where several units exist, and a chooser that says which of
// these the data at hand allow.
//
// Nothing here is believed because a model says so: each estimate is repeated at dates on
// which nothing happened, its interval is widened by what that shows, and where the
// method would have claimed effects of nothing it claims none.
package intervention

// Reason says why an estimate is missing or weaker than asked for.
type Reason string

// Reasons.
const (
	None             Reason = ""
	TooShort         Reason = "too-short"         // too few days before the date
	NoDaysAfter      Reason = "no-days-after"     // no day with a number after the date
	TooManyGaps      Reason = "too-many-gaps"     // most days before the date are missing
	Constant         Reason = "constant"          // the series does not vary before the date
	ControlsMoved    Reason = "controls-moved"    // the series to compare with jumped on the date too
	PlaceboFails     Reason = "placebo-fails"     // the method claims effects of dates on which nothing happened
	NoControls       Reason = "no-controls"       // nothing to compare with: only the series' own past
	NoUsableControls Reason = "no-usable-control" // controls were given, none can be used
	FewUnits         Reason = "few-units"         // too few untreated units to tell chance from effect
	BadShape         Reason = "bad-shape"         // tables of unequal lengths, counts out of range
	NoSpread         Reason = "no-spread"         // nothing varies, so no interval can be given
)
