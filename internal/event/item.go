package event

import "strings"

// item is one event as it stands in the body: the fields the contract knows, as written.
type item struct {
	raw                                       string
	kind, name, category, message             string
	user, anonymous, previous, group          string
	timestamp, sent, properties, traits, page string
	context                                   string
}

func readItem(raw string) item {
	it := item{raw: raw}
	for name, value := range fields(raw) {
		switch name {
		case "type":
			it.kind = value
		case "event":
			it.name = value
		case "name":
			it.page = value
		case "category":
			it.category = value
		case "messageId":
			it.message = value
		case "userId":
			it.user = value
		case "anonymousId":
			it.anonymous = value
		case "previousId":
			it.previous = value
		case "groupId":
			it.group = value
		case "timestamp":
			it.timestamp = value
		case "originalTimestamp":
			if it.timestamp == "" {
				it.timestamp = value
			}
		case "sentAt":
			it.sent = value
		case "properties":
			it.properties = value
		case "traits":
			it.traits = value
		case "context":
			it.context = value
		}
	}
	return it
}

var kinds = map[string]Kind{
	"track": Track, "page": Page, "screen": Screen, "identify": Identify, "group": Group, "alias": Alias,
}

// take makes an event of an item. A code says why there is none; keep is false without a
// code for what is right but says nothing (an alias to oneself).
func (d *decoding) take(it item, index int) (e Event, code Code, keep bool) {
	if len(it.raw) > MaxEvent {
		return e, TooLarge, false
	}
	around := d.around
	around.read(it.context)

	e.Workspace, e.Key, e.ReceivedAt = d.request.Workspace, d.request.Key, d.request.ReceivedAt
	if e.Kind = d.request.Kind; e.Kind == 0 || it.kind != "" && d.batch {
		e.Kind = kinds[strings.ToLower(text(it.kind))]
	}
	for _, step := range []func(*Event, item, *surroundings) Code{d.named, d.who, d.when} {
		if code = step(&e, it, &around); code != "" {
			return e, code, false
		}
	}
	body := it.properties
	if e.Kind == Identify || e.Kind == Group {
		body = it.traits
	}
	m, code := readProperties(body)
	if code != "" {
		return e, code, false
	}
	e.Properties, e.Value, e.Currency = m.kept, m.value, m.currency
	if e.Kind == Identify || e.Kind == Group {
		e.Value, e.Currency = 0, ""
	}
	if e.Kind == Track && e.Name == Engagement {
		e.EngagedMillis = m.engaged
	}
	if e.Kind == Page {
		around.page.fill(m.page)
	}
	around.describe(&e, d.request.OwnHosts)
	if e.Language == "" && d.request.Browser {
		e.Language = language(d.request.Languages)
	}
	ua := around.userAgent
	if ua == "" && d.request.Browser {
		ua = d.request.UserAgent
	}
	around.agent(&e, d.agent(ua))

	if e.MessageID = text(it.message); e.MessageID == "" {
		e.MessageID = messageID(e.Key, it.raw, index, e.ReceivedAt, !isNull(it.timestamp) || !isNull(it.sent))
	}
	if len(e.MessageID) > MaxMessageID {
		return e, MessageIDTooLong, false
	}
	return e, "", e.Kind != Alias || e.PreviousID != e.UserID
}

// named reads what was done.
func (d *decoding) named(e *Event, it item, _ *surroundings) Code {
	switch e.Kind {
	case Track:
		if e.Name = text(it.name); e.Name == "" {
			return NoEventName
		}
	case Page, Screen:
		if e.Name = text(it.page); e.Name == "" && e.Kind == Screen {
			e.Name = text(it.name)
		}
		e.Category = text(it.category)
	case Identify, Group, Alias:
	default:
		return UnknownType
	}
	if len(e.Name) > MaxName || len(e.Category) > MaxName {
		return NameTooLong
	}
	return ""
}

// who reads whose event it is.
func (d *decoding) who(e *Event, it item, around *surroundings) Code {
	e.UserID, e.AnonymousID = identity(it.user), identity(it.anonymous)
	if e.Kind == Alias {
		if e.PreviousID = identity(it.previous); e.PreviousID == "" || e.UserID == "" {
			return NoPrevious
		}
	}
	if e.GroupID = identity(it.group); e.GroupID == "" {
		if e.Kind == Group {
			return NoGroup
		}
		e.GroupID = around.groupID
	}
	for _, id := range []string{e.UserID, e.AnonymousID, e.PreviousID, e.GroupID} {
		if len(id) > MaxID {
			return IDTooLong
		}
	}
	switch {
	case e.AnonymousID != "":
		e.Visitor = e.AnonymousID
	case e.UserID != "":
		e.Visitor = e.UserID
	default:
		e.Visitor, e.Cookieless = d.cookieless(around), true
		if e.Visitor == "" {
			return NobodyNamed
		}
	}
	return ""
}

// cookieless names a visitor who has no id. In a browser the request itself tells one from
// another; a server may pass on the address and the user agent of whom it serves, but must
// not lend everybody its own.
func (d *decoding) cookieless(around *surroundings) string {
	address, ua := around.address, around.userAgent
	if d.request.Browser {
		address = d.request.Address
		if ua == "" {
			ua = d.request.UserAgent
		}
	}
	if len(d.request.Salt) == 0 || address == "" || ua == "" {
		return ""
	}
	return CookielessVisitor(d.request.Salt, d.request.Workspace, address, ua)
}

// when reads when it happened.
func (d *decoding) when(e *Event, it item, _ *surroundings) Code {
	e.At = e.ReceivedAt
	if isNull(it.timestamp) || it.timestamp == `""` {
		return ""
	}
	stamped, ok := moment(it.timestamp)
	if !ok {
		return BadMoment
	}
	sent := d.sent
	if own, ok := moment(it.sent); ok {
		sent = own
	}
	if e.At = happened(stamped, sent, e.ReceivedAt, d.request.Retries > 0); e.At < oldestMoment {
		return MomentTooOld
	}
	return ""
}
