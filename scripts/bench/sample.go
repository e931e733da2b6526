package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"
)

const (
	sampleIndicators = 100
	sampleDays       = 3 * 365
)

// sample is a model of a hundred indicators over one wide daily file: a KGI that adds up
// nine teams, each the sum of ten measured steps.
type sample struct {
	model, csv string
	metrics    []string
}

func newSample() sample {
	var model, teams strings.Builder
	var s sample
	var names []string
	for team := range 9 {
		var steps []string
		for step := range 10 {
			metric := fmt.Sprintf("m%d_%d", team, step)
			s.metrics = append(s.metrics, metric)
			steps = append(steps, "k_"+metric)
			fmt.Fprintf(&teams, "  k_%s: {name: 手順%d-%d, unit: 件, owner: 佐藤, definition: 件数, measure: data.%s, target: {hold: 3000, per: month, from: 2026-04-01, by: 2027-03-31}}\n", metric, team, step, metric)
		}
		name := fmt.Sprintf("team%d", team)
		names = append(names, name)
		fmt.Fprintf(&teams, "  %s: {name: チーム%d, unit: 件, owner: 佐藤, definition: 合計, formula: %s}\n", name, team, strings.Join(steps, " + "))
	}
	fmt.Fprintf(&model, `shirube: 1
name: 速さの見本
locale: ja
timezone: Asia/Tokyo
fiscal_year_start: 4
kgi:
  id: total
  name: 合計
  definition: すべてのチームの合計
  unit: 件
  serves: revenue
  owner: 田中
  target: {total: 3000000, from: 2026-04-01, by: 2027-03-31}
  formula: %s
kpis:
%ssources:
  data: {csv: data.csv, date: date, metrics: {%s}}
`, strings.Join(names, " + "), teams.String(), metricList(s.metrics))
	s.model = model.String()
	s.csv = sampleCSV(s.metrics)
	return s
}

func metricList(metrics []string) string {
	pairs := make([]string, len(metrics))
	for i, metric := range metrics {
		pairs[i] = metric + ": " + metric
	}
	return strings.Join(pairs, ", ")
}

// sampleCSV draws weekly-shaped counts; the seed is fixed, every run reads the same bytes.
func sampleCSV(metrics []string) string {
	random := rand.New(rand.NewPCG(1, 2026))
	var b strings.Builder
	b.WriteString("date," + strings.Join(metrics, ",") + "\n")
	day := time.Date(2023, time.October, 1, 0, 0, 0, 0, time.UTC)
	for range sampleDays {
		b.WriteString(day.Format(time.DateOnly))
		level := 100.0
		if day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
			level = 40
		}
		for range metrics {
			fmt.Fprintf(&b, ",%d", max(0, int(level+15*random.NormFloat64())))
		}
		b.WriteByte('\n')
		day = day.AddDate(0, 0, 1)
	}
	return b.String()
}

func (s sample) write(folder string) error {
	if err := os.WriteFile(filepath.Join(folder, "data.csv"), []byte(s.csv), 0o600); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, "model.yaml"), []byte(s.model), 0o600)
}
