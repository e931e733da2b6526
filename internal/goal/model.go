// Package goal is the map: the model of a team's KGI, its KPIs, the links
// between them, the targets they are held to and the sources that measure them.
//
// It reads and edits the model file, checks its shape, compares two models and
// evaluates indicators on period aggregates. It is pure: a model file comes in
// as bytes, measured data as Data; nothing here opens a file or asks the clock.
package goal

import (
	"time"

	"github.com/shirube/shirube/internal/formula"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// FormatVersion is the version of the model file this program reads and writes.
const FormatVersion = 1

// Model is one team's goal and the road to it, as written in a model file.
// Indicators holds the KGI first, then the KPIs in the order of the file.
type Model struct {
	File        string // as named in messages
	Name        string
	Locale      words.Lang
	Timezone    string        // IANA name; Location is the same, loaded
	Fiscal      series.Fiscal // month the fiscal year starts in
	Indicators  []*Indicator
	Influences  []Influence
	Sources     []*Source
	Events      []Event
	Closed      []series.Day // the team's own closed days
	Limits      Limits
	Location    *time.Location
	byID        map[string]*Indicator
	metricsByID map[string]*Metric
}

// KGI is the final goal; every model has exactly one.
func (m *Model) KGI() *Indicator { return m.Indicators[0] }

// Indicator finds an indicator by its id, or nil.
func (m *Model) Indicator(id string) *Indicator { return m.byID[id] }

// Metric finds a source metric by its full name ("sns.impressions"), or nil.
func (m *Model) Metric(name string) *Metric { return m.metricsByID[name] }

// Source finds a source by its id, or nil.
func (m *Model) Source(id string) *Source {
	for _, s := range m.Sources {
		if s.ID == id {
			return s
		}
	}
	return nil
}

// Calendar is the Japanese calendar with the team's own closed days.
func (m *Model) Calendar() *series.Calendar { return series.NewCalendar(m.Closed) }

// Indicator is the KGI or a KPI: a named number that is computed (Formula),
// measured (Measure), or both; with neither it is a plan that has no data yet.
type Indicator struct {
	ID         string
	Name       string // what people call it; the id where the file gives none
	Definition string
	Unit       string // "件", "円", "%" (a ratio shown as percent), …
	Owner      string
	Role       Role
	Why        string        // why it matters to the KGI, in the team's words
	Serves     string        // KGI only: the management goal it is tied to
	Formula    *formula.Expr // over indicator ids; nil when not computed
	Measure    *formula.Expr // over source metrics; nil when not measured
	Target     *Target
	Effort     *Effort
	Stated     []Statement // KGI only: the goal as each stakeholder understands it
	IsKGI      bool
	At         Position            // of its id
	fields     map[string]Position // of each key's value
	quotes     map[string]int      // 1 where an expression stands in quotes
}

// FieldAt is the position of a field's value, or of the indicator itself when
// the field is absent.
func (i *Indicator) FieldAt(key string) Position {
	if p, ok := i.fields[key]; ok {
		return p
	}
	return i.At
}

// Ratio reports whether values are ratios shown as percent.
func (i *Indicator) Ratio() bool { return i.Unit == "%" }

// Position is a place in the model file, counted from 1 in lines and characters.
type Position struct{ Line, Col int }

// Role tells what an indicator is in the chain of cause.
type Role string

// Roles; RoleNone where the file says nothing.
const (
	RoleNone    Role = ""
	RoleOutcome Role = "outcome" // a result, seen late: 結果
	RoleLeading Role = "leading" // moves before the result does: 先行
	RoleAction  Role = "action"  // what the team itself does: 行動
)

// Influence is a link that no formula gives: its strength and lag are learned
// from the data.
type Influence struct {
	From, To string
	LagFrom  int     // days, inclusive
	LagTo    int     // days, inclusive
	Matters  float64 // the smallest elasticity worth acting on; 0.2 where unsaid
	// Direction is whether more is believed to bring more (Up) or less (Down);
	// empty where the file does not say: see Model.Believed.
	Direction Direction
	Because   string
	At        Position
}

// Defaults of an influence.
const (
	DefaultLagFrom = 0
	DefaultLagTo   = 28
	DefaultMatters = 0.2
	LongestLag     = 366 // days; longer lags cannot be told from the season
)

// Event is a known happening on the timeline, offered as an explanation.
type Event struct {
	On   series.Day
	What string
	At   Position
}

// Limits say when a model is too deep or has too many KPIs to be followed.
type Limits struct {
	Depth int // levels below the KGI
	KPIs  int
}

// DefaultLimits are those of the contract.
var DefaultLimits = Limits{Depth: 4, KPIs: 20}

// Effort is how hard an indicator is to move, for goal seek.
type Effort struct {
	Weight float64
	Min    *float64
	Max    *float64
}

// Statement is the goal as one stakeholder understands it.
type Statement struct {
	By       string
	Role     string // management, field, sales, …
	Purpose  string
	Meaning  string
	Amount   *float64
	Kind     TargetKind
	Per      series.Grain // of hold; a month where unsaid
	Deadline *series.Day
	At       Position
}
