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
	one := &past{nothing: nobody{zone: s.zone}, ranges: map[condition.Watch][2]int{}}
	subject := ""
	var moments []event.Millis
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
		moments = moments[:0]
		for _, o := range one.done {
			if o.At >= since && o.At <= now {
				moments = append(moments, o.At)
			}
		}
		slices.Sort(moments)
		out := Replayed{Subject: subject, Did: one.done}
		one.now = since
		hot := s.Hot(s.Total(one))
		for i, at := range slices.Compact(moments) {
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
