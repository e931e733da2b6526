package main

import (
	"bufio"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
)

// watchedModel counts what the probe sends.
const watchedModel = `shirube: 1
name: 問い合わせ
kgi: {id: inquiries, name: 問い合わせ, unit: 件, measure: web.inquiries, target: {total: 100, from: 2026-01-01, by: 2026-12-31}}
sources:
  web:
    events: {inquiries: {event: Inquiry Submitted}}
`

// watched is a quiet workspace in a folder, with keys to write to it and to read it.
type watched struct{ base, writeKey, apiKey string }

func watchedWorkspace(t testing.TB, folder string) watched {
	t.Helper()
	db, err := store.Open(t.Context(), folder, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	ws, err := db.Workspaces.Create(t.Context(), store.NewWorkspace{Slug: "watched", Name: "watched"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.ModelVersions.Append(t.Context(), ws.ID, 0, store.NewModelVersion{YAML: watchedModel}); err != nil {
		t.Fatal(err)
	}
	w := watched{writeKey: "wk_watched"}
	if _, err := db.WriteKeys.Create(t.Context(), ws.ID, store.NewWriteKey{Key: w.writeKey, Kind: store.ServerKey, Name: "probe"}); err != nil {
		t.Fatal(err)
	}
	if w.apiKey, err = access.NewAPIKey(rand.Reader); err != nil {
		t.Fatal(err)
	}
	_, err = db.APIKeys.Create(t.Context(), ws.ID, store.NewAPIKey{
		Fingerprint: access.Fingerprint(w.apiKey), Hint: access.Hint(w.apiKey), Name: "probe",
		Scopes: []string{string(access.ScopeRead), string(access.ScopeEvents)},
	})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func (w watched) get(ctx context.Context, path string) (*http.Response, error) {
	request, err := http.NewRequestWithContext(ctx, "GET", w.base+"/api/workspaces/watched/measure/"+path, nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Authorization", "Bearer "+w.apiKey)
	from := client()
	from.Timeout = 0 // the live view goes on until the context ends
	response, err := from.Do(request)
	if err != nil {
		return nil, err
	}
	if response.StatusCode != http.StatusOK {
		text, _ := io.ReadAll(response.Body) // the status tells enough
		response.Body.Close()
		return nil, fmt.Errorf("%s: %d: %s", path, response.StatusCode, text)
	}
	return response, nil
}

// sightings are when events with a name each were first seen somewhere.
type sightings struct {
	mu    sync.Mutex
	sent  map[string]time.Time
	waits map[string]time.Duration
}

func (s *sightings) see(names ...string) {
	now := time.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, name := range names {
		if _, known := s.waits[name]; !known && !s.sent[name].IsZero() {
			s.waits[name] = now.Sub(s.sent[name])
		}
	}
}

func (s *sightings) p99() (p99 time.Duration, seen, sent int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []time.Duration
	for _, wait := range s.waits {
		all = append(all, wait)
	}
	slices.Sort(all)
	if len(all) > 0 {
		p99 = all[len(all)*99/100]
	}
	return p99, len(all), len(s.sent)
}

// watchLive reads the live view's stream.
func (w watched) watchLive(ctx context.Context, s *sightings) error {
	stream, err := w.get(ctx, "live")
	if err != nil {
		return err
	}
	defer stream.Body.Close()
	lines := bufio.NewScanner(stream.Body)
	for lines.Scan() {
		var row struct{ Name string }
		if data, is := strings.CutPrefix(lines.Text(), "data: "); is && json.Unmarshal([]byte(data), &row) == nil {
			s.see(row.Name)
		}
	}
	return nil // it ends with the context
}

// watchNumbers asks for today's counts again and again.
func (w watched) watchNumbers(ctx context.Context, s *sightings) error {
	for ctx.Err() == nil {
		today := time.Now().In(time.FixedZone("JST", 9*60*60)).Format(time.DateOnly)
		response, err := w.get(ctx, "names?from="+today+"&to="+today)
		if err != nil {
			if ctx.Err() != nil {
				return nil
			}
			return err
		}
		var reply struct {
			Names []struct {
				Name  string
				Count int
			}
		}
		err = json.NewDecoder(response.Body).Decode(&reply)
		response.Body.Close()
		if err != nil && ctx.Err() == nil {
			return err
		}
		for _, n := range reply.Names {
			s.see(n.Name)
		}
		time.Sleep(100 * time.Millisecond)
	}
	return nil
}

// probe sends an event ten times a second until the end, each with a name of its own; less
// often where there would be more names than the list of today's shows.
func (w watched) probe(until time.Time, watchers ...*sightings) error {
	from := client()
	pause := max(100*time.Millisecond, time.Until(until)/400)
	for n := 0; time.Now().Before(until); n++ {
		name := fmt.Sprintf("Probe %d", n)
		for _, s := range watchers {
			s.mu.Lock()
			s.sent[name] = time.Now()
			s.mu.Unlock()
		}
		body := fmt.Sprintf(`{"event":%q,"anonymousId":"probe","writeKey":%q}`, name, w.writeKey)
		response, err := from.Post(w.base+"/v1/track", "application/json", strings.NewReader(body))
		if err != nil {
			return err
		}
		response.Body.Close()
		if response.StatusCode != http.StatusOK {
			return fmt.Errorf("probe: status %d", response.StatusCode)
		}
		time.Sleep(pause)
	}
	return nil
}

// BenchmarkVisible sends an event ten times a second while another workspace sends as much
// as it can, and measures when it is seen: by whoever watches, and in today's numbers.
func BenchmarkVisible(b *testing.B) {
	for _, load := range []struct {
		name                string
		events, connections int
	}{{"quiet", 1, 0}, {"one a request", 1, 64}, {"batches of 100", 100, 16}} {
		b.Run(load.name, func(b *testing.B) {
			folder := b.TempDir()
			_, key := folderWithKey(b, folder)
			w := watchedWorkspace(b, folder)
			c := serveFolder(b, folder, nil)
			defer c.kill()
			w.base = c.base
			live := &sightings{sent: map[string]time.Time{}, waits: map[string]time.Duration{}}
			numbers := &sightings{sent: map[string]time.Time{}, waits: map[string]time.Duration{}}
			ctx, stop := context.WithCancel(b.Context())
			defer stop()
			var watchers, probing sync.WaitGroup
			watchers.Go(func() {
				if err := w.watchLive(ctx, live); err != nil && ctx.Err() == nil {
					b.Error(err)
				}
			})
			watchers.Go(func() {
				if err := w.watchNumbers(ctx, numbers); err != nil {
					b.Error(err)
				}
			})
			time.Sleep(500 * time.Millisecond) // so that both are there
			until := time.Now().Add(benchSeconds(b))
			probing.Go(func() {
				if err := w.probe(until, live, numbers); err != nil {
					b.Error(err)
				}
			})
			if load.connections > 0 {
				got := shoot(b, c.base, newShot(key, load.events), load.connections, benchSeconds(b))
				b.ReportMetric(got.perSecond(), "events/s")
			}
			probing.Wait()
			time.Sleep(3 * time.Second)
			stop()
			watchers.Wait()
			b.ReportMetric(0, "ns/op")
			for what, s := range map[string]*sightings{"live": live, "today": numbers} {
				p99, seen, sent := s.p99()
				b.ReportMetric(float64(p99.Milliseconds()), what+"-p99-ms")
				if seen < sent {
					b.Errorf("%s: %d of %d were never seen", what, sent-seen, sent)
				}
			}
		})
	}
}
