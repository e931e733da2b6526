package duckdb

import "hash/maphash"

// sieve remembers which of many ids came, in few bytes each, and is never wrong about one
// that did: "no" is certain, "perhaps" must be asked of the table. It is what makes exact
// de-duplication cheap: nearly every id is new, and for those the table is not touched.
//
// Ids are kept by generations, each with the span of receipt it covers, so that old ones
// can be let go as a whole and a "perhaps" is looked for in its span only. An id costs six
// bytes in the newest generations and three in the older ones.
type sieve struct {
	seed        maphash.Seed // of this process: nobody outside can make ids collide
	generations []*generation
}

// The table of a generation is filled to two thirds at most; the last of them have the
// biggest table. Only the newest few keep long marks.
const (
	firstBits, lastBits = 16, 22
	longMarks           = 4
)

type generation struct {
	bits     int
	long     []uint32 // one of the two is there
	short    []uint16
	count    int
	from, to int64 // moments of receipt
}

func newSieve() *sieve { return &sieve{seed: maphash.MakeSeed()} }

// mark is where an id is looked for (the upper half) and what stands there (the lower,
// never 0, which is an empty place).
func mark[T comparable](s *sieve, id T) uint64 {
	h := maphash.Comparable(s.seed, id)
	if uint16(h>>16) == 0 {
		h |= 1 << 16 // the short form is the upper half of the long one; neither may be 0
	}
	return h
}

func (g *generation) has(h uint64) bool {
	mask := uint64(1)<<g.bits - 1
	if g.long != nil {
		for i := h >> 32 & mask; g.long[i] != 0; i = (i + 1) & mask {
			if g.long[i] == uint32(h) {
				return true
			}
		}
		return false
	}
	for i := h >> 32 & mask; g.short[i] != 0; i = (i + 1) & mask {
		if g.short[i] == uint16(h>>16) {
			return true
		}
	}
	return false
}

// has reports whether an id perhaps came, and in which span of receipt.
func (s *sieve) has(h uint64) (perhaps bool, from, to int64) {
	for _, g := range s.generations {
		if !g.has(h) {
			continue
		}
		if !perhaps {
			from, to = g.from, g.to
		}
		perhaps, from, to = true, min(from, g.from), max(to, g.to)
	}
	return perhaps, from, to
}

// add remembers an id that came at a moment.
func (s *sieve) add(h uint64, received int64) {
	var g *generation
	if n := len(s.generations); n > 0 {
		g = s.generations[n-1]
	}
	if g == nil || g.count >= 2*(1<<g.bits)/3 {
		g = s.grow(received)
	}
	mask := uint64(1)<<g.bits - 1
	i := h >> 32 & mask
	for g.long[i] != 0 {
		if g.long[i] == uint32(h) {
			break // it stands there already, for this id or another: that is all one
		}
		i = (i + 1) & mask
	}
	if g.long[i] == 0 {
		g.long[i] = uint32(h)
		g.count++
	}
	g.from, g.to = min(g.from, received), max(g.to, received)
}

func (s *sieve) grow(received int64) *generation {
	bits := firstBits
	if n := len(s.generations); n > 0 {
		bits = min(s.generations[n-1].bits+1, lastBits)
	}
	if n := len(s.generations); n >= longMarks {
		s.generations[n-longMarks].shorten()
	}
	g := &generation{bits: bits, long: make([]uint32, 1<<bits), from: received, to: received}
	s.generations = append(s.generations, g)
	return g
}

// shorten halves what an id costs. The place of a mark does not depend on its lower bits,
// so everything stays where it is.
func (g *generation) shorten() {
	if g.long == nil {
		return
	}
	g.short = make([]uint16, len(g.long))
	for i, m := range g.long {
		g.short[i] = uint16(m >> 16)
	}
	g.long = nil
}

// forget lets generations go whose ids were all received before a moment.
func (s *sieve) forget(before int64) {
	kept := s.generations[:0]
	for i, g := range s.generations {
		if g.to >= before || i == len(s.generations)-1 {
			kept = append(kept, g)
		}
	}
	clear(s.generations[len(kept):])
	s.generations = kept
}
