package forecast

import "github.com/shirube/shirube/internal/words"

// ShortestHistory is the days of data a forecast asks for.
const ShortestHistory = 28

// Shortage tells how many days of data are still missing for a forecast; the
// zero value says that there are enough.
type Shortage struct{ Days int }

// Enough reports whether a forecast can be made.
func (s Shortage) Enough() bool { return s.Days <= 0 }

// Reason says why there is no forecast yet.
func (s Shortage) Reason() words.Text {
	if s.Enough() {
		return words.Text{}
	}
	if s.Days == 1 {
		return words.T("見込みを出すには、あと1日分のデータが必要です。", "One more day of data is needed for a forecast.")
	}
	return words.T("見込みを出すには、あと%d日分のデータが必要です。",
		"%d more days of data are needed for a forecast.", s.Days)
}
