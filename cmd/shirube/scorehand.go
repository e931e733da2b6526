package main

import (
	"io"
	"math"
	"os"
	"slices"
	"strings"

	"github.com/shirube/shirube/internal/measure/source/table"
	"github.com/shirube/shirube/internal/scorecard"
	"github.com/shirube/shirube/internal/words"
)

// readHandMade reads a card somebody wrote: column, condition, points, one rule a row.
func readHandMade(path string, t *scorecard.Table) (scorecard.Card, error) {
	file, err := os.Open(path)
	if err != nil {
		return scorecard.Card{}, caseFileProblem(path, err)
	}
	defer file.Close()
	reader, err := table.Open(file, table.Options{Name: path, Want: []string{"column", "condition", "points"}})
	if err != nil {
		return scorecard.Card{}, err
	}
	var places [3]int
	for i, names := range [3][2]string{{"column", "列"}, {"condition", "条件"}, {"points", "点"}} {
		if places[i], err = reader.FindColumn(names[0]); err != nil {
			var other error
			if places[i], other = reader.FindColumn(names[1]); other != nil {
				return scorecard.Card{}, err
			}
		}
	}
	var rules []scorecard.Scored
	for {
		row, err := reader.Next()
		if err == io.EOF {
			return scorecard.HandMade(rules), nil
		}
		if err != nil {
			return scorecard.Card{}, err
		}
		name := strings.TrimSpace(row.Cells[places[0]])
		i := slices.IndexFunc(t.Columns, func(c scorecard.Column) bool { return strings.EqualFold(c.Name, name) })
		if i < 0 {
			return scorecard.Card{}, &words.Problem{At: row.At(places[0]), What: words.T("「%s」という列は、学ぶ表にありません。", "The table to learn from has no column “%s”.", name), Mend: words.T("列の名前をそろえてください。", "Use its column names.")}
		}
		rule, err := scorecard.ParseCondition(t.Columns[i].Name, row.Cells[places[1]], t.Columns[i].Kind == scorecard.Number)
		if err != nil {
			return scorecard.Card{}, &words.Problem{At: row.At(places[1]), What: words.T("条件「%s」が読めません。", "The condition “%s” cannot be read.", row.Cells[places[1]]),
				Mend: words.T("「>= 600」「= Google」「missing」のように書いてください。", "Write it like “>= 600”, “= Google” or “missing”.")}
		}
		points, ok, err := row.Number(places[2], table.StyleUnknown)
		if err != nil || !ok || points != math.Trunc(points) || math.Abs(points) > 1e6 {
			return scorecard.Card{}, &words.Problem{At: row.At(places[2]), What: words.T("点「%s」が整数ではありません。", "The points “%s” are no whole number.", row.Cells[places[2]]), Mend: words.T("3 や -2 のように書いてください。", "Write them like 3 or -2.")}
		}
		rules = append(rules, scorecard.Scored{Rule: rule, Points: int(points)})
	}
}
