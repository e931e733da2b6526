package score

import (
	"fmt"
	"iter"
	"slices"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/event"
)

// Replayed is how a subject would have fared by a card, had it been there.
type Replayed struct {
	Subject string
	Peak    Points       // the most points at any moment since
	At      event.Millis // the first moment of the peak
	Hot     []event.Millis
	Now     Points
	Did     []condition.Occurrence // all of it, by watch and moment; good until the next
}

// Replay goes through history as it happened: for every subject the points at each of its
// moments since a given one, and when it would have become hot. rows come sorted by
// subject, watch and moment; what is known of a subject besides is taken as it is now.
func (s *Scorer) Replay(rows iter.Seq2[Row, error], about func(subject string) condition.Facts, since, now event.Millis, visit func(Replayed) error) error {
	return s.each(rows, about, func(subject string, one *past) error {
		moments := one.moments(since, now)
		out := Replayed{Subject: subject, Did: one.done}
		one.now = since
		hot := s.Hot(s.Total(one))
		for i, at := range moments {
			one.now = at
			total := s.Total(one)
			if i == 0 || total > out.Peak {
				out.Peak, out.At = total, at
			}
			if s.Hot(total) != hot {
				if hot = !hot; hot {
					out.Hot = append(out.Hot, at)
				}
			}
		}
		one.now = now
		out.Now = s.Total(one)
		if len(moments) == 0 {
			out.Peak, out.At = out.Now, now
		}
		return visit(out)
	})
}

// Entries goes through history as Replay does and tells when each subject's points came
// into a stretch of points, from a number on and below another (nil: without end), by what
// it did or by time alone. At the first moment nobody comes in.
func (s *Scorer) Entries(rows iter.Seq2[Row, error], about func(subject string) condition.Facts, from Points, below *Points, since, now event.Millis, visit func(subject string, at []event.Millis) error) error {
	lines := []Points{from}
	if below != nil {
		lines = append(lines, *below)
	}
	asking, lifted := s.Also(lines), below != nil || s.timeLifts()
	return s.each(rows, about, func(subject string, one *past) error {
		inside := func(at event.Millis) bool {
			one.now = at
			total := s.Total(one)
			return total >= from && (below == nil || total < *below)
		}
		var came []event.Millis
		was, last := inside(since), since
		look := func(at event.Millis) {
			is := inside(at)
			if is && !was {
				came = append(came, at)
			}
			was, last = is, at
		}
		// upTo looks at what time alone does until a moment.
		upTo := func(at event.Millis) {
			for lifted && last < at {
				one.now = last
				next := asking.NextChange(one)
				if next <= last || next > at {
					break
				}
				look(next)
			}
			if last < at {
				look(at)
			}
		}
		for _, at := range one.moments(since, now) {
			upTo(at - 1)
			look(at)
		}
		upTo(now)
		return visit(subject, came)
	})
}

// timeLifts reports whether points can rise by time alone: what was taken away fades, or
// what somebody is follows from time.
func (s *Scorer) timeLifts() bool {
	return len(s.card.Fit) > 0 || slices.ContainsFunc(s.rules, func(r compiled) bool { return r.points < 0 && (r.law != "" || r.window > 0) })
}

// moments are those at which a subject did anything in a stretch of time, each once.
func (p *past) moments(since, now event.Millis) []event.Millis {
	var list []event.Millis
	for _, o := range p.done {
		if o.At >= since && o.At <= now {
			list = append(list, o.At)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// each hands over everybody of a history with all they did, one after the other; what is
// handed over is good until the next.
func (s *Scorer) each(rows iter.Seq2[Row, error], about func(subject string) condition.Facts, visit func(subject string, one *past) error) error {
	one := &past{nothing: nobody{zone: s.zone}, ranges: map[condition.Watch][2]int{}}
	subject := ""
	finish := func() error {
		if subject == "" {
			return nil
		}
		one.Facts = one.nothing
		if about != nil {
			if known := about(subject); known != nil {
				one.Facts = known
			}
		}
		return visit(subject, one)
	}
	for row, err := range rows {
		if err != nil {
			return fmt.Errorf("read what %q did: %w", subject, err)
		}
		if row.Subject != subject {
			if row.Subject < subject {
				return fmt.Errorf("replay: %q comes after %q: rows have to be sorted by subject", row.Subject, subject)
			}
			if err := finish(); err != nil {
				return err
			}
			one.clear()
			subject = row.Subject
		}
		one.add(row)
	}
	return finish()
}
