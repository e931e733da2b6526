package score

import (
	"fmt"
	"time"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// Says is the sentence of a part as sales read it: "料金のページを3日で4回見た". The points
// stand beside it.
func (s *Scorer) Says(p Part) words.Text {
	if p.Given != nil {
		return p.Given.says()
	}
	if p.Fit {
		name := s.card.Fit[p.place].Name
		return words.T("%sにあたる", "Is %s", name)
	}
	rule := s.card.Behaviour[p.place]
	verb := rule.verb()
	if p.Times <= 1 {
		return words.T("%[1]sを%[2]s", "%[3]s %[1]s", rule.Name, verb.JA, verb.EN)
	}
	if days := s.dayOf(p) + 1; days > 1 {
		return words.T("%[1]sを%[4]d日で%[5]d回%[2]s", "%[3]s %[1]s %[5]d times in %[4]d days", rule.Name, verb.JA, verb.EN, int(days), p.Times)
	}
	return words.T("%[1]sを1日で%[4]d回%[2]s", "%[3]s %[1]s %[4]d times in a day", rule.Name, verb.JA, verb.EN, p.Times)
}

// When is the days, or the one moment, at which what a part is for was done; nothing of what
// somebody is.
func (s *Scorer) When(p Part) words.Text {
	if p.Fit || p.Last == 0 {
		return words.Text{}
	}
	first, last := time.UnixMilli(int64(p.First)).In(s.zone), time.UnixMilli(int64(p.Last)).In(s.zone)
	switch {
	case s.dayOf(p) == 0:
		return words.T("%[1]s %[3]s", "%[2]s %[3]s", dateJA(last), last.Format("Jan 2"), last.Format("15:04"))
	case first.Year() == last.Year() && first.Month() == last.Month():
		return words.T("%[1]s〜%[3]d日", "%[2]s–%[3]d", dateJA(first), first.Format("Jan 2"), last.Day())
	}
	return words.T("%[1]s〜%[3]s", "%[2]s–%[4]s", dateJA(first), first.Format("Jan 2"), dateJA(last), last.Format("Jan 2"))
}

func dateJA(t time.Time) string { return fmt.Sprintf("%d月%d日", t.Month(), t.Day()) }

// dayOf is how many civil days lie between the first and the last time that count.
func (s *Scorer) dayOf(p Part) series.Day {
	of := func(ms int64) series.Day { return series.DayOf(time.UnixMilli(ms).In(s.zone)) }
	return of(int64(p.Last)) - of(int64(p.First))
}

func (r Rule) verb() Verb {
	switch {
	case r.Verb != nil:
		return *r.Verb
	case r.Event == "":
		return Verb{JA: "見た", EN: "Viewed"}
	}
	return Verb{JA: "した", EN: "Did"}
}

// Faded says how much of a part time has taken, where it has: "もとは+14点".
func (s *Scorer) Faded(p Part) words.Text {
	if magnitude(p.Earned)-magnitude(p.Now) < Point {
		return words.Text{}
	}
	earned := words.Signed(float64(p.Earned/Point), 0)
	if p.Capped {
		return words.T("%s点のうち、上限まで", "of %s, up to the limit", earned)
	}
	return words.T("もとは%s点", "%s when it happened", earned)
}

// Summary is the reasons of a score in one line, the greatest first.
func (s *Scorer) Summary(of Score, most int) words.Text {
	var texts []words.Text
	for _, p := range of.Parts {
		if len(texts) == most {
			break
		}
		if p.Now > 0 {
			texts = append(texts, s.Says(p))
		}
	}
	return words.Join(texts, "・", "; ")
}
