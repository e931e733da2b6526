package sales

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"strconv"

	"github.com/shirube/shirube/internal/act/form"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/words"
)

var caseTitles = []words.Text{
	words.T("導入事例 製造業220名", "Case: a manufacturer of 220"), words.T("導入事例 介護90名", "Case: a care provider of 90"), words.T("導入事例 物流340名", "Case: a forwarder of 340"),
}

// EventsOf are the events of one person's deeds, in the order they happened. Their ids are
// the same whenever they are made.
func (o *Office) EventsOf(k int, deeds []Deed) []event.Event {
	p := &o.People[k]
	events := make([]event.Event, 0, 2*len(deeds))
	for _, d := range deeds {
		id := p.Visitor + "-" + strconv.FormatInt(int64(d.At)/1000, 36) + "-" + strconv.Itoa(int(d.What))
		one := event.Event{
			MessageID: id, Visitor: p.Visitor, AnonymousID: p.Visitor, At: d.At, ReceivedAt: d.At + 120, Host: host, Language: string(o.Lang),
			Device: "desktop", Browser: "Chrome", OS: "Windows", Library: "shirube.js",
		}
		if p.number%3 == 0 {
			one.Device, one.Browser, one.OS = "mobile", "Safari", "iOS"
		}
		view := func(path string, title words.Text) {
			one.Kind, one.Path, one.Title = event.Page, path, title.In(o.Lang)
		}
		track := func(name, properties string) {
			one.Kind, one.Name, one.Properties = event.Track, name, []byte(properties)
		}
		engaged := 20 + (p.number*37+int(d.At/minute))%70
		switch d.What {
		case Price:
			view(pricePath, words.T("料金", "Price"))
		case Case, CaseRead:
			n := p.number % len(caseTitles)
			view("/case/"+strconv.Itoa(n+1), caseTitles[n])
			if d.What == CaseRead {
				engaged = readSeconds + 60
			}
		case Contact:
			view(contactPath, words.T("お問い合わせ", "Contact"))
		case Video:
			view(videoPath, words.T("採用動画", "Videos for hiring"))
		case Careers:
			view(careersPath, words.T("当社の求人", "Our openings"))
		case Download:
			track(form.Download.Event(), `{"form":"material"}`)
			one.Path = videoPath
		case Inquiry:
			track(form.Inquiry.Event(), string(inquiryOf(routes[0].In(o.Lang))))
			one.Path = contactPath
		case Seminar:
			track(seminarName, `{"seminar":"hiring"}`)
		case Reply:
			track(replyName, `{}`)
		case Meeting:
			track(meetingName, `{"first":true}`)
		}
		if one.Name != "" && one.Path == "" { // told by a program of the office
			one.Host, one.Device, one.Browser, one.OS, one.Library = "", "", "", "", "http"
		}
		if one.Kind == event.Page && (len(events) == 0 || d.At-events[len(events)-1].At > 30*minute) {
			one.ReferrerHost, one.Campaign = cameBy(p.number, d.At)
		}
		events = append(events, one)
		if one.Kind == event.Page {
			seen := one
			seen.MessageID, seen.Kind, seen.Name = id+"-e", event.Track, event.Engagement
			seen.At += event.Millis(engaged) * 1000
			seen.ReceivedAt = seen.At + 120
			seen.ReferrerHost, seen.Campaign = "", event.Campaign{}
			seen.EngagedMillis = int64(engaged) * 1000
			seen.Properties = fmt.Appendf(nil, `{"engaged_ms":%d,"scroll":%d}`, engaged*1000, 40+engaged%60)
			if seen.At <= o.Now {
				events = append(events, seen)
			}
		}
	}
	return events
}

// eventDays is how far back views of pages are told; what was watched is known from the
// beginning, and so is what was sent in: the effect of the automation is counted by it.
const eventDays = 90

// Events are the events of the last weeks, and those of the inquiries its people did not make,
// in the order they happened. They carry no workspace.
func (o *Office) Events(done [][]Deed, table []Inquired) iter.Seq[event.Event] {
	all := o.Earlier(table, done)
	for k := range o.People {
		for _, e := range o.EventsOf(k, done[k]) {
			if e.At > o.Now-eventDays*day || e.Kind == event.Track && e.Name != event.Engagement {
				all = append(all, e)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b event.Event) int { return cmp.Compare(a.At, b.At) })
	return slices.Values(all)
}

// cameBy is how somebody came to the site.
func cameBy(number int, at event.Millis) (string, event.Campaign) {
	switch (number + int(at/day)) % 6 {
	case 0, 1:
		return "www.google.com", event.Campaign{}
	case 2:
		return "l.instagram.com", event.Campaign{Source: "instagram", Medium: "social", Name: "service"}
	case 3:
		return "t.co", event.Campaign{Source: "x", Medium: "social", Name: "service"}
	case 4:
		return "", event.Campaign{Source: "mail", Medium: "email", Name: "newsletter"}
	}
	return "", event.Campaign{}
}
