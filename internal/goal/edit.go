package goal

import (
	"fmt"
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/shirube/shirube/internal/formula"
	"github.com/shirube/shirube/internal/words"
)

// Edit is one change to a model file, as a screen makes it. Only the lines of
// what is edited are written anew; comments, order and spelling elsewhere stay
// as their author left them.
type Edit struct {
	Op       EditOp             `json:"op" enum:"set_model,set_indicator,add_indicator,remove_indicator,set_target,set_influence,remove_influence,set_source,remove_source"`
	ID       string             `json:"id,omitempty" doc:"indicator or source id"`
	Fields   map[string]*string `json:"fields,omitempty" doc:"set_model, set_indicator, add_indicator: new values; null removes"`
	Parent   string             `json:"parent,omitempty" doc:"add_indicator: join it to this indicator's formula"`
	Operator string             `json:"operator,omitempty" enum:"*,+,-,/" doc:"add_indicator with parent: how it joins"`
	Target   *TargetEdit        `json:"target,omitempty" doc:"set_target: the new target; absent removes it"`
	From     string             `json:"from,omitempty" doc:"influences: from this indicator"`
	To       string             `json:"to,omitempty" doc:"influences: to this indicator"`
	Lag      string             `json:"lag,omitempty" doc:"set_influence: days, 0..14 or 7"`
	Because  string             `json:"because,omitempty" doc:"set_influence: why it is believed"`
	Source   *SourceEdit        `json:"source,omitempty" doc:"set_source: where the data come from"`
}

// EditOp names what an Edit does.
type EditOp string

// The edits there are.
const (
	SetModel        EditOp = "set_model"
	SetIndicator    EditOp = "set_indicator"
	AddIndicator    EditOp = "add_indicator"
	RemoveIndicator EditOp = "remove_indicator"
	SetTarget       EditOp = "set_target"
	SetInfluence    EditOp = "set_influence"
	RemoveInfluence EditOp = "remove_influence"
	SetSource       EditOp = "set_source"
	RemoveSource    EditOp = "remove_source"
)

// TargetEdit is a target as a form holds it: numbers and dates as text.
type TargetEdit struct {
	Kind       string          `json:"kind" enum:"total,growth,hold,reach" doc:"the kind of goal"`
	Amount     string          `json:"amount" doc:"the number: 100, 1.5, 3%"`
	Per        string          `json:"per,omitempty" enum:"day,week,month,quarter"`
	From       string          `json:"from,omitempty"`
	By         string          `json:"by,omitempty"`
	Direction  string          `json:"direction,omitempty" enum:"up,down"`
	AtLeast    string          `json:"at_least,omitempty"`
	Agreed     []AgreementEdit `json:"agreed,omitempty"`
	Milestones []MilestoneEdit `json:"milestones,omitempty"`
}

// AgreementEdit is who agreed, and when.
type AgreementEdit struct {
	By string `json:"by"`
	On string `json:"on,omitempty"`
}

// MilestoneEdit is a short-term goal.
type MilestoneEdit struct {
	By    string `json:"by"`
	Value string `json:"value"`
}

// SourceEdit is a source as a screen holds it: a table (Path), a connection, events
// or entries.
type SourceEdit struct {
	Connection string                     `json:"connection,omitempty" doc:"rows fetched by this connection"`
	Events     map[string]EventMetricEdit `json:"events,omitempty" doc:"counted from events"`
	Entry      map[string]EntryEdit       `json:"entry,omitempty" doc:"typed in by people"`

	Path      string                `json:"csv"`
	Sheet     string                `json:"sheet,omitempty"`
	Date      string                `json:"date"`
	By        []string              `json:"by,omitempty"`
	Metrics   map[string]MetricEdit `json:"metrics"`
	Gaps      string                `json:"gaps,omitempty" enum:"zero,missing"`
	Number    string                `json:"number,omitempty"`
	DateOrder string                `json:"date_order,omitempty" enum:"dmy,mdy,ymd"`
}

// MetricEdit is one metric of a SourceEdit: exactly one of Column, Count, Sum
// and Distinct.
type MetricEdit struct {
	Column   string              `json:"column,omitempty"`
	Count    string              `json:"count,omitempty" enum:"rows"`
	Sum      string              `json:"sum,omitempty"`
	Distinct string              `json:"distinct,omitempty"`
	Agg      string              `json:"agg,omitempty" enum:"sum,mean,last,max"`
	Where    map[string][]string `json:"where,omitempty"`
}

// EventMetricEdit is what is counted from events; see EventCount.
type EventMetricEdit struct {
	Count string              `json:"count,omitempty" enum:"visits,views,visitors,bounces,engaged_seconds,events,value"`
	Event string              `json:"event,omitempty"`
	Page  string              `json:"page,omitempty"`
	Where map[string][]string `json:"where,omitempty" doc:"fields such as channel, or properties of the event"`
}

// EntryEdit is a number that people type in.
type EntryEdit struct {
	Name  string `json:"name"`
	Owner string `json:"owner,omitempty"`
	Unit  string `json:"unit,omitempty"`
	Agg   string `json:"agg,omitempty" enum:"sum,mean,last,max"`
}

// ApplyEdits changes the text of a model file. The result is not checked beyond
// being YAML: parse it to learn whether it is a model. An edit of something that
// is not there is a *words.Problem.
func ApplyEdits(text []byte, edits []Edit) ([]byte, error) {
	for n, e := range edits {
		doc, err := openDocument(text)
		if err != nil {
			return nil, err
		}
		if err := doc.apply(e); err != nil {
			return nil, fmt.Errorf("apply edit %d (%s): %w", n+1, e.Op, err)
		}
		text = doc.text()
	}
	return text, nil
}

func (d *document) apply(e Edit) error {
	switch e.Op {
	case SetModel:
		return d.setModelFields(e.Fields)
	case SetIndicator:
		path, err := d.indicatorPath(e.ID)
		if err != nil {
			return err
		}
		return d.setFields(path, e.Fields)
	case AddIndicator:
		return d.addIndicator(e)
	case RemoveIndicator:
		return d.removeIndicator(e.ID)
	case SetTarget:
		path, err := d.indicatorPath(e.ID)
		if err != nil {
			return err
		}
		path = append(path, "target")
		if e.Target == nil {
			d.remove(path)
			return nil
		}
		d.set(path, targetNode(e.Target))
		return nil
	case SetInfluence:
		d.editInfluences(e, influenceNode(e))
		return nil
	case RemoveInfluence:
		d.editInfluences(e, nil)
		return nil
	case SetSource:
		if e.Source == nil {
			return problem("データ源の内容がありません。", "The source is empty.")
		}
		d.setSource(e.ID, e.Source)
		return nil
	case RemoveSource:
		d.remove([]string{"sources", e.ID})
		return nil
	}
	return problem("「%s」という編集はありません。", "There is no edit “%s”.", e.Op)
}

func problem(ja, en string, args ...any) error {
	return &words.Problem{At: words.At{File: "model", Line: 1, Col: 1}, What: words.T(ja, en, args...)}
}

// indicatorPath is where an indicator stands: kgi, or kpis → id.
func (d *document) indicatorPath(id string) ([]string, error) {
	if kgi := d.find([]string{"kgi", "id"}); kgi != nil && kgi.Value == id {
		return []string{"kgi"}, nil
	}
	if d.has([]string{"kpis", id}) {
		return []string{"kpis", id}, nil
	}
	return nil, problem("「%s」という指標はありません。", "There is no indicator “%s”.", id)
}

// modelFields are the keys of the model itself that hold one piece of text.
var modelFields = []string{"name", "locale", "timezone", "fiscal_year_start"}

func (d *document) setModelFields(fields map[string]*string) error {
	for key := range fields {
		if !slices.Contains(modelFields, key) {
			return problem("「%s」はここでは変えられません。", "“%s” cannot be set here.", key)
		}
	}
	for _, key := range orderedKeys(fields, modelFields) {
		d.setOrRemove([]string{key}, fields[key])
	}
	return nil
}

// setFields changes all fields of an indicator at once, so that its lines are
// written anew a single time.
func (d *document) setFields(path []string, fields map[string]*string) error {
	known := kpiKeys
	if path[0] == "kgi" {
		known = kgiKeys
	}
	for key := range fields {
		if !slices.Contains(known, key) || key == "target" || key == "effort" || key == "stated" || key == "id" {
			return problem("「%s」はここでは変えられません。", "“%s” cannot be set here.", key)
		}
	}
	for _, key := range orderedKeys(fields, known) {
		d.setOrRemove(append(slices.Clone(path), key), fields[key])
	}
	return nil
}

// orderedKeys sorts the keys of an edit as the file format lists them.
func orderedKeys(fields map[string]*string, order []string) []string {
	var out []string
	for _, key := range order {
		if _, ok := fields[key]; ok {
			out = append(out, key)
		}
	}
	return out
}

func (d *document) setOrRemove(path []string, value *string) {
	if value == nil || *value == "" {
		d.remove(path)
		return
	}
	d.set(path, textNode(*value))
}

func (d *document) addIndicator(e Edit) error {
	if !formula.IsID(e.ID) {
		return problem("「%s」は指標の名前に使えません。文字か _ で始め、文字・数字・_ だけで書いてください。", "“%s” cannot be an indicator id. Begin with a letter or _, then letters, digits and _ only.", e.ID)
	}
	if _, err := d.indicatorPath(e.ID); err == nil {
		return problem("「%s」という指標はもうあります。", "There is already an indicator “%s”.", e.ID)
	}
	path := []string{"kpis", e.ID}
	d.set(path, &yaml.Node{Kind: yaml.MappingNode, Style: yaml.FlowStyle})
	if err := d.setFields(path, e.Fields); err != nil {
		return err
	}
	if e.Parent == "" {
		return nil
	}
	parent, err := d.indicatorPath(e.Parent)
	if err != nil {
		return err
	}
	parent = append(parent, "formula")
	joined := e.ID
	if old := d.find(parent); old != nil && old.Value != "" {
		joined = joinFormula(old.Value, e.Operator, e.ID)
	}
	d.set(parent, textNode(joined))
	return nil
}

// joinFormula appends an indicator to a formula, with parentheses where the
// operator binds tighter than what is there.
func joinFormula(old, operator, id string) string {
	if operator == "" {
		operator = "*"
	}
	if operator == "*" || operator == "/" {
		if expr, err := formula.Parse(old, formula.Options{}); err == nil && expr.Shape().Op == formula.JoinSum {
			old = "(" + old + ")"
		}
	}
	return old + " " + operator + " " + id
}

func (d *document) removeIndicator(id string) error {
	path, err := d.indicatorPath(id)
	if err != nil {
		return err
	}
	if path[0] == "kgi" {
		return problem("KGI(最終目標)は消せません。", "The KGI cannot be removed.")
	}
	d.remove(path)
	d.filterInfluences(func(from, to string) bool { return from != id && to != id })
	return nil
}
