package table

import (
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/words"
)

// shared opens a file of the real data beside the repository.
func shared(t *testing.T, path string, opt Options) *Reader {
	t.Helper()
	f, err := os.Open(filepath.Join("../../../../../shared/data", path))
	if os.IsNotExist(err) {
		t.Skip("the real data folder is not here")
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	opt.Name = filepath.Base(path)
	r, err := Open(f, opt)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// sums adds up columns; style nil settles them by a first pass.
func sums(t *testing.T, path string, style NumberStyle, columns ...string) (totals []float64, rows int) {
	t.Helper()
	r := shared(t, path, Options{Want: columns})
	at := make([]int, len(columns))
	styles := make([]NumberStyle, len(columns))
	for k, name := range columns {
		var err error
		if at[k], err = r.FindColumn(name); err != nil {
			t.Fatal(err)
		}
		styles[k] = style
	}
	if style == StyleUnknown {
		scanned, err := Scan(r, at, nil)
		if err != nil {
			t.Fatal(err)
		}
		for k := range styles {
			if styles[k], err = scanned.Numbers[k].Style(); err != nil {
				t.Fatal(err)
			}
		}
		r = shared(t, path, Options{Want: columns})
	}
	totals = make([]float64, len(columns))
	for {
		row, err := r.Next()
		if err == io.EOF {
			return totals, rows
		}
		if err != nil {
			t.Fatal(err)
		}
		rows++
		for k, i := range at {
			v, ok, err := row.Number(i, styles[k])
			if err != nil {
				t.Fatal(err)
			}
			if ok {
				totals[k] += v
			}
		}
	}
}

func near(a, b float64) bool { return math.Abs(a-b) < 0.005 }

func TestGermanAnalyticsExport(t *testing.T) {
	t.Parallel()
	const file = "exports/google_merchandise_raw.csv"
	got, rows := sums(t, file, StyleComma, "Nutzer", "Umsatz")
	if got[0] != 1483805 || !near(got[1], 7271592.94) || rows != 1220 {
		t.Errorf("users %v, revenue %v, rows %d", got[0], got[1], rows)
	}
	// Without being told, every column is either right or refused.
	r := shared(t, file, Options{})
	var all []int
	for _, c := range r.Header() {
		all = append(all, c.Index)
	}
	if f := r.Format(); f.HeaderLine != 7 || len(all) != 15 {
		t.Fatalf("%+v", f)
	}
	scanned, err := Scan(r, all, nil)
	if err != nil {
		t.Fatal(err)
	}
	ambiguous := map[string]bool{}
	for _, c := range scanned.Numbers {
		style, err := c.Style()
		if err == nil {
			if style == StyleDot && c.numbers > 0 && c.dot.count > 0 {
				t.Errorf("%s is read with dots", c.Name)
			}
			continue
		}
		if _, ok := err.(*words.Problem); !ok {
			t.Fatal(err)
		}
		ambiguous[c.Name] = true
	}
	for _, name := range []string{"Nutzer", "Eindeutige Ereignisse", "Hinzufügungen des Produkts zum Einkaufswagen", "Purchase Completed (Abschlüsse für Zielvorhaben 1)"} {
		if !ambiguous[name] {
			t.Errorf("%s is not reported as ambiguous", name)
		}
		delete(ambiguous, name)
	}
	if len(ambiguous) > 0 {
		t.Errorf("ambiguous without need: %v", ambiguous)
	}
}

func TestFacebookAdsExports(t *testing.T) {
	t.Parallel()
	got, rows := sums(t, "exports/KAG_conversion_data.csv", StyleUnknown, "Impressions", "Clicks", "Spent")
	if rows != 1143 || got[0] != 213434828 || got[1] != 38165 || !near(got[2], 58705.23) {
		t.Errorf("%d rows, %v", rows, got)
	}
	got, rows = sums(t, "exports/facebook-ad-data_kirenz.csv", StyleUnknown, "Ausgegebener Betrag (EUR)", "Impressionen", "CTR (alle)")
	if rows != 1127 || !near(got[0], 313020.59) || got[1] != 179223233 {
		t.Errorf("%d rows, %v", rows, got)
	}
	r := shared(t, "exports/facebook-ad-data_kirenz.csv", Options{})
	scanned, err := Scan(r, nil, []int{2})
	if err != nil {
		t.Fatal(err)
	}
	if order, err := scanned.Dates[0].Order(); order != OrderMDY || err != nil {
		t.Errorf("order %v, %v", order, err)
	}
}

func TestHolidaysInCP932(t *testing.T) {
	t.Parallel()
	r := shared(t, "exports/syukujitsu_cp932.csv", Options{})
	last, rows := "", 0
	for {
		row, err := r.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		day, err := row.Date(0, OrderUnknown, nil)
		if err != nil {
			t.Fatal(err)
		}
		if rows++; rows == 1 && (day.String() != "1955-01-01" || row.Cells[1] != "元日") {
			t.Errorf("first %v %s", day, row.Cells[1])
		}
		last = day.String()
	}
	if rows != 1067 || !strings.HasPrefix(last, "2027-") || r.Format().Encoding != "cp932" || r.Header()[0].Name != "国民の祝日・休日月日" {
		t.Errorf("%d rows up to %s, %+v", rows, last, r.Format())
	}
}

func TestTheSamePostsInTwoEncodings(t *testing.T) {
	t.Parallel()
	a := shared(t, "posts/dataset_Facebook.csv", Options{})
	b := shared(t, "posts/dataset_Facebook_es_latin1.csv", Options{})
	if f := b.Format(); a.Format().Delimiter != ';' || f.Delimiter != ';' || len(a.Header()) != len(b.Header()) {
		t.Fatalf("%+v, %+v", a.Format(), f)
	}
	if name := b.Header()[0].Name; name != "Me gusta totales de la página" {
		t.Errorf("header %q", name)
	}
	reach, rows := 0.0, 0
	for {
		x, err1 := a.Next()
		y, err2 := b.Next()
		if err1 != err2 {
			t.Fatal(err1, err2)
		}
		if err1 == io.EOF {
			break
		}
		rows++
		if strings.Join(x.Cells, ";") != strings.Join(y.Cells, ";") {
			t.Fatalf("row %d: %v, %v", rows, x.Cells, y.Cells)
		}
		v, _, err := x.Number(7, StyleDot)
		if err != nil {
			t.Fatal(err)
		}
		reach += v
	}
	if rows != 500 || math.Abs(reach/500-13903.4) > 0.1 || b.Format().Encoding != "latin1" {
		t.Errorf("%d rows, mean reach %v, %s", rows, reach/500, b.Format().Encoding)
	}
}

func TestOlistTimestamps(t *testing.T) {
	t.Parallel()
	r := shared(t, "olist/olist_closed_deals_dataset.csv", Options{Want: []string{"won_date"}})
	at, err := r.FindColumn("won_date")
	if err != nil {
		t.Fatal(err)
	}
	perMonth := map[string]int{}
	for {
		row, err := r.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		day, err := row.Date(at, OrderUnknown, tokyo)
		if err != nil {
			t.Fatal(err)
		}
		perMonth[day.String()[:7]]++
	}
	if perMonth["2017-12"] != 3 || perMonth["2018-04"] != 207 || perMonth["2018-10"] != 21 || perMonth["2018-11"] != 6 {
		t.Errorf("%v", perMonth)
	}
	leads := shared(t, "olist/olist_marketing_qualified_leads_dataset.csv.gz", Options{})
	if n, err := drain(leads); n != 8000 || err != nil || !leads.Format().Compressed {
		t.Errorf("%d leads, %v", n, err)
	}
}
