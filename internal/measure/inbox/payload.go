package inbox

import (
	"errors"
	"fmt"

	"github.com/klauspost/compress/s2"

	"github.com/shirube/shirube/internal/event"
)

// A payload is one byte that names the packing, and the packed batch. S2 costs a tenth of
// what encoding does and takes half of what has to reach the disk.
const packedS2 = 's'

// maxUnpacked bounds what a payload may unpack to; a corrupt one could claim anything.
const maxUnpacked = 256 << 20

var errPacking = errors.New("the payload is not packed in a known way")

func pack(events []event.Event) []byte {
	plain := event.Encode(events)
	packed := make([]byte, 1+s2.MaxEncodedLen(len(plain)))
	packed[0] = packedS2
	return packed[:1+len(s2.Encode(packed[1:], plain))]
}

// unpack is the events of a payload. Any error means that the payload is corrupt.
func unpack(payload []byte) ([]event.Event, error) {
	if len(payload) == 0 || payload[0] != packedS2 {
		return nil, errPacking
	}
	size, err := s2.DecodedLen(payload[1:])
	if err != nil {
		return nil, fmt.Errorf("unpack %d bytes: %w", len(payload), err)
	}
	if size > maxUnpacked {
		return nil, fmt.Errorf("unpack %d bytes: they claim to be %d", len(payload), size)
	}
	plain, err := s2.Decode(nil, payload[1:])
	if err != nil {
		return nil, fmt.Errorf("unpack %d bytes: %w", len(payload), err)
	}
	return event.DecodeBatch(plain)
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
