package source

import (
	"cmp"
	"errors"
	"strings"
	"time"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/measure/source/table"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// plan says which column serves what, once the header is known.
type plan struct {
	date    place
	by      []place
	numbers []place        // the distinct number columns, in order of first use
	read    []*goal.Metric // whose columns are there
	metrics []metricUse    // how each of them reads a row
	absent  []string       // headers of those that may be left out, and are
	twins   [][]int        // columns of one name that are used: their cells must agree
	header  []table.Column
}

// metricUse is how one metric reads a row.
type metricUse struct {
	column  place
	number  int // in plan.numbers; −1 where no number is read
	filters []filterUse
}

type filterUse struct {
	column place
	values []string
}

// place is where a column stands: in the file itself, or in a joined one.
type place struct {
	name   string
	lookup int // −1 for the file itself
	index  int
}

func (p place) joined() bool { return p.lookup >= 0 }

// text is the trimmed cell; "" where a joined file has no such row.
func (p place) text(row table.Row, lookups []*lookup) string {
	if !p.joined() {
		return strings.TrimSpace(row.Cells[p.index])
	}
	if found := lookups[p.lookup].find(row, lookups); found != nil {
		return found.cells[p.index]
	}
	return ""
}

// at is where a person finds the cell.
func (p place) at(row table.Row, lookups []*lookup) words.At {
	if !p.joined() {
		return row.At(p.index)
	}
	if found := lookups[p.lookup].find(row, lookups); found != nil {
		return lookups[p.lookup].at(found)
	}
	return row.At(0)
}

func (p place) feedDate(c *table.DateColumn, row table.Row, lookups []*lookup) {
	if !p.joined() {
		c.FeedRow(row, p.index)
		return
	}
	c.Feed(p.text(row, lookups), p.at(row, lookups))
}

func (p place) feedNumber(c *table.NumberColumn, row table.Row, lookups []*lookup) {
	if !p.joined() {
		c.FeedRow(row, p.index)
		return
	}
	c.Feed(p.text(row, lookups), p.at(row, lookups))
}

func (p place) day(row table.Row, lookups []*lookup, order table.DateOrder, zone *time.Location) (series.Day, error) {
	if !p.joined() {
		return row.Date(p.index, order, zone)
	}
	day, err := table.ParseDate(p.text(row, lookups), order, zone)
	return day, p.located(err, row, lookups)
}

func (p place) number(row table.Row, lookups []*lookup, style table.NumberStyle) (float64, bool, error) {
	if !p.joined() {
		return row.Number(p.index, style)
	}
	v, ok, err := table.ParseNumber(p.text(row, lookups), style)
	return v, ok, p.located(err, row, lookups)
}

// located gives an error of a joined cell its place.
func (p place) located(err error, row table.Row, lookups []*lookup) error {
	if cell, ok := errors.AsType[*table.CellError](err); ok {
		return cell.Problem(p.at(row, lookups), p.name)
	}
	return err
}

// makePlan finds every column the source asks for, first in its own file, then in
// the joined ones. What is missing is told at the place in the model that asks, but
// for a metric that may be lacking where others are there.
func makePlan(m *goal.Model, s *goal.Source, reader *table.Reader, lookups []*lookup, mayLack func(*goal.Metric) bool) (*plan, error) {
	b := &planner{model: m, reader: reader, lookups: lookups, plan: &plan{header: reader.Header()}}
	for i, l := range lookups {
		b.known = i
		l.key = b.find(l.join.Left, l.join.FieldAt("on"))
	}
	b.known = len(lookups)
	b.plan.date = b.find(s.Date, s.FieldAt("date"))
	for _, name := range s.By {
		b.plan.by = append(b.plan.by, b.find(name, s.FieldAt("by")))
	}
	var lacking words.Problems
	for _, metric := range s.Metrics {
		told, numbers := len(b.problems), len(b.plan.numbers)
		use := b.metric(metric)
		if len(b.problems) > told && mayLack(metric) {
			lacking = append(lacking, b.problems[told:]...)
			b.problems, b.plan.numbers = b.problems[:told], b.plan.numbers[:numbers]
			b.plan.absent = append(b.plan.absent, cmp.Or(metric.Column, metric.ID))
			continue
		}
		b.plan.read, b.plan.metrics = append(b.plan.read, metric), append(b.plan.metrics, use)
	}
	if len(b.plan.read) == 0 {
		b.problems = append(b.problems, lacking...)
	}
	if err := b.problems.Err(); err != nil {
		return nil, err
	}
	return b.plan, nil
}

type planner struct {
	model    *goal.Model
	reader   *table.Reader
	lookups  []*lookup
	known    int // joined files that may be looked into so far
	plan     *plan
	problems words.Problems
}

func (b *planner) metric(m *goal.Metric) metricUse {
	use := metricUse{number: -1}
	if m.Column != "" {
		use.column = b.find(m.Column, m.FieldAt("column"))
	}
	if m.Kind == goal.MetricColumn {
		use.number = b.number(use.column)
	}
	for _, f := range m.Where {
		use.filters = append(use.filters, filterUse{column: b.find(f.Column, f.At), values: f.Values})
	}
	return use
}

// number notes a number column once, however many metrics use it.
func (b *planner) number(p place) int {
	for i, known := range b.plan.numbers {
		if known == p {
			return i
		}
	}
	b.plan.numbers = append(b.plan.numbers, p)
	return len(b.plan.numbers) - 1
}

func (b *planner) find(name string, asked goal.Position) place {
	index, err := b.reader.FindColumn(name)
	if err == nil {
		if twins := b.reader.Duplicates(name); len(twins) > 1 {
			b.plan.twins = append(b.plan.twins, twins)
		}
		return place{name: name, lookup: -1, index: index}
	}
	for i := range b.known {
		if index, ok := b.lookups[i].column(name); ok {
			return place{name: name, lookup: i, index: index}
		}
	}
	if missing, ok := errors.AsType[*table.NoColumn](err); ok {
		b.problems = append(b.problems, missing.Problem(words.At{File: b.model.File, Line: asked.Line, Col: asked.Col}))
		return place{name: name, lookup: -1}
	}
	b.problems = append(b.problems, problemAt(b.model, asked, words.T("列「%s」が見つかりません。", "Column “%s” was not found.", name), words.Text{}))
	return place{name: name, lookup: -1}
}

// checkTwins refuses columns of one name whose cells differ: which one is meant
// cannot be told.
func (p *plan) checkTwins(row table.Row) error {
	for _, twins := range p.twins {
		for _, other := range twins[1:] {
			if row.Cells[other] != row.Cells[twins[0]] {
				return &words.Problem{At: row.At(other),
					What: words.T("同じ見出し「%s」の列が2つあり、中身が違います。", "Two columns are called “%s” and their cells differ.", p.header[other].Name),
					Mend: words.T("どちらかの見出しを変えてください。", "Rename one of them.")}
			}
		}
	}
	return nil
}
