package inbox

import (
	"iter"

	"github.com/cespare/xxhash/v2"

	"github.com/shirube/shirube/internal/event"
)

// maxGeneration is how many fingerprints one generation holds. Two are kept, so that an
// event is known again among the last one to two generations: half a day at a thousand events
// a minute, half a minute at thirty thousand a second. Those who send again do so within
// seconds, and what is counted by the warehouse is held against all its ids of two days.
const maxGeneration = 750_000

// maxGenerationRows is how many rows of the ledger one generation may be spread over: a row
// a second makes two days of it.
const maxGenerationRows = 180_000

// seenSet knows the message ids that came lately. 64 bits of a hash stand for an id: among
// one and a half million, the chance that a new one is taken for an old one is 1 in 10¹³.
type seenSet struct {
	limit     int
	old, new  map[uint64]struct{}
	rows      int   // of the new generation
	oldUpTo   int64 // the last row of the old generation
	newUpTo   int64
	forgotten int64 // rows up to here are in neither
}

func newSeenSet(limit int) *seenSet {
	return &seenSet{limit: limit, old: map[uint64]struct{}{}, new: map[uint64]struct{}{}}
}

// recall builds the set anew from what was kept.
func recall(kept iter.Seq2[event.Seen, error]) (*seenSet, error) {
	s := newSeenSet(maxGeneration)
	for seen, err := range kept {
		if err != nil {
			return nil, err
		}
		s.keep(seen.Seq, seen.Fingerprints)
	}
	return s, nil
}

// freshness is which events of a go are there for the first time.
type freshness struct {
	first        []bool
	fingerprints []uint64 // of those
}

func (s *seenSet) fresh(events []event.Event) freshness {
	f := freshness{first: make([]bool, len(events)), fingerprints: make([]uint64, 0, len(events))}
	here := make(map[uint64]struct{}, len(events))
	for k := range events {
		print := fingerprint(&events[k])
		if s.has(print) {
			continue
		}
		if _, twice := here[print]; twice {
			continue
		}
		here[print] = struct{}{}
		f.first[k] = true
		f.fingerprints = append(f.fingerprints, print)
	}
	return f
}

func (s *seenSet) has(print uint64) bool {
	if _, known := s.new[print]; known {
		return true
	}
	_, known := s.old[print]
	return known
}

// keep remembers fingerprints of rows up to a seq.
func (s *seenSet) keep(upTo int64, prints []uint64) {
	if (len(s.new)+len(prints) > s.limit || s.rows >= maxGenerationRows) && len(s.new) > 0 {
		s.forgotten = s.oldUpTo
		s.old, s.oldUpTo = s.new, s.newUpTo
		s.new, s.rows = make(map[uint64]struct{}, s.limit/8), 0
	}
	for _, print := range prints {
		s.new[print] = struct{}{}
	}
	if s.newUpTo = upTo; len(prints) > 0 {
		s.rows++
	}
}

// forgettable is the row up to which the ledger may forget what it keeps, 0 for none; said
// once.
func (s *seenSet) forgettable() int64 {
	upTo := s.forgotten
	s.forgotten = 0
	return upTo
}

func fingerprint(e *event.Event) uint64 {
	var digest xxhash.Digest
	digest.Reset()
	// A hash never returns an error, and 0 cannot be part of a workspace's id.
	_, _ = digest.WriteString(string(e.Workspace))
	_, _ = digest.Write([]byte{0})
	_, _ = digest.WriteString(e.MessageID)
	return digest.Sum64()
}
