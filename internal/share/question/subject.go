package question

import (
	"strings"
	"unicode/utf8"
)

// Kind is what sort of thing a question is about. The values are stored.
type Kind string

// The kinds.
const (
	Whole     Kind = "map"       // the goal and the way to it, no part of it
	Indicator Kind = "indicator" // a number; ID is its id
	Road      Kind = "road"      // a link between two; ID is "from>to"
	Finding   Kind = "finding"   // ID is its key
	Report    Kind = "report"    // ID is the report's
	Review    Kind = "review"    // ID is the review's
)

// Subject is what a question is about.
type Subject struct {
	Kind Kind
	ID   string // "" of the whole
}

const maxSubjectBytes = 400

// RoadBetween is the road from one indicator to another.
func RoadBetween(from, to string) Subject { return Subject{Road, from + ">" + to} }

// String is the subject as it is kept: "map", "indicator:visits", "road:likes>visits".
func (s Subject) String() string {
	if s.Kind == Whole {
		return string(Whole)
	}
	return string(s.Kind) + ":" + s.ID
}

// ParseSubject reads what String writes; false for anything else.
func ParseSubject(text string) (Subject, bool) {
	if len(text) > maxSubjectBytes || !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool { return r < ' ' }) {
		return Subject{}, false
	}
	kind, id, found := strings.Cut(text, ":")
	s := Subject{Kind(kind), id}
	switch s.Kind {
	case Whole:
		return s, !found
	case Indicator, Finding, Report, Review:
		return s, id != ""
	case Road:
		_, _, ok := s.Ends()
		return s, ok
	}
	return Subject{}, false
}

// Ends are the indicators at both ends of a road; false for anything else.
func (s Subject) Ends() (from, to string, ok bool) {
	if s.Kind != Road {
		return "", "", false
	}
	from, to, ok = strings.Cut(s.ID, ">")
	return from, to, ok && from != "" && to != "" && !strings.Contains(to, ">")
}

// Indicators are those a question is about by name: one, the two ends of a road, or none.
func (s Subject) Indicators() []string {
	if from, to, ok := s.Ends(); ok {
		return []string{from, to}
	}
	if s.Kind == Indicator {
		return []string{s.ID}
	}
	return nil
}
