package review

import (
	"slices"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// State is how far a review is.
type State string

// The states of a review that is kept.
const (
	Held    State = "held"    // it is going on
	Closed  State = "closed"  // its minutes are written
	Skipped State = "skipped" // it was left out, with a reason
)

// Minutes are what is kept of one review: what was seen, what was on the agenda, who was
// there. What was settled is kept beside it, one decision at a time.
type Minutes struct {
	Scene   Scene    `json:"scene"`
	Items   []Item   `json:"items"`
	Changed []Change `json:"changed"` // since the review before
	Present []Person `json:"present"`
	Note    string   `json:"note,omitempty"`
	Why     string   `json:"why,omitempty"`   // it was left out
	Since   *Since   `json:"since,omitempty"` // the review before
	// Versions are the model's version when it began and when it ended; 0 while it goes on.
	Versions [2]int `json:"versions"`
	// Left are ids of items nobody settled: they come up again.
	Left []string `json:"left,omitempty"`
	// Focus are the names of what is watched from this review on; nil: nothing was said.
	Focus []string `json:"focus,omitempty"`
	// Reopened is who opened it again after its end, and why, in order.
	Reopened []Reopening `json:"reopened,omitempty"`
}

// Reopening is a review that was opened again.
type Reopening struct {
	On  series.Day `json:"on"`
	By  string     `json:"by"`
	Why string     `json:"why"`
}

// MostReopened is how often one review may be opened again.
const MostReopened = 20

// Reopen are the minutes of a review that goes on again: what ended it is taken back.
func (m Minutes) Reopen(r Reopening) Minutes {
	m.Versions[1], m.Left, m.Focus = 0, nil, nil
	m.Reopened = append(slices.Clone(m.Reopened), r)
	return m
}

// Since names the review before.
type Since struct {
	ID string     `json:"id"`
	On series.Day `json:"on"`
}

// Person is somebody by id and by the name they had.
type Person struct {
	ID   string `json:"id,omitempty"`
	Name string `json:"name"`
}

// Scene is what was to be seen on the day of a review: enough to compare the next one with.
type Scene struct {
	AsOf     series.Day `json:"as_of"`
	Version  int        `json:"version"` // of the model
	KGI      string     `json:"kgi"`     // id
	Lines    []Line     `json:"lines"`   // where we stand, what changed, what is next
	Readings []Reading  `json:"readings"`
	Found    []Found    `json:"found"` // every finding that was not at rest
	Roads    []Road     `json:"roads"`
	Measured bool       `json:"measured"` // the links had been worked out
}

// Line is a sentence with its mark; Mark is a word of insight.Status… or "".
type Line struct {
	Kind string     `json:"kind"` // now, changed, next
	Mark string     `json:"mark,omitempty"`
	Text words.Text `json:"text"`
}

// Reading is where one indicator stood. Ratios are ratios; absent is nil.
type Reading struct {
	ID     string     `json:"id"`
	Name   string     `json:"name"`
	Unit   string     `json:"unit"`
	Value  *float64   `json:"value"`
	Target words.Text `json:"target"` // as people say it: 年100件; "" without one
	Pace   *float64   `json:"pace"`
	Status string     `json:"status"`
	Chance *float64   `json:"chance"` // of reaching the target
}

// Found is one finding as it was told.
type Found struct {
	Key       string       `json:"key"`
	Code      string       `json:"code"`
	Severity  string       `json:"severity"` // error, warning, info
	Indicator string       `json:"indicator,omitempty"`
	From      string       `json:"from,omitempty"` // of a link
	To        string       `json:"to,omitempty"`
	Title     words.Text   `json:"title"`
	Sentence  words.Text   `json:"sentence"`
	Body      []words.Text `json:"body,omitempty"`
	Mend      words.Text   `json:"mend"`
	Stake     *Stake       `json:"stake,omitempty"`
}

// Stake is how many KGI units a finding costs; below zero they are lost.
type Stake struct {
	Amount float64    `json:"amount"`
	Unit   string     `json:"unit"`
	Label  words.Text `json:"label"`
}

// Road is what was known of one influence.
type Road struct {
	From     string     `json:"from"`
	To       string     `json:"to"`
	FromName string     `json:"from_name"`
	ToName   string     `json:"to_name"`
	Verdict  string     `json:"verdict"`
	Broken   bool       `json:"broken,omitempty"`
	Stale    bool       `json:"stale,omitempty"`
	TestedOn series.Day `json:"tested_on,omitempty"`
	Wait     int        `json:"wait,omitempty"` // days until it can be told; 0: nobody knows
}

// Reading finds an indicator of a scene, or nil.
func (s Scene) Reading(id string) *Reading {
	for i := range s.Readings {
		if s.Readings[i].ID == id {
			return &s.Readings[i]
		}
	}
	return nil
}

// Road finds an influence of a scene, or nil.
func (s Scene) Road(from, to string) *Road {
	for i := range s.Roads {
		if s.Roads[i].From == from && s.Roads[i].To == to {
			return &s.Roads[i]
		}
	}
	return nil
}

// Finding finds a finding of a scene by its key, or nil.
func (s Scene) Finding(key string) *Found {
	for i := range s.Found {
		if s.Found[i].Key == key {
			return &s.Found[i]
		}
	}
	return nil
}

// ItemKind is where an item of the agenda comes from.
type ItemKind string

// The kinds, in the order of the agenda.
const (
	FollowUp  ItemKind = "follow-up" // settled before, and looked after now
	Finding   ItemKind = "finding"   // the numbers say it
	Evidence  ItemKind = "evidence"  // a link whose test is too old to be relied on
	Agreement ItemKind = "agreement" // who stands behind the goal
	Own       ItemKind = "own"       // somebody put it on
)

// Item is one item of an agenda. Its id stays the same from day to day, and is unique on one
// agenda.
type Item struct {
	ID        string       `json:"id"`
	Kind      ItemKind     `json:"kind"`
	Severity  string       `json:"severity,omitempty"`
	Indicator string       `json:"indicator,omitempty"`
	From      string       `json:"from,omitempty"`
	To        string       `json:"to,omitempty"`
	Title     words.Text   `json:"title"`
	Sentence  words.Text   `json:"sentence"`
	Body      []words.Text `json:"body,omitempty"`
	Mend      words.Text   `json:"mend"`
	Stake     *Stake       `json:"stake,omitempty"`
	// Times is how many reviews in a row it has been on, this one counted.
	Times int `json:"times"`
	// By is who put it on; "" for what the program did.
	By  string   `json:"by,omitempty"`
	Was *Settled `json:"was,omitempty"` // follow-ups: what was settled
	// Outcome is what came of it; follow-ups only.
	Outcome *Outcome `json:"outcome,omitempty"`
}

// Settled is a decision as a later review looks back at it.
type Settled struct {
	ID     string     `json:"id"`
	Review string     `json:"review"`
	On     series.Day `json:"on"`
	By     string     `json:"by"` // whose word it was
	Decision
}

// Change is one thing that is different since the review before.
type Change struct {
	Kind      string     `json:"kind"` // status, chance, new, gone, link, model
	Indicator string     `json:"indicator,omitempty"`
	Mark      string     `json:"mark,omitempty"`
	Good      *bool      `json:"good"` // nil where it is neither
	Text      words.Text `json:"text"`
}
