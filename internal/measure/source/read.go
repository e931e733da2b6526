package source

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/measure/source/table"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// Dates far from any real campaign are misread ones; keeping them would lay a
// series over centuries.
var (
	earliest = series.Date(1950, 1, 1)
	latest   = series.Date(2199, 12, 31)
)

// Read reads one source of a model, in two passes over its file: the first
// settles how its numbers and dates are written, the second adds up its rows.
// The error is words.Problems where the file or the model's description of it is
// at fault; then nothing of the source is returned.
func Read(ctx context.Context, m *goal.Model, s *goal.Source, files Files, progress Progress) (*Tally, error) {
	return ReadWhatIsThere(ctx, m, s, files, progress, func(*goal.Metric) bool { return false })
}

// ReadWhatIsThere is Read for a file that may lack the columns of some metrics; one metric
// at least has to be there. Tally.Absent names what was lacking.
func ReadWhatIsThere(ctx context.Context, m *goal.Model, s *goal.Source, files Files, progress Progress, mayLack func(*goal.Metric) bool) (*Tally, error) {
	file, err := open(files, m, s.Path, s.FieldAt("csv"))
	if err != nil {
		return nil, err
	}
	defer file.Content.Close()
	lookups, err := readJoins(ctx, m, s, files)
	if err != nil {
		return nil, err
	}
	r := &reading{ctx: ctx, model: m, source: s, file: file, lookups: lookups, progress: progress, mayLack: mayLack}
	if err := r.settle(); err != nil {
		return nil, err
	}
	return r.addUp()
}

// reading is one reading of a source.
type reading struct {
	ctx      context.Context
	model    *goal.Model
	source   *goal.Source
	file     File
	lookups  []*lookup
	progress Progress
	mayLack  func(*goal.Metric) bool
	plan     *plan
	dates    table.DateOrder
	numbers  []table.NumberStyle // by place in plan.numbers
	falling  bool                // newest first: the first row of a day is its latest
	rows     int                 // as the first pass counted them
	first    firstRow
	skip     int // physical line of a first row that sums up the others; 0 for none
}

func (r *reading) open(pass int) (*table.Reader, error) {
	opt := options(r.source, r.file)
	if r.progress != nil {
		opt.Progress = func(read, total int64) {
			r.progress(r.source.ID, (int64(pass)*total+read)/2, total)
		}
	}
	reader, err := table.Open(r.file.Content, opt)
	if err != nil {
		return nil, fmt.Errorf("read %q: %w", r.file.Name, err)
	}
	return reader, nil
}

// options says what the model knows about the file.
func options(s *goal.Source, f File) table.Options {
	opt := table.Options{Name: f.Name, Sheet: s.Sheet, HeaderRow: s.Header, Want: wanted(s), Encoding: s.Encoding, Size: f.Size}
	if s.Encoding == "utf-16" {
		opt.Encoding = "" // its byte order mark tells which of the two
	}
	switch s.Delimiter {
	case "comma":
		opt.Delimiter = ','
	case "semicolon":
		opt.Delimiter = ';'
	case "tab":
		opt.Delimiter = '\t'
	}
	if f.Written {
		opt.Encoding, opt.Delimiter, opt.HeaderRow = "utf-8", ',', 1
	}
	return opt
}

// wanted lists the headers the model asks for, those it joins by among them.
func wanted(s *goal.Source) []string {
	out := s.Headers()
	for _, j := range s.Joins {
		out = append(out, j.Left)
	}
	return out
}

// settle finds the columns and decides how numbers and dates are written.
func (r *reading) settle() error {
	reader, err := r.open(0)
	if err != nil {
		return err
	}
	if r.plan, err = makePlan(r.model, r.source, reader, r.lookups, r.mayLack); err != nil {
		return err
	}
	dates := table.DateColumn{Name: r.source.Date}
	numbers := make([]table.NumberColumn, len(r.plan.numbers))
	for i, column := range r.plan.numbers {
		numbers[i] = table.NumberColumn{Name: column.name, Semicolon: reader.Format().Delimiter == ';'}
	}
	first, last := "", ""
	err = r.each(reader, func(row table.Row) error {
		r.rows++
		r.plan.date.feedDate(&dates, row, r.lookups)
		if last = r.plan.date.text(row, r.lookups); first == "" {
			first = last
		}
		for i, column := range r.plan.numbers {
			column.feedNumber(&numbers[i], row, r.lookups)
		}
		r.first.see(r.plan, row, r.lookups)
		return r.plan.checkTwins(row)
	})
	if err != nil {
		return err
	}
	if err := r.decide(&dates, numbers); err != nil {
		return err
	}
	r.skip = r.first.total(r.numbers)
	newest, err1 := table.ParseDate(first, r.dates, r.model.Location)
	oldest, err2 := table.ParseDate(last, r.dates, r.model.Location)
	r.falling = err1 == nil && err2 == nil && newest > oldest
	return nil
}

func (r *reading) decide(dates *table.DateColumn, numbers []table.NumberColumn) error {
	var problems words.Problems
	note := func(err error) error {
		found, ok := words.AsProblems(err)
		if !ok {
			return err
		}
		problems = append(problems, found...)
		return nil
	}
	// The model is read by goal, which knows the same words.
	if r.dates, _ = table.ParseDateOrder(r.source.DateOrder); r.dates == table.OrderUnknown {
		order, err := dates.Order()
		if err != nil && note(err) != nil {
			return err
		}
		r.dates = order
	}
	given, _ := table.ParseNumberStyle(r.source.Number)
	r.numbers = make([]table.NumberStyle, len(numbers))
	for i := range numbers {
		if r.numbers[i] = given; given != table.StyleUnknown {
			continue
		}
		style, err := numbers[i].Style()
		if err != nil && note(err) != nil {
			return err
		}
		r.numbers[i] = style
	}
	return problems.Err()
}

// each goes through the rows that are things or days of their own: not totals.
func (r *reading) each(reader *table.Reader, visit func(table.Row) error) error {
	for n := 0; ; n++ {
		if n%1024 == 0 && r.ctx.Err() != nil {
			return fmt.Errorf("read %q: %w", r.file.Name, context.Cause(r.ctx))
		}
		row, err := reader.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if !r.plan.date.joined() && row.IsTotal(row.Cells[r.plan.date.index]) {
			continue
		}
		if row.Line == r.skip && n == 0 {
			continue
		}
		if err := visit(row); err != nil {
			return err
		}
	}
}

// most problems of one file that are worth telling at once.
const mostProblems = 20

// addUp reads the rows and counts them into the metrics.
func (r *reading) addUp() (*Tally, error) {
	reader, err := r.open(1)
	if err != nil {
		return nil, err
	}
	out := &Tally{Days: map[series.Day]int{}, Metrics: map[string][]*Column{}, Absent: r.plan.absent}
	counters := make([]*counter, len(r.plan.read))
	for i, metric := range r.plan.read {
		counters[i] = newCounter(metric, r.falling, r.rows)
	}
	var problems words.Problems
	dimensions := make([]string, len(r.plan.by))
	values := make([]numberCell, len(r.plan.numbers))
	err = r.each(reader, func(row table.Row) error {
		err := r.count(row, out, counters, dimensions, values)
		found, ok := words.AsProblems(err)
		if !ok {
			return err
		}
		if problems = append(problems, found...); len(problems) >= mostProblems {
			return problems
		}
		return nil
	})
	if err == nil {
		err = problems.Err()
	}
	if err != nil {
		return nil, err
	}
	for i, metric := range r.plan.read {
		columns := counters[i].columns(out.Days)
		if day, beyond := beyondNumbers(columns); beyond {
			return nil, problemAt(r.model, metric.FieldAt("column"),
				words.T("「%[1]s」の%[2]sの合計が、扱える数の大きさを超えています。", "The sum of “%[1]s” on %[2]s is larger than any number that can be held.", metric.Column, day.Long()),
				words.T("%[1]s の桁を確かめてください。", "Check the digits in %[1]s.", r.file.Name))
		}
		out.Metrics[metric.ID] = columns
	}
	return out, nil
}

// beyondNumbers finds a day whose value is no number: a sum beyond what float64
// holds.
func beyondNumbers(columns []*Column) (series.Day, bool) {
	for _, c := range columns {
		for day, v := range c.Cells {
			if math.IsInf(v, 0) || math.IsNaN(v) {
				return day, true
			}
		}
	}
	return 0, false
}

type numberCell struct {
	v  float64
	ok bool
}

// count puts one row into every metric whose filters it passes.
func (r *reading) count(row table.Row, out *Tally, counters []*counter, dimensions []string, values []numberCell) error {
	if r.plan.date.text(row, r.lookups) == "" {
		out.Undated++
		return nil
	}
	day, err := r.plan.date.day(row, r.lookups, r.dates, r.model.Location)
	if err != nil {
		return err
	}
	if day < earliest || day > latest {
		return &words.Problem{At: r.plan.date.at(row, r.lookups), What: words.T("日付「%s」は範囲の外です。", "The date “%s” is out of range.", day.Long()),
			Mend: words.T("年の書き方を確かめてください。", "Check how the year is written.")}
	}
	for i, column := range r.plan.numbers {
		if values[i].v, values[i].ok, err = column.number(row, r.lookups, r.numbers[i]); err != nil {
			return err
		}
	}
	for i, column := range r.plan.by {
		dimensions[i] = column.text(row, r.lookups)
	}
	key := dimensionKey(dimensions)
	out.Rows++
	out.Days[day]++
	for i, c := range counters {
		use := r.plan.metrics[i]
		if !use.passes(row, r.lookups) {
			continue
		}
		switch c.metric.Kind {
		case goal.MetricCount:
			c.add(day, dimensions, key, 1, "")
		case goal.MetricDistinct:
			if text := use.column.text(row, r.lookups); text != "" {
				c.add(day, dimensions, key, 0, text)
			}
		default:
			if cell := values[use.number]; cell.ok {
				c.add(day, dimensions, key, cell.v, "")
			}
		}
	}
	return nil
}

// passes reports whether a row has one of the wanted values in every filter's
// column.
func (u metricUse) passes(row table.Row, lookups []*lookup) bool {
	for _, f := range u.filters {
		if !slices.Contains(f.values, f.column.text(row, lookups)) {
			return false
		}
	}
	return true
}
