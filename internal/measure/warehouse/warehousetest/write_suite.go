package warehousetest

import (
	"context"
	"encoding/binary"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/series"
)

// Opened makes an empty warehouse that is closed when the test ends. Workspaces are in
// Tokyo but "new-york"; the clock stands at Clock.
type Opened func(t *testing.T) warehouse.Warehouse

// Clock is the moment the suite takes place at, noon in Tokyo.
var Clock = time.Date(2026, 11, 20, 3, 0, 0, 0, time.UTC)

// Zones are the zones of the suite's workspaces.
func Zones(ws event.Workspace) string {
	if ws == "new-york" {
		return "America/New_York"
	}
	return "Asia/Tokyo"
}

// Write is what every warehouse's writing is held to.
func Write(t *testing.T, open Opened) {
	t.Run("visits", func(t *testing.T) { testVisits(t, open(t)) })
	t.Run("any order", func(t *testing.T) { testAnyOrder(t, open(t)) })
	t.Run("doubles", func(t *testing.T) { testDoubles(t, open(t)) })
	t.Run("a log again", func(t *testing.T) { testLogAgain(t, open(t)) })
	t.Run("place", func(t *testing.T) { testPlace(t, open(t)) })
	t.Run("people", func(t *testing.T) { testPeople(t, open(t)) })
	t.Run("days", func(t *testing.T) { testDays(t, open(t)) })
	t.Run("names", func(t *testing.T) { testNames(t, open(t)) })
	t.Run("robots", func(t *testing.T) { testRobots(t, open(t)) })
	t.Run("workspaces", func(t *testing.T) { testWorkspaces(t, open(t)) })
	t.Run("erase", func(t *testing.T) { testErase(t, open(t)) })
	t.Run("erase by name", func(t *testing.T) { testEraseByName(t, open(t)) })
	t.Run("erase everywhere", func(t *testing.T) { testEraseEverywhere(t, open(t)) })
	t.Run("forget", func(t *testing.T) { testForget(t, open(t)) })
	t.Run("settling beside writing", func(t *testing.T) { testSettlingBeside(t, open(t)) })
	t.Run("dropping beside settling", func(t *testing.T) { testDroppingBeside(t, open(t)) })
	t.Run("traffic settles to itself", func(t *testing.T) { testSettled(t, open(t)) })
}

// message is the id of the n-th message.
func message(n int) string {
	var id [16]byte
	binary.BigEndian.PutUint64(id[8:], uint64(n)|1<<63)
	id[6] = 0x40
	return fmt.Sprintf("%x-%x-%x-%x-%x", id[0:4], id[4:6], id[6:8], id[8:10], id[10:16])
}

// sent makes an event of a few words: "page /a", "page /a @x" (campaign x), "click"
// (tracked on a page), "server" (tracked without one), "engaged 5000", "identify".
func sent(ws event.Workspace, n int, visitor string, at event.Millis, what string) event.Event {
	words := strings.Fields(what)
	e := event.Event{
		Workspace: ws, MessageID: message(n), Visitor: visitor, AnonymousID: visitor,
		At: at, ReceivedAt: event.Millis(Clock.UnixMilli()), Host: "example.jp", Path: "/a", Device: "mobile",
	}
	for _, w := range words[1:] {
		switch {
		case strings.HasPrefix(w, "@"):
			e.Campaign.Name = w[1:]
		case strings.HasPrefix(w, "/"):
			e.Path = w
		}
	}
	switch words[0] {
	case "page":
		e.Kind = event.Page
	case "click":
		e.Kind, e.Name = event.Track, "Clicked"
	case "server":
		e.Kind, e.Name, e.Host, e.Path = event.Track, "Paid", "", ""
	case "engaged":
		e.Kind, e.Name, e.EngagedMillis = event.Track, event.Engagement, 6000
	case "identify":
		e.Kind, e.Host, e.Path = event.Identify, "", ""
	default:
		panic("no such event: " + what)
	}
	return e
}

// span is all days the suite writes to.
func span() series.Span {
	day := series.DayOf(Clock)
	return series.Span{From: day - 60, To: day + 2}
}

func put(t testing.TB, w warehouse.Warehouse, events ...event.Event) warehouse.Written {
	t.Helper()
	written, err := w.Write(context.Background(), 0, events)
	if err != nil {
		t.Fatalf("write: %v", err)
	}
	return written
}

func rowsOf(t testing.TB, w warehouse.Warehouse, ws event.Workspace) map[string]warehouse.Row {
	t.Helper()
	rows, err := w.Events(context.Background(), warehouse.Scope{Workspace: ws, Span: span(), WithBots: true}, warehouse.Paging{Limit: 10_000})
	if err != nil {
		t.Fatalf("read events: %v", err)
	}
	byID := map[string]warehouse.Row{}
	for _, r := range rows {
		if _, twice := byID[r.MessageID]; twice {
			t.Fatalf("%s is there twice", r.MessageID)
		}
		byID[r.MessageID] = r
	}
	return byID
}

func totals(t testing.TB, w warehouse.Warehouse, ws event.Workspace, fields ...warehouse.Field) warehouse.Overview {
	t.Helper()
	o, err := w.Overview(context.Background(), warehouse.Scope{Workspace: ws, Span: span()}, fields, 1000)
	if err != nil {
		t.Fatalf("overview: %v", err)
	}
	return o
}

// sameVisits compares what the warehouse made of events with what the model makes of them.
func sameVisits(t testing.TB, w warehouse.Warehouse, ws event.Workspace, events []event.Event) {
	t.Helper()
	of, visits := Visits(events)
	rows := rowsOf(t, w, ws)
	if len(rows) != len(events) {
		t.Fatalf("%d events stored of %d", len(rows), len(events))
	}
	number := map[int]uint64{-1: 0}
	owner := map[uint64]int{0: -1}
	for _, e := range events {
		want, got := of[e.MessageID], rows[e.MessageID].Session
		if known, ok := number[want]; ok && known != got {
			t.Fatalf("%s is of visit %d, the others of it of %d", e.MessageID, got, known)
		}
		if known, ok := owner[got]; ok && known != want {
			t.Fatalf("%s is of visit %d (%d of the model), others of it are of the model's %d", e.MessageID, got, want, known)
		}
		number[want], owner[got] = got, want
	}
	var want warehouse.Totals
	entries, exits := map[string]int64{}, map[string]int64{}
	for _, v := range visits {
		if v.Bot {
			continue
		}
		want.Visits++
		want.VisitMillis += int64(v.Ended - v.Started)
		if v.Bounce() {
			want.Bounces++
		}
		entries[v.Entry]++
		exits[v.Exit]++
	}
	for _, e := range events {
		if e.Bot != "" {
			continue
		}
		want.EngagedMillis += e.EngagedMillis
		switch {
		case e.Kind == event.Page || e.Kind == event.Screen:
			want.Views++
		case e.Kind == event.Track && e.Name != event.Engagement:
			want.Events++
		}
	}
	o := totals(t, w, ws, warehouse.FieldEntry, warehouse.FieldExit)
	got := o.Totals
	got.Visitors, got.DailyVisitors, got.Cookieless, got.Unique = 0, 0, false, false
	if got != want {
		t.Fatalf("totals\n got %+v\nwant %+v", got, want)
	}
	for field, want := range map[warehouse.Field]map[string]int64{warehouse.FieldEntry: entries, warehouse.FieldExit: exits} {
		got := map[string]int64{}
		for _, g := range o.Groups[field] {
			got[g.Value] = g.Visits
		}
		if !maps.Equal(got, want) {
			t.Fatalf("visits by %s\n got %v\nwant %v", field, got, want)
		}
	}
}

var visitCases = []struct {
	name  string
	steps []string // minute, what, and the letter of its visit; "-" is none
}{
	{"half an hour is one visit", []string{"0 page A", "30 page A", "60 page A"}},
	{"longer is another", []string{"0 page A", "30.001 page B"}},
	{"a campaign begins a visit", []string{"0 page A", "5 page @x B", "6 page B", "7 page @x B", "8 page @y C"}},
	{"midnight does not", []string{"710 page A", "730 page A"}},
	{"engagement carries on", []string{"0 page A", "25 engaged A", "50 page A"}},
	{"engagement begins none", []string{"0 engaged -", "5 page A", "36 engaged -", "60 engaged -"}},
	{"what is done on a page begins one", []string{"0 click A", "10 page A"}},
	{"a server's event joins", []string{"0 server -", "5 page A", "6 server A", "35 server A", "35.001 server -"}},
	{"and carries nothing on", []string{"0 page A", "20 server A", "40 page B", "41 server B"}},
	{"late in between merges", []string{"0 page A", "50 page A", "25 page A"}},
	{"late before becomes the entry", []string{"10 page /b A", "0 page /c A"}},
	{"late with a campaign splits", []string{"0 page A", "10 page B", "20 page B", "5 page @x B"}},
	{"a merge takes away a campaign's beginning", []string{"0 page @x A", "40 page A", "45 page @x A", "20 page A"}},
	{"a late page adopts a server's event", []string{"20 server A", "10 page A"}},
	{"the same moment", []string{"0 page A", "0 page /b A", "0 engaged A", "0 server A"}},
}

func testVisits(t *testing.T, w warehouse.Warehouse) {
	for i, c := range visitCases {
		t.Run(c.name, func(t *testing.T) {
			var events []event.Event
			want := map[string]string{}
			for n, step := range c.steps {
				words := strings.Fields(step)
				var minute float64
				if _, err := fmt.Sscan(words[0], &minute); err != nil {
					t.Fatal(err)
				}
				at := event.Millis(Clock.UnixMilli() - 24*3600_000 + int64(minute*60_000))
				e := sent("", n, "hana", at, strings.Join(words[1:len(words)-1], " "))
				events = append(events, e)
				want[e.MessageID] = words[len(words)-1]
			}
			of, _ := Visits(events)
			letters := map[int]string{-1: "-"}
			for _, e := range events {
				letter, known := letters[of[e.MessageID]]
				if known && letter != want[e.MessageID] {
					t.Fatalf("the model itself puts %s into %s, not %s", e.MessageID, letter, want[e.MessageID])
				}
				letters[of[e.MessageID]] = want[e.MessageID]
			}
			orders := [][]event.Event{events}
			backwards := slices.Clone(events)
			slices.Reverse(backwards)
			orders = append(orders, backwards)
			for seed := range 2 {
				mixed := slices.Clone(events)
				rnd := rand.New(rand.NewPCG(uint64(i), uint64(seed)))
				rnd.Shuffle(len(mixed), func(a, b int) { mixed[a], mixed[b] = mixed[b], mixed[a] })
				orders = append(orders, mixed)
			}
			for k, order := range orders {
				ws := event.Workspace(fmt.Sprintf("visits-%d-%d", i, k))
				for n := range order {
					order[n].Workspace = ws
				}
				if k == 0 {
					put(t, w, order...)
				} else {
					for _, e := range order {
						put(t, w, e)
					}
				}
				sameVisits(t, w, ws, order)
			}
		})
	}
}

// testAnyOrder writes events at random, in random pieces.
func testAnyOrder(t *testing.T, w warehouse.Warehouse) {
	n := 0
	words := []string{"page /a", "page /b", "page /c @x", "page /a @y", "click", "server", "engaged", "identify"}
	rapid.Check(t, func(r *rapid.T) {
		n++
		ws := event.Workspace(fmt.Sprintf("order-%d", n))
		var events []event.Event
		for i := range rapid.IntRange(1, 20).Draw(r, "events") {
			minute := rapid.IntRange(0, 16).Draw(r, "tens of minutes") * 10
			visitor := rapid.SampledFrom([]string{"hana", "ken"}).Draw(r, "visitor")
			what := rapid.SampledFrom(words).Draw(r, "what")
			e := sent(ws, i, visitor, event.Millis(Clock.UnixMilli()+int64(minute)*60_000), what)
			if rapid.IntRange(0, 9).Draw(r, "robot") == 0 {
				e.Bot = "crawler"
			}
			events = append(events, e)
		}
		events = rapid.Permutation(events).Draw(r, "order")
		for rest := events; len(rest) > 0; {
			k := rapid.IntRange((len(rest)+1)/2, len(rest)).Draw(r, "batch")
			if _, err := w.Write(context.Background(), 0, rest[:k]); err != nil {
				r.Fatalf("write: %v", err)
			}
			rest = rest[k:]
		}
		for _, e := range events {
			r.Logf("%s minute %d %s %s %q kind %d name %q campaign %q", e.MessageID[30:], (int64(e.At)-Clock.UnixMilli())/60_000, e.Visitor, e.Bot, e.Path, e.Kind, e.Name, e.Campaign.Name)
		}
		sameVisits(r2t{t, r}, w, ws, events)
	})
}

// r2t lets a helper fail a rapid run instead of the test around it.
type r2t struct {
	*testing.T
	r *rapid.T
}

func (x r2t) Fatalf(format string, args ...any) { x.r.Fatalf(format, args...) }
func (x r2t) Helper()                           {}
