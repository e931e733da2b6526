package event

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// Request is what is known of a body beside the body.
type Request struct {
	Workspace  Workspace
	Key        string // id of the write key
	Browser    bool   // a key that stands in pages: the request itself is the visitor's
	Kind       Kind   // of a single event, said by the path; 0: a batch, or each says its type
	ReceivedAt Millis
	Retries    int // how often it was sent before

	// Of a browser's request; none of it is kept as it is.
	Address   string // the visitor's IP address
	UserAgent string
	Languages string // Accept-Language

	Salt     []byte   // today's, for visitors without any id; empty: such events are refused
	OwnHosts []string // hosts that are no referrers, beside the page's own

	Agent func(string) Agent // ParseAgent, perhaps from memory; nil: ParseAgent
}

// Envelope is what a body held.
type Envelope struct {
	WriteKey string // as the body says it; may be empty
	Received int    // events in the body
	Events   []Event
	Refused  []Refusal
	// Silent counts events that are right and say nothing: an alias to oneself, which one
	// SDK sends after every identify.
	Silent int
}

// Accepted is how many events were taken, the silent ones too.
func (e Envelope) Accepted() int { return len(e.Events) + e.Silent }

// decoding is one body on its way.
type decoding struct {
	request Request
	batch   bool
	around  surroundings // of the batch
	sent    Millis

	lastAgent  string
	lastParsed Agent
}

// Body is a body that was found to be JSON, before it is known whose it is.
type Body struct {
	source  string
	top     outer
	items   string
	isBatch bool
}

// Open holds a body to its size and to JSON. It fails with *Unreadable. The Body keeps no
// reference to the bytes.
func Open(body []byte) (*Body, error) {
	source, err := readable8(body)
	if err != nil {
		return nil, err
	}
	b := &Body{source: source}
	b.top, b.items, b.isBatch = open(source)
	return b, nil
}

// WriteKey is the write key a body names; "" for none. A batch may name it in its events
// only, as the browser's SDK does.
func (b *Body) WriteKey() string {
	if key := text(b.top.writeKey); key != "" {
		return key
	}
	for raw := range elements(b.items) {
		return member(raw, "writeKey")
	}
	return ""
}

// Decode reads a body: one event, a batch, or a list of events, whatever the path said. It
// fails (with *Unreadable) only when nothing can be read; a single bad event is refused by
// itself, because the SDKs throw a whole batch away when it is answered with 400.
//
// Events keep no reference to body.
func Decode(body []byte, request Request) (Envelope, error) {
	b, err := Open(body)
	if err != nil {
		return Envelope{}, err
	}
	return b.Decode(request)
}

// Decode reads the events of a body.
func (b *Body) Decode(request Request) (Envelope, error) {
	envelope := Envelope{WriteKey: b.WriteKey()}
	d := decoding{request: request, batch: b.isBatch}
	d.sent, _ = moment(b.top.sent)
	if !b.isBatch {
		if !isObject(b.source) {
			return envelope, unreadable(NoBatch)
		}
		d.one(&envelope, b.source, 0)
		return envelope, nil
	}
	if b.items == "" || b.items[0] != '[' {
		return envelope, unreadable(NoBatch)
	}
	d.around.read(b.top.context)
	envelope.Events = make([]Event, 0, min(len(b.items)/300+1, MaxBatch))
	index := 0
	for raw := range elements(b.items) {
		d.one(&envelope, raw, index)
		index++
	}
	return envelope, nil
}

// readable8 holds a body to its size and to JSON, and mends broken UTF-8.
func readable8(body []byte) (string, error) {
	if len(body) > MaxBody {
		return "", unreadable(BodyTooLarge)
	}
	body = bytes.TrimSpace(bytes.TrimPrefix(body, []byte("\uFEFF")))
	if !utf8.Valid(body) {
		body = bytes.ToValidUTF8(body, []byte("\uFFFD"))
	}
	if !valid(body) {
		return "", unreadable(NotJSON)
	}
	return string(body), nil
}

// outer are the fields of a body around its events.
type outer struct{ writeKey, sent, context string }

func open(source string) (top outer, items string, isBatch bool) {
	if source[0] == '[' {
		return top, source, true
	}
	for name, value := range fields(source) {
		switch name {
		case "writeKey":
			top.writeKey = value
		case "sentAt":
			top.sent = value
		case "context":
			top.context = value
		case "batch":
			items, isBatch = value, true
		}
	}
	return top, items, isBatch
}

// one takes or refuses one event.
func (d *decoding) one(envelope *Envelope, raw string, index int) {
	envelope.Received++
	switch {
	case index >= MaxBatch:
		d.refuse(envelope, item{}, index, TooMany)
	case !isObject(raw):
		d.refuse(envelope, item{}, index, NotAnObject)
	default:
		it := readItem(raw)
		last := len(envelope.Events)
		envelope.Events = append(envelope.Events, Event{})
		code, keep := d.take(&envelope.Events[last], &it, index)
		if code != "" {
			d.refuse(envelope, it, index, code)
		} else if !keep {
			envelope.Silent++
		}
		if !keep {
			envelope.Events = envelope.Events[:last]
		}
	}
}

func (d *decoding) refuse(envelope *Envelope, it item, index int, code Code) {
	envelope.Refused = append(envelope.Refused, Refusal{
		Index:     index,
		MessageID: strings.Clone(cut(text(it.message), MaxMessageID)),
		Name:      strings.Clone(cut(text(it.name), MaxName)),
		Code:      code,
		Reason:    Reason(code),
	})
}

// agent classes a user agent; the events of a batch mostly share theirs.
func (d *decoding) agent(ua string) Agent {
	if ua != d.lastAgent {
		parse := d.request.Agent
		if parse == nil {
			parse = ParseAgent
		}
		d.lastAgent, d.lastParsed = ua, parse(ua)
	}
	return d.lastParsed
}
