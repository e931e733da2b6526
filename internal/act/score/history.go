package score

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/series"
)

// Row is one thing somebody did, as a history gives it.
type Row struct {
	Subject string
	Watch   condition.Watch
	At      event.Millis
}

// Standing is what a subject's whole history comes to.
type Standing struct {
	Subject string
	Total   Points
	Band    string
	Hot     bool
	Next    event.Millis // as NextChange
}

// Rescore works out everybody's points anew from what they did. rows come sorted by
// subject, watch and moment. people are the subjects that are to be scored even without
// having done anything, sorted as the rows are (nil: none); about tells what is known of a
// subject besides (nil: nothing is). Memory is that of the busiest subject.
func (s *Scorer) Rescore(rows iter.Seq2[Row, error], people iter.Seq2[string, error], about func(subject string) condition.Facts, now event.Millis, emit func(Standing) error) error {
	next, stop := iter.Pull2(orNone(people))
	defer stop()
	waiting, err, more := next()
	one := &past{now: now, nothing: nobody{zone: s.zone}, ranges: map[condition.Watch][2]int{}}
	finish := func(subject string) error {
		one.Facts = one.nothing
		if about != nil {
			if known := about(subject); known != nil {
				one.Facts = known
			}
		}
		total := s.Total(one)
		return emit(Standing{Subject: subject, Total: total, Band: s.Band(total), Hot: s.Hot(total), Next: s.NextChange(one)})
	}
	// upTo scores those who have done nothing, up to a subject that has; "" is to the end.
	upTo := func(subject string) error {
		for more && (subject == "" || waiting <= subject) {
			if err != nil {
				return fmt.Errorf("read people to score: %w", err)
			}
			if waiting != subject {
				one.clear()
				if err := finish(waiting); err != nil {
					return err
				}
			}
			waiting, err, more = next()
		}
		return nil
	}
	subject := ""
	collected := &past{now: now, nothing: nobody{zone: s.zone}, ranges: map[condition.Watch][2]int{}}
	flush := func() error {
		if subject == "" {
			return nil
		}
		if err := upTo(subject); err != nil {
			return err
		}
		one, collected = collected, one
		err := finish(subject)
		collected.clear()
		return err
	}
	for row, err := range rows {
		if err != nil {
			return fmt.Errorf("read what %q did: %w", subject, err)
		}
		if row.Subject != subject {
			if row.Subject < subject {
				return fmt.Errorf("rescore: %q comes after %q: rows have to be sorted by subject", row.Subject, subject)
			}
			if err := flush(); err != nil {
				return err
			}
			collected.clear()
			subject = row.Subject
		}
		collected.add(row)
	}
	if err := flush(); err != nil {
		return err
	}
	return upTo("")
}

func orNone(people iter.Seq2[string, error]) iter.Seq2[string, error] {
	if people == nil {
		return func(func(string, error) bool) {}
	}
	return people
}

// Given is what was given to the subject, where what is known of it tells.
func (p *past) Given() []Given { return givenTo(p.Facts) }

// past is what one subject did, as facts.
type past struct {
	condition.Facts
	nothing condition.Facts
	now     event.Millis
	done    []condition.Occurrence // sorted by watch and moment
	ranges  map[condition.Watch][2]int
}

func (p *past) clear() {
	p.done = p.done[:0]
	clear(p.ranges)
}

func (p *past) add(row Row) {
	n := len(p.done)
	p.done = append(p.done, condition.Occurrence{Watch: row.Watch, At: row.At})
	if n > 0 && p.done[n-1].Watch == row.Watch {
		r := p.ranges[row.Watch]
		p.ranges[row.Watch] = [2]int{r[0], n + 1}
		return
	}
	p.ranges[row.Watch] = [2]int{n, n + 1}
}

// Now is the moment everybody is scored at.
func (p *past) Now() event.Millis { return p.now }

// Occurrences are those of a watch since a moment, oldest first.
func (p *past) Occurrences(w condition.Watch, since event.Millis) []condition.Occurrence {
	r, done := p.ranges[w]
	if !done {
		return nil
	}
	all := p.done[r[0]:r[1]]
	for len(all) > 0 && all[0].At < since {
		all = all[1:]
	}
	// What lies ahead has not happened yet.
	n, _ := slices.BinarySearchFunc(all, p.now+1, func(o condition.Occurrence, at event.Millis) int { return cmp.Compare(o.At, at) })
	return all[:n]
}

// nobody is a subject of whom nothing is known but what they did.
type nobody struct{ zone *time.Location }

func (nobody) Now() event.Millis                                                { return 0 }
func (nobody) Property(string) (contact.Value, bool)                            { return contact.Value{}, false }
func (nobody) Occurrences(condition.Watch, event.Millis) []condition.Occurrence { return nil }
func (nobody) Score(string) float64                                             { return 0 }
func (nobody) Tagged(string) bool                                               { return false }
func (nobody) Consent(string) string                                            { return "none" }
func (nobody) InSegment(string) bool                                            { return false }
func (nobody) Cookieless() bool                                                 { return false }
func (n nobody) DayOf(at event.Millis) series.Day {
	return series.DayOf(time.UnixMilli(int64(at)).In(n.zone))
}
