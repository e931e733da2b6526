package warehousetest

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/series"
)

// World is a small stretch of traffic together with what is true of it, worked out one
// event at a time with nothing but loops: what every reader's answers are compared with.
//
// Its traffic keeps clear of the corners that the writer's own suite is about (late events,
// visits that a campaign cuts): here it is the counting that is under test.
type World struct {
	Events []event.Event
	facts  []fact
	visits []*stay
}

// fact is an event with whose it is.
type fact struct {
	event.Event
	Day    series.Day
	Person string
	Stay   *stay // nil: part of no visit
}

// stay is a visit.
type stay struct {
	First      fact
	Person     string
	Day        series.Day
	Start, End event.Millis
	Entry      string
	Exit       string
	Bounce     bool
	Facts      []int // of World.facts
}

// Home is the workspace of worlds, Stranger another one with the same traffic: nothing of
// it may ever be seen.
const (
	Home     event.Workspace = "home"
	Stranger event.Workspace = "stranger"
)

// Tokyo is the zone of worlds.
func Tokyo(event.Workspace) string { return "Asia/Tokyo" }

var tokyo = time.FixedZone("JST", 9*60*60)

// FirstDay is the first day of worlds.
var FirstDay = series.Date(2026, 9, 28)

// WorldDays is how long worlds last.
const WorldDays = 33

func dayOf(at event.Millis) series.Day { return series.DayOf(time.UnixMilli(int64(at)).In(tokyo)) }

var worldPages = []string{"/", "/pricing", "/cases/1", "/cases/2", "/contact", "/日本語/頁"}

var worldWays = []struct {
	campaign event.Campaign
	click    string
	referrer string
}{
	{}, {referrer: "www.google.com"}, {referrer: "t.co"},
	{campaign: event.Campaign{Source: "x", Medium: "social", Name: "秋"}, referrer: "t.co"},
	{campaign: event.Campaign{Source: "google", Medium: "cpc", Name: "brand", Term: "道"}, click: "gclid"},
	{campaign: event.Campaign{Source: "news", Medium: "email", Content: "a'b"}},
}

// WorldChannel is the rule of channels in worlds.
func WorldChannel(_ event.Workspace, t warehouse.Traffic) string {
	switch {
	case t.Campaign.Medium == "cpc":
		return "paid"
	case t.Campaign.Medium == "email":
		return "email"
	case t.Campaign.Medium == "social" || t.ReferrerHost == "t.co":
		return "social"
	case t.ReferrerHost != "":
		return "search"
	}
	return "direct"
}

// NewWorld makes a world of a number of visits from a seed.
func NewWorld(seed uint64, visits int) *World {
	m := &maker{rnd: rand.New(rand.NewPCG(seed, 0x0b5e)), seed: seed}
	for i := range visits {
		m.visit(i)
	}
	return worldOf(m.events)
}

type maker struct {
	rnd    *rand.Rand
	seed   uint64
	events []event.Event
	busy   map[string][]event.Millis // when somebody's visits began: they keep apart
	serial int
}

func (m *maker) visit(i int) {
	r := m.rnd
	who := r.IntN(14)
	at := event.Millis(time.Date(2026, 9, 28, 0, 0, 0, 0, tokyo).UnixMilli()) + event.Millis(r.Int64N(WorldDays*86_400_000))
	if r.IntN(6) == 0 {
		// Just before midnight, to cross it.
		at += event.Millis(86_400_000) - (at+9*3_600_000)%86_400_000 - 240_000
	}
	base := event.Event{
		Workspace: Home, Key: []string{"site", "app"}[r.IntN(2)],
		Host: "example.jp", Device: []string{"mobile", "desktop", ""}[r.IntN(3)], Browser: []string{"Chrome", "Safari"}[r.IntN(2)],
		OS: []string{"iOS", "Windows"}[r.IntN(2)], Language: "ja", Library: "shirube.js",
	}
	name := fmt.Sprintf("anon-%d", who)
	if who >= 10 {
		base.Cookieless = true
		name = fmt.Sprintf("day-%d-%d-%d", who, dayOf(at), i)
	} else {
		base.AnonymousID = name
	}
	base.Visitor = name
	if r.IntN(9) == 0 {
		base.Bot, base.Visitor, base.AnonymousID = "crawler", name+"-bot", ""
		base.Cookieless = true
		name = base.Visitor
	}
	if m.busy == nil {
		m.busy = map[string][]event.Millis{}
	}
	for _, other := range m.busy[name] {
		if at > other-3*3_600_000 && at < other+3*3_600_000 {
			return
		}
	}
	m.busy[name] = append(m.busy[name], at)
	way := worldWays[r.IntN(len(worldWays))]
	views := 1 + r.IntN(4)
	for k := range views {
		e := base
		e.Kind, e.Path, e.At = event.Page, worldPages[r.IntN(len(worldPages))], at
		e.Title = "題 " + e.Path
		if k == 0 {
			e.Campaign, e.ClickID, e.ReferrerHost = way.campaign, way.click, way.referrer
		}
		m.add(e)
		at += event.Millis(1000 + r.Int64N(240_000))
		if r.IntN(2) == 0 {
			done := e
			done.Kind, done.Name, done.At, done.EngagedMillis = event.Track, event.Engagement, at, int64(1000+r.IntN(15_000))
			done.Campaign, done.ClickID, done.ReferrerHost = event.Campaign{}, "", ""
			m.add(done)
			at += event.Millis(500 + r.Int64N(60_000))
		}
		if r.IntN(3) == 0 {
			done := e
			done.Kind, done.Name, done.At = event.Track, []string{"Inquiry Submitted", event.Download, "=SUM(1)"}[r.IntN(3)], at
			done.Campaign, done.ClickID, done.ReferrerHost = event.Campaign{}, "", ""
			done.Properties = fmt.Appendf(nil, `{"plan":"p%d","a.b/c~":"x\"y","n":%d}`, r.IntN(3), r.IntN(3))
			if done.Name == "Inquiry Submitted" {
				done.Value, done.Currency = float64(100*r.IntN(5)), "JPY"
			}
			m.add(done)
			at += event.Millis(500 + r.Int64N(60_000))
		}
	}
	if who < 6 && !base.Cookieless && r.IntN(3) == 0 {
		e := base
		e.Kind, e.At, e.UserID, e.Path = event.Identify, at, fmt.Sprintf("user-%d", who/2), "/"
		m.add(e)
		// What the server tells later, of the user alone.
		deal := event.Event{
			Workspace: Home, Key: "server", Kind: event.Track, Name: "Deal Won", Visitor: e.UserID, UserID: e.UserID,
			At: at + event.Millis(3_600_000+r.Int64N(5*86_400_000)), Value: 1000, Currency: "JPY", Library: "analytics-node",
		}
		m.add(deal)
	}
}

func (m *maker) add(e event.Event) {
	m.serial++
	e.MessageID = fmt.Sprintf("%08x-0000-4000-8000-%012x", uint32(m.seed), m.rnd.Uint64()>>16)
	e.ReceivedAt = e.At + 500
	m.events = append(m.events, e)
}

// worldOf works out what is true.
func worldOf(events []event.Event) *World {
	slices.SortFunc(events, func(a, b event.Event) int {
		return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.MessageID, b.MessageID))
	})
	w := &World{Events: events}
	same := map[string]string{}
	root := func(id string) string {
		for same[id] != "" && same[id] != id {
			id = same[id]
		}
		return id
	}
	for _, e := range events {
		if e.Kind == event.Identify && e.AnonymousID != "" {
			if a, u := root("a:"+e.AnonymousID), root("u:"+e.UserID); a != u {
				same[a] = u
			}
		}
	}
	current := map[string]*stay{}
	for i, e := range events {
		id := "a:" + e.Visitor
		switch {
		case e.Cookieless:
			id = "d:" + e.Visitor
		case e.AnonymousID == "":
			id = "u:" + e.Visitor
		}
		f := fact{Event: e, Day: dayOf(e.At), Person: root(id)}
		s := current[id]
		if s != nil && e.At-s.End > 30*60_000 {
			s = nil
		}
		if s == nil && (e.Kind == event.Page || e.Kind == event.Screen) {
			s = &stay{First: f, Person: f.Person, Day: f.Day, Start: e.At, Entry: e.Path}
			current[id] = s
			w.visits = append(w.visits, s)
		}
		if s != nil {
			f.Stay = s
			s.End = e.At
			s.Facts = append(s.Facts, i)
			if e.Kind == event.Page || e.Kind == event.Screen {
				s.Exit = e.Path
			}
		}
		w.facts = append(w.facts, f)
	}
	for _, s := range w.visits {
		var views, others, engaged int64
		for _, i := range s.Facts {
			switch f := w.facts[i]; {
			case f.view():
				views++
			case f.Kind != event.Track:
			case f.Name == event.Engagement:
				engaged += f.EngagedMillis
			default:
				others++
			}
		}
		s.Bounce = views == 1 && others == 0 && engaged < 10_000
	}
	return w
}

func (f fact) view() bool { return f.Kind == event.Page || f.Kind == event.Screen }
func (f fact) done() bool { return f.Kind == event.Track && f.Name != event.Engagement }

func (s *stay) traffic() warehouse.Traffic {
	return warehouse.Traffic{Campaign: s.First.Campaign, ClickID: s.First.ClickID, ReferrerHost: s.First.ReferrerHost}
}
