package server

import (
	"time"

	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server/front"
)

// IndicatorDetail is what the drawer of one indicator shows.
type IndicatorDetail struct {
	Version    int              `json:"version" doc:"of the model"`
	AsOf       series.Day       `json:"as_of" format:"date"`
	Indicator  MapIndicator     `json:"indicator"`
	Daily      DailyLine        `json:"daily" doc:"day by day over the target's span, or the last 180 days"`
	Curve      *insight.Curve   `json:"curve" doc:"running total with pace and forecast band; null for rates, levels and without a target"`
	TargetLine front.Number     `json:"target_line" doc:"the height one day is compared with; null where there is none"`
	PaceLine   *DailyLine       `json:"pace_line" doc:"what the pace asks for on each day of daily; null where there is none"`
	Periods    []PeriodView     `json:"periods" doc:"the periods of a hold target, or months; oldest first"`
	Range      *ScoreRange      `json:"range" doc:"of a survey's score over the days of its value; null of anything else"`
	Inputs     []InputView      `json:"inputs" doc:"what its formula is made of"`
	Sources    []SourceUse      `json:"sources" doc:"where its numbers come from"`
	Links      []MapLink        `json:"links"`
	Breakdown  []Breakdown      `json:"breakdown"`
	Findings   []FindingView    `json:"findings"`
	Glossary   []GlossaryEntry  `json:"glossary" doc:"the words of this page in plain language"`
	Stated     []StatementView  `json:"stated" doc:"KGI: the goal as each stakeholder understands it"`
	Events     []EventView      `json:"events"`
	History    []IndicatorTouch `json:"history" doc:"versions of the model that touched it, newest first"`
}

// GlossaryEntry explains a word.
type GlossaryEntry struct {
	Term string `json:"term"`
	Text string `json:"text"`
}

// DailyLine is a run of days, null where a day is missing.
type DailyLine struct {
	First  *series.Day   `json:"first" format:"date"`
	Values front.Numbers `json:"values"`
}

// PeriodView is the value of one period.
type PeriodView struct {
	From     series.Day   `json:"from" format:"date"`
	To       series.Day   `json:"to" format:"date"`
	Label    string       `json:"label"`
	Value    front.Number `json:"value"`
	Complete bool         `json:"complete"`
	Low      front.Number `json:"low" doc:"of a survey's score: the 95 % range; null of anything else"`
	High     front.Number `json:"high"`
}

// InputView is one indicator a formula uses.
type InputView struct {
	ID    string       `json:"id"`
	Name  string       `json:"name"`
	Unit  string       `json:"unit"`
	Value front.Number `json:"value" doc:"over the same span as the indicator's value"`
}

// SourceUse names a source an indicator rests on.
type SourceUse struct {
	ID      string      `json:"id"`
	Path    string      `json:"path"`
	Metrics []string    `json:"metrics" doc:"the columns it uses, as the file calls them"`
	LastDay *series.Day `json:"last_day" format:"date"`
}

// Breakdown splits the value by one dimension.
type Breakdown struct {
	Dimension string          `json:"dimension"`
	Values    []BreakdownPart `json:"values" doc:"the largest first"`
}

// BreakdownPart is the share of one dimension value.
type BreakdownPart struct {
	Name  string       `json:"name"`
	Value front.Number `json:"value"`
	Share front.Number `json:"share" doc:"of the whole; null for ratios"`
	// Change tells where a fall comes from: the device, the channel.
	Change front.Number `json:"change" doc:"how much the part moved the whole from the four weeks before to the last four, in the indicator's unit"`
}

// StatementView is the goal as one stakeholder understands it.
type StatementView struct {
	By       string       `json:"by"`
	Role     string       `json:"role"`
	Purpose  string       `json:"purpose"`
	Meaning  string       `json:"meaning"`
	Amount   front.Number `json:"amount"`
	Deadline *series.Day  `json:"deadline" format:"date"`
}

// IndicatorTouch is a version of the model that changed the indicator.
type IndicatorTouch struct {
	Version   int       `json:"version"`
	Author    string    `json:"author"`
	Note      string    `json:"note"`
	CreatedAt time.Time `json:"created_at"`
	Changes   []string  `json:"changes" doc:"sentences"`
}
