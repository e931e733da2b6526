package insight

import (
	"math"
	"slices"

	"github.com/shirube/shirube/internal/forecast"
	"github.com/shirube/shirube/internal/formula"
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// Options says from which day to look and how to speak.
type Options struct {
	// AsOf is the last day whose data count. Zero means the last day on which
	// any source has a row.
	AsOf series.Day
	// Today is the day data are fresh or stale on; zero means AsOf, and so does
	// looking back to a day that has data after it.
	Today series.Day
	// Lang is the language of sentences; empty means that of the model.
	Lang words.Lang
	// Evidence is what MeasureLinks found for this model, its data and AsOf; nil
	// lets the View measure them itself when it is asked.
	Evidence *Evidence
	// Measuring says that the evidence is being worked out elsewhere and must not be
	// waited for: links say so, and nothing rests on them.
	Measuring bool
	// Outlook is what Foresee drew for this model, its data and AsOf; nil lets the
	// View draw it itself when it is asked.
	Outlook *Outlook
	// Undertaken is what the team did on purpose up to now: it explains, and it is evidence.
	Undertaken []Undertaking
	// Agreed is what is known of the agreement on the KGI beyond the model file; nil: what
	// the file says.
	Agreed *Agreed
	// Abandoned tells that nobody waits for the answer any more; nil: somebody does.
	// What takes long then stops soon, and what it returns is worth nothing. It is
	// called from many goroutines.
	Abandoned func() bool
}

// comparisonDays is the window of a number without a period of its own: four
// whole weeks, so that every weekday counts alike.
const comparisonDays = 28

// View is a model looked at from one day. It keeps what was computed once, so
// whoever needs more than one answer (a whole map, say) makes one View and asks
// it; the functions of this package make one each time. It is for one goroutine
// at a time, as its evaluator is.
type View struct {
	ev    *goal.Evaluator
	model *goal.Model
	asOf  series.Day
	today series.Day
	lang  words.Lang
	kinds *forecast.DayKinds

	values   map[series.Span]map[string]goal.Value
	known    map[string]series.Daily
	profiles map[profileKey]*forecast.Profile
	habits   map[string]*forecast.Profile // on which kinds of day an indicator is measured
	landings map[string]landing
	readings map[string]*Reading
	slopes   map[string]float64

	measuring bool
	proof     *Evidence
	kgiAhead  *ahead
	ahead     *Outlook
	abandoned func() bool
	agreed    *Agreed

	undertaken []Undertaking
	happenings []goal.Event // of the timeline, and what was undertaken
}

type profileKey struct {
	id string
	to series.Day
}

// NewView looks at a model from the as-of day of the options.
func NewView(ev *goal.Evaluator, opt Options) *View {
	v := &View{
		ev: ev, model: ev.Model(), asOf: opt.AsOf, today: opt.Today, lang: opt.Lang,
		values: map[series.Span]map[string]goal.Value{}, known: map[string]series.Daily{},
		profiles: map[profileKey]*forecast.Profile{}, habits: map[string]*forecast.Profile{}, landings: map[string]landing{},
		readings: map[string]*Reading{}, proof: opt.Evidence, measuring: opt.Measuring && opt.Evidence == nil, ahead: opt.Outlook,
		abandoned: opt.Abandoned, agreed: opt.Agreed, undertaken: opt.Undertaken,
	}
	if v.asOf == 0 {
		v.asOf, _ = ev.Data().Last()
	}
	// Who looks back to a day with data after it sees them as fresh as they were
	// on that day.
	if last, some := ev.Data().Last(); v.today == 0 || some && last > v.asOf {
		v.today = v.asOf
	}
	if v.lang == "" {
		v.lang = v.model.Locale
	}
	v.happenings = slices.Clone(v.model.Events)
	for _, u := range opt.Undertaken {
		v.happenings = append(v.happenings, u.happening(v.lang))
	}
	v.kinds = forecast.NewDayKinds(v.model.Calendar(), v.horizon())
	return v
}

// horizon is every day that pace or forecast may ask for.
func (v *View) horizon() series.Span {
	span := series.Span{From: v.asOf - 2*366, To: v.asOf + 1}
	if data := v.ev.Span(); !data.Empty() {
		span.From = min(max(data.From, v.asOf-10*366), v.asOf)
	}
	for _, ind := range v.model.Indicators {
		if ind.Target != nil && ind.Target.By != nil {
			span.To = max(span.To, min(*ind.Target.By, v.asOf+4*366))
		}
	}
	return span
}

// value evaluates an indicator over a span; spans are shared by all indicators.
func (v *View) value(id string, span series.Span) goal.Value {
	all, done := v.values[span]
	if !done {
		all = v.ev.Values(span)
		v.values[span] = all
	}
	return all[id]
}

// evidence is what is known of the influences; none while it is being worked out.
func (v *View) evidence() *Evidence {
	if v.measuring {
		return &Evidence{asOf: v.asOf}
	}
	if v.proof == nil {
		v.proof = MeasureLinks(v.ev, v.asOf, v.undertaken...)
	}
	return v.proof
}

// history is the daily values up to the as-of day.
func (v *View) history(id string) series.Daily {
	h, done := v.known[id]
	if !done {
		all := v.ev.History(id)
		h = all.Slice(series.Span{From: all.First, To: v.asOf})
		v.known[id] = h
	}
	return h
}

// presence tells on which days, up to the as-of day, an indicator was measured.
func (v *View) presence(id string) series.Daily {
	all := v.ev.Presence(id)
	return all.Slice(series.Span{From: all.First, To: v.asOf})
}

// givenUp tells that nobody waits for the answer any more.
func (v *View) givenUp() bool { return v.abandoned != nil && v.abandoned() }

func (v *View) flow(id string) bool { return v.ev.Kind(id) == formula.Flow }

// recentSpan is the last four weeks.
func (v *View) recentSpan() series.Span {
	return series.Span{From: v.asOf - comparisonDays + 1, To: v.asOf}
}

func (v *View) say(t words.Text) string { return t.In(v.lang) }

// sayOrNil is a sentence, or nil where nothing is said.
func (v *View) sayOrNil(t words.Text) *string {
	if t.Zero() {
		return nil
	}
	s := t.In(v.lang)
	return &s
}

// number is a JSON number: nil, and null, for one that does not exist.
func number(f float64) *float64 {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return nil
	}
	return &f
}

func exists(f float64) bool { return !math.IsNaN(f) && !math.IsInf(f, 0) }

// orNaN is the number a pointer holds.
func orNaN(f *float64) float64 {
	if f == nil {
		return math.NaN()
	}
	return *f
}
