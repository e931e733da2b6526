package sales

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/template/sample"
	"github.com/shirube/shirube/internal/words"
)

// On makes the office up as it stands at a moment.
func On(now time.Time, lang words.Lang) *Office {
	m := &maker{lang: lang, now: event.Millis(now.UnixMilli()), today: series.DayOf(now.In(zone)), s: sample.NewStream(seed, "office"), addresses: map[string]bool{}}
	m.start = m.today - RunningDays
	for k := range Entered {
		m.enter(k)
	}
	for range Browsers {
		m.browse()
	}
	m.settle()
	return &Office{Now: m.now, Lang: lang, People: m.people}
}

type maker struct {
	lang         words.Lang
	now          event.Millis
	today, start series.Day
	s            *sample.Stream
	people       []Person
	addresses    map[string]bool
}

func (m *maker) in(list []words.Text) (int, string) {
	k := m.s.Whole(len(list))
	return k, list[k].In(m.lang)
}

// somebody is a person who has done nothing yet.
func (m *maker) somebody() *Person {
	number := len(m.people) + 1
	p := Person{number: number, Visitor: fmt.Sprintf("s%05d", number), asks: m.s.Uniform()}
	family, _ := m.in(families)
	given, _ := m.in(givens)
	place, _ := m.in(places)
	trade, _ := m.in(trades)
	p.Name = words.T("%[1]s %[2]s", "%[2]s %[1]s", families[family], givens[given]).In(m.lang)
	p.Company = words.T("%[1]s%[2]s", "%[1]s %[2]s", places[place], trades[trade]).In(m.lang)
	domain := strings.ToLower(places[place].EN) + "-" + tradesInAddresses[trade] + ".example"
	p.Employees = []int{12, 18, 35, 60, 90, 140, 220, 340, 600, 1200}[(place*7+trade*3)%10]
	p.Prefecture = prefectures[(place+trade)%len(prefectures)].In(m.lang)
	department := m.s.Pick(4, 3, 2, 1.2, 1)
	p.Department = departments[department].In(m.lang)
	p.Title = titles[m.s.Pick(5, 3, 3, 2)].In(m.lang)
	p.Address = m.address(strings.ToLower(givens[given].EN), strings.ToLower(families[family].EN), domain)
	p.Phone = fmt.Sprintf("0%d0-0000-%04d", 5+number%4, number)
	p.Owner = owners[number%len(owners)].In(m.lang)
	p.Basis, p.Told = contact.Agreed, ByDownload
	switch m.s.Pick(60, 22, 12, 6) {
	case 1:
		p.Told = ByNewsletter
	case 2:
		p.Basis, p.Told = contact.OnPaper, ByCard
	case 3:
		p.Basis, p.Told = contact.Dealing, ByDealings
	}
	m.people = append(m.people, p)
	return &m.people[len(m.people)-1]
}

// address is one that nobody else has.
func (m *maker) address(given, family, domain string) string {
	name := given + "." + family
	for n := 2; m.addresses[name+"@"+domain]; n++ {
		name = fmt.Sprintf("%s.%s%d", given, family, n)
	}
	m.addresses[name+"@"+domain] = true
	return name + "@" + domain
}

// at is a moment of a day, in the hours people work.
func (m *maker) at(d series.Day, hours ...int) event.Millis {
	from, to := 9, 19
	if len(hours) == 2 {
		from, to = hours[0], hours[1]
	}
	year, month, date := d.Civil()
	begin := time.Date(year, month, date, from, 0, 0, 0, zone).UnixMilli()
	return event.Millis(begin + int64(m.s.Uniform()*float64(to-from)*float64(hour)))
}

// workday moves most of what would fall on a weekend to the Monday after.
func (m *maker) workday(d series.Day) series.Day {
	weekday := d.Weekday()
	if (weekday == time.Saturday || weekday == time.Sunday) && m.s.Chance(.75) {
		d += series.Day((8 - int(weekday)) % 7)
	}
	return min(d, m.today-1)
}

// enter is somebody who looked at the price three times within a week, and so came into
// the automation.
func (m *maker) enter(k int) {
	p := m.somebody()
	entry := m.workday(m.start + series.Day(float64(k)/Entered*RunningDays))
	p.EnteredAt = m.at(entry)
	first := p.EnteredAt - event.Millis(1+m.s.Whole(5))*day - event.Millis(m.s.Whole(180))*minute
	p.KnownAt = first - event.Millis(m.s.Whole(40))*day - hour
	p.did(first, Price)
	p.did(first+event.Millis(m.s.Uniform()*float64(p.EnteredAt-first-hour)), Price)
	p.did(p.EnteredAt, Price)
	if m.s.Chance(.4) {
		p.did(first+2*minute, Case)
	}
	if m.s.Chance(.12) {
		p.did(p.EnteredAt+3*minute, Case)
	}
	if m.s.Chance(.2) {
		p.did(p.KnownAt+10*minute, Video)
	}
	if m.s.Chance(.05) {
		p.did(first-2*day, Careers)
	}
	if k%15 == 7 && m.today-entry > 2 && m.hot() < OlderLeads-yesterdays {
		m.heat(p, p.EnteredAt+event.Millis(4+m.s.Whole(30))*hour)
	}
}

// yesterdays are leads of yesterday that somebody has spoken with already.
const yesterdays = 4

func (m *maker) hot() int {
	n := 0
	for k := range m.people {
		if m.people[k].HotAt > 0 {
			n++
		}
	}
	return n
}

// heat lets somebody do so much that sales is told, at a moment.
func (m *maker) heat(p *Person, at event.Millis) {
	at = min(at, event.Millis(m.now)-30*hour)
	for k := range m.s.Whole(3) {
		p.did(at-event.Millis(6+5*k)*hour, Price)
	}
	p.did(at-4*hour, Download)
	// Most have just come across the line; few are far above it.
	careful := slices.ContainsFunc(p.Deeds, func(d Deed) bool { return d.What == Careers }) // loses points for it
	if m.s.Chance(.25) || careful {
		p.did(at-3*hour-event.Millis(m.s.Whole(50))*minute, Contact)
	}
	if m.s.Chance(.3) || careful {
		p.did(at-2*hour, CaseRead)
	}
	if m.s.Chance(.12) {
		p.did(at-2*day, Seminar)
	}
	p.did(at-hour, Contact)
	p.did(at, Price)
	p.HotAt = at
}

// browse is somebody who only looks around.
func (m *maker) browse() {
	p := m.somebody()
	first := m.at(m.workday(m.start + series.Day(m.s.Whole(RunningDays))))
	p.KnownAt = first - hour
	for range m.s.Whole(3) {
		p.did(first+event.Millis(m.s.Whole(20*24))*hour, Price)
	}
	for range m.s.Poisson(.6) {
		p.did(first+event.Millis(m.s.Whole(15*24))*hour, Case)
	}
	p.did(first, Video)
	if m.s.Chance(.1) {
		p.did(first+5*minute, Careers)
	}
}

func (p *Person) did(at event.Millis, what What) { p.Deeds = append(p.Deeds, Deed{at, what}) }

// settle adds today's people, sorts what was done and drops what has not happened yet.
func (m *maker) settle() {
	m.leads()
	for k := range m.people {
		p := &m.people[k]
		p.meets = m.s.Chance(.35)
		p.Deeds = slices.DeleteFunc(p.Deeds, func(d Deed) bool { return d.At > m.now })
		slices.SortStableFunc(p.Deeds, func(a, b Deed) int { return int(a.At - b.At) })
		p.Deeds = slices.Compact(p.Deeds)
		if len(p.Deeds) > 0 {
			p.KnownAt = min(p.KnownAt, p.Deeds[0].At-minute)
		}
		p.Tags = tagsOf(p, m.lang)
	}
}

func tagsOf(p *Person, lang words.Lang) []string {
	var tags []string
	if p.Told == ByDealings {
		tags = append(tags, words.T("お客さま", "customer").In(lang))
	}
	if p.Told == ByCard {
		tags = append(tags, words.T("名刺交換", "met in person").In(lang))
	}
	if p.number%23 == 0 {
		tags = append(tags, words.T("展示会2026春", "fair spring 2026").In(lang))
	}
	return tags
}
