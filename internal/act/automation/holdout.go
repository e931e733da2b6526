package automation

import (
	"hash/fnv"
	"math"

	"github.com/shirube/shirube/internal/act/contact"
)

// HeldOut reports whether somebody is held out of an automation. It depends on the two ids
// alone: a new version draws nobody anew, and a larger share keeps everybody who was drawn
// by a smaller one.
func HeldOut(automation string, who contact.ID, share float64) bool {
	return draw(automation, who) < share
}

// draw is an even number in [0, 1) for a person in an automation.
func draw(automation string, who contact.ID) float64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(automation)) // a hash never returns an error
	_, _ = h.Write([]byte{0})
	_, _ = h.Write([]byte(who))
	x := h.Sum64()
	// FNV leaves ids that differ in their last letter close together; these two rounds
	// spread every bit over all of them.
	x ^= x >> 33
	x *= 0xff51afd7ed558ccd
	x ^= x >> 33
	x *= 0xc4ceb9fe1a85ec53
	x ^= x >> 33
	return float64(x>>11) / math.Exp2(53)
}
