package sales

import (
	"testing"
	"time"

	"github.com/shirube/shirube/internal/act/form"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/template"
	"github.com/shirube/shirube/internal/words"
)

// TestInquiriesAreThoseOfTheTable: by every route as many come by the form, day by day, as the
// table of the template told; a few days earlier at most where people of the office asked.
func TestInquiriesAreThoseOfTheTable(t *testing.T) {
	t.Parallel()
	noon := time.Date(2026, 11, 22, 12, 0, 0, 0, zone)
	for _, lang := range []words.Lang{words.JA, words.EN} {
		made, err := template.Files("sns-meetings", lang, template.Options{Today: series.DayOf(noon), Sample: true})
		if err != nil {
			t.Fatal(err)
		}
		files, table, err := FirstHand(made, lang)
		if err != nil || len(files) != len(made)-1 {
			t.Fatalf("%d files of %d: %v", len(files), len(made), err)
		}
		model, err := goal.Parse(template.ModelFile, files[0].Data)
		if err != nil {
			t.Fatalf("%s: %v", lang, err)
		}
		if counted := model.Metric("inquiries.consultations"); counted == nil || counted.Events == nil || counted.Events.Event != form.Inquiry.Event() {
			t.Fatalf("%s: counted as %+v", lang, counted)
		}
		type day struct {
			day   series.Day
			route string
		}
		told, come := map[day]int{}, map[day]int{}
		for _, one := range table {
			told[day{one.Day, one.Route}]++
		}
		office := On(noon, lang)
		done := office.Done(make([]bool, len(office.People)))
		for e := range office.Events(done, table) {
			if e.Kind != event.Track || e.Name != form.Inquiry.Event() {
				continue
			}
			for _, route := range routes {
				if string(e.Properties) == string(inquiryOf(route.In(lang))) {
					come[day{series.DayOf(time.UnixMilli(int64(e.At)).In(zone)), route.In(lang)}]++
				}
			}
		}
		for n, route := range routes {
			early, most := 0, 0
			for d := table[0].Day; d < series.DayOf(noon); d++ {
				at := day{d, route.In(lang)}
				if early += come[at] - told[at]; early < 0 {
					t.Fatalf("%s: by %q %d too few up to %s", lang, at.route, -early, d)
				}
				most = max(most, early)
			}
			if len(table) < 1000 || most > 12 || n > 0 && most > 0 {
				t.Errorf("%s: by %q up to %d too early of %d", lang, route.In(lang), most, len(table))
			}
		}
	}
}
