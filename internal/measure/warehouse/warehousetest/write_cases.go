package warehousetest

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/series"
)

// now is the suite's clock in milliseconds.
func now() event.Millis { return event.Millis(Clock.UnixMilli()) }

const hour = event.Millis(3600_000)

func testDoubles(t *testing.T, w warehouse.Warehouse) {
	a := sent("w", 1, "hana", now(), "page")
	odd := sent("w", 2, "hana", now()+1, "page")
	odd.MessageID = "ajs-next-17-まいど"
	if got := put(t, w, a, odd, a); got.Stored != 2 || got.Duplicates != 1 {
		t.Fatalf("twice in one batch: %+v", got)
	}
	again := a
	again.Visitor, again.ReceivedAt = "d41d8cd98f", a.ReceivedAt+47*hour // a salt changed meanwhile
	if got := put(t, w, again, odd); got.Stored != 0 || got.Duplicates != 2 {
		t.Fatalf("47 hours later: %+v", got)
	}
	other := a
	other.Workspace = "v"
	if got := put(t, w, other); got.Stored != 1 {
		t.Fatalf("the same id in another workspace: %+v", got)
	}
	var many []event.Event
	for i := range 3000 {
		many = append(many, sent("w", 10+i, fmt.Sprint("v", i%50), now()+event.Millis(i), "page"))
	}
	put(t, w, many...)
	if got := put(t, w, append(many, sent("w", 5, "ken", now(), "page"))...); got.Stored != 1 || got.Duplicates != 3000 {
		t.Fatalf("a whole batch again: %+v", got)
	}
	if o := totals(t, w, "w"); o.Totals.Views != 3003 {
		t.Fatalf("%d views", o.Totals.Views)
	}
}

// testLogAgain: a log that is brought in again, or the next one that begins with lines of the
// last, is counted once, also when the ids of that time were shortened long ago.
func testLogAgain(t *testing.T, w warehouse.Warehouse) {
	line := func(n int, at, received event.Millis) event.Event {
		e := sent("w", n, fmt.Sprint("v", received), at, "page") // the salt is another one in each reading
		e.MessageID, e.Key, e.Cookieless, e.AnonymousID, e.ReceivedAt = fmt.Sprint("log-", n), event.LogKey, true, "", received
		return e
	}
	lines := func(from, to int, received event.Millis) []event.Event {
		var out []event.Event
		for n := from; n < to; n++ {
			out = append(out, line(n, now()-30*24*hour+event.Millis(n/4)*1000, received)) // some share a second
		}
		return out
	}
	past := now() - 20*24*hour
	if got := put(t, w, lines(0, 40, past)...); got.Stored != 40 {
		t.Fatalf("the first time: %+v", got)
	}
	settle(t, w)
	if got := put(t, w, lines(0, 60, now())...); got.Stored != 20 || got.Duplicates != 40 {
		t.Fatalf("with twenty lines more: %+v", got)
	}
	if got := put(t, w, lines(0, 60, now()+1)...); got.Stored != 0 || got.Duplicates != 60 {
		t.Fatalf("at once again: %+v", got)
	}
	other := lines(0, 40, now())
	for i := range other {
		other[i].Workspace = "v"
	}
	if got := put(t, w, other...); got.Stored != 40 {
		t.Fatalf("the same lines in another workspace: %+v", got)
	}
}

func testPlace(t *testing.T, w warehouse.Warehouse) {
	ctx := context.Background()
	place := func() int64 {
		p, err := w.Place(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	if p := place(); p != 0 {
		t.Fatalf("an empty warehouse is at %d", p)
	}
	if _, err := w.Write(ctx, 7, []event.Event{sent("w", 1, "hana", now(), "page")}); err != nil {
		t.Fatal(err)
	}
	if got, err := w.Write(ctx, 7, []event.Event{sent("w", 2, "hana", now(), "page")}); err != nil || got.Stored != 0 {
		t.Fatalf("what lies before the place was written again: %+v %v", got, err)
	}
	put(t, w, sent("w", 3, "hana", now(), "page"))
	if p := place(); p != 7 {
		t.Fatalf("events that did not come from the inbox moved the place to %d", p)
	}
	stopped, stop := context.WithCancel(ctx)
	stop()
	if _, err := w.Write(stopped, 8, []event.Event{sent("w", 4, "hana", now(), "page")}); err == nil {
		t.Fatal("a write that was called off said that it was done")
	}
	if _, err := w.Write(ctx, 9, nil); err != nil {
		t.Fatal(err)
	}
	if p := place(); p != 9 {
		t.Fatalf("an empty batch left the place at %d", p)
	}
	if rows := rowsOf(t, w, "w"); len(rows) != 2 {
		t.Fatalf("%d events", len(rows))
	}
}

func testPeople(t *testing.T, w warehouse.Warehouse) {
	n := 0
	step := func(ws event.Workspace, visitor string, at event.Millis, change func(*event.Event)) event.Event {
		n++
		e := sent(ws, n, visitor, at, "page")
		if change != nil {
			change(&e)
		}
		return e
	}
	identify := func(user string) func(*event.Event) {
		return func(e *event.Event) { e.Kind, e.Name, e.UserID, e.Host, e.Path = event.Identify, "", user, "", "" }
	}
	alias := func(previous, user string) func(*event.Event) {
		return func(e *event.Event) {
			e.Kind, e.UserID, e.PreviousID, e.AnonymousID, e.Visitor, e.Host, e.Path = event.Alias, user, previous, "", user, "", ""
		}
	}
	cases := []struct {
		name     string
		events   func(ws event.Workspace) []event.Event
		visitors int64
	}{
		{"history merges backwards", func(ws event.Workspace) []event.Event {
			return []event.Event{
				step(ws, "phone", now()-72*hour, nil), step(ws, "phone", now(), identify("hana")),
				step(ws, "desk", now()-48*hour, nil), step(ws, "desk", now()+1, identify("hana")),
			}
		}, 1},
		{"two who never met stay two", func(ws event.Workspace) []event.Event {
			return []event.Event{
				step(ws, "phone", now(), nil), step(ws, "desk", now(), nil),
				step(ws, "phone", now(), identify("hana")), step(ws, "desk", now(), identify("ken")),
			}
		}, 2},
		{"alias joins two users", func(ws event.Workspace) []event.Event {
			return []event.Event{
				step(ws, "phone", now(), nil), step(ws, "desk", now(), nil),
				step(ws, "phone", now()+1, identify("hana")), step(ws, "desk", now()+1, identify("ken")),
				step(ws, "x", now()+2, alias("hana", "ken")),
			}
		}, 1},
		{"alias to oneself is nothing", func(ws event.Workspace) []event.Event {
			return []event.Event{
				step(ws, "phone", now(), nil), step(ws, "desk", now(), nil),
				step(ws, "x", now(), alias("hana", "hana")), step(ws, "phone", now(), identify("hana")),
			}
		}, 2},
		{"an alias before its ids are known", func(ws event.Workspace) []event.Event {
			return []event.Event{
				step(ws, "x", now()-2, alias("phone", "hana")),
				step(ws, "phone", now(), nil), step(ws, "desk", now(), nil), step(ws, "desk", now(), identify("hana")),
			}
		}, 1},
		{"what a signed-in page sends joins as well", func(ws event.Workspace) []event.Event {
			signedIn := func(e *event.Event) { e.UserID = "hana" }
			return []event.Event{step(ws, "phone", now(), signedIn), step(ws, "desk", now(), signedIn)}
		}, 1},
		{"a daily hash is nobody's", func(ws event.Workspace) []event.Event {
			daily := func(e *event.Event) { e.Cookieless, e.AnonymousID, e.UserID = true, "", "hana" }
			return []event.Event{step(ws, "5f3a", now(), daily), step(ws, "77e0", now(), daily), step(ws, "phone", now(), identify("hana"))}
		}, 2},
	}
	for i, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			for _, backwards := range []bool{false, true} {
				for _, single := range []bool{false, true} {
					for _, early := range []bool{false, true} {
						if early && (!single || backwards) {
							continue
						}
						ws := event.Workspace(fmt.Sprint("people", i, backwards, single, early))
						events := c.events(ws)
						if backwards {
							slices.Reverse(events)
						}
						if single {
							for _, e := range events {
								put(t, w, e)
								if early {
									settle(t, w)
								}
							}
						} else {
							put(t, w, events...)
						}
						if o := totals(t, w, ws); o.Totals.Visitors != c.visitors {
							t.Fatalf("backwards %t single %t settled %t: %d people, not %d", backwards, single, early, o.Totals.Visitors, c.visitors)
						}
						sameVisits(t, w, ws, events)
						settle(t, w)
						if o := totals(t, w, ws); o.Totals.Visitors != c.visitors {
							t.Fatalf("backwards %t single %t settled %t: %d people after it is settled, not %d", backwards, single, early, o.Totals.Visitors, c.visitors)
						}
					}
				}
			}
		})
	}
}

func momentOf(t testing.TB, text string) event.Millis {
	t.Helper()
	at, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		t.Fatal(err)
	}
	return event.Millis(at.UnixMilli())
}

func settle(t testing.TB, w warehouse.Warehouse) {
	t.Helper()
	if err := w.Settle(context.Background()); err != nil {
		t.Fatalf("settle: %v", err)
	}
}

func testDays(t *testing.T, w warehouse.Warehouse) {
	cases := []struct {
		ws   event.Workspace
		at   string // UTC
		want string
	}{
		{"tokyo", "2026-11-19T14:59:59.999Z", "2026-11-19"},
		{"tokyo", "2026-11-19T15:00:00Z", "2026-11-20"},
		{"new-york", "2026-11-01T03:59:59Z", "2026-10-31"}, // summer time
		{"new-york", "2026-11-01T04:00:00Z", "2026-11-01"}, // the day of 25 hours begins
		{"new-york", "2026-11-02T04:59:59Z", "2026-11-01"}, // its last hour, winter time
		{"new-york", "2026-11-02T05:00:00Z", "2026-11-02"},
	}
	for i, c := range cases {
		e := sent(c.ws, 100+i, fmt.Sprint("visitor", i), momentOf(t, c.at), "page")
		got := put(t, w, e)
		if days := got.Days[c.ws]; len(days) != 1 || days[0].String() != c.want {
			t.Errorf("%s in %s is of %v, want %s", c.at, c.ws, days, c.want)
		}
	}
	// A visit across midnight belongs to the day it began; its views to their own.
	before := sent("night", 200, "hana", momentOf(t, "2026-11-19T14:50:00Z"), "page")
	after := sent("night", 201, "hana", momentOf(t, "2026-11-19T15:10:00Z"), "page")
	put(t, w, before, after)
	for range 2 {
		var visits, views []int64
		for _, d := range totals(t, w, "night").Days {
			if d.Views > 0 || d.Visits > 0 {
				visits, views = append(visits, d.Visits), append(views, d.Views)
			}
		}
		if !slices.Equal(visits, []int64{1, 0}) || !slices.Equal(views, []int64{1, 1}) {
			t.Errorf("visits %v, views %v", visits, views)
		}
		settle(t, w)
	}
}

func testNames(t *testing.T, w warehouse.Warehouse) {
	const most = 10_000
	events := make([]event.Event, 0, most+5)
	for i := range most + 5 {
		e := sent("w", i, "hana", now()+event.Millis(i), "server")
		e.Name = fmt.Sprint("Event ", i)
		events = append(events, e)
	}
	got := put(t, w, events...)
	if got.Stored != most+5 || got.Renamed != 5 {
		t.Fatalf("%d stored, %d renamed", got.Stored, got.Renamed)
	}
	late := sent("w", most+10, "hana", now(), "server")
	late.Name = "Event 3"
	if got := put(t, w, late); got.Renamed != 0 {
		t.Fatal("a name that is known was taken away")
	}
	other := sent("v", 1, "hana", now(), "server")
	if got := put(t, w, other); got.Renamed != 0 {
		t.Fatal("one workspace's names used up another's")
	}
}

func testRobots(t *testing.T, w warehouse.Warehouse) {
	person := sent("w", 1, "hana", now(), "page")
	robot := sent("w", 2, "hana", now()+1, "page")
	robot.Bot, robot.UserID = "crawler", "hana"
	written := put(t, w, person, robot)
	if written.Stored != 2 {
		t.Fatalf("%+v", written)
	}
	for range 2 {
		if o := totals(t, w, "w"); o.Totals.Views != 1 || o.Totals.Visits != 1 || o.Totals.Visitors != 1 {
			t.Fatalf("with a robot about: %+v", o.Totals)
		}
		settle(t, w)
	}
	rows := rowsOf(t, w, "w")
	if len(rows) != 2 || rows[robot.MessageID].Session == 0 || rows[robot.MessageID].Session == rows[person.MessageID].Session {
		t.Fatalf("the robot's visit is not kept apart: %+v", rows)
	}
}

func testWorkspaces(t *testing.T, w warehouse.Warehouse) {
	ctx := context.Background()
	for i, ws := range []event.Workspace{"a", "b"} {
		for k := range 10 * (i + 1) {
			put(t, w, sent(ws, k, fmt.Sprint("v", k%3), now()+event.Millis(k), "page"))
		}
	}
	settle(t, w)
	put(t, w, sent("b", 99, "v0", now(), "page"))
	if n, err := w.ErasePerson(ctx, "a", warehouse.Who{ID: "v0"}); err != nil || n != 4 {
		t.Fatalf("erased %d: %v", n, err)
	}
	if o := totals(t, w, "b"); o.Totals.Views != 21 || o.Totals.Visitors != 3 {
		t.Fatalf("erasing in one workspace changed another: %+v", o.Totals)
	}
	if err := w.DropWorkspace(ctx, "b"); err != nil {
		t.Fatal(err)
	}
	if o := totals(t, w, "b"); o.Totals.Views != 0 || len(rowsOf(t, w, "b")) != 0 {
		t.Fatalf("something is left: %+v", o.Totals)
	}
	if o := totals(t, w, "a"); o.Totals.Views != 6 {
		t.Fatalf("dropping one workspace changed another: %+v", o.Totals)
	}
	put(t, w, sent("b", 1, "v0", now(), "page"))
	put(t, w, sent("c", 1, "v0", now(), "page"))
	if o := totals(t, w, "b"); o.Totals.Views != 1 {
		t.Fatalf("a dropped workspace that comes back: %+v", o.Totals)
	}
}

func testErase(t *testing.T, w warehouse.Warehouse) {
	ctx := context.Background()
	hana := sent("w", 2, "phone", now(), "identify")
	hana.UserID = "hana"
	desk := sent("w", 3, "desk", now()-49*hour, "page")
	desk.UserID = "hana"
	put(t, w, sent("w", 1, "phone", now()-72*hour, "page"), hana, desk, sent("w", 4, "ken", now(), "page"))
	settle(t, w)
	n, err := w.ErasePerson(ctx, "w", warehouse.Who{ID: "hana"})
	if err != nil || n != 3 {
		t.Fatalf("erased %d events: %v", n, err)
	}
	check := func(when string) {
		t.Helper()
		if o := totals(t, w, "w"); o.Totals.Views != 1 || o.Totals.Visits != 1 || o.Totals.Visitors != 1 {
			t.Fatalf("%s: %+v", when, o.Totals)
		}
		if rows, err := w.Person(ctx, "w", warehouse.Who{ID: "hana"}); err != nil || len(rows) != 0 {
			t.Fatalf("%s: %d events are left: %v", when, len(rows), err)
		}
	}
	check("erased")
	settle(t, w)
	check("settled")
	// What was on its way when the person was erased stays away, under every id of theirs.
	onItsWay := []event.Event{sent("w", 5, "phone", now()-1, "page"), sent("w", 6, "desk", now()-1, "page")}
	if got := put(t, w, onItsWay...); got.Refused != 2 || got.Stored != 0 {
		t.Fatalf("came back: %+v", got)
	}
	check("refused")
	later := sent("w", 7, "phone", now()+hour, "page")
	later.ReceivedAt = now() + hour
	if got := put(t, w, later); got.Stored != 1 {
		t.Fatalf("somebody who comes anew is refused: %+v", got)
	}
}

// testEraseByName: a user id may look like what rows call somebody else. Whoever sent it must
// neither be shown nor take along the other.
func testEraseByName(t *testing.T, w warehouse.Warehouse) {
	ctx := context.Background()
	put(t, w, sent("w", 1, "first", now(), "page"), sent("w", 2, "second", now(), "page"))
	rows := rowsOf(t, w, "w")
	first, second := rows[message(1)].Person, rows[message(2)].Person
	other := sent("w", 3, "third", now(), "page")
	other.UserID = first
	put(t, w, other)
	of := func(who warehouse.Who) int {
		t.Helper()
		rows, err := w.Person(ctx, "w", who)
		if err != nil {
			t.Fatal(err)
		}
		return len(rows)
	}
	for who, want := range map[warehouse.Who]int{{ID: first}: 1, {Person: first}: 1, {ID: second}: 0, {Person: second}: 1, {}: 0, {Person: "#999"}: 0, {Person: "first"}: 0} {
		if got := of(who); got != want {
			t.Errorf("%+v: %d events, not %d", who, got, want)
		}
	}
	for _, c := range []struct {
		who  warehouse.Who
		gone int64
	}{{warehouse.Who{}, 0}, {warehouse.Who{Person: "#999"}, 0}, {warehouse.Who{ID: first}, 1}, {warehouse.Who{Person: first}, 1}} {
		if n, err := w.ErasePerson(ctx, "w", c.who); err != nil || n != c.gone {
			t.Errorf("erased %+v: %d events, not %d: %v", c.who, n, c.gone, err)
		}
	}
	if left := rowsOf(t, w, "w"); len(left) != 1 || left[message(2)].Person != second {
		t.Errorf("left: %+v", left)
	}
}

// testEraseEverywhere: who is named by one of several ids goes also from under the numbers of
// others, where an event bears another id of theirs.
func testEraseEverywhere(t *testing.T, w warehouse.Warehouse) {
	ctx := context.Background()
	hana := sent("w", 1, "phone", now()-hour, "identify")
	hana.UserID = "hana"
	ken := sent("w", 2, "shared", now()-hour, "identify")
	ken.UserID = "ken"
	lent := sent("w", 3, "shared", now(), "page") // two known users are not made one by a computer
	lent.UserID = "hana"
	put(t, w, hana, ken)
	put(t, w, lent)
	if n, err := w.ErasePerson(ctx, "w", warehouse.Who{ID: "phone"}); err != nil || n != 2 {
		t.Fatalf("erased %d events: %v", n, err)
	}
	if left := rowsOf(t, w, "w"); len(left) != 1 || left[message(2)].UserID != "ken" {
		t.Errorf("left: %+v", left)
	}
}

func testForget(t *testing.T, w warehouse.Warehouse) {
	ctx := context.Background()
	put(t, w, sent("w", 1, "hana", now()-500*hour, "page"), sent("w", 2, "ken", now()-400*hour, "page"), sent("w", 3, "hana", now(), "page"))
	before := totals(t, w, "w", warehouse.FieldPage)
	n, err := w.ForgetBefore(ctx, "w", series.DayOf(Clock)-1)
	if err != nil || n != 2 {
		t.Fatalf("forgot %d events: %v", n, err)
	}
	after := totals(t, w, "w", warehouse.FieldPage)
	if before.Totals != after.Totals || !reflect.DeepEqual(before.Groups, after.Groups) {
		t.Fatalf("the numbers of forgotten days changed\nbefore %+v\n after %+v", before, after)
	}
	if rows := rowsOf(t, w, "w"); len(rows) != 1 {
		t.Fatalf("%d events are left", len(rows))
	}
	settle(t, w)
	if again := totals(t, w, "w"); again.Totals != before.Totals {
		t.Fatalf("settling lost forgotten days: %+v", again.Totals)
	}
}

// testSettled writes what looks like a website and compares all numbers before and after
// they are rolled up.
func testSettled(t *testing.T, w warehouse.Warehouse) {
	traffic := Traffic{Workspace: "w", Seed: 7, PerSecond: 0.02, Start: now() - 100*hour}
	events := traffic.Take(4000)
	for i := 0; i < len(events); i += 700 {
		put(t, w, events[i:min(i+700, len(events))]...)
	}
	fields := []warehouse.Field{
		warehouse.FieldPage, warehouse.FieldEntry, warehouse.FieldExit, warehouse.FieldSource, warehouse.FieldMedium,
		warehouse.FieldCampaign, warehouse.FieldReferrer, warehouse.FieldHost, warehouse.FieldDevice, warehouse.FieldBrowser,
		warehouse.FieldOS, warehouse.FieldLanguage, warehouse.FieldEvent,
	}
	sameVisits(t, w, "w", events) // before old message ids are shortened
	raw := totals(t, w, "w", fields...)
	settle(t, w)
	rolled := totals(t, w, "w", fields...)
	if raw.Totals != rolled.Totals {
		t.Errorf("totals\n   raw %+v\nrolled %+v", raw.Totals, rolled.Totals)
	}
	for i := range raw.Days {
		if raw.Days[i] != rolled.Days[i] {
			t.Errorf("day\n   raw %+v\nrolled %+v", raw.Days[i], rolled.Days[i])
		}
	}
	for _, field := range fields {
		if !reflect.DeepEqual(raw.Groups[field], rolled.Groups[field]) {
			t.Errorf("by %s\n   raw %+v\nrolled %+v", field, raw.Groups[field], rolled.Groups[field])
		}
	}
}
