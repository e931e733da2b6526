package server

import (
	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server/front"
)

// MapReply is everything the map needs, in one reply.
type MapReply struct {
	Workspace  WorkspaceRef   `json:"workspace"`
	Model      MapModel       `json:"model"`
	AsOf       series.Day     `json:"as_of" format:"date" doc:"the last day that counts"`
	FirstDay   *series.Day    `json:"first_day" format:"date" doc:"first day any source has a row"`
	LastDay    *series.Day    `json:"last_day" format:"date" doc:"last day any source has a row, never later than yesterday"`
	Today      series.Day     `json:"today" format:"date" doc:"today in the model's time zone"`
	Goal       ManagementGoal `json:"goal"`
	Sentences  []MapSentence  `json:"sentences" doc:"three: where we stand, what changed, what to do next"`
	Indicators []MapIndicator `json:"indicators" doc:"the KGI first, then the KPIs in the order of the model"`
	Junctions  []Junction     `json:"junctions"`
	Links      []MapLink      `json:"links"`
	Evidence   string         `json:"evidence" enum:"ready,computing" doc:"computing: the links are still being measured; ask again"`
	Findings   []FindingView  `json:"findings" doc:"errors first"`
	Smart      []SmartLine    `json:"smart" doc:"five lines: S, M, A, R, T"`
	Events     []EventView    `json:"events"`
	Agreement  AgreementBrief `json:"agreement" doc:"how far the team is with agreeing on the goal"`
	ReadOnly   bool           `json:"read_only" doc:"true on a page handed out to look at"`
	Focus      *MapFocus      `json:"focus" doc:"what the team watches on that day; null for nothing"`
}

// MapFocus is what a team watches for a time.
type MapFocus struct {
	Indicators []string   `json:"indicators" doc:"ids of those that are on the map"`
	Until      series.Day `json:"until" format:"date"`
	Why        string     `json:"why"`
	By         string     `json:"by" doc:"empty on a page handed out to look at"`
}

// WorkspaceRef names a workspace.
type WorkspaceRef struct {
	Slug string `json:"slug"`
	Name string `json:"name"`
	Demo bool   `json:"demo"`
}

// MapModel names the version of the model that the map shows.
type MapModel struct {
	Name     string      `json:"name"`
	Version  int         `json:"version"`
	Versions int         `json:"versions" doc:"how many there are"`
	Newest   bool        `json:"newest"`
	Locale   string      `json:"locale" enum:"ja,en"`
	Agreed   []Agreement `json:"agreed" doc:"whose agreement to the goal stands"`
}

// Agreement says who agreed to a target and when.
type Agreement struct {
	By string      `json:"by"`
	On *series.Day `json:"on" format:"date"`
}

// ManagementGoal is what the KGI is tied to.
type ManagementGoal struct {
	Key  string `json:"key" doc:"revenue, recruiting, …, the team's own words, or empty"`
	Name string `json:"name"`
}

// MapSentence is one of the three sentences above the map.
type MapSentence struct {
	Kind      string         `json:"kind" enum:"now,changed,next"`
	Mark      *string        `json:"mark" enum:"met,on-pace,behind,missed,too-early,no-data"`
	Parts     []SentencePart `json:"parts"`
	Indicator *string        `json:"indicator" doc:"what a click opens"`
}

// SentencePart is a piece of a sentence; the strong ones are its numbers.
type SentencePart struct {
	Text   string `json:"text"`
	Strong bool   `json:"strong"`
}

// MapIndicator is one card.
type MapIndicator struct {
	ID             string                  `json:"id"`
	Name           string                  `json:"name"`
	Definition     string                  `json:"definition"`
	Why            string                  `json:"why"`
	Unit           string                  `json:"unit"`
	Owner          string                  `json:"owner"`
	Role           string                  `json:"role" enum:",outcome,leading,action"`
	IsKGI          bool                    `json:"is_kgi"`
	Kind           string                  `json:"kind" enum:"flow,rate,level,other"`
	Depth          *int                    `json:"depth" doc:"levels below the KGI; null without a path to it"`
	HasData        bool                    `json:"has_data"`
	Formula        *string                 `json:"formula"`
	Measure        *string                 `json:"measure"`
	Value          front.Number            `json:"value"`
	ValueSpan      *SpanView               `json:"value_span"`
	LastPeriod     front.Number            `json:"last_period" doc:"hold targets: the last complete period"`
	PeriodsMet     *PeriodsMet             `json:"periods_met" doc:"hold targets"`
	MissingDays    int                     `json:"missing_days"`
	NoValue        *string                 `json:"no_value" doc:"why there is no value"`
	Target         *TargetView             `json:"target"`
	Attainment     front.Number            `json:"attainment" doc:"value / target; 1 and more is always good"`
	Expected       front.Number            `json:"expected" doc:"what the pace asks for by the as-of day"`
	Pace           front.Number            `json:"pace" doc:"value / expected; 1 and more is always good"`
	Status         string                  `json:"status" enum:"met,on-pace,behind,missed,too-early,no-data" doc:"too-early also where there is no number to reach yet"`
	Baseline       front.Number            `json:"baseline" doc:"the same span before the target began"`
	Forecast       insight.Landing         `json:"forecast" doc:"the landing at the deadline; nulls come with a reason"`
	Change         *insight.Change         `json:"change" doc:"against the like-for-like span before"`
	ChangeText     *string                 `json:"change_text" doc:"as it is written on the card: +3%, −0.5本"`
	Spark          insight.Spark           `json:"spark" doc:"the last 30 days as a 3-day mean"`
	Freshness      insight.Freshness       `json:"freshness"`
	Reconciliation *insight.Reconciliation `json:"reconciliation" doc:"where it is both measured and computed"`
	Findings       []string                `json:"findings" doc:"codes of the findings about it"`
	Curve          *insight.Curve          `json:"curve" doc:"KGI only: the road to the deadline"`
}

// SpanView is a run of days, both ends counted.
type SpanView struct {
	From series.Day `json:"from" format:"date"`
	To   series.Day `json:"to" format:"date"`
}

// PeriodsMet counts the complete periods of a hold target.
type PeriodsMet struct {
	Met      int `json:"met"`
	Complete int `json:"complete"`
}

// TargetView is the number an indicator is held to.
type TargetView struct {
	Kind       string          `json:"kind" enum:"vague,total,growth,hold,reach" doc:"vague: a direction without a number"`
	Amount     front.Number    `json:"amount" doc:"the absolute number to reach; for growth last year's value times the factor"`
	NoAmount   *string         `json:"no_amount" doc:"why there is no number to reach yet"`
	Factor     front.Number    `json:"factor" doc:"growth: over last year"`
	Label      string          `json:"label" doc:"as people say it: 年100件"`
	Per        *string         `json:"per" enum:"day,week,month,quarter,year"`
	AtLeast    front.Number    `json:"at_least" doc:"hold: the share of periods that must reach it"`
	From       *series.Day     `json:"from" format:"date"`
	By         *series.Day     `json:"by" format:"date"`
	Direction  string          `json:"direction" enum:"up,down"`
	Agreed     []Agreement     `json:"agreed"`
	Milestones []MilestoneView `json:"milestones"`
}

// MilestoneView is a short-term goal on the way.
type MilestoneView struct {
	By      series.Day   `json:"by" format:"date"`
	Value   front.Number `json:"value"`
	Derived bool         `json:"derived" doc:"true where the program derived it from the target"`
}

// Junction is where a formula joins the indicators it is made of.
type Junction struct {
	Parent    string          `json:"parent"`
	Operator  string          `json:"operator" enum:"×,＋,－,÷,ƒ,=" doc:"the sign at the junction; = for a formula of one name"`
	Children  []JunctionChild `json:"children"`
	Remainder front.Number    `json:"remainder" doc:"what is measured minus what the formula gives"`
}

// JunctionChild is one side of a junction.
type JunctionChild struct {
	ID   string `json:"id"`
	Sign string `json:"sign" enum:"×,÷,＋,－,ƒ,="`
}

// MapLink is one road between two cards.
type MapLink struct {
	From       string          `json:"from"`
	To         string          `json:"to"`
	FromName   string          `json:"from_name"`
	ToName     string          `json:"to_name"`
	Kind       string          `json:"kind" enum:"formula,influence"`
	Verdict    string          `json:"verdict" enum:"moves,does-not-move,cannot-tell,identity"`
	Grade      string          `json:"grade" enum:"formula,randomized,intervention,predicts-out-of-sample,predicts,correlates,belief"`
	GradeLabel string          `json:"grade_label"`
	Lag        *string         `json:"lag" doc:"days the model asks for, A..B; null for formulas"`
	Because    *string         `json:"because"`
	Effect     *insight.Effect `json:"effect"`
	DaysNeeded *int            `json:"days_needed"`
	Break      *insight.Break  `json:"break"`
	Label      *string         `json:"label" doc:"what the pill says: 未測定; null without a pill"`
	Sentence   string          `json:"sentence"`

	LagDays  *float64            `json:"lag_days" doc:"centre of the effect"`
	LagRange *[2]int             `json:"lag_range" doc:"first and last lag of the effect"`
	NDays    int                 `json:"n_days" doc:"days on which both ends have a value"`
	Span     series.Span         `json:"span" doc:"the days the test looked at"`
	Controls []string            `json:"controls" doc:"names of what was held still"`
	TestedAt *string             `json:"tested_at" doc:"the step it was tested at; null for its own end"`
	TestedOn *series.Day         `json:"tested_on" doc:"last day the test looked at"`
	Stale    bool                `json:"stale" doc:"the test is too old to be relied on"`
	Why      *string             `json:"why" doc:"code of what keeps it from being told"`
	Method   string              `json:"method" doc:"how it was tested, in plain words"`
	Proposal *insight.Proposal   `json:"proposal" doc:"the cheapest test that would settle it"`
	Tracking []insight.Tracking  `json:"tracking" doc:"jumps that look like the counting"`
	Profile  []insight.LagEffect `json:"profile" doc:"effect by lag"`
	Strength []insight.Strength  `json:"strength" doc:"effect through time"`
}

// FindingView is one thing that makes the goal worse than it could be.
type FindingView struct {
	Code      string   `json:"code"`
	Severity  string   `json:"severity" enum:"error,warning,info"`
	Indicator *string  `json:"indicator"`
	Link      []string `json:"link" doc:"from and to; empty when it is not about a link"`
	Sentence  string   `json:"sentence"`
	Mend      string   `json:"mend"`
}

// SmartLine is one letter of the SMART check.
type SmartLine struct {
	Letter   string `json:"letter" enum:"S,M,A,R,T"`
	Title    string `json:"title" doc:"具体的か"`
	State    string `json:"state" enum:"ok,warn,no,wait"`
	Sentence string `json:"sentence"`
	Hint     string `json:"hint"`
}

// EventView is a known happening.
type EventView struct {
	On   series.Day `json:"on" format:"date"`
	What string     `json:"what"`
}
