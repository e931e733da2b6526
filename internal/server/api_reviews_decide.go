package server

import (
	"time"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/review"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// DecideRequest settles one item of a review that is going on.
type DecideRequest struct {
	Item        string            `json:"item" minLength:"1" maxLength:"400" doc:"id of the item"`
	Kind        string            `json:"kind" enum:"keep,change-target,replace-kpi,initiative,measure-again"`
	Why         string            `json:"why,omitempty" maxLength:"4000"`
	Owner       string            `json:"owner,omitempty" maxLength:"200" doc:"who looks after it"`
	Due         *series.Day       `json:"due,omitempty" format:"date" doc:"by when; measure-again: when to look again"`
	Indicator   string            `json:"indicator,omitempty" maxLength:"80" doc:"what it is about; the item's where absent"`
	Target      *DecideTarget     `json:"target,omitempty" doc:"change-target: the new one"`
	Replace     *DecideReplace    `json:"replace,omitempty" doc:"replace-kpi: what takes its place; absent takes it off the map"`
	Initiative  *DecideInitiative `json:"initiative,omitempty" doc:"initiative: what is started"`
	Edits       []goal.Edit       `json:"edits,omitempty" maxItems:"200" doc:"change-target and replace-kpi: the steps themselves, as the map's editor makes them"`
	BaseVersion int               `json:"base_version,omitempty" minimum:"0" doc:"the version of the map it was made from; a conflict where it is not the newest"`
	DryRun      bool              `json:"dry_run,omitempty" doc:"show what it would do, keep nothing"`
	front.BodyLang
}

// DecideTarget is a new target; what is absent stays as it is.
type DecideTarget struct {
	Kind   string      `json:"kind,omitempty" enum:"total,growth,hold,reach"`
	Amount float64     `json:"amount" doc:"in the indicator's unit, a ratio as a ratio; growth: the factor"`
	Per    string      `json:"per,omitempty" enum:"day,week,month,quarter"`
	By     *series.Day `json:"by,omitempty" format:"date"`
}

func (t *DecideTarget) target() review.NewTarget {
	out := review.NewTarget{Kind: goal.TargetKind(t.Kind), Amount: t.Amount, By: t.By}
	if per, ok := series.ParseGrain(t.Per); ok {
		out.Per = &per
	}
	return out
}

// DecideReplace is what takes the place of a KPI.
type DecideReplace struct {
	Metric string `json:"metric" maxLength:"200" doc:"a source's number: sns.saves"`
	Name   string `json:"name,omitempty" maxLength:"120"`
	Unit   string `json:"unit,omitempty" maxLength:"20"`
	To     string `json:"to,omitempty" maxLength:"80" doc:"what it is to move; the KGI where the old one moved nothing"`
}

func (r *DecideReplace) replacement() *review.Replacement {
	if r == nil || r.Metric == "" {
		return nil
	}
	return &review.Replacement{Metric: r.Metric, Name: front.Clean(r.Name), Unit: front.Clean(r.Unit), To: r.To}
}

// DecideInitiative is what is started.
type DecideInitiative struct {
	Name   string      `json:"name" maxLength:"120"`
	Begins *series.Day `json:"begins,omitempty" format:"date" doc:"its first day; absent while it is an idea"`
}

// DecideReply is what a decision does; decision is null on a dry run, or where the map would
// have problems.
type DecideReply struct {
	OK       bool                `json:"ok" doc:"it is kept"`
	What     string              `json:"what" doc:"what is decided, in a sentence"`
	Changes  []string            `json:"changes" doc:"what changes on the map"`
	Problems []front.ProblemView `json:"problems"`
	Findings []FindingView       `json:"findings" doc:"of the map afterwards"`
	Lapses   *Lapses             `json:"lapses" doc:"signatures it would end; null for none"`
	Decision *DecisionView       `json:"decision"`
}

// DecisionView is how one item was settled.
type DecisionView struct {
	ID         string      `json:"id"`
	Review     string      `json:"review"`
	HeldOn     series.Day  `json:"held_on" format:"date" doc:"of the review"`
	Item       string      `json:"item"`
	Kind       string      `json:"kind" enum:"keep,change-target,replace-kpi,initiative,measure-again"`
	KindName   string      `json:"kind_name"`
	Indicator  *string     `json:"indicator"`
	About      string      `json:"about" doc:"title of the item"`
	What       string      `json:"what"`
	Why        string      `json:"why"`
	Owner      string      `json:"owner"`
	Due        *series.Day `json:"due" format:"date"`
	Version    *int        `json:"version" doc:"of the map, that it made"`
	Initiative *string     `json:"initiative" doc:"id of what was started"`
	By         string      `json:"by"`
	At         time.Time   `json:"at"`
}

func decisionView(d store.ReviewDecision, lang words.Lang) DecisionView {
	view := DecisionView{ID: d.ID, Review: d.Review, HeldOn: d.HeldOn, Item: d.Item, Kind: string(d.Kind), KindName: d.Kind.Name().In(lang), Indicator: front.OrNull(d.Indicator),
		About: d.About.In(lang), What: d.What.In(lang), Why: d.Why, Owner: d.Owner, Initiative: front.OrNull(d.Initiative), By: d.By.Name, At: d.DecidedAt}
	if d.Due != 0 {
		view.Due = &d.Due
	}
	if d.Version != 0 {
		view.Version = &d.Version
	}
	return view
}
