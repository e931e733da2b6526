package inbox

import (
	"bytes"
	"errors"
	"fmt"
	"slices"

	"github.com/klauspost/compress/s2"

	"github.com/shirube/shirube/internal/event"
)

// A payload is one byte that names the packing, and the packed batch. S2 costs a tenth of
// what encoding does and takes half of what has to reach the disk.
const packedS2 = 's'

// maxUnpacked bounds what a payload may unpack to; a corrupt one could claim anything.
const maxUnpacked = 256 << 20

var errPacking = errors.New("the payload is not packed in a known way")

// packer makes payloads, in room that it uses again. It is for one goroutine.
type packer struct {
	encoder       event.Encoder
	plain, packed []byte
}

// mostRoom is how much of its room a packer keeps.
const mostRoom = 4 << 20

// pack is the payload of all groups together.
func (p *packer) pack(groups ...[]event.Event) []byte {
	p.plain = p.encoder.Append(p.plain[:0], groups...)
	p.packed = slices.Grow(p.packed[:0], 1+s2.MaxEncodedLen(len(p.plain)))
	room := p.packed[:cap(p.packed)]
	room[0] = packedS2
	// As large as it is and not larger: it is kept until every reader has had it.
	payload := bytes.Clone(room[:1+len(s2.Encode(room[1:], p.plain))])
	if cap(p.plain)+cap(p.packed) > mostRoom {
		p.plain, p.packed = nil, nil
	}
	return payload
}

// unpack appends the events of a payload. Any error means that the payload is corrupt;
// nothing is appended then.
func unpack(dst []event.Event, payload []byte) ([]event.Event, error) {
	if len(payload) == 0 || payload[0] != packedS2 {
		return dst, errPacking
	}
	size, err := s2.DecodedLen(payload[1:])
	if err != nil {
		return dst, fmt.Errorf("unpack %d bytes: %w", len(payload), err)
	}
	if size > maxUnpacked {
		return dst, fmt.Errorf("unpack %d bytes: they claim to be %d", len(payload), size)
	}
	plain, err := s2.Decode(nil, payload[1:])
	if err != nil {
		return dst, fmt.Errorf("unpack %d bytes: %w", len(payload), err)
	}
	return event.AppendBatch(dst, plain)
}

// sizeOf is about what events take in memory, in bytes.
func sizeOf(events []event.Event) int {
	size := 0
	for k := range events {
		e := &events[k]
		size += 200 + len(e.MessageID) + len(e.Name) + len(e.Visitor) + len(e.AnonymousID) + len(e.UserID) +
			len(e.Path) + len(e.Query) + len(e.Title) + len(e.ReferrerPath) + len(e.Properties)
	}
	return size
}
