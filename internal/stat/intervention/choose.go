package intervention

// Design is a way to estimate an effect.
type Design string

// Designs, the strongest first.
const (
	DesignPanel    Design = "synthetic-did" // several units, some untouched: SyntheticDiD
	DesignControls Design = "structural-controlled"
	DesignOwnPast  Design = "structural-own-past"
	DesignNone     Design = "none"
)

// Available is what there is to estimate an effect from.
type Available struct {
	Treated, Untreated int // units (shops, areas, pages) with the same measure; 0 of one means no panel
	Controls           int // other series the intervention cannot have touched
	Before, After      int // days (or weeks) with a number before the date and from it on
	Season             int // 7 for days; 0 or 1: none
}

// Choice is the design the data allow, and why not the stronger ones.
type Choice struct {
	Design Design
	Whys   []Reason
	// Weaker: the result may be shown but not called an intervention's evidence without
	// saying that nothing outside the series was compared with.
	Weaker bool
}

// Choose says which design the data allow. Several units with enough untouched ones are
// compared with each other; one unit with unaffected series is compared with what these
// say; one unit alone is compared with its own past, which cannot tell the intervention
// from anything else that began on the day and is graded lower.
func Choose(a Available) Choice {
	var whys []Reason
	switch {
	case a.After < 1:
		return Choice{DesignNone, []Reason{NoDaysAfter}, true}
	case a.Before < shortest(a.Season) && a.Before < 8:
		return Choice{DesignNone, []Reason{TooShort}, true}
	}
	if a.Treated > 0 && a.Untreated > 0 {
		// Under four untouched units there is no spread of placebos to read.
		if a.Untreated >= max(4, a.Treated) && a.Before >= 8 {
			return Choice{Design: DesignPanel}
		}
		whys = append(whys, FewUnits)
	}
	if a.Before < shortest(a.Season) {
		return Choice{DesignNone, append(whys, TooShort), true}
	}
	if a.Controls > 0 {
		return Choice{Design: DesignControls, Whys: whys}
	}
	return Choice{DesignOwnPast, append(whys, NoControls), true}
}
