package scorecard

import (
	"compress/gzip"
	"encoding/csv"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/evidence"
)

// file reads a real CSV: columns of numbers alone are numbers, all others categories.
func file(t *testing.T, comma rune, outcome, positive string, path ...string) *Table {
	t.Helper()
	f, err := os.Open(evidence.Shared(t, append([]string{"data"}, path...)...))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	zipped, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	reader := csv.NewReader(zipped)
	reader.Comma = comma
	rows, err := reader.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	table := &Table{OutcomeName: outcome}
	for j, name := range rows[0] {
		texts := make([]string, len(rows)-1)
		for i, row := range rows[1:] {
			texts[i] = row[j]
		}
		if name == outcome {
			for _, v := range texts {
				table.Outcome = append(table.Outcome, v == positive)
			}
			continue
		}
		table.Columns = append(table.Columns, columnOf(name, texts))
	}
	return table
}

func columnOf(name string, texts []string) Column {
	numbers := make([]float64, len(texts))
	for i, s := range texts {
		v, err := strconv.ParseFloat(s, 64)
		if s == "" {
			v, err = nan, nil
		}
		if err != nil {
			return Column{Name: name, Kind: Category, Texts: texts}
		}
		numbers[i] = v
	}
	return Column{Name: name, Kind: Number, Numbers: numbers}
}

func show(t *testing.T, r *Result) {
	t.Helper()
	for _, l := range r.LeftOut {
		t.Logf("left out %q %s %.3f", l.Column, l.Code, l.AUC)
	}
	for _, l := range r.Doubtful {
		t.Logf("doubtful %q %s %.3f", l.Column, l.Code, l.AUC)
	}
	t.Logf("base %d highest %d chance %+v", r.Card.Base, r.Card.Highest, r.Card.Chance)
	for _, s := range r.Card.Rules {
		t.Logf("%+d %s %s (%d rows, %.2f)", s.Points, s.Column, s.Condition(), s.Rows, s.Rate)
	}
	for _, b := range r.Bands {
		t.Logf("%d-%d n=%d observed %.3f %.3f predicted %.3f", b.From, b.To, b.Rows, b.Observed, b.Interval, b.Predicted)
	}
	t.Logf("%+v", r.Tested)
}

func TestLeads(t *testing.T) {
	t.Parallel()
	table := file(t, ',', "Converted", "1", "leads", "Leads.csv.gz")
	began := time.Now()
	r, err := Learn(table, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("took %v", time.Since(began).Round(time.Millisecond))
	show(t, r)
	checkNamed(t, r, "Tags", "Lead Quality", "Last Notable Activity", "Asymmetrique Activity Index", "Asymmetrique Profile Index", "Asymmetrique Activity Score", "Asymmetrique Profile Score")
}

func TestBank(t *testing.T) {
	t.Parallel()
	table := file(t, ';', "y", "yes", "leads", "bank-full.csv.gz")
	began := time.Now()
	r, err := Learn(table, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("took %v", time.Since(began).Round(time.Millisecond))
	show(t, r)
	checkNamed(t, r, "duration")
}

func checkNamed(t *testing.T, r *Result, names ...string) {
	t.Helper()
	for _, name := range names {
		if !slices.ContainsFunc(r.LeftOut, func(l LeftOut) bool { return l.Column == name }) {
			t.Errorf("%q knows the outcome and was not named", name)
		}
	}
}
