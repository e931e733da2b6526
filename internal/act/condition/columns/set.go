package columns

import "math/bits"

// Set is some of the contacts, one bit each.
type Set struct{ words []uint64 }

func newSet(size int) Set { return Set{make([]uint64, (size+63)/64)} }

func (s *Set) add(n uint32) {
	for len(s.words) <= int(n/64) {
		s.words = append(s.words, 0)
	}
	s.words[n/64] |= 1 << (n % 64)
}

func (s *Set) remove(n uint32) {
	if int(n/64) < len(s.words) {
		s.words[n/64] &^= 1 << (n % 64)
	}
}

// Has reports whether a contact is in the set.
func (s Set) Has(number uint32) bool {
	return int(number/64) < len(s.words) && s.words[number/64]&(1<<(number%64)) != 0
}

// Count is how many contacts there are.
func (s Set) Count() int {
	n := 0
	for _, w := range s.words {
		n += bits.OnesCount64(w)
	}
	return n
}

// Page is the numbers of a part of the set, the newest contacts (the greatest numbers)
// first.
func (s Set) Page(offset, limit int) []uint32 {
	var out []uint32
	for i := len(s.words) - 1; i >= 0 && len(out) < limit; i-- {
		w := s.words[i]
		if n := bits.OnesCount64(w); n <= offset {
			offset -= n
			continue
		}
		for w != 0 && len(out) < limit {
			top := 63 - bits.LeadingZeros64(w)
			w &^= 1 << top
			if offset > 0 {
				offset--
				continue
			}
			out = append(out, uint32(i*64+top))
		}
	}
	return out
}

// The sets below have the same length, which Find sees to.

func (s Set) and(other Set) {
	for i, w := range other.words {
		s.words[i] &= w
	}
}

func (s Set) or(other Set) {
	for i, w := range other.words {
		s.words[i] |= w
	}
}

func (s Set) not() {
	for i := range s.words {
		s.words[i] = ^s.words[i]
	}
}
