package warehouse

import (
	"context"
	"io"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// Scope is what every question is asked about: one workspace, days in its zone, and
// filters that all hold. A question without a workspace is refused.
type Scope struct {
	Workspace event.Workspace
	Span      series.Span
	Filters   []Filter
	WithBots  bool // robots are kept apart, not thrown away
}

// Field is something events and visits can be cut by. Visit fields are decided by the
// visit's first page (its traffic) or device; page fields by each view.
type Field string

// The fields.
const (
	FieldPage     Field = "page"   // path of a view
	FieldHost     Field = "host"   // host the visit began on
	FieldEntry    Field = "entry"  // first path of the visit
	FieldExit     Field = "exit"   // last path of the visit
	FieldSource   Field = "source" // utm_source, else the referrer's host, else "" (direct)
	FieldMedium   Field = "medium"
	FieldCampaign Field = "campaign"
	FieldTerm     Field = "term"
	FieldContent  Field = "content"
	FieldReferrer Field = "referrer" // host
	FieldChannel  Field = "channel"  // by the rules of the workspace, applied now
	FieldDevice   Field = "device"
	FieldBrowser  Field = "browser"
	FieldOS       Field = "os"
	FieldLanguage Field = "language"
	FieldEvent    Field = "event" // name of a tracked event
	FieldTitle    Field = "title"
	FieldKey      Field = "key" // the write key it came in with
)

// Op is how a filter compares.
type Op string

// The comparisons. Several values mean any of them (Is, Contains, Starts) or none (Not).
const (
	Is       Op = "is"
	Not      Op = "not"
	Contains Op = "contains"
	Starts   Op = "starts"
)

// Filter keeps what fits.
type Filter struct {
	Field    Field
	Property string // with Field "property": a key of the event's properties
	Op       Op
	Values   []string
}

// FieldProperty filters by a property of the event, named in Filter.Property.
const FieldProperty Field = "property"

// Totals are the numbers of a span or a part of it.
type Totals struct {
	Visitors      int64 // people, each once over the whole span, where Unique says so
	Unique        bool  // whether Visitors was counted: see Overview.Groups
	DailyVisitors int64 // sum over the days: 日別の合計, all that cookieless counting knows
	Cookieless    bool  // whether any of the visitors was counted cookielessly
	Visits        int64
	Views         int64
	Events        int64 // tracked events, without the tracker's own engagement
	Bounces       int64 // visits of one view and nothing else
	EngagedMillis int64 // visible time
	VisitMillis   int64 // last moment minus first, over visits
}

// DayTotals are the numbers of one day.
type DayTotals struct {
	Day series.Day
	Totals
}

// Group is the numbers of one value of a field.
type Group struct {
	Value string
	Totals
	Entries, Exits int64 // with FieldPage: visits that began and ended there
}

// Overview is everything the first page shows, in one go.
type Overview struct {
	Totals Totals
	Days   []DayTotals // every day of the span
	// Groups are the values with the most visits. Over several days only DailyVisitors is
	// known of them, not Visitors: a Breakdown counts those, too.
	Groups map[Field][]Group
}

// QuestionError refuses a question that cannot be asked as it is: a filter on nothing, a
// span without end. Its text is for the person who asked.
type QuestionError struct{ Text words.Text }

// Refuse makes a QuestionError.
func Refuse(ja, en string, args ...any) error {
	return &QuestionError{words.T(ja, en, args...)}
}

func (e *QuestionError) Error() string { return e.Text.EN }

// In is the refusal in a language.
func (e *QuestionError) In(lang words.Lang) string { return e.Text.In(lang) }

// Reader answers questions. All of it may be cancelled by ctx; a Scope's workspace is
// part of every statement that is run.
type Reader interface {
	// Overview is answered from roll-ups where there are no filters.
	Overview(ctx context.Context, s Scope, fields []Field, limit int) (Overview, error)
	// Breakdown is one field, most visits first.
	Breakdown(ctx context.Context, s Scope, field Field, page Paging) ([]Group, error)
	// Traffic is every way in with its numbers by day: what channels are made of.
	Traffic(ctx context.Context, s Scope) ([]TrafficDay, error)
	// Transitions are the steps from page to page; with a goal page (path) only those of
	// visits that reached it.
	Transitions(ctx context.Context, s Scope, goal string, limit int) ([]Transition, error)
	// Funnel counts people through ordered steps within a window.
	Funnel(ctx context.Context, s Scope, f Funnel) ([]FunnelStep, error)
	// Cohorts follow people by the week or month of their first visit.
	Cohorts(ctx context.Context, s Scope, c CohortQuery) ([]Cohort, error)
	// Journeys are the outcomes of people with the visits before them, for attribution.
	Journeys(ctx context.Context, s Scope, j JourneyQuery) ([]Journey, error)
	// Doings are the times people did one of several things in the scope's span, robots left
	// out: one call for each person, in no order within. Bit i of Which is matcher i. The
	// scope's filters are not looked at.
	Doings(ctx context.Context, s Scope, list []condition.Matcher, person func([]condition.Doing) error) error
	// Occurred are the single times that visitors did one thing in the scope's span, robots
	// left out, the oldest first. The scope's filters are not looked at.
	Occurred(ctx context.Context, s Scope, m condition.Matcher, each func(Occurred) error) error
	// Metric is one number per day, for the map.
	Metric(ctx context.Context, s Scope, m Metric) ([]MetricDay, error)
	// Names are the events seen, with counts, most first.
	Names(ctx context.Context, s Scope, limit int) ([]NameCount, error)
	// Values are the values of a field or a property seen, most first, for filters.
	Values(ctx context.Context, s Scope, field Field, property, prefix string, limit int) ([]string, error)
	// Events are the events themselves, newest first.
	Events(ctx context.Context, s Scope, page Paging) ([]Row, error)
	// Person is everything kept of one person, oldest first: what is handed out on request.
	Person(ctx context.Context, ws event.Workspace, who Who) ([]Row, error)
	// Export writes events as csv or parquet. Cells that a spreadsheet would run are made
	// harmless in csv.
	Export(ctx context.Context, s Scope, format string, w io.Writer) error
	// Newest is when the newest event of the scope's span was received, robots too, and
	// whether there is one. The scope's filters are not looked at.
	Newest(ctx context.Context, s Scope) (received event.Millis, found bool, err error)
	// Size is the bytes on disk and the events kept.
	Size(ctx context.Context) (bytes, events int64, err error)
}

// Occurred is one time that a visitor did something. Of old events the message id may have
// lost all but its end.
type Occurred struct {
	Visitor    string // event.Event.Visitor
	User       bool   // it is a user's id, not one that a browser keeps
	Cookieless bool
	At         event.Millis
	MessageID  string
}

// Paging bounds a list.
type Paging struct{ Limit, Offset int }

// TrafficDay is the numbers of one way in on one day. Outcomes are counted by Journeys.
type TrafficDay struct {
	Day series.Day
	Traffic
	Visits, Views, Bounces int64
}

// Traffic is one way in.
type Traffic struct {
	Campaign     event.Campaign
	ClickID      string
	ReferrerHost string
}

// Transition is how often a view of From was followed by a view of To in one visit; ""
// is the outside.
type Transition struct {
	From, To string
	Count    int64 // steps
	Visits   int64
}

// Funnel is ordered steps, each an event or a page, passed by one person within a window.
type Funnel struct {
	Steps  []Step
	Window int64 // milliseconds from the first step to the last
}

// Step is what must happen. Exactly one of Event and Page is set.
type Step struct {
	Event   string // a tracked event's name
	Page    string // a path; a trailing * stands for anything
	Filters []Filter
}

// FunnelStep is how many people came so far, and how long the median of them took.
type FunnelStep struct {
	People       int64
	MedianMillis int64 // from the step before
}

// CohortQuery asks for cohorts of weeks or months; Outcome is what counts as coming back:
// a visit when nil.
type CohortQuery struct {
	Grain   series.Grain
	Outcome *Step
	Periods int
}

// Cohort is the people first seen in one period, and how many of them were active in each
// period after; [0] is the period itself.
type Cohort struct {
	From   series.Day
	People int64
	Active []int64
}

// JourneyQuery asks for people who did something in the span, with the visits of
// LookbackDays before it.
type JourneyQuery struct {
	Outcome      Step
	LookbackDays int
	Limit        int
}

// Journey is one outcome of one person.
type Journey struct {
	Person  string
	At      event.Millis
	Value   float64
	Touches []Touch // oldest first
}

// Touch is one visit.
type Touch struct {
	At event.Millis
	Traffic
	Entry string // the path it began on
	Bot   bool
}

// Metric is a count, a sum or a number of people over events, or a number of visits.
type Metric struct {
	Count    string // "events", "views", "visits", "visitors", "value", "engaged_seconds", "bounces"
	Event    string // with "events", "visitors", "value": the tracked event's name
	Filters  []Filter
	ByFields []Field // at most 3: dimensions kept beside the total
}

// MetricDay is a day's number; Dimensions are the values of ByFields, nil for the total.
type MetricDay struct {
	Day        series.Day
	Dimensions []string
	Value      float64
}

// NameCount is a name and how often it came.
type NameCount struct {
	Name  string
	Count int64
	Last  event.Millis
}

// Row is one event as it is shown.
type Row struct {
	event.Event
	Person  string
	Session uint64 // 0: not part of a visit
}
