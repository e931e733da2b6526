package contact

import (
	"cmp"
	"encoding/json"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/publicsuffix"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/event/channel"
	"github.com/shirube/shirube/internal/words"
)

// Guess is a company a visitor without a name may be from, and what speaks for it. It is
// made of what the site was told alone: nobody else is asked, and no address of a network
// is kept to ask about.
type Guess struct {
	Company Company // its Name may be empty
	Why     words.Text
	// Alone says that the clue speaks for itself; else it counts only where the company is
	// known already: a link from its site may have been followed by anybody.
	Alone bool
}

// tenants are services of which every company has a host of its own: the first label is its.
var tenants = setOf(`cybozu.com kintone.com sharepoint.com backlog.com backlog.jp slack.com atlassian.net esa.io docbase.io kibe.la
	qiita.com zendesk.com service-now.com salesforce.com force.com garoon.com desknets.com monday.com notion.site`)

// inner are how hosts that only a company's own people open are called.
var inner = setOf(`intra intranet portal groupware gw garoon mail webmail owa wiki redmine inside internal home-office net-office`)

// GuessCompany is which companies the events of one visitor speak for, the surest first.
func GuessCompany(events []event.Event) []Guess {
	var told, rest []Guess
	add := func(list *[]Guess, g Guess) {
		if g.Company.ID != "" && !slices.ContainsFunc(*list, func(o Guess) bool { return o.Company.ID == g.Company.ID }) {
			*list = append(*list, g)
		}
	}
	for i := range events {
		e := &events[i]
		if e.Kind == event.Group {
			var traits struct{ Name, Company, Domain, Website string }
			_ = json.Unmarshal(e.Properties, &traits) // what is no object says nothing
			name := cmp.Or(strings.TrimSpace(traits.Name), strings.TrimSpace(traits.Company))
			company := CompanyOf("x@"+cmp.Or(hostOf(traits.Domain), hostOf(traits.Website)), name)
			add(&told, Guess{Company: company, Alone: true, Why: words.T("サイトが、この会社の方だと伝えました", "The site said that they belong to it")})
		}
		host := strings.ToLower(e.ReferrerHost)
		if host == "" || FreeMail(host) {
			continue
		}
		own, err := publicsuffix.EffectiveTLDPlusOne(host)
		if err != nil || sameSite(own, e.Host) {
			continue
		}
		if _, everybody := channel.Find(host); everybody && !tenants[own] {
			continue // search engines and the like bring people of every company
		}
		first, _, _ := strings.Cut(host, ".")
		from := words.T("%s から来ました", "They came from %s", host)
		switch {
		case tenants[own] && first != "www" && first != "app" && host != own:
			add(&rest, Guess{Company: Company{ID: companyID("t:" + host), Name: first}, Alone: true, Why: from})
		case !tenants[own]:
			add(&rest, Guess{Company: CompanyOf("x@"+own, ""), Alone: host != own && inner[first], Why: from})
		}
	}
	slices.SortStableFunc(rest, func(a, b Guess) int {
		switch {
		case a.Alone == b.Alone:
			return 0
		case a.Alone:
			return -1
		}
		return 1
	})
	return append(told, rest...)
}

// hostOf is the host of a domain or an address of a page.
func hostOf(text string) string {
	if u, err := url.Parse(text); err == nil && u.Host != "" {
		return strings.ToLower(u.Hostname())
	}
	return strings.ToLower(strings.TrimSpace(text))
}

func sameSite(own, host string) bool {
	other, err := publicsuffix.EffectiveTLDPlusOne(strings.ToLower(host))
	return err == nil && other == own
}
