package scorecard

import (
	"compress/gzip"
	"encoding/csv"
	"os"
	"slices"
	"strconv"
	"testing"

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

// The four kinds of column that know the outcome of the leads are named, and those that
// honestly foretell it are not.
func TestLeadsGuard(t *testing.T) {
	t.Parallel()
	table := file(t, ',', "Converted", "1", "leads", "Leads.csv.gz")
	out, _ := guard(table, nil, nil)
	checkNamed(t, out, "Tags", "Lead Quality", "Last Notable Activity", "Asymmetrique Activity Index", "Asymmetrique Profile Index", "Asymmetrique Activity Score", "Asymmetrique Profile Score", "Prospect ID", "Lead Number")
	checkFree(t, out, "Lead Origin", "Lead Source", "TotalVisits", "Total Time Spent on Website", "Page Views Per Visit", "Do Not Email", "What is your current occupation", "Specialization", "City")
	kept, _ := guard(table, []string{"Tags"}, []string{"City"})
	checkFree(t, kept, "Tags")
	checkNamed(t, kept, "City")
}

func TestBankGuard(t *testing.T) {
	t.Parallel()
	table := file(t, ';', "y", "yes", "leads", "bank-full.csv.gz")
	out, _ := guard(table, nil, nil)
	checkNamed(t, out, "duration")
	checkFree(t, out, "age", "job", "marital", "education", "balance", "housing", "loan", "contact", "day", "month", "campaign", "pdays", "previous", "poutcome")
}

func named(out []LeftOut, name string) bool {
	return slices.ContainsFunc(out, func(l LeftOut) bool { return l.Column == name })
}

func checkNamed(t *testing.T, out []LeftOut, names ...string) {
	t.Helper()
	for _, name := range names {
		if !named(out, name) {
			t.Errorf("%q should be left out and was not named", name)
		}
	}
}

func checkFree(t *testing.T, out []LeftOut, names ...string) {
	t.Helper()
	for _, l := range out {
		if slices.Contains(names, l.Column) {
			t.Errorf("%q is honest and was left out: %s", l.Column, l.Why.EN)
		}
	}
}
