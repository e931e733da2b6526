package series

import "github.com/shirube/shirube/internal/words"

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

// Per says an amount for each period: 1日100件, 月100件 / 100件 a month.
func (g Grain) Per(amount words.Localized) words.Text {
	switch g {
	case GrainDay:
		return words.T("1日%s", "%s a day", amount)
	case GrainWeek:
		return words.T("週%s", "%s a week", amount)
	case GrainMonth:
		return words.T("月%s", "%s a month", amount)
	case GrainQuarter:
		return words.T("四半期%s", "%s a quarter", amount)
	}
	return words.T("年%s", "%s a year", amount)
}
