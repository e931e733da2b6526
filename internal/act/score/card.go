package score

import (
	"github.com/shirube/shirube/internal/act/condition"
)

// Card says who gets how many points for what. It is what people edit; Compile makes a
// Scorer of it.
type Card struct {
	Name      string  `json:"name"`
	Fit       []Fit   `json:"fit,omitempty"`
	Behaviour []Rule  `json:"behaviour,omitempty"`
	Groups    []Group `json:"groups,omitempty"`
	// Bands are names of ranges of points, the highest first. Below the last there is none.
	Bands []Band `json:"bands,omitempty"`
	// Hot is the line from which somebody is shown to sales, in whole points; none where nil.
	Hot *int `json:"hot,omitempty"`
	// Outcome is the event that shows a card was right: a meeting made, a deal. Without it
	// only what sales say of leads does.
	Outcome *condition.Matcher `json:"outcome,omitempty"`
	// AWeek is how many leads sales can take a week, Rate how many of them have to become
	// meetings; the line follows from both (Threshold). 0 is not said.
	AWeek int     `json:"a_week,omitempty"`
	Rate  float64 `json:"rate,omitempty"`
	// Serves is the indicator of the model that counts the meetings: how many it needs a week
	// stands in the place of Rate.
	Serves string `json:"serves,omitempty"`
}

// Fit gives points for what somebody is, as long as it is so.
type Fit struct {
	ID     string              `json:"id"`
	Name   string              `json:"name"` // "人事・100名以上"
	If     condition.Condition `json:"if"`
	Points int                 `json:"points"`
	Group  string              `json:"group,omitempty"`
}

// Rule gives points for what somebody did. With Times up to 1 every time gives Points;
// with more, Points are given once, while it was done that often.
type Rule struct {
	ID   string `json:"id"`
	Name string `json:"name"` // what it was done to: "料金のページ"
	Verb *Verb  `json:"verb,omitempty"`
	condition.Matcher
	Points int `json:"points"`
	Times  int `json:"times,omitempty"`
	Days   int `json:"days,omitempty"`  // only what was done in the last Days of 24 hours counts; 0 all
	ADay   int `json:"a_day,omitempty"` // at most so many times of a civil day count; 0 all
	InAll  int `json:"in_all,omitempty"`
	// Most is the most this rule can give, up or down; 0 is without bound.
	Most  int    `json:"most,omitempty"`
	Group string `json:"group,omitempty"`
	Decay *Decay `json:"decay,omitempty"`
}

// Verb is how a sentence says what was done: "保存した", "saved".
type Verb struct {
	JA string `json:"ja"`
	EN string `json:"en"`
}

// Group bounds the sum of the rules that name it, up and down.
type Group struct {
	Name string `json:"name"`
	Most int    `json:"most"`
}

// Decay is how points are lost by time. Linear: all of them over Days, evenly. HalfLife:
// half of what is left every Days.
type Decay struct {
	Kind DecayKind `json:"kind"`
	Days int       `json:"days"`
}

// DecayKind is the law of a decay.
type DecayKind string

// The laws of decay.
const (
	Linear   DecayKind = "linear"
	HalfLife DecayKind = "half-life"
)

// Band is a name for From points and more.
type Band struct {
	Name string `json:"name"`
	From int    `json:"from"`
}

// Limits of a card. A score is worked out at every event of a person, so a card is bounded.
const (
	MostFit       = 50
	MostBehaviour = 100
	MostGroups    = 16
	MostBands     = 8
	MostPoints    = 1000
	MostDays      = 3650
	MostTimes     = 1000
	MostName      = 120     // characters
	MostBytes     = 200_000 // of a card as JSON
)

// Points are thousandths of a point.
type Points int64

// Point is one point.
const Point Points = 1000

// Whole is the points as they are shown: rounded down, so that nobody seems to have reached
// a line they have not.
func (p Points) Whole() int {
	if p < 0 {
		return -int((-p + Point - 1) / Point)
	}
	return int(p / Point)
}
