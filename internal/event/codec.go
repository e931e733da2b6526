package event

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
	"slices"
)

// ErrCorrupt is what DecodeBatch answers to bytes that Encode did not write, or that
// changed since.
var ErrCorrupt = errors.New("the batch of events is corrupt")

// The binary form of a batch: version, checksum of all that follows, number of events, then
// the events. Numbers are varints, moments are written as distances to the one before.
// Strings that repeat within a batch (hosts, paths, names of events, ids) are written once
// and referred to by number, so that a batch is small before it is even compressed.
//
// The version is the first byte. A change of the form needs a new one, and DecodeBatch must
// go on reading the old: batches outlive an upgrade.
const codecVersion = 1

const codecHeader = 1 + 4

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Encode writes events as one batch.
func Encode(events []Event) []byte {
	return AppendEncode(make([]byte, 0, 64+256*len(events)), events)
}

// AppendEncode appends the batch that Encode makes.
func AppendEncode(dst []byte, events []Event) []byte {
	var encoder Encoder
	return encoder.Append(dst, events)
}

// Encoder writes batches and keeps what it needs for that from one to the next. The zero
// Encoder is ready. It is for one goroutine.
type Encoder struct{ seen map[string]uint64 }

// mostKept bounds the table an Encoder keeps.
const mostKept = 50_000

// Append appends one batch of all events of the groups, in their order. What Encode makes
// of them together is the same.
func (c *Encoder) Append(dst []byte, groups ...[]Event) []byte {
	count := 0
	for _, events := range groups {
		count += len(events)
	}
	if c.seen == nil {
		c.seen = make(map[string]uint64, 16+4*min(count, 1000))
	}
	start := len(dst)
	w := batchWriter{out: append(dst, codecVersion, 0, 0, 0, 0), seen: c.seen}
	w.number(uint64(count))
	for _, events := range groups {
		for i := range events {
			w.event(&events[i])
		}
	}
	if len(c.seen) > mostKept {
		c.seen = nil
	}
	clear(c.seen) // it holds texts, and they the whole bodies they came in
	body := w.out[start+codecHeader:]
	binary.LittleEndian.PutUint32(w.out[start+1:], crc32.Checksum(body, castagnoli))
	return w.out
}

type batchWriter struct {
	out          []byte
	seen         map[string]uint64
	at, received int64
}

func (w *batchWriter) event(e *Event) {
	w.number(uint64(e.Kind))
	w.plain(e.MessageID)
	for _, text := range e.shared() {
		w.text(*text)
	}
	w.number(flags(e))
	w.out = binary.AppendVarint(w.out, int64(e.At)-w.at)
	w.out = binary.AppendVarint(w.out, int64(e.ReceivedAt)-w.received)
	w.at, w.received = int64(e.At), int64(e.ReceivedAt)
	w.out = binary.AppendVarint(w.out, e.EngagedMillis)
	if e.Value != 0 {
		w.out = binary.LittleEndian.AppendUint64(w.out, math.Float64bits(e.Value))
	}
	if e.Properties != nil {
		w.plain(string(e.Properties))
	}
}

const (
	flagCookieless = 1 << iota
	flagValue
	flagProperties
)

func flags(e *Event) uint64 {
	var set uint64
	if e.Cookieless {
		set |= flagCookieless
	}
	if e.Value != 0 {
		set |= flagValue
	}
	if e.Properties != nil {
		set |= flagProperties
	}
	return set
}

// shared lists the strings worth sharing, in the order they are written. The order is part
// of the form.
func (e *Event) shared() [28]*string {
	return [...]*string{
		(*string)(&e.Workspace), &e.Key, &e.Name, &e.Category,
		&e.Visitor, &e.AnonymousID, &e.UserID, &e.PreviousID, &e.GroupID,
		&e.Host, &e.Path, &e.Query, &e.Title, &e.ReferrerHost, &e.ReferrerPath,
		&e.Campaign.Source, &e.Campaign.Medium, &e.Campaign.Name, &e.Campaign.Term, &e.Campaign.Content,
		&e.ClickID, &e.Device, &e.Browser, &e.OS, &e.Language, &e.Bot, &e.Library, &e.Currency,
	}
}

func (w *batchWriter) number(n uint64) { w.out = binary.AppendUvarint(w.out, n) }

func (w *batchWriter) plain(s string) {
	w.number(uint64(len(s)))
	w.out = append(w.out, s...)
}

// text writes 0 for the empty string, 1 and the string when it is new, else its number
// (from 2, in the order they were new).
func (w *batchWriter) text(s string) {
	if s == "" {
		w.out = append(w.out, 0)
		return
	}
	if n, known := w.seen[s]; known {
		w.number(n)
		return
	}
	w.seen[s] = uint64(len(w.seen)) + 2
	w.out = append(w.out, 1)
	w.plain(s)
}

// DecodeBatch reads what Encode wrote. Any other bytes are ErrCorrupt; it never panics and
// never allocates more than a small multiple of what it was given.
func DecodeBatch(payload []byte) ([]Event, error) { return AppendBatch(nil, payload) }

// AppendBatch appends the events that DecodeBatch reads; with an error, none.
func AppendBatch(dst []Event, payload []byte) ([]Event, error) {
	if len(payload) < codecHeader {
		return dst, fmt.Errorf("read a batch of %d bytes: %w", len(payload), ErrCorrupt)
	}
	if payload[0] != codecVersion {
		return dst, fmt.Errorf("read a batch of version %d: %w", payload[0], ErrCorrupt)
	}
	body := payload[codecHeader:]
	if crc32.Checksum(body, castagnoli) != binary.LittleEndian.Uint32(payload[1:]) {
		return dst, fmt.Errorf("compare the checksum of a batch: %w", ErrCorrupt)
	}
	// One string for the whole batch: all texts below are parts of it.
	r := batchReader{in: body, text: string(body)}
	count := r.number()
	if count > uint64(len(body)) {
		return dst, fmt.Errorf("read a batch of %d events in %d bytes: %w", count, len(body), ErrCorrupt)
	}
	// An event takes at least smallestEvent bytes, so a false count cannot ask for much.
	events := slices.Grow(dst, int(min(count, uint64(len(body)/smallestEvent+1))))
	for i := uint64(0); i < count && !r.bad; i++ {
		events = append(events, Event{})
		r.event(&events[len(events)-1])
	}
	if r.bad || r.pos != len(r.in) {
		clear(events[len(dst):])
		return dst, fmt.Errorf("read the events of a batch: %w", ErrCorrupt)
	}
	return events, nil
}

const smallestEvent = 34

type batchReader struct {
	in           []byte
	text         string
	pos          int
	bad          bool
	seen         []string
	at, received int64
}

func (r *batchReader) event(e *Event) {
	kind := r.number()
	if kind > math.MaxUint8 {
		r.bad = true
	}
	e.Kind = Kind(kind)
	e.MessageID = r.plain()
	for _, text := range e.shared() {
		*text = r.shared()
	}
	set := r.number()
	e.Cookieless = set&flagCookieless != 0
	r.at += r.signed()
	r.received += r.signed()
	e.At, e.ReceivedAt = Millis(r.at), Millis(r.received)
	e.EngagedMillis = r.signed()
	if set&flagValue != 0 {
		e.Value = math.Float64frombits(r.eight())
	}
	if set&flagProperties != 0 {
		from, to := r.span()
		e.Properties = r.in[from:to:to]
	}
}

func (r *batchReader) number() uint64 {
	n, size := binary.Uvarint(r.in[r.pos:])
	if size <= 0 {
		r.bad = true
		return 0
	}
	r.pos += size
	return n
}

func (r *batchReader) signed() int64 {
	n, size := binary.Varint(r.in[r.pos:])
	if size <= 0 {
		r.bad = true
		return 0
	}
	r.pos += size
	return n
}

func (r *batchReader) eight() uint64 {
	if len(r.in)-r.pos < 8 {
		r.bad = true
		return 0
	}
	n := binary.LittleEndian.Uint64(r.in[r.pos:])
	r.pos += 8
	return n
}

func (r *batchReader) span() (from, to int) {
	n := r.number()
	if n > uint64(len(r.in)-r.pos) {
		r.bad = true
		return 0, 0
	}
	from = r.pos
	r.pos += int(n)
	return from, r.pos
}

func (r *batchReader) plain() string {
	from, to := r.span()
	return r.text[from:to]
}

func (r *batchReader) shared() string {
	switch n := r.number(); {
	case n == 0:
		return ""
	case n == 1:
		s := r.plain()
		r.seen = append(r.seen, s)
		return s
	case n-2 < uint64(len(r.seen)):
		return r.seen[n-2]
	default:
		r.bad = true
		return ""
	}
}
