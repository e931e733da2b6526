package report

import (
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/share/agreement"
	"github.com/shirube/shirube/internal/words"
)

// Facts are what a page is written from. Sentences of people (decisions, questions) come as
// they were written; everything else is said in Lang.
type Facts struct {
	Workspace string
	Version   int // of the model
	Rhythm    Rhythm
	Lang      words.Lang
	AsOf      series.Day
	Today     series.Day

	Ev   *goal.Evaluator
	View *insight.View // of Ev, from AsOf, in Lang
	// Chance is the KGI's probability Rhythm.Days before AsOf; nil where it is not known.
	Chance *float64
	// Findings are those nobody has muted, the most at stake first.
	Findings []insight.ReviewFinding
	// Measuring says that the findings are still being worked out.
	Measuring bool

	Agreement  Agreement
	Focus      []string // ids of the indicators that are watched
	Decisions  []Decision
	Questions  []Question // without an answer, the oldest first
	NextReview *series.Day
	// Nameless leaves out the names of people.
	Nameless bool
}

// Agreement is whether those concerned mean the same goal.
type Agreement struct {
	Mark     string // a status
	Sentence string
	Mend     string // what to do about it; "" for the usual: say it in one's own words
	Asks     bool   // something is to be done about it
}

// Decision is something that was settled.
type Decision struct {
	On   series.Day
	What string
	Why  string
	By   string
	Path string
}

// Question is one that waits for an answer.
type Question struct {
	On   series.Day
	Text string
	By   string
	Path string
}

// Agreed is how a state of agreement stands on the page.
func Agreed(s agreement.State, lang words.Lang, nameless bool) Agreement {
	a := Agreement{Mark: insight.StatusMissed, Sentence: s.Sentence().In(lang), Asks: s.Standing != agreement.Agreed}
	if nameless {
		a.Sentence = s.Nameless().In(lang)
	}
	switch s.Standing {
	case agreement.Agreed:
		a.Mark = insight.StatusMet
	case agreement.Partly:
		a.Mark, a.Mend = insight.StatusBehind, s.Mend().In(lang)
	}
	if differ := s.DifferSentence(); !differ.Zero() {
		a.Sentence = words.T("%[1]s%[2]s", "%[1]s %[2]s", a.Sentence, differ).In(lang)
	}
	return a
}
