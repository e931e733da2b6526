package series

// Grain is the length of the periods a target or a chart is read in.
type Grain uint8

// The grains. A week starts on Monday; quarters and years follow the fiscal
// year.
const (
	GrainDay Grain = iota
	GrainWeek
	GrainMonth
	GrainQuarter
	GrainYear
)

var grainNames = [...]string{
	GrainDay: "day", GrainWeek: "week", GrainMonth: "month", GrainQuarter: "quarter", GrainYear: "year",
}

// String is the name the model file uses: day, week, month, quarter, year.
func (g Grain) String() string {
	if int(g) < len(grainNames) {
		return grainNames[g]
	}
	return "unknown"
}

// ParseGrain reads the name used in the model file.
func ParseGrain(s string) (Grain, bool) {
	for g, name := range grainNames {
		if s == name {
			return Grain(g), true
		}
	}
	return GrainDay, false
}
