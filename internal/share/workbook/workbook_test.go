package workbook_test

import (
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/internal/formula"
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/share/workbook"
	"github.com/shirube/shirube/internal/words"
)

const model = `shirube: 1
name: 採用SNS
timezone: Asia/Tokyo
fiscal_year_start: 4
kgi: {id: applications, name: 応募数, unit: 件, owner: 田中, formula: visits * rate}
kpis:
  visits: {name: 訪問数, unit: 回, measure: web.visits}
  rate: {name: 応募率, unit: "%", measure: web.applied / web.visits}
  plan: {name: 計画, unit: 本}
sources:
  web: {csv: web.csv, date: 日付, metrics: {visits: 訪問, applied: 応募}}
`

type numbers struct{ *goal.Evaluator }

func (numbers) Target(string) string          { return "" }
func (n numbers) Kind(id string) formula.Kind { return n.Evaluator.Kind(id) }

// evaluator knows a year of visits, of which some days are missing.
func evaluator(t *testing.T, visits, applied []float64) *goal.Evaluator {
	t.Helper()
	m, err := goal.Parse("m.yaml", []byte(model))
	if err != nil {
		t.Fatal(err)
	}
	first := series.Date(2026, 3, 30)
	daily := func(values []float64) *goal.Observed {
		return &goal.Observed{Total: series.Daily{First: first, Values: values}}
	}
	return goal.NewEvaluator(m, &goal.Data{
		Metrics: map[string]*goal.Observed{"web.visits": daily(visits), "web.applied": daily(applied)},
		Sources: map[string]goal.SourceState{"web": {First: first, Last: first + series.Day(len(visits)) - 1, Days: len(visits), Rows: len(visits)}},
	})
}

func options(lang words.Lang) workbook.Options {
	return workbook.Options{Workspace: "ひなた", Version: 3, AsOf: series.Date(2026, 4, 5), Made: series.Date(2026, 4, 6), Lang: lang}
}

func sheetNamed(sheets []workbook.Sheet, name string) workbook.Sheet {
	for _, sheet := range sheets {
		if sheet.Name == name {
			return sheet
		}
	}
	return workbook.Sheet{}
}

func TestSheets(t *testing.T) {
	missing := math.NaN()
	ev := evaluator(t, []float64{10, 20, 30, missing, 50, 60, 70}, []float64{1, 1, 3, missing, 5, 0, 7})
	sheets := workbook.Sheets(ev, numbers{ev}, options(words.JA))
	days := sheetNamed(sheets, "日")
	if len(days.Rows) != 7 || days.Rows[3][1] != nil || days.Rows[3][2] != nil || days.Rows[3][3] != nil {
		t.Errorf("a missing day is told as a number: %v", days.Rows)
	}
	if days.Rows[5][3] != 0.0 || days.Rows[0][2] != 10.0 || days.Rows[0][4] != nil {
		t.Errorf("zero is a value, and what nobody measures is none: %v", days.Rows)
	}
	months := sheetNamed(sheets, "月")
	if len(months.Rows) != 2 || months.Rows[0][0] != "2026年3月" || months.Rows[0][3] != 2 || months.Rows[1][3] != 5 {
		t.Fatalf("months %v", months.Rows)
	}
	if got := months.Rows[0][6]; got != 2.0/30 {
		t.Errorf("the rate of March is %v, not 2 of 30", got)
	}
	if got := sheetNamed(sheets, "年度").Rows; len(got) != 2 || got[0][0] != "2025年度" {
		t.Errorf("fiscal years %v", got)
	}
	if text := sheetNamed(sheets, "定義"); len(text.Rows) != 4 || text.Rows[0][5] != "訪問数 × 応募率" || len(text.Columns) != 10 {
		t.Errorf("definitions %v", text)
	}
	with := options(words.JA)
	with.Names = true
	if text := sheetNamed(workbook.Sheets(ev, numbers{ev}, with), "定義"); text.Rows[0][10] != "田中" {
		t.Errorf("owners %v", text.Rows[0])
	}
}

// Every sheet is a rectangle with a name that spreadsheets take, in both languages, and no
// number in it is none.
func TestSheetsAreWhole(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(1, 60).Draw(rt, "days")
		value := rapid.OneOf(rapid.Float64Range(0, 1e6), rapid.Just(math.NaN()), rapid.Just(0.0))
		ev := evaluator(t, rapid.SliceOfN(value, n, n).Draw(rt, "visits"), rapid.SliceOfN(value, n, n).Draw(rt, "applied"))
		lang := rapid.SampledFrom([]words.Lang{words.JA, words.EN}).Draw(rt, "language")
		names := map[string]bool{}
		for _, sheet := range workbook.Sheets(ev, numbers{ev}, options(lang)) {
			if names[sheet.Name] || utf8.RuneCountInString(sheet.Name) > 31 || strings.ContainsAny(sheet.Name, `[]:*?/\`) || sheet.Name == "" {
				rt.Fatalf("name %q", sheet.Name)
			}
			names[sheet.Name] = true
			for _, row := range sheet.Rows {
				if len(row) != len(sheet.Columns) {
					rt.Fatalf("%s: %d cells in %d columns", sheet.Name, len(row), len(sheet.Columns))
				}
				for _, cell := range row {
					if v, is := cell.(float64); is && (math.IsNaN(v) || math.IsInf(v, 0)) {
						rt.Fatalf("%s: %v", sheet.Name, cell)
					}
				}
			}
		}
	})
}
