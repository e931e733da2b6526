package insight

import (
	"math"
	"slices"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// stakes puts findings into units of the KGI: what a change of an indicator brings to the
// KGI until its deadline.
type stakes struct {
	v       *View
	kgi     *goal.Indicator
	carrier *carrier
	// rest is what the KGI is expected to bring from now on (a rate or a level: what it is
	// expected to be); false without a deadline, data or time left.
	rest  float64
	known bool
	// hold is the period of a hold target, whose stake is told for one whole period.
	hold *series.Span
}

func (v *View) newStakes() *stakes {
	s := &stakes{v: v, kgi: v.model.KGI()}
	s.carrier = v.carrier(v.recentSpan())
	if base := s.carrier.base[s.carrier.place[s.kgi.ID]].V; !(base > 0) {
		s.carrier = v.carrier(v.WhatIfSpan())
	}
	t := s.kgi.Target
	if t == nil || t.Kind == goal.TargetVague || v.over(t) {
		return s
	}
	if t.Kind == goal.TargetHold {
		next := v.model.Fiscal.Next(t.Per, v.model.Fiscal.Containing(t.Per, v.asOf))
		if !v.shortage(s.kgi.ID).Zero() {
			return s
		}
		if o, ok := prospectOf(v.ways(s.kgi.ID, next, outlookPaths)); ok {
			s.rest, s.known, s.hold = o.mean, true, &next
		}
		return s
	}
	if a := v.lookAhead(); a != nil {
		s.rest, s.known = a.landing.outcome.mean-a.landing.soFar, true
	}
	return s
}

// gain is by how much the KGI does better by its deadline when indicators stand at a
// multiple of what they are; below zero is worse. arrived is the share of the days ahead
// that the change is in time for.
func (s *stakes) gain(factors map[string]float64) (units, arrived float64, ok bool) {
	ratio, set := s.ratio(factors)
	if !s.known || !exists(ratio) || ratio == 1 {
		return 0, 0, false
	}
	arrived = 1
	if s.hold == nil {
		i := s.carrier.place[s.kgi.ID]
		arrived = s.v.arrivedShare(s.carrier, set, i, s.carrier.base[i].V*ratio)
	}
	units = s.rest * (ratio - 1) * arrived
	if s.kgi.Target.Direction == goal.Down {
		units = -units
	}
	return units, arrived, exists(units)
}

// asBefore is what the KGI would bring in the days to come at the rate of days gone by:
// for what stopped altogether, where no factor brings anything back.
func (s *stakes) asBefore(span series.Span) (units float64, ok bool) {
	if !s.known || s.hold != nil || !s.v.flow(s.kgi.ID) || s.kgi.Target.Direction == goal.Down {
		return 0, false
	}
	daily := s.v.valueOnce(s.kgi.ID, span).V / float64(span.Days())
	left := series.Span{From: s.v.asOf + 1, To: s.v.landingSpan(s.kgi).To}
	units = daily*float64(left.Days()) - s.rest
	return units, exists(units) && units > 0
}

// ratio is what becomes of the KGI, over what it is.
func (s *stakes) ratio(factors map[string]float64) (float64, map[int]float64) {
	set := map[int]float64{}
	for id, f := range factors {
		i, placed := s.carrier.place[id]
		if !placed || !exists(s.carrier.base[i].V) || s.carrier.base[i].V == 0 || !exists(f) {
			return math.NaN(), nil
		}
		set[i] = s.carrier.base[i].V * f
	}
	i := s.carrier.place[s.kgi.ID]
	return s.carrier.run(set, nil, math.Inf(1)).after[i] / s.carrier.base[i].V, set
}

// leads reports whether moving an indicator is known to move the KGI.
func (s *stakes) leads(id string) bool {
	ratio, _ := s.ratio(map[string]float64{id: 1.1})
	return exists(ratio) && math.Abs(ratio-1) > 1e-12
}

// when is the deadline a stake is told for: 3月31日まで, or one period.
func (s *stakes) when() words.Text {
	if s.hold != nil {
		return words.T("%sあたり", "per %s", onePeriod(s.kgi.Target.Per))
	}
	if s.kgi.Target.By != nil {
		return words.T("%sまでに", "by %s", *s.kgi.Target.By)
	}
	return words.Text{}
}

// lost makes the stake of a loss; nil where there is none to speak of.
func (s *stakes) lost(units float64, how words.Text) *Stake {
	if !s.known || !exists(units) || units <= 0 {
		return nil
	}
	label := words.T("%[1]sの%[2]s", "%[2]s %[1]s", s.short(), s.kgi.Name)
	return &Stake{Amount: -roundLike(units), Unit: s.kgi.Unit, Label: s.v.say(label), Sentence: s.v.say(how)}
}

// short is the deadline in a label: 3月31日まで.
func (s *stakes) short() words.Text {
	if s.hold != nil {
		return words.T("%s", "per %s", onePeriod(s.kgi.Target.Per))
	}
	return words.T("%sまで", "by %s", *s.kgi.Target.By)
}

// onePeriod is the length of a period: 1か月.
func onePeriod(g series.Grain) words.Text {
	name := grainName(g)
	switch g {
	case series.GrainMonth:
		return words.Text{JA: "1か月", EN: name.EN}
	case series.GrainWeek, series.GrainYear:
		return words.Text{JA: "1" + name.JA + "間", EN: name.EN}
	}
	return words.Text{JA: "1" + name.JA, EN: name.EN}
}

// roughly is an amount of the KGI as people say it when it is not exact.
func (s *stakes) roughly(units float64) words.Text {
	if a := math.Abs(units); s.kgi.Unit != "%" && a < 1 && s.v.flow(s.kgi.ID) {
		return words.T("1%s未満", "less than 1 %s", s.kgi.Unit)
	}
	return words.T("約%s", "about %s", about(units, s.kgi))
}

// costs says what a loss means for the KGI.
func (s *stakes) costs(units float64) words.Text {
	if s.kgi.Target.Direction == goal.Down {
		return words.T("%[1]s「%[2]s」が%[3]s多くなります。", "“%[2]s” ends up higher by %[3]s %[1]s.", s.when(), s.kgi.Name, s.roughly(units))
	}
	return words.T("%[1]s「%[2]s」を%[3]s失います。", "that costs %[3]s of “%[2]s” %[1]s.", s.when(), s.kgi.Name, s.roughly(units))
}

// nearEvent is the known happening a change may come from; nil where there is none near.
// Dates are told to within some weeks, so what lies inside their range counts, but not
// what is more than a month away.
func (v *View) nearEvent(on, first, last series.Day) *goal.Event {
	return nearestOf(v.happenings, on, first, last)
}

func nearestOf(events []goal.Event, on, first, last series.Day) *goal.Event {
	from, to := max(min(first, on-eventDays), on-mostEventDays), min(max(last, on+eventDays), on+mostEventDays)
	var best *goal.Event
	for i, e := range events {
		if e.On < from || e.On > to {
			continue
		}
		if best == nil || abs(int(e.On-on)) < abs(int(best.On-on)) {
			best = &events[i]
		}
	}
	return best
}

const (
	eventDays     = 7
	mostEventDays = 31
)

// eventSentence offers a known happening as the explanation.
func eventSentence(e *goal.Event) words.Text {
	return words.T("%[1]sの「%[2]s」と時期が重なります。", "It coincides with “%[2]s” on %[1]s.", e.On, e.What)
}

// sayAll renders the texts that say something.
func (v *View) sayAll(texts ...words.Text) []string {
	out := []string{}
	for _, t := range texts {
		if !t.Zero() {
			out = append(out, v.say(t))
		}
	}
	return slices.Clip(out)
}
