package demo

import (
	"fmt"
	"iter"
	"sort"
	"time"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/template"
	"github.com/shirube/shirube/internal/template/sample"
	"github.com/shirube/shirube/internal/words"
)

// VisitedSlug is the workspace whose visits are made up.
const VisitedSlug = "hinata"

// ActedSlug is the workspace whose people are made up, in the room sales.
const ActedSlug = "hinata-sales"

// visitDays is how far back single visits are made up: a report of 28 days and the one it
// is compared with.
const visitDays = 60

// Visits are the events behind the web numbers of ひなたワークス up to now: on every
// complete day as many visits from social media, staff page views, opened and finished
// entry forms by device as its table of web analytics says. Beside them stand visits from
// elsewhere, which that table leaves out. The events carry no workspace.
func Visits(now time.Time, lang words.Lang) iter.Seq[event.Event] {
	return func(yield func(event.Event) bool) {
		today := series.DayOf(now.In(template.Zone))
		c := newCompany(today, seed)
		site := newSite(c, lang)
		for i := max(c.days-visitDays, 0); i < c.days; i++ {
			if c.truth.Outage.Contains(c.day(i)) {
				continue
			}
			for _, e := range site.day(i, c.day(i)) {
				if !yield(e) {
					return
				}
			}
		}
		// This morning goes on as yesterday did.
		for _, e := range site.day(c.days-1, today) {
			if e.At > event.Millis(now.UnixMilli()) {
				return
			}
			if !yield(e) {
				return
			}
		}
	}
}

// page is a page of the careers site.
type page struct {
	path  string
	title words.Text
}

var (
	topPage    = page{"/", words.T("採用トップ", "Careers")}
	staffPage  = page{"/staff/", words.T("社員を知る", "Our people")}
	jobPages   = []page{{"/jobs/", words.T("募集職種", "Openings")}, {"/jobs/sales", words.T("営業の募集", "Sales")}, {"/jobs/support", words.T("カスタマーサポートの募集", "Support")}, {"/jobs/engineer", words.T("エンジニアの募集", "Engineering")}}
	otherPages = []page{{"/business/", words.T("仕事を知る", "What we do")}, {"/interview/", words.T("面接について", "Interviews")}, {"/faq/", words.T("よくある質問", "Questions")}, {"/company/", words.T("会社について", "About us")}}
	formPage   = page{"/entry/", words.T("エントリーフォーム", "Entry form")}
	thanksPage = page{"/entry/thanks", words.T("エントリーありがとうございます", "Thank you for your entry")}
)

// Names of events of the demo.
const entryCompleted = "Entry Completed"

// way is a way onto the site.
type way struct {
	weight       float64
	campaign     event.Campaign
	referrerHost string
}

var socialWays = []way{
	{5, event.Campaign{Source: "instagram", Medium: "social", Name: "recruit"}, "l.instagram.com"},
	{3, event.Campaign{Source: "x", Medium: "social", Name: "recruit"}, "t.co"},
	{2, event.Campaign{Source: "tiktok", Medium: "social", Name: "recruit"}, "www.tiktok.com"},
}

var otherWays = []way{
	{4, event.Campaign{}, "www.google.com"}, {2.5, event.Campaign{}, "search.yahoo.co.jp"}, {3, event.Campaign{}, ""},
	{1.6, event.Campaign{Source: "jobsite", Medium: "referral"}, "jobs.example.jp"}, {.5, event.Campaign{Source: "google", Medium: "cpc", Name: "指名検索"}, "www.google.com"},
	{.5, event.Campaign{Source: "mail", Medium: "email", Name: "説明会のお礼"}, ""}, {.4, event.Campaign{}, "note.com"}, {.25, event.Campaign{}, "chatgpt.com"},
}

var kinds = [...]struct{ device, browser, os string }{
	mobile: {"mobile", "Safari", "iOS"}, desktop: {"desktop", "Chrome", "Windows"}, tablet: {"tablet", "Safari", "iPadOS"},
}

// hours is when people come, by the hour of the day.
var hours = []float64{2, 1, 1, 1, 1, 1, 2, 5, 6, 4, 4, 5, 9, 6, 4, 4, 4, 6, 8, 9, 11, 12, 9, 5}

// site makes visits.
type site struct {
	c      *company
	lang   words.Lang
	s      *sample.Stream
	known  [2][len(devices)][]string // who came lately, from social media and from elsewhere
	people int
	events int
}

func newSite(c *company, lang words.Lang) *site {
	return &site{c: c, lang: lang, s: c.stream("visits")}
}

// visit is one visit on its way: its views, and whether it comes to the form and beyond.
type visit struct {
	visitor       string
	device        int
	way           way
	at            time.Time
	staff         int
	form, entered bool
}

// day is the events of one day, in the order they happened.
func (w *site) day(i int, d series.Day) []event.Event {
	var visits []*visit
	for dev := range devices {
		social := w.arrive(w.c.sessions[dev][i], dev, d, socialWays, 0, i)
		// What the table counts happens in some of these visits.
		for range w.c.staff[dev][i] {
			if len(social) > 0 {
				social[w.s.Whole(len(social))].staff++
			}
		}
		forms := w.c.forms[dev][i]
		for k, n := range w.shuffled(len(social)) {
			social[n].form = k < forms
			social[n].entered = k < w.c.entry[dev][i]
		}
		other := w.arrive(w.s.Of(w.c.sessions[dev][i]+8, .62), dev, d, otherWays, 1, i)
		for _, v := range other {
			v.staff = w.s.Poisson(.25)
			v.form = w.s.Chance(.055)
			v.entered = v.form && w.s.Chance(.18)
		}
		visits = append(append(visits, social...), other...)
	}
	var events []event.Event
	for _, v := range visits {
		events = append(events, w.walk(v)...)
	}
	sort.SliceStable(events, func(a, b int) bool { return events[a].At < events[b].At })
	return events
}

// arrive makes n visits of a day.
func (w *site) arrive(n, device int, d series.Day, ways []way, group, i int) []*visit {
	year, month, date := d.Civil()
	out := make([]*visit, n)
	weights := make([]float64, len(ways))
	for k := range ways {
		weights[k] = ways[k].weight
	}
	for k := range out {
		v := &visit{device: device, way: ways[w.s.Pick(weights...)]}
		if v.way.campaign.Medium == "social" {
			v.way.campaign.Content = postCode(v.way.campaign.Source, leadingDay(max(i-w.s.Whole(5), 0)))
		}
		known := w.known[group][device]
		if len(known) > 30 && w.s.Chance(.27) {
			v.visitor = known[w.s.Whole(len(known))]
		} else {
			w.people++
			v.visitor = fmt.Sprintf("v%06d", w.people)
			w.known[group][device] = append(known, v.visitor)
		}
		if drop := len(w.known[group][device]) - 4000; drop > 0 {
			w.known[group][device] = w.known[group][device][drop:]
		}
		v.at = time.Date(year, month, date, w.s.Pick(hours...), w.s.Whole(60), w.s.Whole(60), w.s.Whole(1000)*int(time.Millisecond), template.Zone)
		out[k] = v
	}
	return out
}

// shuffled is 0..n-1 in an order by chance.
func (w *site) shuffled(n int) []int {
	order := make([]int, n)
	for k := range order {
		order[k] = k
	}
	for k := n - 1; k > 0; k-- {
		j := w.s.Whole(k + 1)
		order[k], order[j] = order[j], order[k]
	}
	return order
}

// walk is the events of one visit.
func (w *site) walk(v *visit) []event.Event {
	var list []event.Event
	at := v.at
	view := func(p page) {
		e := w.event(v, at, event.Page, "", p)
		if len(list) == 0 {
			e.Campaign, e.ReferrerHost = v.way.campaign, v.way.referrerHost
		}
		list = append(list, e)
		stay := time.Duration(8+w.s.Poisson(28)) * time.Second
		if w.s.Chance(.75) {
			seen := w.event(v, at.Add(stay), event.Track, event.Engagement, p)
			seen.EngagedMillis = (stay * 8 / 10).Milliseconds()
			seen.Properties = fmt.Appendf(nil, `{"engaged_ms":%d,"scroll":%d}`, seen.EngagedMillis, 30+w.s.Whole(71))
			list = append(list, seen)
		}
		at = at.Add(stay + time.Duration(w.s.Whole(4000))*time.Millisecond)
	}
	first := []page{topPage, otherPages[0], jobPages[0]}[w.s.Pick(5, 3, 2)]
	view(first)
	for range v.staff {
		view(staffPage)
	}
	if w.s.Chance(.45) {
		view(jobPages[w.s.Pick(4, 3, 2, 2)])
	}
	if w.s.Chance(.2) {
		view(otherPages[w.s.Pick(3, 3, 2, 2)])
	}
	if !v.form {
		return list
	}
	view(formPage)
	if v.entered {
		done := w.event(v, at, event.Track, entryCompleted, formPage)
		done.Properties = []byte(`{"form":"entry"}`)
		list = append(list, done)
		view(thanksPage)
	}
	return list
}

func (w *site) event(v *visit, at time.Time, kind event.Kind, name string, p page) event.Event {
	w.events++
	k := kinds[v.device]
	return event.Event{
		MessageID: fmt.Sprintf("demo-%d", w.events), Kind: kind, Name: name, Visitor: v.visitor, AnonymousID: v.visitor,
		At: event.Millis(at.UnixMilli()), ReceivedAt: event.Millis(at.UnixMilli() + 120),
		Host: "careers.hinata.example", Path: p.path, Title: p.title.In(w.lang),
		Device: k.device, Browser: k.browser, OS: k.os, Language: string(w.lang), Library: "shirube.js",
	}
}
