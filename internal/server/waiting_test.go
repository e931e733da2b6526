package server

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"
)

const manyMetricsCount = 60

// manyMetrics is a model of sixty numbers over a year and a half: to test how its
// forecasts did before takes seconds.
func manyMetrics() (model string, files map[string]string) {
	var sum, kpis, metrics, head []string
	for i := range manyMetricsCount {
		sum = append(sum, fmt.Sprintf("k%d", i))
		kpis = append(kpis, fmt.Sprintf("  k%d: {name: 指標%d, unit: 件, measure: s.m%d}", i, i, i))
		metrics, head = append(metrics, fmt.Sprintf("m%d: m%d", i, i)), append(head, fmt.Sprintf("m%d", i))
	}
	model = "shirube: 1\nkgi: {id: total, name: 全体, unit: 件, formula: " + strings.Join(sum, " + ") +
		", target: {total: 30000000, from: 2026-04-01, by: 2027-03-31}}\nkpis:\n" + strings.Join(kpis, "\n") +
		"\nsources:\n  s: {csv: s.csv, date: date, metrics: {" + strings.Join(metrics, ", ") + "}}\n"
	var b strings.Builder
	b.WriteString("date," + strings.Join(head, ","))
	for day := range 500 {
		b.WriteString("\n" + testNow.AddDate(0, 0, day-500).Format(time.DateOnly))
		for i := range manyMetricsCount {
			fmt.Fprintf(&b, ",%d", 900+(day*7+i*31)%211-(day%7)*40)
		}
	}
	return model, map[string]string{"s.csv": b.String() + "\n"}
}

// until waits for something that is sure to come.
func until(t *testing.T, come func() bool) {
	t.Helper()
	for !come() {
		if err := t.Context().Err(); err != nil {
			t.Fatal(err)
		}
		runtime.Gosched()
		time.Sleep(time.Millisecond)
	}
}

func (w *waiting[K]) size() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.crowds)
}

func (m *memo[K, V]) busy() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.running)
}

// Who hangs up while a forecast is worked out ends the work, unless somebody else waits.
func TestHangingUpEndsTheWork(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	model, files := manyMetrics()
	ws := r.plant("many", model, files)
	b, _, err := r.server.boards.board(t.Context(), ws, 0)
	if err != nil {
		t.Fatal(err)
	}
	ground := r.server.boards.ground
	call := func(path string) (hangUp func(), ended chan error) {
		ctx, cancel := context.WithCancel(t.Context())
		ended = make(chan error, 1)
		go func() {
			req, err := http.NewRequestWithContext(ctx, http.MethodGet, r.http.URL+path, nil)
			if err == nil {
				var res *http.Response
				if res, err = http.DefaultClient.Do(req); err == nil {
					err = res.Body.Close()
				}
			}
			ended <- err
		}()
		return cancel, ended
	}

	hangUp, ended := call("/api/workspaces/many/map")
	until(t, func() bool { return ground.outlooks.busy() == 1 })
	hangUp()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Fatalf("the map was there before the client had hung up: %v", err)
	}
	until(t, func() bool { return ground.outlooks.busy() == 0 && ground.waiting.size() == 0 })
	if n := ground.outlooks.recent.Len(); n != 0 {
		t.Error("the ways ahead were drawn to the end for nobody")
	}

	const path = "/api/workspaces/many/forecast?horizon=366"
	hangUp, ended = call(path)
	until(t, func() bool { return b.forecasts.busy() == 1 })
	hangUp()
	<-ended
	until(t, func() bool { return b.forecasts.busy() == 0 && b.waiting.size() == 0 })
	if n := b.forecasts.recent.Len(); n != 0 {
		t.Error("the forecast was worked out to the end for nobody")
	}

	// Of two who wait one goes: the other is answered.
	hangUp, ended = call("/api/workspaces/many/forecast?horizon=1")
	_, other := call("/api/workspaces/many/forecast?horizon=1")
	until(t, func() bool {
		b.waiting.mu.Lock()
		defer b.waiting.mu.Unlock()
		for _, c := range b.waiting.crowds {
			return c.size == 2
		}
		return b.forecasts.recent.Len() > 0
	})
	hangUp()
	<-ended
	if err := <-other; err != nil {
		t.Error(err)
	}
	if n := b.forecasts.recent.Len(); n != 1 {
		t.Errorf("%d forecasts are kept, want 1", n)
	}
}
