package contact

import (
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/event"
)

// What speaks for a company, and what does not.
func TestGuessCompany(t *testing.T) {
	t.Parallel()
	group := func(properties string) event.Event {
		return event.Event{Kind: event.Group, Properties: []byte(properties)}
	}
	from := func(host string) event.Event {
		return event.Event{Kind: event.Page, Host: "www.example.com", ReferrerHost: host}
	}
	for name, c := range map[string]struct {
		events []event.Event
		want   string // domain or name, "!" where it speaks for itself
	}{
		"nothing":                    {nil, ""},
		"told by the site":           {[]event.Event{group(`{"name":"東海精機"}`)}, "東海精機!"},
		"told with a domain":         {[]event.Event{group(`{"name":"東海精機","domain":"tokai-seiki.co.jp"}`)}, "tokai-seiki.co.jp!"},
		"told with a page":           {[]event.Event{group(`{"company":"東海精機","website":"https://tokai-seiki.co.jp/about"}`)}, "tokai-seiki.co.jp!"},
		"told with both":             {[]event.Event{group(`{"name":"東海精機","company":"東海","domain":"tokai-seiki.co.jp","website":"https://www.tokai.example"}`)}, "tokai-seiki.co.jp!"},
		"told nonsense":              {[]event.Event{group(`[1]`)}, ""},
		"an intranet":                {[]event.Event{from("intra.tokai-seiki.co.jp")}, "tokai-seiki.co.jp!"},
		"web mail of a company":      {[]event.Event{from("webmail.tokai-seiki.co.jp")}, "tokai-seiki.co.jp!"},
		"groupware of a company":     {[]event.Event{from("tokai.cybozu.com")}, "tokai!"},
		"the groupware's own site":   {[]event.Event{from("www.cybozu.com")}, ""},
		"a link from a site":         {[]event.Event{from("www.tokai-seiki.co.jp")}, "tokai-seiki.co.jp"},
		"mail everybody has":         {[]event.Event{from("mail.yahoo.co.jp")}, ""},
		"a search engine":            {[]event.Event{from("www.google.com"), from("search.yahoo.co.jp"), from("l.instagram.com")}, ""},
		"our own site":               {[]event.Event{from("blog.example.com")}, ""},
		"a host that is none":        {[]event.Event{from("localhost"), from("co.jp")}, ""},
		"what is told comes first":   {[]event.Event{from("intra.a.co.jp"), group(`{"name":"B"}`)}, "B! a.co.jp!"},
		"what speaks for itself too": {[]event.Event{from("www.a.co.jp"), from("intra.b.co.jp"), from("intra.b.co.jp")}, "b.co.jp! a.co.jp"},
	} {
		var got []string
		for _, g := range GuessCompany(c.events) {
			text := g.Company.Domain
			if text == "" {
				text = g.Company.Name
			}
			if g.Alone {
				text += "!"
			}
			if g.Why.JA == "" || g.Why.EN == "" || g.Company.ID == "" {
				t.Errorf("%s: %+v", name, g)
			}
			got = append(got, text)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %q, not %q", name, got, c.want)
		}
	}
}
