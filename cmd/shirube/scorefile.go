package main

import (
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strings"

	"github.com/shirube/shirube/internal/measure/source/table"
	"github.com/shirube/shirube/internal/scorecard"
	"github.com/shirube/shirube/internal/words"
)

// caseFile is a file of cases, one a row, and how to read it.
type caseFile struct {
	path     string
	outcome  string
	positive string
	leaveOut []string
	number   table.NumberStyle
	order    table.DateOrder
}

// cases is what was read: the table to learn from and where things stand in the file.
type cases struct {
	table    *scorecard.Table
	positive string // the value of the outcome that is looked for
	skipped  int    // rows without an outcome
	headerAt words.At
	reader   *table.Reader // knows the header
	names    []string      // by place in the file; "" for a column that is nothing
}

// readCases reads a file twice: once to see what its columns are, once for their values.
func readCases(f caseFile) (*cases, error) {
	file, err := os.Open(f.path)
	if err != nil {
		return nil, caseFileProblem(f.path, err)
	}
	defer file.Close()
	want := table.Options{Name: f.path, Want: []string{f.outcome}}
	sample, err := table.Preview(file, want, 0, 0, nil)
	if err != nil {
		return nil, err
	}
	reader, err := table.Open(file, want)
	if err != nil {
		return nil, err
	}
	c := &cases{reader: reader, table: &scorecard.Table{}, headerAt: words.At{File: f.path, Line: max(1, sample.Format.HeaderLine), Col: 1}}
	outcome, err := reader.FindColumn(f.outcome)
	if err != nil {
		return nil, err
	}
	c.table.OutcomeName = reader.Header()[outcome].Name
	plan, err := c.plan(f, sample, outcome)
	if err != nil {
		return nil, err
	}
	return c, c.read(f, reader, plan, outcome)
}

func caseFileProblem(path string, err error) error {
	problem, ok := words.AsProblems(fileProblem(path, err))
	if ok && !problem[0].Mend.Zero() && os.IsNotExist(err) {
		problem[0].Mend = words.T("名前を確かめてください。", "Check the name.")
	}
	return problem.Err()
}

// caseColumn is how one column is read.
type caseColumn struct {
	place int // in the file
	kind  scorecard.Kind
	style table.NumberStyle
	order table.DateOrder
}

// plan settles what every column is. A number or a date that could be read two ways is
// asked about, unless the column is left out anyway.
func (c *cases) plan(f caseFile, sample *table.Sample, outcome int) ([]caseColumn, error) {
	used := map[string]int{}
	var plan []caseColumn
	for i, g := range sample.Columns {
		name := g.Name
		if name == "" && g.Kind != table.ColumnEmpty {
			name = words.T("%d列目", "column %d", i+1).JA
		}
		if used[name]++; name != "" && used[name] > 1 {
			name = fmt.Sprintf("%s (%d)", name, used[name])
		}
		c.names = append(c.names, name)
		if i == outcome || name == "" {
			continue
		}
		left := slices.ContainsFunc(f.leaveOut, func(s string) bool { return strings.EqualFold(strings.TrimSpace(s), name) })
		column := caseColumn{place: i, kind: scorecard.Category, style: g.Style, order: g.Order}
		switch {
		case left:
		case g.Kind == table.ColumnNumber:
			column.kind = scorecard.Number
			if f.number != table.StyleUnknown {
				column.style = f.number
			} else if g.Mixed != nil {
				return nil, g.Mixed
			} else if g.Number != nil {
				return nil, twoWays(g.Number.Cell, g.Number.At, name)
			}
		case g.Kind == table.ColumnDate:
			column.kind = scorecard.Date
			if f.order != table.OrderUnknown {
				column.order = f.order
			} else if g.Mixed != nil {
				return nil, g.Mixed
			} else if g.Dates != nil {
				return nil, twoDays(g.Dates.Cell, g.Dates.At, name)
			}
		}
		plan = append(plan, column)
	}
	return plan, nil
}

// twoWays is the problem of a number with two readings, mended by a flag of this command.
func twoWays(cell string, at words.At, column string) error {
	_, _, err := table.ParseNumber(cell, table.StyleUnknown)
	if told, ok := err.(*table.CellError); ok {
		problem := told.Problem(at, column)
		problem.Mend = words.T("--number \"1,234.5\" か --number \"1.234,5\" で、書き方を指定してください。", "Say which with --number \"1,234.5\" or --number \"1.234,5\".")
		return problem
	}
	return err
}

// twoDays is the problem of a date with two readings.
func twoDays(cell string, at words.At, column string) error {
	_, err := table.ParseDate(cell, table.OrderUnknown, nil)
	if told, ok := err.(*table.CellError); ok {
		problem := told.Problem(at, column)
		problem.Mend = words.T("日が先なら --date-order dmy、月が先なら --date-order mdy を付けてください。", "Say which with --date-order dmy or --date-order mdy.")
		return problem
	}
	return err
}

// read takes the values of every row that has an outcome.
func (c *cases) read(f caseFile, reader *table.Reader, plan []caseColumn, outcome int) error {
	columns := make([]scorecard.Column, len(plan))
	for j, p := range plan {
		columns[j] = scorecard.Column{Name: c.names[p.place], Kind: p.kind}
	}
	texts := map[string]string{} // one copy of each category
	var ends []string
	var at []words.At // of the first row of each kind of outcome
	kinds := []string{}
	for {
		row, err := reader.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		end := strings.TrimSpace(row.Cells[outcome])
		if nothing(end) {
			c.skipped++
			continue
		}
		if !slices.Contains(kinds, end) && len(kinds) < 50 {
			kinds, at = append(kinds, end), append(at, row.At(outcome))
		}
		ends = append(ends, end)
		for j, p := range plan {
			if err := take(&columns[j], p, row, texts); err != nil {
				return err
			}
		}
	}
	if len(ends) == 0 {
		return &words.Problem{At: c.headerAt, What: words.T("列「%s」に結果のある行がありません。", "No row has an outcome in the column “%s”.", c.table.OutcomeName),
			Mend: words.T("結果の入った列を --outcome に指定してください。", "Name the column that holds the outcome in --outcome.")}
	}
	if err := c.choosePositive(f.positive, kinds, at); err != nil {
		return err
	}
	c.table.Columns = columns
	c.table.Outcome = make([]bool, len(ends))
	for i, end := range ends {
		c.table.Outcome[i] = sameValue(end, c.positive)
	}
	return nil
}

func take(column *scorecard.Column, p caseColumn, row table.Row, texts map[string]string) error {
	switch p.kind {
	case scorecard.Number:
		v, ok, err := row.Number(p.place, p.style)
		if err != nil {
			return orLeaveOut(err)
		}
		if !ok {
			v = math.NaN()
		}
		column.Numbers = append(column.Numbers, v)
	case scorecard.Date:
		blank := nothing(strings.TrimSpace(row.Cells[p.place]))
		column.Blank = append(column.Blank, blank)
		if blank {
			column.Days = append(column.Days, 0)
			return nil
		}
		day, err := row.Date(p.place, p.order, nil)
		if err != nil {
			return orLeaveOut(err)
		}
		column.Days = append(column.Days, day)
	default:
		text := strings.TrimSpace(row.Cells[p.place])
		if nothing(text) {
			text = ""
		}
		if known, seen := texts[text]; seen {
			text = known
		} else if len(texts) < 100_000 {
			texts[text] = text
		}
		column.Texts = append(column.Texts, text)
	}
	return nil
}

// nothing reports a cell that says that there is no value ("", "-", "N/A", …).
func nothing(cell string) bool {
	_, ok, err := table.ParseNumber(cell, table.StyleUnknown)
	return !ok && err == nil
}

// orLeaveOut offers to leave the column out where a cell of it cannot be read.
func orLeaveOut(err error) error {
	problems, ok := words.AsProblems(err)
	if !ok {
		return err
	}
	told := *problems[0]
	told.Mend = words.T("セルを直すか、--leave-out でこの列を外してください。", "Mend the cell, or leave the column out with --leave-out.")
	return &told
}

// named turns columns as they were typed into those of the file.
func (c *cases) named(typed []string) ([]string, error) {
	var out []string
	for _, name := range typed {
		if i := slices.Index(c.names, name); i >= 0 && name != "" {
			out = append(out, name)
			continue
		}
		i, err := c.reader.FindColumn(name)
		if err != nil {
			return nil, err
		}
		out = append(out, c.names[i])
	}
	return out, nil
}
