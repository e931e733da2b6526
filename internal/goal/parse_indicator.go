package goal

import (
	"errors"

	"go.yaml.in/yaml/v3"

	"github.com/shirube/shirube/internal/formula"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

var (
	kpiKeys = []string{"name", "definition", "unit", "owner", "role", "why", "formula", "measure", "target", "effort"}
	kgiKeys = append([]string{"id", "serves", "stated"}, kpiKeys...)
)

func (r *reader) indicator(id string, keyAt Position, n *yaml.Node, isKGI bool) *Indicator {
	ind := &Indicator{ID: id, IsKGI: isKGI, At: keyAt, fields: map[string]Position{}, quotes: map[string]int{}}
	what, known := words.T("指標「%s」", "Indicator “%s”", id), kpiKeys
	if isKGI {
		what, known = words.T("kgi", "kgi"), kgiKeys
	}
	for _, e := range r.entries(n, what, known) {
		ind.fields[e.key] = at(e.value)
		if e.value.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0 {
			ind.quotes[e.key] = 1
		}
		switch e.key {
		case "id":
			ind.ID, ind.At = r.text(e.value, e.key), at(e.value)
		case "name":
			ind.Name = r.text(e.value, e.key)
		case "definition":
			ind.Definition = r.text(e.value, e.key)
		case "unit":
			ind.Unit = r.text(e.value, e.key)
			if ind.Unit == "％" {
				ind.Unit = "%"
			}
		case "owner":
			ind.Owner = r.text(e.value, e.key)
		case "why":
			ind.Why = r.text(e.value, e.key)
		case "role":
			ind.Role = Role(r.choice(e.value, e.key, string(RoleOutcome), string(RoleLeading), string(RoleAction)))
		case "serves":
			ind.Serves = r.text(e.value, e.key)
		case "formula":
			ind.Formula = r.expression(e.value, e.key, formula.Options{})
		case "measure":
			ind.Measure = r.expression(e.value, e.key, formula.Options{Dotted: true})
		case "target":
			ind.Target = r.target(e.value)
		case "effort":
			ind.Effort = r.effort(e.value)
		case "stated":
			for _, s := range r.items(e.value) {
				ind.Stated = append(ind.Stated, r.statement(s))
			}
		}
	}
	switch {
	case ind.ID == "":
		r.fail(ind.At, words.T("kgi に「id」がありません。", "The kgi has no “id”."), words.T("式で使う短い名前を書いてください。例: id: applications", "Give it a short name for formulas, such as id: applications."))
	case !formula.IsID(ind.ID):
		r.fail(ind.At, words.T("「%s」は指標の名前に使えません。", "“%s” cannot be an indicator id.", ind.ID),
			words.T("文字か _ で始め、文字・数字・_ だけで書いてください。", "Begin with a letter or _, then letters, digits and _ only."))
	}
	if ind.Name == "" {
		ind.Name = ind.ID
	}
	return ind
}

// expression reads a formula or a measure; a syntax error is placed inside the
// scalar.
func (r *reader) expression(n *yaml.Node, what string, opt formula.Options) *formula.Expr {
	src := r.text(n, what)
	if src == "" {
		return nil
	}
	expr, err := formula.Parse(src, opt)
	if err != nil {
		place := at(n)
		syntax, ok := errors.AsType[*formula.SyntaxError](err)
		if !ok {
			r.fail(place, words.T("%sが読めません: %s", "The %s cannot be read: %s", what, err.Error()), words.Text{})
			return nil
		}
		r.fail(within(n, syntax.Col), syntax.What, syntax.Mend)
		return nil
	}
	return expr
}

// within is the position of the col-th character of a scalar. In a scalar that
// spans lines the column cannot be known; its beginning is told.
func within(n *yaml.Node, col int) Position {
	p := at(n)
	switch n.Style {
	case yaml.SingleQuotedStyle, yaml.DoubleQuotedStyle:
		p.Col += col
	case yaml.LiteralStyle, yaml.FoldedStyle:
	default:
		p.Col += col - 1
	}
	return p
}

func (r *reader) effort(n *yaml.Node) *Effort {
	effort := &Effort{Weight: 1}
	for _, e := range r.entries(n, words.T("effort", "effort"), []string{"weight", "min", "max"}) {
		v, ok := r.number(e.value, e.key)
		if !ok {
			continue
		}
		switch e.key {
		case "weight":
			if v <= 0 {
				r.fail(at(e.value), words.T("「weight」は0より大きい数で書きます。", "“weight” must be greater than 0."), words.Text{})
				continue
			}
			effort.Weight = v
		case "min":
			effort.Min = &v
		case "max":
			effort.Max = &v
		}
	}
	return effort
}

func (r *reader) statement(n *yaml.Node) Statement {
	s := Statement{Per: series.GrainMonth, At: at(n)}
	for _, e := range r.entries(n, words.T("stated", "stated"), []string{"by", "role", "purpose", "meaning", "total", "growth", "hold", "reach", "per", "deadline"}) {
		switch e.key {
		case "by":
			s.By = r.text(e.value, e.key)
		case "role":
			s.Role = r.text(e.value, e.key)
		case "purpose":
			s.Purpose = r.text(e.value, e.key)
		case "meaning":
			s.Meaning = r.text(e.value, e.key)
		case "per":
			if per := r.choice(e.value, e.key, grainNames...); per != "" {
				s.Per, _ = series.ParseGrain(per)
			}
		case "deadline":
			s.Deadline = r.day(e.value, e.key)
		default:
			if v, ok := r.amount(e); ok {
				s.Kind, s.Amount = TargetKind(e.key), &v
			}
		}
	}
	return s
}
