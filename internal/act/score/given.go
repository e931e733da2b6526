package score

import (
	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/words"
)

// Given are points somebody was given beside the card's rules, by a step of an automation.
// They neither fade nor are they bounded: whoever gave them can take them back.
type Given struct {
	Points  Points
	Name    string // of the automation
	Version int
	Reason  string // as whoever made the step wrote it; may be empty
	At      event.Millis
}

// Gifted are facts that also know what was given.
type Gifted interface {
	condition.Facts
	Given() []Given
}

func givenTo(f condition.Facts) []Given {
	if g, ok := f.(Gifted); ok {
		return g.Given()
	}
	return nil
}

// sumGiven is what was given up to now.
func sumGiven(f condition.Facts) (sum Points) {
	now := f.Now()
	for _, g := range givenTo(f) {
		if g.At <= now {
			sum += g.Points
		}
	}
	return sum
}

// givenParts are one part for each time.
func givenParts(f condition.Facts) (parts []Part) {
	now := f.Now()
	for _, g := range givenTo(f) {
		if g.At <= now && g.Points != 0 {
			parts = append(parts, Part{Given: &g, Now: g.Points, Earned: g.Points, Times: 1, First: g.At, Last: g.At})
		}
	}
	return parts
}

func (g *Given) says() words.Text {
	if g.Reason == "" {
		return words.T("自動化『%s』", "The automation “%s”", g.Name)
	}
	return words.T("自動化『%s』:%s", "The automation “%s”: %s", g.Name, g.Reason)
}

// Also has the scorer tell, in NextChange, when points cross further lines than those of its
// card: somebody asks whether they are at least so much. It returns another scorer.
func (s *Scorer) Also(lines []Points) *Scorer {
	if len(lines) == 0 {
		return s
	}
	other := *s
	other.lines = append(append([]Points(nil), s.lines...), lines...)
	return &other
}
