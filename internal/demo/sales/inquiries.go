package sales

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shirube/shirube/internal/act/form"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/template"
	"github.com/shirube/shirube/internal/words"
)

// routeKey is the question of the form of inquiries that asks how somebody found the office.
const routeKey = "route"

// routes are its answers; the KPI of the map counts the first.
var routes = []words.Text{words.T("SNS", "Social media"), words.T("検索", "Search"), words.T("紹介", "Referral")}

// Inquired is one inquiry of the table the office kept before: its day, and its answer to how
// they found the office.
type Inquired struct {
	Day   series.Day
	Route string
}

// FirstHand is the office's files with its inquiries counted by its own form instead of by a
// table, so that it is known of everybody whether they inquired; and what the table told.
func FirstHand(files []template.File, lang words.Lang) (rest []template.File, table []Inquired, err error) {
	for _, f := range files {
		switch f.Name {
		case "inquiries.csv":
			if table, err = readInquiries(f.Data); err != nil {
				return nil, nil, err
			}
			continue
		case template.ModelFile:
			if f.Data, err = countedByForm(f.Data, lang); err != nil {
				return nil, nil, err
			}
		}
		rest = append(rest, f)
	}
	return rest, table, nil
}

// readInquiries reads the table of inquiries, a row each: day, route and company.
func readInquiries(table []byte) ([]Inquired, error) {
	rows, err := csv.NewReader(bytes.NewReader(table)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read the table of inquiries: %w", err)
	}
	var list []Inquired
	for _, row := range rows[min(1, len(rows)):] {
		d, err := series.ParseDay(strings.ReplaceAll(row[0], "/", "-"))
		if err != nil {
			return nil, fmt.Errorf("read the table of inquiries: %w", err)
		}
		list = append(list, Inquired{d, row[1]})
	}
	return list, nil
}

// countedByForm is a model whose source of inquiries counts the events of the form.
func countedByForm(model []byte, lang words.Lang) ([]byte, error) {
	head := []byte("\n  inquiries:\n")
	from := bytes.Index(model, head)
	if from < 0 {
		return nil, fmt.Errorf("find the source of inquiries in the model: it has none")
	}
	to := from + len(head)
	for to < len(model) && bytes.HasPrefix(model[to:], []byte("    ")) {
		to += bytes.IndexByte(model[to:], '\n') + 1
	}
	source := fmt.Sprintf(`    events:                       # %s
      consultations: {event: %s, where: {%s: %s}}
    gaps: zero
`, words.T("サイトの問い合わせフォームから届いた数", "what came by the form of the site").In(lang), form.Inquiry.Event(), routeKey, routes[0].In(lang))
	return bytes.Join([][]byte{model[:from], head, []byte(source), model[to:]}, nil), nil
}

// Earlier are the events of the inquiries in the office's table that none of its people made.
// Each of those its people made stands for the next one in the table that came the same way,
// so that in all as many came as the table tells.
func (o *Office) Earlier(table []Inquired, done [][]Deed) []event.Event {
	social := routes[0].In(o.Lang)
	var made []series.Day
	for _, deeds := range done {
		for _, d := range deeds {
			if d.What == Inquiry {
				made = append(made, series.DayOf(time.UnixMilli(int64(d.At)).In(zone)))
			}
		}
	}
	slices.Sort(made)
	var events []event.Event
	for n, one := range table {
		if one.Route == social && len(made) > 0 && made[0] <= one.Day {
			made = made[1:]
			continue
		}
		events = append(events, o.inquiredOnce(n, one)...)
	}
	return events
}

// inquiredOnce is what somebody without a name did: they opened the page and sent the form in.
func (o *Office) inquiredOnce(n int, one Inquired) []event.Event {
	year, month, date := one.Day.Civil()
	at := event.Millis(time.Date(year, month, date, 9, n*7919%(9*60), 0, 0, zone).UnixMilli())
	visitor := fmt.Sprintf("q%05d", n+1)
	sent := event.Event{
		MessageID: visitor + "-sent", Visitor: visitor, AnonymousID: visitor, At: at, ReceivedAt: at + 120, Host: host, Path: contactPath, Language: string(o.Lang),
		Device: "desktop", Browser: "Chrome", OS: "Windows", Library: "shirube.js",
		Kind: event.Track, Name: form.Inquiry.Event(), Properties: inquiryOf(one.Route),
	}
	if n%3 == 0 {
		sent.Device, sent.Browser, sent.OS = "mobile", "Safari", "iOS"
	}
	if at <= o.Now-eventDays*day {
		return []event.Event{sent}
	}
	view := sent
	view.MessageID, view.Kind, view.Name, view.Properties = visitor+"-view", event.Page, "", nil
	view.Title = words.T("お問い合わせ", "Contact").In(o.Lang)
	view.At, view.ReceivedAt = at-4*minute, at-4*minute+120
	switch one.Route {
	case routes[0].In(o.Lang):
		view.ReferrerHost, view.Campaign = "l.instagram.com", event.Campaign{Source: "instagram", Medium: "social", Name: "service"}
	case routes[1].In(o.Lang):
		view.ReferrerHost = "www.google.com"
	}
	return []event.Event{view, sent}
}

// inquiryOf is what the event of an inquiry carries.
func inquiryOf(route string) []byte {
	return []byte(`{"form":"inquiry",` + strconv.Quote(routeKey) + `:` + strconv.Quote(route) + `}`)
}
