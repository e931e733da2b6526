package event

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

// take writes an item into an event. A code says why it cannot be; keep is false without a
// code for what is right but says nothing (an alias to oneself).
func (d *decoding) take(e *Event, it *item, index int) (code Code, keep bool) {
	if len(it.raw) > MaxEvent {
		return TooLarge, false
	}
	around := d.around
	around.read(it.context)

	e.Workspace, e.Key, e.ReceivedAt = d.request.Workspace, d.request.Key, d.request.ReceivedAt
	if e.Kind = d.request.Kind; e.Kind == 0 || it.kind != "" && d.batch {
		e.Kind = kindOf(text(it.kind))
	}
	if code = named(e, it); code != "" {
		return code, false
	}
	if code = d.who(e, it, &around); code != "" {
		return code, false
	}
	if code = d.when(e, it); code != "" {
		return code, false
	}
	if code = d.what(e, it, &around); code != "" {
		return code, false
	}
	d.where(e, &around)

	if e.MessageID = text(it.message); e.MessageID == "" {
		e.MessageID = messageID(e.Key, it.raw, index, e.ReceivedAt, !isNull(it.timestamp) || !isNull(it.sent))
	}
	if len(e.MessageID) > MaxMessageID {
		return MessageIDTooLong, false
	}
	return "", e.Kind != Alias || e.PreviousID != e.UserID
}

// kindOf reads a type; 0 for one that is not known.
func kindOf(name string) Kind {
	switch name {
	case "track":
		return Track
	case "page":
		return Page
	case "screen":
		return Screen
	case "identify":
		return Identify
	case "group":
		return Group
	case "alias":
		return Alias
	}
	return 0
}

// what reads properties or traits.
func (d *decoding) what(e *Event, it *item, around *surroundings) Code {
	if e.Kind == Identify || e.Kind == Group {
		m, code := readProperties(it.traits)
		e.Properties = m.kept
		return code
	}
	m, code := readProperties(it.properties)
	e.Properties, e.Value, e.Currency = m.kept, m.value, m.currency
	if e.Kind == Track && e.Name == Engagement {
		e.EngagedMillis = m.engaged
	}
	if e.Kind == Page {
		around.page.fill(&m.page)
	}
	return code
}

// where reads the page, the way there and the device.
func (d *decoding) where(e *Event, around *surroundings) {
	around.describe(e, d.request.OwnHosts)
	ua := around.userAgent
	if d.request.Browser {
		if e.Language == "" {
			e.Language = language(d.request.Languages)
		}
		if ua == "" {
			ua = d.request.UserAgent
		}
	}
	around.agent(e, d.agent(ua))
}

// named reads what was done.
func named(e *Event, it *item) Code {
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
func (d *decoding) who(e *Event, it *item, around *surroundings) Code {
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
	if max(len(e.UserID), len(e.AnonymousID), len(e.PreviousID), len(e.GroupID)) > MaxID {
		return IDTooLong
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
func (d *decoding) when(e *Event, it *item) Code {
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
