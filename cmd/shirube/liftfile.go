package main

import (
	"cmp"
	"errors"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/measure/source/table"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/stat/lift"
	"github.com/shirube/shirube/internal/template"
	"github.com/shirube/shirube/internal/words"
)

// experimentFile is a file with one person a row, and which columns say what.
type experimentFile struct {
	path, arm, outcome, per, pre, date string
	number                             table.NumberStyle
	order                              table.DateOrder
}

// experiment is what was read: the people of each arm, added up.
type experiment struct {
	arms        map[string]*lift.Tally
	at          map[string]words.At // of the first row of each arm
	top         words.At            // of the header
	column      string              // of the arm, as the file writes it
	outcome     string              // as the file writes it
	yesNo       bool
	leftOut     int
	first, last series.Day
	dated       bool
}

// mostArms is how many arms an experiment may have; a column with more is another one.
const mostArms = 50

// liftColumn is one column and how its cells are read.
type liftColumn struct {
	place   int // −1 where none was asked for
	name    string
	numbers table.NumberColumn
	yesNo   int // cells that say yes or no in words
	style   table.NumberStyle
	twins   []int
}

// readExperiment reads a file twice: once to see how its columns are written, once to add
// up. Nothing is kept of a row, so that a file of any length can be read.
func readExperiment(f experimentFile) (*experiment, error) {
	file, err := os.Open(f.path)
	if err != nil {
		return nil, tableFileProblem(f.path, err)
	}
	defer file.Close()
	if info, err := file.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil, tableFileProblem(f.path, cmp.Or(err, errors.New("not a regular file")))
	}
	r := &experimentReader{experimentFile: f, content: file, e: &experiment{arms: map[string]*lift.Tally{}, at: map[string]words.At{}}}
	if err := r.settle(); err != nil {
		return nil, err
	}
	return r.e, r.addUp()
}

// tableFileProblem is fileProblem for tables, which no template makes.
func tableFileProblem(path string, err error) error {
	told := fileProblem(path, err)
	if problem, ok := errors.AsType[*words.Problem](told); ok && os.IsNotExist(err) {
		problem.Mend = words.T("名前を確かめてください。", "Check the name.")
	}
	return told
}

type experimentReader struct {
	experimentFile
	content              *os.File
	e                    *experiment
	armColumn, outcomes  liftColumn
	per, pre, dateColumn liftColumn
	dates                table.DateColumn
	dateOrder            table.DateOrder
}

func (r *experimentReader) open() (*table.Reader, error) {
	want := slices.DeleteFunc([]string{r.arm, r.outcome, r.experimentFile.per, r.experimentFile.pre, r.date}, func(s string) bool { return s == "" })
	return table.Open(r.content, table.Options{Name: r.path, Want: want})
}

// settle finds the columns and decides how their numbers and dates are written.
func (r *experimentReader) settle() error {
	reader, err := r.open()
	if err != nil {
		return err
	}
	var problems words.Problems
	for _, c := range []struct {
		column *liftColumn
		name   string
	}{{&r.armColumn, r.arm}, {&r.outcomes, r.outcome}, {&r.per, r.experimentFile.per}, {&r.pre, r.experimentFile.pre}, {&r.dateColumn, r.date}} {
		c.column.place = -1
		if c.name == "" {
			continue
		}
		place, err := reader.FindColumn(c.name)
		if missing, ok := errors.AsType[*table.NoColumn](err); ok {
			problems = append(problems, missing.Problem(words.At{File: r.path, Line: reader.Format().HeaderLine, Col: 1}))
			continue
		} else if err != nil {
			return err
		}
		name := reader.Header()[place].Name
		*c.column = liftColumn{place: place, name: name, numbers: table.NumberColumn{Name: name, Semicolon: reader.Format().Delimiter == ';'}}
		if twins := reader.Duplicates(c.name); len(twins) > 1 {
			c.column.twins = twins[1:]
		}
	}
	if err := problems.Err(); err != nil {
		return err
	}
	r.e.top = words.At{File: r.path, Line: reader.Format().HeaderLine, Col: 1}
	r.e.column, r.e.outcome = r.armColumn.name, r.outcomes.name
	r.dates.Name = r.dateColumn.name
	if err := r.each(reader, r.look); err != nil {
		return err
	}
	return r.decide()
}

// each goes through the rows that are people, not totals.
func (r *experimentReader) each(reader *table.Reader, visit func(table.Row) error) error {
	for {
		row, err := reader.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if row.IsTotal(row.Cells[r.armColumn.place]) {
			continue
		}
		if err := visit(row); err != nil {
			return err
		}
	}
}

func (r *experimentReader) columns() []*liftColumn {
	return []*liftColumn{&r.outcomes, &r.per, &r.pre}
}

// look takes in how the cells of a row are written.
func (r *experimentReader) look(row table.Row) error {
	for _, c := range append(r.columns(), &r.armColumn, &r.dateColumn) {
		for _, twin := range c.twins {
			if row.Cells[twin] != row.Cells[c.place] {
				return &words.Problem{At: row.At(twin), What: words.T("同じ見出し「%s」の列が2つあり、中身が違います。", "Two columns are called “%s” and their cells differ.", c.name),
					Mend: words.T("どちらかの見出しを変えてください。", "Rename one of them.")}
			}
		}
	}
	for _, c := range r.columns() {
		if c.place < 0 {
			continue
		}
		if _, ok := yesOrNo(row.Cells[c.place]); ok && !row.Typed(c.place) {
			c.yesNo++
			continue
		}
		c.numbers.FeedRow(row, c.place)
	}
	if r.dateColumn.place >= 0 {
		r.dates.FeedRow(row, r.dateColumn.place)
	}
	return nil
}

func (r *experimentReader) decide() error {
	for _, c := range r.columns() {
		if c.place < 0 {
			continue
		}
		if c.style = r.number; c.style != table.StyleUnknown {
			continue
		}
		if two, ok := c.numbers.Ambiguous(); ok {
			_, _, err := table.ParseNumber(two.Cell, table.StyleUnknown)
			return mendedBy(err, two.At, c.name, words.T("--number \"1,234.5\" か --number \"1.234,5\" で、書き方を指定してください。", "Say which with --number \"1,234.5\" or --number \"1.234,5\"."))
		}
		style, err := c.numbers.Style()
		if err != nil {
			return err
		}
		c.style = style
	}
	if r.dateOrder = r.order; r.dateColumn.place < 0 || r.dateOrder != table.OrderUnknown {
		return nil
	}
	if two, ok := r.dates.Ambiguous(); ok {
		_, err := table.ParseDate(two.Cell, table.OrderUnknown, nil)
		return mendedBy(err, two.At, r.dateColumn.name, words.T("日が先なら --date-order dmy、月が先なら --date-order mdy を付けてください。", "Say which with --date-order dmy or --date-order mdy."))
	}
	var err error
	r.dateOrder, err = r.dates.Order()
	return err
}

// mendedBy places the problem of a cell and says the flag that settles it.
func mendedBy(err error, at words.At, column string, mend words.Text) error {
	if told, ok := errors.AsType[*table.CellError](err); ok {
		problem := told.Problem(at, column)
		problem.Mend = mend
		return problem
	}
	return err
}

// addUp reads the people into their arms.
func (r *experimentReader) addUp() error {
	reader, err := r.open()
	if err != nil {
		return err
	}
	r.e.yesNo = true
	return r.each(reader, r.person)
}

func (r *experimentReader) person(row table.Row) error {
	arm := strings.TrimSpace(row.Cells[r.armColumn.place])
	outcome, ok, err := r.value(row, &r.outcomes)
	if err != nil {
		return err
	}
	per, counted := 1.0, true
	if r.per.place >= 0 {
		if per, counted, err = r.value(row, &r.per); err != nil {
			return err
		}
		if per < 0 {
			return &words.Problem{At: row.At(r.per.place), What: words.T("列「%s」に負の数があります。", "The column “%s” has a negative number.", r.per.name),
				Mend: words.T("--per には回数のような、0以上の数の列を指定してください。", "Name a column of counts, none below zero, in --per.")}
		}
	}
	if arm == "" || !ok || !counted {
		r.e.leftOut++
		return nil
	}
	tally := r.e.arms[arm]
	if tally == nil {
		if len(r.e.arms) == mostArms {
			return &words.Problem{At: row.At(r.armColumn.place), What: words.T("列「%s」には%dより多くの値があり、グループの名前ではなさそうです。", "The column “%s” has more than %d values; it does not seem to name arms.", r.armColumn.name, mostArms),
				Mend: words.T("グループを表す列を --arm に指定してください。", "Name the column that says who is in which arm in --arm.")}
		}
		tally = &lift.Tally{}
		r.e.arms[strings.Clone(arm)], r.e.at[strings.Clone(arm)] = tally, row.At(r.armColumn.place)
	}
	r.e.yesNo = r.e.yesNo && (outcome == 0 || outcome == 1)
	if err := r.day(row); err != nil {
		return err
	}
	if r.pre.place < 0 {
		tally.Add(outcome, per, 0)
		return nil
	}
	before, known, err := r.value(row, &r.pre)
	if err != nil {
		return err
	}
	if !known {
		tally.AddBlank(outcome, per)
		return nil
	}
	tally.Add(outcome, per, before)
	return nil
}

func (r *experimentReader) day(row table.Row) error {
	if r.dateColumn.place < 0 || strings.TrimSpace(row.Cells[r.dateColumn.place]) == "" {
		return nil
	}
	day, err := row.Date(r.dateColumn.place, r.dateOrder, template.Zone)
	if err != nil {
		return err
	}
	if !r.e.dated {
		r.e.first, r.e.last, r.e.dated = day, day, true
	}
	r.e.first, r.e.last = min(r.e.first, day), max(r.e.last, day)
	return nil
}

func (r *experimentReader) value(row table.Row, c *liftColumn) (float64, bool, error) {
	if v, ok := yesOrNo(row.Cells[c.place]); ok && c.yesNo > 0 && !row.Typed(c.place) {
		return v, true, nil
	}
	v, ok, err := row.Number(c.place, c.style)
	if told, isProblem := errors.AsType[*words.Problem](err); isProblem {
		told.Mend = words.T("数か、yes/no・true/false・はい/いいえ・あり/なし で書いてください。", "Write a number, yes/no or true/false.")
	}
	return v, ok, err
}

// yesOrNo reads outcomes that are words.
func yesOrNo(cell string) (float64, bool) {
	switch strings.ToLower(strings.TrimSpace(cell)) {
	case "yes", "true", "y", "t", "はい", "あり", "有", "有り", "○", "◯":
		return 1, true
	case "no", "false", "n", "f", "いいえ", "なし", "無", "無し", "×":
		return 0, true
	}
	return 0, false
}

// days is over how many days people came; 0 where no date was asked for.
func (e *experiment) days() int {
	if !e.dated {
		return 0
	}
	return int(e.last-e.first) + 1
}

// split puts the control aside; the others stand in the order of their names.
func (e *experiment) split(control string) (insight.LiftArm, []insight.LiftArm, error) {
	names := make([]string, 0, len(e.arms))
	for name := range e.arms {
		names = append(names, name)
	}
	slices.Sort(names)
	at := slices.IndexFunc(names, func(s string) bool { return s == strings.TrimSpace(control) })
	if at < 0 {
		at = slices.IndexFunc(names, func(s string) bool { return strings.EqualFold(s, strings.TrimSpace(control)) })
	}
	if len(names) == 0 {
		return insight.LiftArm{}, nil, &words.Problem{At: e.top, What: words.T("グループと結果の両方が入った行がありません。", "No row has both an arm and an outcome."),
			Mend: words.T("--arm と --outcome の列を確かめてください。", "Check the columns named in --arm and --outcome.")}
	}
	if at < 0 {
		return insight.LiftArm{}, nil, &words.Problem{At: e.top, What: words.T("列「%s」に「%s」という値がありません。", "The column “%s” has no value “%s”.", e.column, control), Mend: valuesThere(names)}
	}
	if len(names) < 2 {
		return insight.LiftArm{}, nil, &words.Problem{At: e.at[names[at]], What: words.T("列「%s」には「%s」しかなく、比べる相手がありません。", "The column “%s” holds only “%s”: there is nothing to compare it with.", e.column, names[at]),
			Mend: words.T("グループを表す列を --arm に指定してください。", "Name the column that says who is in which arm in --arm.")}
	}
	first := insight.LiftArm{Name: names[at], Tally: e.arms[names[at]]}
	var arms []insight.LiftArm
	for i, name := range names {
		if i != at {
			arms = append(arms, insight.LiftArm{Name: name, Tally: e.arms[name]})
		}
	}
	return first, arms, nil
}

func valuesThere(names []string) words.Text {
	const most = 12
	shown, rest := names, ""
	if len(shown) > most {
		shown, rest = shown[:most], "…"
	}
	return words.Text{JA: "あるのは 「" + strings.Join(shown, "」「") + "」" + rest + " です。", EN: "It has “" + strings.Join(shown, "”, “") + "”" + rest + "."}
}
