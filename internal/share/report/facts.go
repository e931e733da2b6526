package report

import (
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/series"
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
	Asks     bool // something is to be done about it
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

// Agreed is the state of agreement that the model file itself tells: who is named at the
// KGI's target.
func Agreed(m *goal.Model, lang words.Lang, nameless bool) Agreement {
	say := func(t words.Text) string { return t.In(lang) }
	t := m.KGI().Target
	switch {
	case t == nil || t.Kind == goal.TargetVague:
		return Agreement{Mark: insight.StatusTooEarly, Sentence: say(words.T("目標の数がまだないので、合意できません。", "There is no number to agree to yet.")), Asks: true}
	case len(t.Agreed) == 0:
		return Agreement{Mark: insight.StatusMissed, Sentence: say(words.T("だれもこの目標に合意していません。", "Nobody has agreed to this target.")), Asks: true}
	}
	names := make([]words.Text, len(t.Agreed))
	var last series.Day
	for i, a := range t.Agreed {
		names[i] = words.Text{JA: a.By, EN: a.By}
		if a.On != nil {
			last = max(last, *a.On)
		}
	}
	who := words.Join(names, "、", ", ")
	if nameless {
		who = words.T("%d人", "%d people", len(names))
	}
	if last == 0 {
		return Agreement{Mark: insight.StatusMet, Sentence: say(words.T("%sが合意しています。", "Agreed by %s.", who))}
	}
	return Agreement{Mark: insight.StatusMet, Sentence: say(words.T("%[1]sが合意しています(%[2]s)。", "Agreed by %[1]s (%[2]s).", who, last.Long()))}
}
