package server

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/store/storetest"
)

// largeModel has a KGI over 99 KPIs: a tree three levels deep whose leaves are
// measured, half of them with a target.
func largeModel() string {
	var formulas, kpis, metrics []string
	for group := range 9 {
		var inside []string
		for leaf := range 10 {
			id := fmt.Sprintf("m%d_%d", group, leaf)
			inside = append(inside, id)
			target := ""
			if leaf%2 == 0 {
				target = ", target: {hold: 30000, per: month, from: 2026-04-01, by: 2027-03-31}"
			}
			kpis = append(kpis, fmt.Sprintf("  %s: {name: 指標%s, unit: 件, owner: 佐藤, measure: all.%s%s}", id, id, id, target))
			metrics = append(metrics, fmt.Sprintf("%s: %s", id, id))
		}
		id := fmt.Sprintf("g%d", group)
		formulas = append(formulas, id)
		kpis = append(kpis, fmt.Sprintf("  %s: {name: まとまり%s, unit: 件, formula: %s}", id, id, strings.Join(inside, " + ")))
	}
	return `shirube: 1
name: 大きな地図
locale: ja
timezone: Asia/Tokyo
fiscal_year_start: 4
kgi:
  id: total
  name: 全体
  definition: すべての件数
  unit: 件
  serves: revenue
  owner: 田中
  target: {total: 30000000, from: 2026-04-01, by: 2027-03-31}
  formula: ` + strings.Join(formulas, " + ") + "\nkpis:\n" + strings.Join(kpis, "\n") +
		"\nsources:\n  all: {csv: all.csv, date: date, metrics: {" + strings.Join(metrics, ", ") + "}}\n"
}

const largeDays = 3 * 365

func largeCSV() string {
	var b strings.Builder
	b.WriteString("date")
	for group := range 9 {
		for leaf := range 10 {
			fmt.Fprintf(&b, ",m%d_%d", group, leaf)
		}
	}
	first := testNow.AddDate(0, 0, -largeDays)
	for day := range largeDays {
		b.WriteString("\n" + first.AddDate(0, 0, day).Format("2006-01-02"))
		for column := range 90 {
			fmt.Fprintf(&b, ",%d", 900+(day*7+column*31)%211-(day%7)*40)
		}
	}
	return b.String() + "\n"
}

func largeRig(b *testing.B) *rig {
	b.Helper()
	r := newRigOn(b, storetest.SQLite(b, store.Options{Now: clock}))
	r.plant("large", largeModel(), map[string]string{"all.csv": largeCSV()})
	return r
}

// percentiles reports what half and what 95 of 100 requests stay below.
func percentiles(b *testing.B, took []time.Duration) {
	slices.Sort(took)
	milliseconds := func(share float64) float64 {
		return float64(took[int(share*float64(len(took)-1))]) / float64(time.Millisecond)
	}
	b.ReportMetric(milliseconds(0.5), "p50-ms")
	b.ReportMetric(milliseconds(0.95), "p95-ms")
	b.ReportMetric(0, "ns/op")
}

// BenchmarkMapReplyWarm is the map of 100 indicators over three years of days,
// asked for again. Bound: p95 below 50 ms.
func BenchmarkMapReplyWarm(b *testing.B) {
	r := largeRig(b)
	first := r.do("GET", "/api/workspaces/large/map", nil, "Accept-Encoding", "gzip")
	b.Logf("reply: %d bytes compressed", len(first.text))
	var took []time.Duration
	for b.Loop() {
		began := time.Now()
		a := r.do("GET", "/api/workspaces/large/map", nil, "Accept-Encoding", "gzip")
		took = append(took, time.Since(began))
		if a.status != http.StatusOK {
			b.Fatal(a.text)
		}
	}
	percentiles(b, took)
}

// BenchmarkMapReplyAnotherDay is the same map from a day nobody has looked from
// yet: evaluated, not remembered.
func BenchmarkMapReplyAnotherDay(b *testing.B) {
	r := largeRig(b)
	r.get("/api/workspaces/large/map")
	var took []time.Duration
	day := testNow.AddDate(0, 0, -3)
	for b.Loop() {
		began := time.Now()
		r.get("/api/workspaces/large/map?as_of=" + day.Format("2006-01-02"))
		took = append(took, time.Since(began))
		day = day.AddDate(0, 0, -1)
	}
	percentiles(b, took)
}

// BenchmarkModelEditToMap is an edit of the model and the map that follows from
// it. Bound: 300 ms.
func BenchmarkModelEditToMap(b *testing.B) {
	r := largeRig(b)
	r.get("/api/workspaces/large/map")
	version := 1
	var took []time.Duration
	for b.Loop() {
		name := fmt.Sprintf("指標 %d", version)
		began := time.Now()
		r.must(http.StatusOK, "POST", "/api/workspaces/large/model/edit", map[string]any{
			"base_version": version,
			"edits":        []goal.Edit{{Op: goal.SetIndicator, ID: "m3_3", Fields: map[string]*string{"name": &name}}},
		})
		r.get("/api/workspaces/large/map")
		took = append(took, time.Since(began))
		version++
	}
	percentiles(b, took)
}

// BenchmarkColdStart is the first map after a start: points, evaluation, reply.
func BenchmarkColdStart(b *testing.B) {
	r := largeRig(b)
	var took []time.Duration
	for b.Loop() {
		s, err := New(Deps{Store: r.db, Clock: clock})
		if err != nil {
			b.Fatal(err)
		}
		ws, err := s.workspace(context.Background(), "large")
		if err != nil {
			b.Fatal(err)
		}
		began := time.Now()
		if _, err := s.boards.mapOf(context.Background(), ws, lookAt{lang: "ja"}); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(began))
	}
	percentiles(b, took)
}
