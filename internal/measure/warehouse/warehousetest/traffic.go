// Package warehousetest holds what every warehouse is held to: the conformance suite, a
// plain model of visits to compare with, and traffic that looks like a company's website.
package warehousetest

import (
	"container/heap"
	"fmt"
	"math/rand/v2"

	"github.com/shirube/shirube/internal/event"
)

// Traffic makes events as a company's website sends them: people who come once and people
// who come back, journeys of a few pages, campaigns, engagement, inquiries. The same seed
// makes the same events. They come in the order of At.
type Traffic struct {
	Workspace event.Workspace
	Key       string
	Seed      uint64
	Start     event.Millis // of the first visit
	PerSecond float64      // events in a second of event time; 50 when 0
	Returning float64      // share of visits by people seen before; 0.4 when 0

	rnd     *rand.Rand
	now     float64 // when the next visit begins, in milliseconds
	between float64 // mean time between the beginnings of visits
	known   []*walker
	due     walks
	newest  uint64
}

// walker is somebody with a browser.
type walker struct {
	anonymous, user       string
	device, browser, os   string
	language, library     string
	cookieless, submitted bool
}

// walk is a visit under way.
type walk struct {
	*walker
	at      float64
	left    int // views to come
	page    int
	way     way
	first   bool
	pending int // 0: a view is next, 1: its engagement, 2: the inquiry, 3: who it is
}

type way struct {
	campaign event.Campaign
	referrer string
	click    string
}

const eventsPerWalk = 5.9 // measured; only used to turn PerSecond into visits

var ways = []way{
	{}, {}, {},
	{referrer: "www.google.com"}, {referrer: "www.google.com"}, {referrer: "search.yahoo.co.jp"},
	{referrer: "www.bing.com"}, {referrer: "t.co"}, {referrer: "note.com"}, {referrer: "chatgpt.com"},
	{referrer: "www.instagram.com", campaign: event.Campaign{Source: "instagram", Medium: "social", Name: "2026秋_導入事例"}},
	{referrer: "t.co", campaign: event.Campaign{Source: "x", Medium: "social", Name: "weekly", Content: "post-118"}},
	{campaign: event.Campaign{Source: "newsletter", Medium: "email", Name: "2026-11", Content: "cta"}},
	{referrer: "www.google.com", click: "gclid", campaign: event.Campaign{Source: "google", Medium: "cpc", Name: "指名", Term: "導 ツール"}},
	{referrer: "search.yahoo.co.jp", click: "yclid", campaign: event.Campaign{Source: "yahoo", Medium: "cpc", Name: "一般"}},
}

var machines = []walker{
	{device: "mobile", browser: "Safari", os: "iOS", language: "ja"},
	{device: "mobile", browser: "Chrome", os: "Android", language: "ja"},
	{device: "desktop", browser: "Chrome", os: "Windows", language: "ja"},
	{device: "desktop", browser: "Edge", os: "Windows", language: "ja"},
	{device: "tablet", browser: "Safari", os: "iPadOS", language: "en"},
}

var pages = func() (all [40]struct{ path, title string }) {
	themes := []string{"導入事例", "料金", "機能", "資料ダウンロード", "会社概要", "ブログ", "採用情報", "お知らせ"}
	folders := []string{"cases", "pricing", "features", "documents", "about", "blog", "careers", "news"}
	for i := range all {
		k := i % len(themes)
		all[i].path = fmt.Sprintf("/%s/%d", folders[k], i/len(themes))
		all[i].title = fmt.Sprintf("%s 第%d回｜株式会社しるべ", themes[k], i/len(themes)+1)
	}
	all[0].path, all[0].title = "/", "株式会社しるべ｜数字で道しるべを"
	all[1].path, all[1].title = "/contact", "お問い合わせ｜株式会社しるべ"
	return all
}()

// Take makes the next n events.
func (t *Traffic) Take(n int) []event.Event {
	t.begin()
	events := make([]event.Event, 0, n)
	for len(events) < n {
		if len(t.due) == 0 || t.now <= t.due[0].at {
			heap.Push(&t.due, t.arrive())
			t.now += t.rnd.ExpFloat64() * t.between
			continue
		}
		w := t.due[0]
		events = append(events, t.step(w))
		if w.left == 0 && w.pending == 0 {
			heap.Pop(&t.due)
		} else {
			heap.Fix(&t.due, 0)
		}
	}
	return events
}

func (t *Traffic) begin() {
	if t.rnd != nil {
		return
	}
	if t.PerSecond == 0 {
		t.PerSecond = 50
	}
	if t.Returning == 0 {
		t.Returning = 0.4
	}
	t.rnd = rand.New(rand.NewPCG(t.Seed, 0x5e1ec7))
	t.now = float64(t.Start)
	t.between = 1000 * eventsPerWalk / t.PerSecond
}

// arrive begins a visit: of somebody new, or of one of the last ten thousand.
func (t *Traffic) arrive() *walk {
	var who *walker
	if len(t.known) > 0 && t.rnd.Float64() < t.Returning {
		who = t.known[t.rnd.IntN(len(t.known))]
	} else {
		machine := machines[t.rnd.IntN(len(machines))]
		who = &machine
		who.library = "shirube.js"
		t.newest++
		if t.rnd.IntN(4) == 0 {
			who.cookieless, who.anonymous = true, fmt.Sprintf("%016x", t.rnd.Uint64())
		} else {
			who.anonymous = t.uuid()
		}
		if len(t.known) < 10_000 {
			t.known = append(t.known, who)
		} else {
			t.known[t.rnd.IntN(len(t.known))] = who
		}
	}
	return &walk{
		walker: who, at: t.now, left: 1 + min(int(t.rnd.ExpFloat64()*2.4), 20),
		page: t.somePage(), way: ways[t.rnd.IntN(len(ways))], first: true,
	}
}

func (t *Traffic) somePage() int {
	return min(int(t.rnd.ExpFloat64()*8), len(pages)-1) // the front page most
}

// step is the next event of a visit; it also says when the one after that is due.
func (t *Traffic) step(w *walk) event.Event {
	page := pages[w.page]
	e := event.Event{
		Workspace: t.Workspace, Key: t.Key, MessageID: t.uuid(),
		Visitor: w.anonymous, Cookieless: w.cookieless, UserID: w.user,
		At: event.Millis(w.at), ReceivedAt: event.Millis(w.at) + 40 + event.Millis(t.rnd.IntN(200)),
		Host: "www.shirube.example", Path: page.path, Title: page.title,
		Device: w.device, Browser: w.browser, OS: w.os, Language: w.language, Library: w.library,
	}
	if !w.cookieless {
		e.AnonymousID = w.anonymous
	}
	switch w.pending {
	case 0:
		e.Kind = event.Page
		if w.first {
			e.ReferrerHost, e.Campaign, e.ClickID, w.first = w.way.referrer, w.way.campaign, w.way.click, false
		}
		w.left--
		w.pending = 1
	case 1:
		e.Kind, e.Name = event.Track, event.Engagement
		e.EngagedMillis = int64(1000 + t.rnd.ExpFloat64()*25_000)
		e.Properties = fmt.Appendf(nil, `{"engaged_ms":%d,"scroll":%d}`, e.EngagedMillis, 10*(1+t.rnd.IntN(10)))
		w.pending = 0
		if page.path == "/contact" && !w.submitted && t.rnd.IntN(3) == 0 {
			w.pending = 2
		}
	case 2:
		e.Kind, e.Name = event.Track, "Inquiry Submitted"
		e.Value, e.Currency = float64(1000*t.rnd.IntN(200)), "JPY"
		e.Properties = fmt.Appendf(nil, `{"plan":"standard","value":%g,"currency":"JPY"}`, e.Value)
		w.submitted = true
		w.pending = 0
		if !w.cookieless {
			w.pending = 3
		}
	case 3:
		w.user = fmt.Sprintf("user-%d@customer.example", t.newest)
		e.Kind, e.UserID = event.Identify, w.user
		e.Properties = []byte(`{"company":"株式会社みちびき","employees":120}`)
		w.pending = 0
	}
	if w.pending == 1 || w.pending >= 2 {
		w.at += 1000 + t.rnd.ExpFloat64()*20_000
	} else {
		w.at += 500 + t.rnd.ExpFloat64()*4_000
		w.page = t.somePage()
	}
	return e
}

// uuid is a random one of version 4.
func (t *Traffic) uuid() string {
	const digits = "0123456789abcdef"
	a, b := t.rnd.Uint64(), t.rnd.Uint64()
	text := make([]byte, 36)
	for i, k := 0, 0; i < 36; i++ {
		if i == 8 || i == 13 || i == 18 || i == 23 {
			text[i] = '-'
			continue
		}
		if k == 16 {
			a = b
		}
		text[i] = digits[a&15]
		a >>= 4
		k++
	}
	text[14] = '4'
	text[19] = digits[8+(text[19]&3)]
	return string(text)
}

// walks is a heap: who is due first.
type walks []*walk

func (w walks) Len() int           { return len(w) }
func (w walks) Less(i, j int) bool { return w[i].at < w[j].at }
func (w walks) Swap(i, j int)      { w[i], w[j] = w[j], w[i] }
func (w *walks) Push(x any)        { *w = append(*w, x.(*walk)) }
func (w *walks) Pop() any {
	old := *w
	last := old[len(old)-1]
	*w = old[:len(old)-1]
	return last
}
