package template

import (
	"strconv"

	"github.com/shirube/shirube/internal/goal"
)

// Wishes are what a team says of its goal on the start screen. Empty fields
// leave the template as it is. Numbers and days are text as people write them:
// "100", "3%", "150%", "2027-03-31".
type Wishes struct {
	Name    string // of the model
	KGIName string
	Unit    string
	Owner   string
	Serves  string
	Kind    string // total, growth, hold, reach
	Amount  string
	Per     string // hold: day, week, month, quarter
	From    string
	By      string
}

// Customize writes a team's wishes into a model; comments and everything else
// stay. What it returns is not checked: a number or day that cannot be read is
// told, with its place, when the model is parsed.
func Customize(model []byte, w Wishes) ([]byte, error) {
	m, err := goal.Parse(ModelFile, model)
	if err != nil {
		return nil, err
	}
	kgi := m.KGI()
	var edits []goal.Edit
	if w.Name != "" {
		edits = append(edits, goal.Edit{Op: goal.SetModel, Fields: said(map[string]string{"name": w.Name})})
	}
	if fields := said(map[string]string{"name": w.KGIName, "unit": w.Unit, "owner": w.Owner, "serves": w.Serves}); len(fields) > 0 {
		edits = append(edits, goal.Edit{Op: goal.SetIndicator, ID: kgi.ID, Fields: fields})
	}
	if w.Kind+w.Amount+w.Per+w.From+w.By != "" {
		edits = append(edits, goal.Edit{Op: goal.SetTarget, ID: kgi.ID, Target: w.target(kgi.Target, kgi.Ratio())})
	}
	return goal.ApplyEdits(model, edits)
}

// said keeps the fields that were filled in.
func said(fields map[string]string) map[string]*string {
	out := map[string]*string{}
	for key, value := range fields {
		if value != "" {
			out[key] = &value
		}
	}
	return out
}

// target lays the wishes over the target there is. A target of another kind
// keeps only its days: a share of months means nothing to a yearly sum.
func (w Wishes) target(t *goal.Target, ratio bool) *goal.TargetEdit {
	edit := &goal.TargetEdit{Kind: w.Kind, Amount: w.Amount, Per: w.Per, From: w.From, By: w.By}
	if t == nil {
		return edit
	}
	sameKind := w.Kind == "" || w.Kind == string(t.Kind)
	if edit.Kind == "" {
		edit.Kind = string(t.Kind)
	}
	if edit.From == "" && t.From != nil {
		edit.From = t.From.String()
	}
	if edit.By == "" && t.By != nil {
		edit.By = t.By.String()
	}
	if !sameKind {
		return edit
	}
	if edit.Amount == "" {
		edit.Amount = strconv.FormatFloat(t.Amount, 'f', -1, 64)
		if ratio && t.Kind != goal.TargetGrowth {
			edit.Amount = strconv.FormatFloat(t.Amount*100, 'g', 6, 64) + "%"
		}
	}
	if t.Direction == goal.Down {
		edit.Direction = string(goal.Down)
	}
	if t.Kind == goal.TargetHold {
		if edit.Per == "" {
			edit.Per = t.Per.String()
		}
		if t.AtLeast < 1 {
			edit.AtLeast = strconv.FormatFloat(t.AtLeast, 'g', -1, 64)
		}
	}
	return edit
}
