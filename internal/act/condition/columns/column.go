package columns

import (
	"encoding/binary"
	"math"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/event"
)

// column is one property of everybody: a code for each contact, 0 where it is not known, and
// a dictionary of what the codes mean. Codes are as narrow as the dictionary is small.
type column struct {
	narrow []uint8
	middle []uint16
	wide   []uint32
	// text holds the meanings, one after another: a kind, then a number or letters. ends[i]
	// is where that of code i+1 ends.
	text []byte
	ends []uint32
	// codes finds the code of a meaning again. Where nearly everybody has a meaning of their
	// own (addresses) it would be most of the memory and find nothing: then it is nil, and
	// every value gets a code of its own.
	codes map[string]uint32
}

func newColumn() *column { return &column{codes: map[string]uint32{}} }

// uniqueFrom is how many meanings a column has before it is asked whether they repeat.
const uniqueFrom = 1 << 16

func encode(into []byte, v contact.Value) []byte {
	into = append(into, byte(v.Kind))
	if v.Kind == contact.Text {
		return append(into, v.Text...)
	}
	return binary.LittleEndian.AppendUint64(into, math.Float64bits(v.Number))
}

func decode(text []byte) contact.Value {
	v := contact.Value{Kind: contact.ValueKind(text[0])}
	if v.Kind == contact.Text {
		v.Text = string(text[1:])
	} else {
		v.Number = math.Float64frombits(binary.LittleEndian.Uint64(text[1:]))
	}
	return v
}

func (c *column) len() int { return max(len(c.narrow), len(c.middle), len(c.wide)) }

func (c *column) set(number int, v contact.Value, ok bool) {
	code := uint32(0)
	if ok {
		code = c.codeOf(v)
	} else if number >= c.len() {
		return // what lies beyond the end is not known
	}
	switch {
	case c.wide != nil:
		c.wide = grown(c.wide, number)
		c.wide[number] = code
	case c.middle != nil:
		c.middle = grown(c.middle, number)
		c.middle[number] = uint16(code)
	default:
		c.narrow = grown(c.narrow, number)
		c.narrow[number] = uint8(code)
	}
	if len(c.ends) > 2*c.len()+uniqueFrom {
		c.rebuild()
	}
}

func grown[T any](list []T, number int) []T {
	if number < len(list) {
		return list
	}
	return append(list, make([]T, number+1-len(list))...)
}

func (c *column) codeOf(v contact.Value) uint32 {
	var room [64]byte
	meaning := encode(room[:0], v)
	if c.codes != nil {
		if code, known := c.codes[string(meaning)]; known {
			return code
		}
	}
	c.text = append(c.text, meaning...)
	c.ends = append(c.ends, uint32(len(c.text)))
	code := uint32(len(c.ends))
	switch {
	case c.codes == nil:
	case len(c.ends) > uniqueFrom && 2*len(c.ends) > c.len():
		c.codes = nil
	default:
		c.codes[string(meaning)] = code
	}
	switch {
	case code > math.MaxUint16 && c.wide == nil:
		c.wide = widened[uint16, uint32](c.middle)
		c.middle = nil
	case code > math.MaxUint8 && c.middle == nil && c.wide == nil:
		c.middle = widened[uint8, uint16](c.narrow)
		c.narrow = nil
	}
	return code
}

func widened[From, To uint8 | uint16 | uint32](list []From) []To {
	out := make([]To, len(list), len(list)+len(list)/4+1)
	for i, each := range list {
		out[i] = To(each)
	}
	return out
}

func (c *column) code(number int) uint32 {
	switch {
	case number >= c.len():
		return 0
	case c.wide != nil:
		return c.wide[number]
	case c.middle != nil:
		return uint32(c.middle[number])
	}
	return uint32(c.narrow[number])
}

func (c *column) meaning(code uint32) contact.Value {
	from := uint32(0)
	if code > 1 {
		from = c.ends[code-2]
	}
	return decode(c.text[from:c.ends[code-1]])
}

// rebuild leaves the meanings nobody has any more behind.
func (c *column) rebuild() {
	fresh := newColumn()
	for number := range c.len() {
		if code := c.code(number); code != 0 {
			fresh.set(number, c.meaning(code), true)
		}
	}
	*c = *fresh
}

// fits is the contacts whose value compares as it should.
func (c *column) fits(p *condition.Property, now event.Millis, out Set) {
	table := make([]uint8, len(c.ends)+1)
	unknown := p.Fits(contact.Value{}, false, now)
	if unknown {
		table[0] = 1
	}
	for code := 1; code < len(table); code++ {
		if p.Fits(c.meaning(uint32(code)), true, now) {
			table[code] = 1
		}
	}
	switch {
	case c.wide != nil:
		look(c.wide, table, out)
	case c.middle != nil:
		look(c.middle, table, out)
	default:
		look(c.narrow, table, out)
	}
	if unknown {
		fill(out, c.len())
	}
}

func look[T uint8 | uint16 | uint32](codes []T, table []uint8, out Set) {
	for i := 0; i < len(codes); i += 64 {
		word := uint64(0)
		for k, code := range codes[i:min(i+64, len(codes))] {
			word |= uint64(table[code]) << k
		}
		out.words[i/64] |= word
	}
}

// fill adds everybody from a number on.
func fill(out Set, from int) {
	for i := from; i < len(out.words)*64; i++ {
		if i%64 == 0 {
			out.words[i/64] = ^uint64(0)
			i += 63
			continue
		}
		out.words[i/64] |= 1 << (i % 64)
	}
}

func (c *column) bytes() int {
	sum := cap(c.narrow) + 2*cap(c.middle) + 4*cap(c.wide) + cap(c.text) + 4*cap(c.ends)
	return sum + 64*len(c.codes)
}
