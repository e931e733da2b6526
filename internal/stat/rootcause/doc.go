// Package rootcause finds where in a cube of dimensions (channel × device × page ×
// campaign) a number went another way than expected: the few cells, each as coarse as the
// data allow, that moved as one while everything else stayed.
//
// It rests on the generalised ripple effect (Li et al., Generic and robust localization of
// multi-dimensional root causes, ISSRE 2019): a cause at a cell moves all leaves below it
// by about the same share of their forecast. So each leaf's relative deviation is weighed
// against how much leaves of its size deviate anyway, cells of all layers are scored by
// how much better one common shift explains their leaves than no shift, and the best is
// taken again and again until what is left is noise.
package rootcause

// Leaf is one combination of dimension values with what was expected and what came.
type Leaf struct {
	Values           []string // one per dimension
	Forecast, Actual float64
	// A ratio (rate, average) has its numerators above and its denominators here; both
	// zero for an additive metric.
	ForecastOf, ActualOf float64
}

// Options of Find; the zero value is the usual.
type Options struct {
	MaxCauses  int     // 0: 12
	MaxLayer   int     // most dimensions that one cause may name; 0: 5
	MinExplain float64 // causes that explain less of the total change are left out; 0: none is
}

// Cause is a cell that moved as one.
type Cause struct {
	Elements map[string]string // dimension → value; dimensions left out are free
	Forecast float64           // of the cell: its sum, or its ratio
	Actual   float64
	Explains float64 // share of the total's change, negative where it went against it
	Shift    float64 // typical deviation of its leaves, 2(actual−forecast)/(actual+forecast), −2…2
	Leaves   int
	Score    float64 // log likelihood ratio beyond what the search costs; > 0
}

// Reason says why Find found nothing to look at.
type Reason string

// Reasons.
const (
	None      Reason = ""
	NoLeaves  Reason = "no-leaves"  // no leaf with a number
	BadShape  Reason = "bad-shape"  // a leaf has not one value per dimension, or more than 12 dimensions
	NoChange  Reason = "no-change"  // everything came as expected
	NoPattern Reason = "no-pattern" // the change is spread like noise: no cell stands out
)
