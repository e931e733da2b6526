package server

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/shirube/shirube/internal/series"
)

// EditRequest changes the model by steps, keeping the file's comments and order.
type EditRequest struct {
	BaseVersion int    `json:"base_version" minimum:"1"`
	Edits       []Edit `json:"edits" minItems:"1" maxItems:"200"`
	DryRun      bool   `json:"dry_run,omitempty" doc:"show the outcome, store nothing"`
	Note        string `json:"note,omitempty" maxLength:"500"`
	BodyLang
}

// Edit is one step.
type Edit struct {
	Op      string      `json:"op" enum:"set_indicator,add_indicator,remove_indicator,set_target,set_influence,remove_influence,set_source,remove_source,set_model"`
	ID      string      `json:"id,omitempty" doc:"the indicator or source"`
	Parent  string      `json:"parent,omitempty" doc:"add_indicator: the indicator it hangs under"`
	Fields  *EditFields `json:"fields,omitempty" doc:"set_indicator, add_indicator, set_model"`
	Target  *Target     `json:"target" required:"false" doc:"set_target; null takes the target out"`
	From    string      `json:"from,omitempty" doc:"influences"`
	To      string      `json:"to,omitempty" doc:"influences"`
	Lag     string      `json:"lag,omitempty" doc:"set_influence: N or A..B days"`
	Because *string     `json:"because,omitempty" doc:"set_influence"`
	Matters *float64    `json:"matters,omitempty" doc:"set_influence: the smallest elasticity worth acting on"`
	Source  *SourceSpec `json:"source,omitempty" doc:"set_source"`
}

// EditFields are keys to set; null takes a key out, an absent one stays.
type EditFields struct {
	Name            Maybe `json:"name,omitempty"`
	Definition      Maybe `json:"definition,omitempty"`
	Unit            Maybe `json:"unit,omitempty"`
	Owner           Maybe `json:"owner,omitempty"`
	Role            Maybe `json:"role,omitempty"`
	Why             Maybe `json:"why,omitempty"`
	Formula         Maybe `json:"formula,omitempty"`
	Measure         Maybe `json:"measure,omitempty"`
	Serves          Maybe `json:"serves,omitempty" doc:"KGI only"`
	Locale          Maybe `json:"locale,omitempty" doc:"set_model only"`
	Timezone        Maybe `json:"timezone,omitempty" doc:"set_model only"`
	FiscalYearStart Maybe `json:"fiscal_year_start,omitempty" doc:"set_model only"`
}

// Target is the number an indicator is to be held to.
type Target struct {
	Kind       string           `json:"kind" enum:"total,growth,hold,reach"`
	Amount     string           `json:"amount" maxLength:"40" doc:"as people write it: 100, 3%, 1.5"`
	Per        string           `json:"per,omitempty" enum:"day,week,month,quarter,year"`
	From       *series.Day      `json:"from,omitempty" format:"date"`
	By         *series.Day      `json:"by,omitempty" format:"date"`
	Direction  string           `json:"direction,omitempty" enum:"up,down"`
	AtLeast    *float64         `json:"at_least,omitempty"`
	Agreed     []Agreement      `json:"agreed,omitempty"`
	Milestones []MilestoneInput `json:"milestones,omitempty" maxItems:"100"`
}

// MilestoneInput is a short-term goal on the way.
type MilestoneInput struct {
	By    series.Day `json:"by" format:"date"`
	Value float64    `json:"value" doc:"in the indicator's unit; ratios as ratios"`
}

// SourceSpec says how a file becomes metrics.
type SourceSpec struct {
	CSV       string                `json:"csv" maxLength:"300" doc:"the file's path or name"`
	Sheet     string                `json:"sheet,omitempty"`
	Date      string                `json:"date" maxLength:"300" doc:"header of the date column"`
	By        []string              `json:"by,omitempty" doc:"headers of the dimensions"`
	Metrics   map[string]MetricSpec `json:"metrics" doc:"by metric id"`
	Gaps      string                `json:"gaps,omitempty" enum:"zero,missing"`
	Number    string                `json:"number,omitempty" pattern:"^(1,234[.]5|1[.]234,5)$" doc:"1,234.5 or 1.234,5"`
	DateOrder string                `json:"date_order,omitempty" enum:"dmy,mdy"`
	Encoding  string                `json:"encoding,omitempty"`
	Delimiter string                `json:"delimiter,omitempty"`
	Header    int                   `json:"header,omitempty" minimum:"0"`
}

// MetricSpec is one metric: a column, a count of rows, a sum, or different values.
type MetricSpec struct {
	Column   string              `json:"column,omitempty"`
	Count    string              `json:"count,omitempty" enum:"rows"`
	Sum      string              `json:"sum,omitempty"`
	Distinct string              `json:"distinct,omitempty"`
	Agg      string              `json:"agg,omitempty" enum:"sum,mean,last,max"`
	Where    map[string][]string `json:"where,omitempty" doc:"column → values; all must hold"`
}

// EditReply is the model after the edits; version is 0 on a dry run or when the
// outcome has problems.
type EditReply struct {
	Version  int           `json:"version"`
	YAML     string        `json:"yaml"`
	OK       bool          `json:"ok"`
	Problems []ProblemView `json:"problems"`
	Findings []FindingView `json:"findings"`
	Smart    []SmartLine   `json:"smart"`
}

func (s *Server) registerEdit(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "edit-model", Method: http.MethodPost, Path: "/api/workspaces/{ws}/model/edit",
		Summary: "Change the model by steps", Tags: []string{"model"}, MaxBodyBytes: maxModelBytes,
	}, func(ctx context.Context, in *struct {
		InWorkspace
		Lang
		Body EditRequest
	}) (*struct{ Body EditReply }, error) {
		reply, err := s.editModel(ctx, in.Workspace, in.Body, in.Body.over(ctx, in.Lang))
		return &struct{ Body EditReply }{reply}, err
	})
}
