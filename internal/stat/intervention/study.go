package intervention

// Scale is how the days are measured against each other.
type Scale int

const (
	// ScaleAuto takes logs where all values are positive and at least about five a day.
	ScaleAuto Scale = iota
	// ScaleRaw takes the values as they are.
	ScaleRaw
	// ScaleLog takes logs, or fails back to ScaleRaw where a value is not positive.
	ScaleLog
)

// Study is one series, the date something began, and what is known beside it. All slices
// have one entry per day (or per week: Season is then not 7 but 0 or 52).
type Study struct {
	Y        []float64   // NaN: missing
	Controls [][]float64 // series the intervention cannot have touched; NaN: missing
	Calendar [][]float64 // columns known in advance, such as 1 on holidays; never missing
	At       int         // index of the first day of the intervention
	Until    int         // index after the last day to look at; 0: to the end
	Season   int         // 7 for days; 0 or 1: none
	Scale    Scale
	Draws    int // paths; 0: 1000
	Seed     uint64
}

// Interval is a number with its 95 % interval.
type Interval struct{ Value, Low, High float64 }

// excludesZero reports whether the interval lies on one side of zero.
func (i Interval) excludesZero() bool { return i.Low > 0 || i.High < 0 }

// Result is what is known of the effect. All numbers are finite; where Reason says that
// nothing could be estimated they are zero and Days is empty.
type Result struct {
	Reason Reason // why Found is false although asked, or why the result is weaker
	// Found: the interval of the total, widened by the placebos, leaves out zero, and
	// neither controls nor placebos speak against it.
	Found      bool
	Controlled bool // at least one control was used; else only the series' own past
	Average    Interval
	Total      Interval // in the unit of Y, over the days that have a number
	Relative   Interval // Total over what was expected
	Actual     float64  // average of the days after
	Expected   float64  // average expected without the intervention
	Tail       float64  // probability of an effect of the other sign, by the paths
	Days       []DayEffect
	Controls   []ControlUse // as in Study.Controls
	Placebo    PlaceboCheck
	Before     int // days with a number before and after the date
	After      int
	Outliers   int // days before the date taken for one-off and left out
	Log        bool
}

// DayEffect is one day: what was and what was expected, with the 95 % band of what could
// have been. Before the date the expectation is that of the fitted model. Effect and Sum
// are given from the date on; Sum is the effect so far.
type DayEffect struct {
	Index    int
	Actual   float64 // NaN-free: see Present
	Present  bool
	Expected Interval
	Effect   Interval
	Sum      Interval
}

// ControlUse is what became of one control.
type ControlUse struct {
	Inclusion float64 // probability that it belongs into the model
	Weight    float64 // standard deviations of Y per standard deviation of the control
	Jump      float64 // how far it left its own past at the date, in standard errors
	Moved     bool    // too far to be called unaffected: it was not used
	Reason    Reason  // why it could not be used: Constant, TooManyGaps, ControlsMoved
}

// PlaceboCheck is the same method at dates on which nothing is known to have happened.
type PlaceboCheck struct {
	Dates  int     // how many
	Claims int     // at how many it would have claimed an effect
	Wider  float64 // by what factor the intervals were widened for it, ≥ 1
}
