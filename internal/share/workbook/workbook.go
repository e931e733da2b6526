// Package workbook lays the numbers of a map out as the sheets of a spreadsheet: one per
// length of period, with what each number means beside it. It makes plain values; who writes
// a file of them is known by others.
package workbook

import (
	"math"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/share/glossary"
	"github.com/shirube/shirube/internal/words"
)

// Sheet is one sheet: a row of headings and the rows under it.
type Sheet struct {
	Name    string // at most 31 letters, none of []:*?/\
	Columns []Column
	Rows    [][]any // string, float64, int, series.Day, or nil where there is nothing to tell
}

// Column is one column of a sheet.
type Column struct {
	Title string
	Width float64 // in letters
	Shape Shape
}

// Shape is how a column's numbers are written.
type Shape int

// The shapes.
const (
	Plain   Shape = iota // as it is
	Count                // 1,234
	Decimal              // 1,234.5
	Percent              // 12.34%, of a ratio: a rate of applications is often below one
	Date                 // of a series.Day
	Wrapped              // text over several lines
)

// Options say what is laid out.
type Options struct {
	Workspace string
	Version   int        // of the model
	AsOf      series.Day // the last day that counts
	Made      series.Day
	Lang      words.Lang
	Names     bool // with the names of people
}

// mostDays bounds the sheet of days; longer grains go back to the first number.
const mostDays = 1100

// Sheets is the whole workbook.
func Sheets(ev *goal.Evaluator, numbers glossary.Numbers, opt Options) []Sheet {
	m := ev.Model()
	sheets := []Sheet{about(m, ev, opt), definitions(m, numbers, opt)}
	for _, grain := range []series.Grain{series.GrainDay, series.GrainWeek, series.GrainMonth, series.GrainQuarter, series.GrainYear} {
		sheets = append(sheets, periods(ev, grain, opt))
	}
	return sheets
}

func about(m *goal.Model, ev *goal.Evaluator, opt Options) Sheet {
	say := func(ja, en string, args ...any) string { return words.T(ja, en, args...).In(opt.Lang) }
	sheet := Sheet{
		Name:    say("はじめに", "About"),
		Columns: []Column{{Width: 24}, {Width: 72, Shape: Wrapped}},
	}
	_, starts, _ := m.Fiscal.Containing(series.GrainYear, opt.AsOf).From.Civil()
	row := func(title, text string) { sheet.Rows = append(sheet.Rows, []any{title, text}) }
	row(say("地図", "Map"), m.Name)
	row(say("ワークスペース", "Workspace"), opt.Workspace)
	row(say("モデルの版", "Version of the model"), say("第%d版", "%d", opt.Version))
	row(say("どこまでの数字か", "Numbers up to"), opt.AsOf.Long().In(opt.Lang))
	row(say("つくった日", "Made on"), opt.Made.Long().In(opt.Lang))
	row(say("空のセル", "Empty cells"), say("測っていない、または計算できないという意味です。0とは違います。",
		"Not measured, or it cannot be computed. That is not 0."))
	row(say("割合", "Rates"), say("期間の合計どうしを割っています。日ごとの割合の平均ではありません。",
		"One sum of the period over another, never the mean of daily rates."))
	row(say("途中の期間", "Periods under way"), say("「数えた日数」が期間の日数より少ない行は、まだ途中か、データのない日があります。",
		"Where “days counted” is less than the period has, it is under way, or days are missing."))
	row(say("週と年度", "Weeks and years"), say("週は月曜日から、年度は%d月から始まります。", "Weeks start on Monday, the year in month %d.", int(starts)))
	if ev.Span().Days() > mostDays {
		row(say("日の表", "Sheet of days"), say("新しいほうから%d日です。週より長い表には、はじめからの数字があります。",
			"The newest %d days. The longer periods go back to the first number.", mostDays))
	}
	return sheet
}

func definitions(m *goal.Model, numbers glossary.Numbers, opt Options) Sheet {
	say := func(ja, en string) string { return words.T(ja, en).In(opt.Lang) }
	sheet := Sheet{Name: say("定義", "Definitions"), Columns: []Column{
		{say("指標", "Indicator"), 28, Wrapped}, {"ID", 20, Plain}, {say("単位", "Unit"), 8, Plain}, {say("何を数えるか", "What is counted"), 48, Wrapped},
		{say("なぜ見るのか", "Why it matters"), 48, Wrapped}, {say("計算のしかた", "How it is calculated"), 36, Wrapped},
		{say("数えているもの", "Measured by"), 28, Wrapped}, {say("出どころ", "Source"), 28, Wrapped}, {say("目標", "Target"), 16, Wrapped},
		{say("数の見かた", "How to read it"), 40, Wrapped},
	}}
	if opt.Names {
		sheet.Columns = append(sheet.Columns, Column{say("担当", "Owner"), 14, Plain})
	}
	for _, e := range glossary.Entries(m, numbers, opt.Lang) {
		why := e.Matters
		if e.Why != "" {
			why = e.Why + " " + e.Matters
		}
		row := []any{e.Name, e.ID, e.Unit, told(e.Definition), why, told(e.Formula), told(e.Measured), joined(e.Sources, opt.Lang), told(e.Target), e.Reading}
		if opt.Names {
			row = append(row, told(e.Owner))
		}
		sheet.Rows = append(sheet.Rows, row)
	}
	return sheet
}

// told is a text, or nothing where there is none.
func told(text string) any {
	if text == "" {
		return nil
	}
	return text
}

func joined(list []string, lang words.Lang) any {
	if len(list) == 0 {
		return nil
	}
	text := list[0]
	for _, one := range list[1:] {
		text += words.T("、", ", ").In(lang) + one
	}
	return text
}

var grainSheets = map[series.Grain]words.Text{
	series.GrainDay: words.T("日", "Days"), series.GrainWeek: words.T("週", "Weeks"), series.GrainMonth: words.T("月", "Months"),
	series.GrainQuarter: words.T("四半期", "Quarters"), series.GrainYear: words.T("年度", "Years"),
}

// periods is every indicator over every period of a grain, the earliest first.
func periods(ev *goal.Evaluator, grain series.Grain, opt Options) Sheet {
	m := ev.Model()
	say := func(ja, en string) string { return words.T(ja, en).In(opt.Lang) }
	sheet := Sheet{Name: grainSheets[grain].In(opt.Lang)}
	days := grain == series.GrainDay
	if days {
		sheet.Columns = []Column{{say("日", "Day"), 12, Date}}
	} else {
		sheet.Columns = []Column{
			{say("期間", "Period"), 18, Plain}, {say("はじめの日", "First day"), 12, Date}, {say("終わりの日", "Last day"), 12, Date},
			{say("数えた日数", "Days counted"), 10, Count},
		}
	}
	for _, ind := range m.Indicators {
		title := ind.Name
		if ind.Unit != "" && !ind.Ratio() {
			title += words.T("(%s)", " (%s)", ind.Unit).In(opt.Lang)
		}
		sheet.Columns = append(sheet.Columns, Column{title, 14, Percent})
	}
	span := ev.Span()
	span.To = min(span.To, opt.AsOf)
	if days && span.Days() > mostDays {
		span.From = span.To - mostDays + 1
	}
	for _, period := range m.Fiscal.Each(grain, span) {
		counted := period.Intersect(span)
		var row []any
		if days {
			row = []any{period.From}
		} else {
			row = []any{m.Fiscal.Label(grain, period).In(opt.Lang), period.From, period.To, counted.Days()}
		}
		values := ev.Values(counted)
		for _, ind := range m.Indicators {
			row = append(row, number(values[ind.ID].V))
		}
		sheet.Rows = append(sheet.Rows, row)
	}
	first := len(sheet.Columns) - len(m.Indicators)
	for i, ind := range m.Indicators {
		if !ind.Ratio() {
			sheet.Columns[first+i].Shape = shapeOf(sheet.Rows, first+i)
		}
	}
	return sheet
}

// shapeOf is how the numbers of a column are written: whole ones without decimals.
func shapeOf(rows [][]any, column int) Shape {
	for _, row := range rows {
		if v, is := row[column].(float64); is && v != math.Trunc(v) {
			return Decimal
		}
	}
	return Count
}

// number is a value, or nothing: what does not exist is an empty cell, never 0.
func number(v float64) any {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return v
}
