package series_test

import (
	"fmt"
	"math"
	"time"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

func ExampleDay() {
	d := series.Date(2026, time.August, 19)
	fmt.Println(d, d.Weekday(), d.AddMonths(6))
	fmt.Println(d.In(words.JA), "/", d.Long().In(words.JA), "/", d.Long().In(words.EN))
	// Output:
	// 2026-08-19 Wednesday 2027-02-19
	// 8月19日 / 2026年8月19日 / Aug 19, 2026
}

func ExampleDaily_Aggregate() {
	var visits series.Daily
	visits.Set(series.Date(2026, time.April, 1), 120)
	visits.Set(series.Date(2026, time.April, 3), 0) // nobody came: a value
	visits.Set(series.Date(2026, time.April, 4), 90)
	week := series.Span{From: series.Date(2026, time.April, 1), To: series.Date(2026, time.April, 7)}
	sum, present := visits.Aggregate(week, series.Sum)
	mean, _ := visits.Aggregate(week, series.Mean)
	fmt.Println(sum, mean, "missing:", week.Days()-present)
	none, _ := visits.Aggregate(week.Before(7), series.Sum)
	fmt.Println(math.IsNaN(none))
	// Output:
	// 210 70 missing: 4
	// true
}

func ExampleFiscal_Each() {
	fiscal := series.Fiscal{StartMonth: time.April}
	year := fiscal.Containing(series.GrainYear, series.Date(2027, time.February, 1))
	for _, quarter := range fiscal.Each(series.GrainQuarter, year) {
		label := fiscal.Label(series.GrainQuarter, quarter)
		fmt.Println(label.JA, "/", label.EN, quarter)
	}
	// Output:
	// 2026年度第1四半期 / Q1 FY2026 2026-04-01..2026-06-30
	// 2026年度第2四半期 / Q2 FY2026 2026-07-01..2026-09-30
	// 2026年度第3四半期 / Q3 FY2026 2026-10-01..2026-12-31
	// 2026年度第4四半期 / Q4 FY2026 2027-01-01..2027-03-31
}

func ExampleCalendar() {
	calendar := series.NewCalendar([]series.Day{series.Date(2026, time.December, 28)})
	for _, d := range []series.Day{
		series.Date(2026, time.May, 6), series.Date(2026, time.August, 13), series.Date(2026, time.December, 28),
	} {
		name, _ := calendar.HolidayName(d)
		fmt.Printf("%v %s %q %v\n", d, calendar.Kind(d).In(words.JA), name.JA, calendar.IsBusinessDay(d))
	}
	// Output:
	// 2026-05-06 ゴールデンウィーク "振替休日" false
	// 2026-08-13 お盆 "" true
	// 2026-12-28 休業日 "" false
}
