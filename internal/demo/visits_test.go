package demo

import (
	"testing"
	"time"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/template"
	"github.com/shirube/shirube/internal/words"
)

// TestVisitsAreTheTable: what is counted from the events is what the company's own table
// of web analytics says, day by day and device by device.
func TestVisitsAreTheTable(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, template.Zone)
	c := newCompany(series.Date(2026, 11, 22), seed)
	type cell struct {
		day    series.Day
		device string
	}
	visits, staff, forms, entries := map[cell]int{}, map[cell]int{}, map[cell]int{}, map[cell]int{}
	social := map[string]bool{} // who is on a visit that came from social media
	ids := map[string]bool{}
	var last event.Millis
	n, size := 0, 0
	for e := range Visits(now, words.JA) {
		n++
		size += len(e.Title) + len(e.Path)
		if ids[e.MessageID] || e.At < last-36*3600*1000 || e.At > event.Millis(now.UnixMilli()) {
			t.Fatalf("event %+v", e)
		}
		ids[e.MessageID], last = true, e.At
		day := series.DayOf(time.UnixMilli(int64(e.At)).In(template.Zone))
		at := cell{day, e.Device}
		if e.Campaign.Medium == "social" {
			visits[at]++
			social[e.Visitor] = true
		} else if e.ReferrerHost != "" || e.Campaign.Medium != "" {
			social[e.Visitor] = false
		}
		if !social[e.Visitor] {
			continue
		}
		switch {
		case e.Kind == event.Page && e.Path == staffPage.path:
			staff[at]++
		case e.Kind == event.Page && e.Path == formPage.path:
			forms[at]++
		case e.Name == entryCompleted:
			entries[at]++
		}
	}
	if n < 30_000 || n > 200_000 {
		t.Errorf("%d events", n)
	}
	for i := c.days - visitDays; i < c.days; i++ {
		for dev, k := range kinds {
			at := cell{c.day(i), k.device}
			if visits[at] != c.sessions[dev][i] {
				t.Errorf("%s %s: %d visits, the table has %d", at.day, at.device, visits[at], c.sessions[dev][i])
			}
		}
	}
	sum := func(m map[cell]int, dev int, of []int) (events, table int) {
		for i := c.days - visitDays; i < c.days; i++ {
			events += m[cell{c.day(i), kinds[dev].device}]
			table += of[i]
		}
		return events, table
	}
	for dev := range devices {
		// Visits that cross midnight put a view into the next day; over all days that is
		// a handful.
		for name, pair := range map[string][2]int{
			"staff": pairOf(sum(staff, dev, c.staff[dev])), "forms": pairOf(sum(forms, dev, c.forms[dev])), "entries": pairOf(sum(entries, dev, c.entry[dev])),
		} {
			if diff := pair[0] - pair[1]; diff < -pair[1]/50-3 || diff > pair[1]/50+3 {
				t.Errorf("%s %s: %d in the events, %d in the table", kinds[dev].device, name, pair[0], pair[1])
			}
		}
	}
}

func pairOf(a, b int) [2]int { return [2]int{a, b} }
