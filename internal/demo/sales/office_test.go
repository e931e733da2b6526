package sales

import (
	"testing"
	"time"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/score"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/words"
)

// TestEverybodyIsSomebodyElse: addresses can be written to, nobody's is another's, nothing
// lies in the future, and both languages tell the same people.
func TestEverybodyIsSomebodyElse(t *testing.T) {
	t.Parallel()
	for _, now := range []time.Time{time.Date(2026, 11, 22, 12, 0, 0, 0, zone), time.Date(2027, 1, 4, 0, 5, 0, 0, zone), time.Date(2027, 5, 3, 23, 0, 0, 0, zone)} {
		ja, en := On(now, words.JA), On(now, words.EN)
		if len(ja.People) != Entered+Browsers+5+yesterdays || len(en.People) != len(ja.People) {
			t.Fatalf("%d and %d people", len(ja.People), len(en.People))
		}
		addresses, hot := map[string]bool{}, 0
		held := make([]bool, len(ja.People))
		for k := range ja.People {
			held[k] = k%5 == 0
		}
		done := ja.Done(held)
		for k := range ja.People {
			a, b := &ja.People[k], &en.People[k]
			if _, err := contact.ParseAddress(a.Address); err != nil || addresses[a.Address] {
				t.Errorf("address %q: %v", a.Address, err)
			}
			if addresses[a.Address] = true; a.Address != b.Address || a.EnteredAt != b.EnteredAt || len(a.Deeds) != len(b.Deeds) || a.Name == b.Name {
				t.Errorf("%+v is not %+v", a, b)
			}
			if a.HotAt > 0 {
				hot++
			}
			if a.HotAt > ja.Now || a.EnteredAt > ja.Now || a.KnownAt > ja.Now {
				t.Errorf("%s lies in the future", a.Name)
			}
			last := event.Millis(0)
			for _, d := range done[k] {
				if d.At < last || d.At > ja.Now || d.At < a.KnownAt {
					t.Errorf("%s: %d after %d, known at %d", a.Name, d.At, last, a.KnownAt)
				}
				last = d.At
			}
		}
		if hot != OlderLeads+5 {
			t.Errorf("%s: %d leads", now, hot)
		}
		ids, before := map[string]bool{}, event.Millis(0)
		for e := range ja.Events(done, nil) {
			if ids[e.MessageID] || e.At < before || e.At > ja.Now {
				t.Fatalf("event %+v", e)
			}
			ids[e.MessageID], before = true, e.At
		}
	}
}

// TestTheCardCanBeKept in both languages.
func TestTheCardCanBeKept(t *testing.T) {
	t.Parallel()
	for _, lang := range []words.Lang{words.JA, words.EN} {
		if wrong := score.Check(Card(lang)); len(wrong) > 0 {
			t.Errorf("%s: %+v", lang, wrong)
		}
	}
}
