package event

import "strings"

// surroundings is what context says, of a batch or of one event.
type surroundings struct {
	page      pageContext
	campaign  Campaign
	library   string
	locale    string
	userAgent string
	address   string
	device    string // context.device.type, of applications
	os        string // context.os.name, of applications
	referrer  string
	groupID   string
}

type pageContext struct{ url, path, search, title, referrer string }

// read lays a context over what is already known: the batch's first, then the event's own.
// A part that is there replaces the whole part, as the contract has it.
func (c *surroundings) read(raw string) {
	for name, value := range fields(raw) {
		if isNull(value) {
			continue
		}
		switch name {
		case "page":
			c.page = pageContext{}
			c.page.read(value)
		case "campaign":
			c.campaign = readCampaign(value)
		case "library":
			c.library = member(value, "name")
		case "locale":
			c.locale = text(value)
		case "userAgent":
			c.userAgent = text(value)
		case "ip":
			c.address = text(value)
		case "device":
			c.device = strings.ToLower(member(value, "type"))
		case "os":
			c.os = member(value, "name")
		case "referrer":
			if c.referrer = text(value); isObject(value) {
				c.referrer = member(value, "url")
			}
		case "groupId":
			c.groupID = identity(value)
		}
	}
}

func (p *pageContext) read(raw string) {
	for name, value := range fields(raw) {
		switch name {
		case "url":
			p.url = text(value)
		case "path":
			p.path = text(value)
		case "search":
			p.search = text(value)
		case "title":
			p.title = text(value)
		case "referrer":
			p.referrer = text(value)
		}
	}
}

// fill takes from b what p does not say.
func (p *pageContext) fill(b *pageContext) {
	for _, pair := range [...][2]*string{{&p.url, &b.url}, {&p.path, &b.path}, {&p.search, &b.search}, {&p.title, &b.title}, {&p.referrer, &b.referrer}} {
		if *pair[0] == "" {
			*pair[0] = *pair[1]
		}
	}
}

func readCampaign(raw string) Campaign {
	var c Campaign
	for name, value := range fields(raw) {
		s := cut(text(value), maxTerm)
		switch name {
		case "source":
			c.Source = s
		case "medium":
			c.Medium = s
		case "name":
			c.Name = s
		case "term":
			c.Term = s
		case "content":
			c.Content = s
		}
	}
	return c
}

// member reads one field of an object as text.
func member(raw, wanted string) string {
	for name, value := range fields(raw) {
		if name == wanted {
			return text(value)
		}
	}
	return ""
}

// describe writes what the surroundings say into the event.
func (c *surroundings) describe(e *Event, own []string) {
	address := ParseAddress(c.page.url)
	if address.Host == "" && address.Path == "" {
		address = ParseAddress(c.page.path + prefixed(c.page.search, "?"))
	}
	e.Host, e.Path, e.Query = address.Host, address.Path, address.Query
	e.Title = cut(c.page.title, maxTitle)
	e.Campaign, e.ClickID = address.Campaign, address.ClickID
	e.Campaign.over(c.campaign)
	referrer := c.page.referrer
	if referrer == "" {
		referrer = c.referrer
	}
	if referrer != "" {
		e.ReferrerHost, e.ReferrerPath = Referrer(referrer, e.Host, own)
	}
	e.Library = cut(strings.TrimPrefix(c.library, "@segment/"), maxWord)
	e.Language = language(c.locale)
}

func prefixed(s, prefix string) string {
	if s == "" || strings.HasPrefix(s, prefix) {
		return s
	}
	return prefix + s
}

// language is the first part of a locale or of what a browser prefers: "ja" of "ja-JP",
// of "ja,en;q=0.8".
func language(s string) string {
	end := 0
	for end < len(s) && (s[end]|0x20 >= 'a' && s[end]|0x20 <= 'z') {
		end++
	}
	if end < 2 || end > 3 {
		return ""
	}
	return strings.ToLower(s[:end])
}

// agent takes what an application says of its device over what its user agent does: HTTP
// libraries of applications name nothing.
func (c *surroundings) agent(e *Event, parsed Agent) {
	e.Device, e.Browser, e.OS, e.Bot = parsed.Device, parsed.Browser, parsed.OS, parsed.Bot
	switch c.device {
	case "ios", "android", "mobile", "phone", "smartphone":
		e.Device, e.Bot = "mobile", ""
	case "tablet", "ipad":
		e.Device, e.Bot = "tablet", ""
	case "desktop":
		e.Device = "desktop"
	case "tv":
		e.Device = "tv"
	}
	switch strings.ToLower(c.os) {
	case "":
	case "ios", "iphone os", "ipados":
		e.OS = "iOS"
	case "android":
		e.OS = "Android"
	case "mac os x", "macos", "mac os":
		e.OS = "macOS"
	default:
		e.OS = cut(c.os, maxWord)
	}
}
