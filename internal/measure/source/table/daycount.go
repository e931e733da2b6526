package table

import (
	"strconv"
	"strings"

	"github.com/shirube/shirube/internal/series"
)

// dayCount turns "day 0, day 1 …" into dates. GA4 writes the days of some tables
// as their number since the first day, which stands in the preamble.
type dayCount struct {
	start series.Day
	known bool // a start date was seen
	on    bool // the table counts days in its first column
}

// startLabels are what the preamble calls the first day.
var startLabels = []string{"開始日", "start date"}

// countHeaders are what such a column is called.
var countHeaders = map[string]bool{"n 日目": true, "n日目": true, "第 n 日": true, "第n日": true, "日 n": true, "nth day": true, "day n": true}

// note looks for a start date in a line of the preamble.
func (d *dayCount) note(cells []string) {
	if !isComment(cells) {
		return
	}
	line := strings.TrimLeft(matchName(strings.TrimLeft(cells[0], "# ")), "# ")
	for _, label := range startLabels {
		rest, ok := strings.CutPrefix(line, label)
		if !ok {
			continue
		}
		if day, err := ParseDate(strings.Trim(rest, ": "), OrderUnknown, nil); err == nil {
			d.start, d.known = day, true
		}
	}
}

// begin looks at the header of a table.
func (d *dayCount) begin(head []string) {
	d.on = d.known && len(head) > 0 && countHeaders[matchName(head[0])]
}

// mostCounted is a bound of what a day's number may be: a hundred years.
const mostCounted = 36_525

func (d *dayCount) apply(c *record) {
	if !d.on || len(c.cells) == 0 {
		return
	}
	n, err := strconv.Atoi(strings.TrimSpace(c.cells[0]))
	if err != nil || n < 0 || n > mostCounted {
		return // told as what it is when it is read as a date
	}
	c.cells[0] = (d.start + series.Day(n)).String()
}
