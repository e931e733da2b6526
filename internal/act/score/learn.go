package score

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/scorecard"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// AskLearn says what a card is to be learned from.
type AskLearn struct {
	Watches []Watched
	Traits  map[string]string // names of fit properties, as people know them
	Horizon event.Millis      // how long after a moment the outcome counts; 0 is 30 days
	End     event.Millis      // up to when the data reach
	Zone    *time.Location
	Outcome words.Text // "商談"
	Most    int        // rules; 0 is 8
}

// Watched is behaviour a rule may be about.
type Watched struct {
	Watch   condition.Watch
	Matcher condition.Matcher
	Name    string
}

// windows are those a learned rule may look back over, in days.
var windows = []int{7, 30, 90}

// Proposal is a card proposed from outcomes, and what it is worth.
type Proposal struct {
	Reason string // "", NotEnough, NothingFound of scorecard
	Needed int    // NotEnough: so many more outcomes
	Rows   int    // moments learned from
	Hits   int    // of them with the outcome within the horizon

	Card    Card
	Base    int // added to a sum of points, it makes the lowest possible one 0
	Chance  scorecard.Calibration
	Bands   []Chances
	Tested  scorecard.Tested // on moments the card has not seen
	LeftOut []scorecard.LeftOut
}

// Chances is a band of a card with the probability that goes with it.
type Chances struct {
	Name      string
	From      int // points of the card as it stands, without Base
	Rows      int
	Hits      int
	Predicted float64
	Interval  [2]float64 // of the observed share, 95 %
}

// Of is the probability of the outcome at some points of the proposed card.
func (p *Proposal) Of(points Points) float64 {
	return p.Chance.Of(float64(points)/float64(Point) + float64(p.Base))
}

// Learn proposes whole-number points from outcomes.
//
// It looks at moments at which a score would have been worked out: of every subject and
// stretch of one horizon, one moment of activity, drawn by a hash so that the same data
// give the same card. What was done up to then is counted; whether the outcome came within
// the horizon after it is the answer. Moments after an outcome, and those whose horizon is
// not over, are left out. So nothing that came with or after an outcome is ever counted,
// and what the card tells is what it is used for: how many of those with such points today
// have the outcome within the horizon.
func Learn(journeys []Journey, ask AskLearn) (*Proposal, error) {
	if ask.Horizon == 0 {
		ask.Horizon = outcomesAfter
	}
	if ask.Most == 0 {
		ask.Most = 8
	}
	table, made := tableOf(journeys, ask)
	out := &Proposal{Rows: table.Rows(), Hits: table.Positives()}
	result, err := scorecard.Learn(table, scorecard.Options{MaxRules: ask.Most, MaxPoints: 9})
	if err != nil {
		return nil, fmt.Errorf("learn card from %d moments: %w", table.Rows(), err)
	}
	out.Reason, out.Needed, out.LeftOut = result.Reason, result.Needed, result.LeftOut
	if result.Reason != scorecard.Learnt {
		return out, nil
	}
	out.Base, out.Chance, out.Tested = result.Card.Base, result.Card.Chance, result.Tested
	out.Card = Card{Name: words.T("結果から学んだ点", "Points learned from outcomes").JA}
	for i, r := range result.Card.Rules {
		made[r.Column].rule(&out.Card, fmt.Sprintf("r%d", i+1), r, ask)
	}
	out.bands(result.Bands)
	return out, nil
}

// Reads says what came of learning, where there is no card.
func (p *Proposal) Reads(outcome words.Text) words.Text {
	switch p.Reason {
	case scorecard.NotEnough:
		return words.T("点を学ぶには、あと%[1]d件の%[2]sの結果が必要です。それまでは手でつけた点をお使いください。", "%[1]d more outcomes (%[2]s) are needed to learn points. Until then, use the card made by hand.", p.Needed, outcome)
	case scorecard.NothingFound:
		return words.T("%sになった方とそうでない方を、はっきり分ける行動や属性は見つかりませんでした。", "Nothing people did or are tells those who ended in %s clearly from the others.", outcome)
	}
	return words.T("%[1]d件の結果から、%[2]d個のルールと点を提案します。", "%[2]d rules with points are proposed from %[1]d outcomes.", p.Hits, len(p.Card.Behaviour)+len(p.Card.Fit))
}

// column is what a column of the table is about.
type column struct {
	watch  int // place among the watched, -1: a property
	days   int
	key    string
	number bool
}

// moment is one row: a subject at a moment of activity.
type moment struct {
	journey int
	at      event.Millis
	came    bool
}

func momentsOf(journeys []Journey, ask AskLearn) []moment {
	var out []moment
	for i, j := range journeys {
		if !j.sorted() {
			j.Done = slices.Clone(j.Done)
			slices.SortStableFunc(j.Done, func(a, b condition.Occurrence) int { return cmp.Compare(a.At, b.At) })
		}
		for from := 0; from < len(j.Done); {
			stretch := j.Done[from].At / ask.Horizon
			to := from
			for to < len(j.Done) && j.Done[to].At/ask.Horizon == stretch && (j.Outcome == 0 || j.Done[to].At < j.Outcome) {
				to++
			}
			if to == from {
				break // the outcome has come
			}
			h := fnv.New64a()
			fmt.Fprint(h, j.Subject, stretch)
			at := j.Done[from+int(h.Sum64()%uint64(to-from))].At
			from = to
			came := j.Outcome > at && j.Outcome-at <= ask.Horizon
			if !came && at+ask.Horizon > ask.End {
				continue
			}
			out = append(out, moment{i, at, came})
		}
	}
	return out
}

// tableOf is the moments as columns; the day of a moment lets the card be tried on the
// later ones.
func tableOf(journeys []Journey, ask AskLearn) (*scorecard.Table, map[string]column) {
	moments := momentsOf(journeys, ask)
	t := &scorecard.Table{OutcomeName: "outcome"}
	made := map[string]column{}
	zone := ask.Zone
	if zone == nil {
		zone = time.UTC
	}
	when := scorecard.Column{Name: "moment", Kind: scorecard.Date, Blank: make([]bool, len(moments))}
	for _, m := range moments {
		t.Outcome = append(t.Outcome, m.came)
		when.Days = append(when.Days, series.DayOf(time.UnixMilli(int64(m.at)).In(zone)))
	}
	t.Columns = append(t.Columns, when)
	for w, watched := range ask.Watches {
		for _, days := range windows {
			c := scorecard.Column{Name: fmt.Sprintf("did %d in %d", w, days), Numbers: make([]float64, len(moments))}
			for i, m := range moments {
				c.Numbers[i] = float64(countIn(journeys[m.journey].Done, watched.Watch, m.at-event.Millis(days)*day, m.at))
			}
			made[c.Name] = column{watch: w, days: days}
			t.Columns = append(t.Columns, c)
		}
	}
	keys, numbers := map[string]bool{}, map[string]bool{}
	for _, j := range journeys {
		for k := range j.Traits {
			keys[k] = true
		}
		for k := range j.Numbers {
			numbers[k] = true
		}
	}
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		c := scorecard.Column{Name: "trait " + key, Kind: scorecard.Category, Texts: make([]string, len(moments))}
		for i, m := range moments {
			c.Texts[i] = journeys[m.journey].Traits[key]
		}
		made[c.Name] = column{watch: -1, key: key}
		t.Columns = append(t.Columns, c)
	}
	for _, key := range slices.Sorted(maps.Keys(numbers)) {
		c := scorecard.Column{Name: "number " + key, Numbers: make([]float64, len(moments))}
		for i, m := range moments {
			v, known := journeys[m.journey].Numbers[key]
			if !known {
				v = math.NaN()
			}
			c.Numbers[i] = v
		}
		made[c.Name] = column{watch: -1, key: key, number: true}
		t.Columns = append(t.Columns, c)
	}
	return t, made
}

// countIn counts occurrences of a watch in (from, to].
func countIn(done []condition.Occurrence, w condition.Watch, from, to event.Millis) int {
	n := 0
	i, _ := slices.BinarySearchFunc(done, from+1, func(o condition.Occurrence, at event.Millis) int { return cmp.Compare(o.At, at) })
	for ; i < len(done) && done[i].At <= to; i++ {
		if done[i].Watch == w {
			n++
		}
	}
	return n
}

// rule writes a learned rule into a card.
func (c column) rule(card *Card, id string, r scorecard.Scored, ask AskLearn) {
	if c.watch >= 0 {
		watched := ask.Watches[c.watch]
		card.Behaviour = append(card.Behaviour, Rule{ID: id, Name: watched.Name, Matcher: watched.Matcher,
			Points: r.Points, Times: max(1, int(r.Value)), Days: c.days, InAll: once(r.Value)})
		return
	}
	name := ask.Traits[c.key]
	if name == "" {
		name = c.key
	}
	p := condition.Property{Key: c.key, Op: "is", Values: []string{r.Text}}
	switch {
	case r.Op == scorecard.Missing:
		p.Op, p.Values = "unknown", nil
	case c.number && r.Op == scorecard.AtLeast:
		p.Op, p.Values = "at-least", []string{strings.TrimPrefix(r.Condition(), ">= ")}
	case c.number && r.Op == scorecard.Below:
		p.Op, p.Values = "below", []string{strings.TrimPrefix(r.Condition(), "< ")}
	case c.number:
		p.Values = []string{strings.TrimPrefix(r.Condition(), "= ")}
	case r.Op == scorecard.IsNot:
		p.Op = "is-not"
	}
	card.Fit = append(card.Fit, Fit{ID: id, Name: name + " " + r.Reads().JA, If: condition.Condition{Property: &p}, Points: r.Points})
}

// once keeps a rule of a single time from giving its points for each.
func once(times float64) int {
	if times <= 1 {
		return 1
	}
	return 0
}

// bands gives the learned bands letters, the highest A, and joins the lowest beyond D.
func (p *Proposal) bands(learned []scorecard.Band) {
	for i := len(learned) - 1; i >= 0; i-- {
		b := learned[i]
		at := len(p.Bands)
		if at == 4 {
			last := &p.Bands[3]
			last.Predicted = (last.Predicted*float64(last.Rows) + b.Predicted*float64(b.Rows)) / float64(last.Rows+b.Rows)
			last.From, last.Rows, last.Hits = b.From-p.Base, last.Rows+b.Rows, last.Hits+b.Hits
			last.Interval = scorecard.Wilson(last.Hits, last.Rows)
			continue
		}
		p.Bands = append(p.Bands, Chances{Name: string(rune('A' + at)), From: b.From - p.Base, Rows: b.Rows, Hits: b.Hits, Predicted: b.Predicted, Interval: b.Interval})
	}
	for _, b := range p.Bands {
		p.Card.Bands = append(p.Card.Bands, Band{Name: b.Name, From: b.From})
	}
}
