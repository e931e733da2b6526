package source_test

import (
	"context"
	"fmt"
	"math"
	"os"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/measure/source"
	"github.com/shirube/shirube/internal/series"
)

// TestOlistFunnel runs a model over the real Olist funnel and compares what it
// says with counts made independently of this program.
func TestOlistFunnel(t *testing.T) {
	const folder = "../../../../shared/data/olist"
	if _, err := os.Stat(folder); err != nil {
		t.Skipf("the Olist data are not at %s", folder)
	}
	text, err := os.ReadFile("testdata/olist/model.yaml")
	if err != nil {
		t.Fatal(err)
	}
	m, err := goal.Parse("model.yaml", text)
	if err != nil {
		t.Fatal(err)
	}
	files, err := source.Folder(folder)
	if err != nil {
		t.Fatal(err)
	}
	defer files.Close()
	data, err := source.ReadAll(context.Background(), m, files, nil)
	if err != nil {
		t.Fatal(err)
	}
	e := goal.NewEvaluator(m, data)
	whole := e.Span()

	month := m.Fiscal.Containing(series.GrainMonth, series.Date(2017, time.December, 1))
	for _, want := range []float64{3, 73, 113, 147, 207, 122, 57, 37, 33, 23, 21, 6} {
		if got := e.Value("deals", month).V; got != want {
			t.Errorf("deals in %s: got %v, want %v", month, got, want)
		}
		month = m.Fiscal.Next(series.GrainMonth, month)
	}
	for id, want := range map[string]float64{"leads": 8000, "deals": 842, "revenue": 676851.48, "orders": 4518, "win_rate": 842.0 / 8000} {
		if got := e.Value(id, whole).V; math.Abs(got-want) > 1e-6*want {
			t.Errorf("%s: got %v, want %v", id, got, want)
		}
	}
	rates := map[string]string{}
	for _, part := range e.Split("win_rate", whole, "origin") {
		rates[part.Value] = fmt.Sprintf("%.2f", part.V*100)
	}
	for origin, want := range map[string]string{"unknown": "16.29", "paid_search": "12.30", "organic_search": "11.80", "direct_traffic": "11.22", "referral": "8.45", "social": "5.56", "display": "5.08", "email": "3.04"} {
		if rates[origin] != want {
			t.Errorf("win rate of %s: got %s %%, want %s %%", origin, rates[origin], want)
		}
	}
	leads, blank := 0.0, 0.0
	for _, part := range e.Split("leads", whole, "origin") {
		leads += part.V
		if part.Value == "" {
			blank = part.V
		}
	}
	if leads != 8000 || blank != 60 {
		t.Errorf("leads by origin: %v in all, %v without origin; want 8000 and 60", leads, blank)
	}
	if last := data.Sources["won"].Last; last != series.Date(2018, time.November, 14) {
		t.Errorf("last deal: %s", last)
	}
}
