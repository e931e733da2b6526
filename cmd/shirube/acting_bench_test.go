package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/act/automation"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/deliver/sink"
	"github.com/shirube/shirube/internal/evidence"
	"github.com/shirube/shirube/internal/store"
)

// still has, in a child process, nothing acted on: what acting costs is told by it.
const still = "SHIRUBE_TEST_STILL"

func serveStill(folder string) int {
	p := &program{stdout: os.Stdout, stderr: os.Stderr, now: time.Now}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	state, err := store.Open(ctx, folder, store.Options{})
	if err != nil {
		return p.statusOf(err)
	}
	defer state.Close()
	return p.statusOf(p.serve(ctx, state, serving{address: "127.0.0.1:0", folder: folder, still: true}))
}

// liveRules is how many automations are at work in what is measured.
const liveRules = 100

// peopled makes contacts who are known by a user id, and live rules: one that thanks by mail
// whoever asks, others that wait for events and for pages viewed several times. It tells
// whose each user id is.
func peopled(t testing.TB, folder string, ws store.WorkspaceID, people int) []contact.ID {
	t.Helper()
	db, err := store.Open(t.Context(), folder, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	ids := make([]contact.ID, 0, people)
	for from := 0; from < people; from += 5000 {
		var seen []contact.Sighting
		for k := from; k < min(from+5000, people); k++ {
			seen = append(seen, contact.Sighting{At: 1, Address: fmt.Sprintf("u%d@example.jp", k), UserID: fmt.Sprintf("u%d", k),
				Properties: map[string]contact.Value{"size": contact.TextValue(strconv.Itoa(k % 500))}})
		}
		folded, err := db.Contacts.Upsert(t.Context(), ws, seen)
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, folded.Of...)
	}
	for k := range liveRules {
		text := strings.Replace(thanks, `{"name"`, `{"reentry": {"mode": "always"}, "name"`, 1)
		switch {
		case k > 0 && k < liveRules/2:
			text = fmt.Sprintf(`{"name": "event %d", "kpi": "leads", "trigger": {"event": {"event": "Step %d"}}, "steps": [{"id": "a", "tag": {"add": ["s%d"]}}]}`, k, k, k)
		case k > 0:
			text = fmt.Sprintf(`{"name": "page %d", "kpi": "leads", "trigger": {"condition": {"all": [{"did": {"page": "/watched/%d", "op": "at-least", "times": 3, "days": 7}},
				{"property": {"key": "size", "op": "at-least", "values": ["100"]}}]}}, "steps": [{"id": "a", "tag": {"add": ["p%d"]}}]}`, k, k, k)
		}
		d, err := automation.Parse([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		body, err := automation.Write(d)
		if err != nil {
			t.Fatal(err)
		}
		a, err := db.Automations.Create(t.Context(), ws, store.NewAutomation{Name: d.Name, KPI: d.KPI, Body: body})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.Automations.Switch(t.Context(), ws, a.ID, 1); err != nil {
			t.Fatal(err)
		}
	}
	return ids
}

func benchNumber(t testing.TB, name string, usual int) int {
	text := os.Getenv(name)
	if text == "" {
		return usual
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// reaction is how long it takes from sending an event to its mail at the mail server, of
// every twentieth event: the others are views of pages that rules wait for, other steps, and
// pages nobody asks about.
type reaction struct {
	waits          []time.Duration
	mails, arrived int
	events         int
	took           time.Duration
	cpu, megabytes float64
}

func (r reaction) at(share float64) float64 {
	if len(r.waits) == 0 {
		return 0
	}
	return float64(r.waits[min(len(r.waits)-1, int(share*float64(len(r.waits))))]) / float64(time.Millisecond)
}

func react(t testing.TB, people, perSecond int, lasts time.Duration) (r reaction) {
	folder := t.TempDir()
	ws, key := folderWithKey(t, folder)
	ids := peopled(t, folder, ws, people)
	var mu sync.Mutex
	sent, came := map[string]time.Time{}, map[string]time.Time{}
	taking := sink.Start(t, sink.Counting(), sink.Failing(sink.Plan{Data: func(to string) error {
		now := time.Now()
		mu.Lock()
		defer mu.Unlock()
		who, _, _ := strings.Cut(to, "@")
		came[who] = now
		return nil
	}}))
	c := serveFolder(t, folder, func(c *exec.Cmd) { c.Env = append(c.Env, mailsTo+"="+taking.Addr) })
	from := client()
	defer from.CloseIdleConnections()
	const together = 10 // events of one request
	every := time.Second * together / time.Duration(perSecond)
	var group sync.WaitGroup
	start := time.Now()
	n := 0
	for next := start; time.Since(start) < lasts && r.mails < people; next = next.Add(every) {
		time.Sleep(time.Until(next))
		var items []map[string]any
		var asking []string
		for range together {
			item := map[string]any{"type": "page", "userId": fmt.Sprintf("u%d", n*7919%people), "messageId": fmt.Sprintf("m%d", n), "properties": map[string]any{"path": fmt.Sprintf("/p/%d", n%40)}}
			switch n % 20 {
			case 0: // each person asks once
				item["type"], item["event"], item["userId"] = "track", "Inquiry Submitted", fmt.Sprintf("u%d", r.mails)
				asking = append(asking, string(ids[r.mails]))
				r.mails++
			case 1:
				item["type"], item["event"] = "track", fmt.Sprintf("Step %d", 1+n/20%(liveRules/2-1))
			case 2, 3, 4, 5:
				item["properties"] = map[string]any{"path": fmt.Sprintf("/watched/%d", liveRules/2+n/20%(liveRules/2))}
			}
			items = append(items, item)
			n++
		}
		group.Go(func() {
			body, err := json.Marshal(map[string]any{"batch": items, "writeKey": key})
			if err != nil {
				t.Error(err)
				return
			}
			now := time.Now()
			mu.Lock()
			for _, who := range asking {
				sent[who] = now
			}
			mu.Unlock()
			reply, err := from.Post(c.base+"/v1/batch", "application/json", bytes.NewReader(body))
			if err != nil {
				t.Error(err)
				return
			}
			defer reply.Body.Close()
			_, _ = io.Copy(io.Discard, reply.Body) // what it says is its status
			if reply.StatusCode != http.StatusOK {
				t.Errorf("status %d", reply.StatusCode)
			}
		})
	}
	group.Wait()
	r.events, r.took = n, time.Since(start)
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end) && int(taking.Taken.Load()) < r.mails; {
		time.Sleep(10 * time.Millisecond)
	}
	r.cpu, r.megabytes = c.processor()
	c.kill()
	mu.Lock()
	defer mu.Unlock()
	for who, at := range sent {
		if arrived, there := came[who]; there {
			r.waits = append(r.waits, arrived.Sub(at))
		}
	}
	r.arrived = len(r.waits)
	slices.Sort(r.waits)
	return r
}

// loadAverage is how much the machine was asked to do in the last minute.
func loadAverage() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	first, _, _ := strings.Cut(string(text), " ")
	return first
}

// BenchmarkReaction tells how long it takes from an event to the mail it triggers.
// SHIRUBE_BENCH_PEOPLE, SHIRUBE_BENCH_RATE and SHIRUBE_BENCH_SECONDS set its size.
func BenchmarkReaction(b *testing.B) {
	people, rate := benchNumber(b, "SHIRUBE_BENCH_PEOPLE", 100_000), benchNumber(b, "SHIRUBE_BENCH_RATE", 1000)
	before := loadAverage()
	r := react(b, people, rate, benchSeconds(b))
	b.Logf("%d people, %d rules; load %s before, %s after", people, liveRules, before, loadAverage())
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(r.events)/r.took.Seconds(), "events/s")
	b.ReportMetric(r.at(0.5), "p50-ms")
	b.ReportMetric(r.at(0.99), "p99-ms")
	b.ReportMetric(r.at(1), "most-ms")
	b.ReportMetric(float64(r.mails-r.arrived), "mails-missing")
	b.ReportMetric(r.cpu/r.took.Seconds()*100, "%-of-a-core")
	b.ReportMetric(r.megabytes, "MB-at-most")
}

// TestGateReaction holds it to a second.
func TestGateReaction(t *testing.T) {
	evidence.Gate(t)
	r := react(t, 100_000, 1000, 30*time.Second)
	where := fmt.Sprintf("1,000 events/s, %d live rules, 100,000 contacts; load %s", liveRules, loadAverage())
	evidence.AtMost(t, evidence.Figure{Room: "act", Case: where, Name: "event to mail at the mail server, p99 in ms", Got: r.at(0.99), Tries: r.arrived}, 1000, 0)
	evidence.AtMost(t, evidence.Figure{Room: "act", Case: where, Name: "mails that never came", Got: float64(r.mails - r.arrived), Tries: r.mails}, 0, 0)
}

// TestGateActingLeavesCollectionItsSpeed takes events in with and without acting in turn, in
// one run on one machine: visitors nobody has asked about, while a hundred rules are at work.
func TestGateActingLeavesCollectionItsSpeed(t *testing.T) {
	evidence.Gate(t)
	for _, load := range []struct {
		name                string
		events, connections int
	}{{"one a request", 1, 64}, {"batches of 100", 100, 16}} {
		with, without := collecting(t, load.events, load.connections, 4, 5*time.Second)
		evidence.AtLeast(t, evidence.Figure{Room: "act", Case: load.name + "; load " + loadAverage(), Name: "events/s with acting, of those without", Got: with / without, Tries: 4}, 0.75, 0)
		t.Logf("%s: %.0f events/s with acting, %.0f without", load.name, with, without)
	}
}

// BenchmarkCollectingWhileActing is the same to look at; SHIRUBE_BENCH_SECONDS each.
func BenchmarkCollectingWhileActing(b *testing.B) {
	for _, load := range []struct {
		name                string
		events, connections int
	}{{"one a request", 1, 64}, {"batches of 100", 100, 16}} {
		b.Run(load.name, func(b *testing.B) {
			with, without := collecting(b, load.events, load.connections, 3, benchSeconds(b)/3)
			b.Logf("load %s", loadAverage())
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(with, "events/s-acting")
			b.ReportMetric(without, "events/s-still")
			b.ReportMetric(100*with/without, "%")
		})
	}
}

// collecting is the middle of the events a second over some turns.
func collecting(t testing.TB, events, connections, turns int, lasts time.Duration) (with, without float64) {
	rates := map[bool][]float64{}
	for turn := range 2 * turns {
		acting := turn%2 == 0
		folder := t.TempDir()
		ws, key := folderWithKey(t, folder)
		peopled(t, folder, ws, 1000)
		c := serveFolder(t, folder, func(c *exec.Cmd) {
			if !acting {
				c.Env = append(c.Env, still+"=1")
			}
		})
		got := shoot(t, c.base, newShot(key, events), connections, lasts)
		c.kill()
		rates[acting] = append(rates[acting], got.perSecond())
	}
	middle := func(list []float64) float64 { slices.Sort(list); return list[len(list)/2] }
	return middle(rates[true]), middle(rates[false])
}
