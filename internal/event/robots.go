package event

import (
	"encoding/binary"
	"strings"
)

// Robots are classed, not dropped: what they did stays visible when asked for, and a mistake
// of the list can be taken back.

// robotName is one piece of a user agent that only robots have.
type robotName struct {
	piece string
	begin bool // only at the beginning
	class string
}

// robotIndex finds all names in one pass over a user agent. Four bytes of each name are its
// key; a small table of bits answers for nearly every place in a person's user agent that no
// key begins there.
type robotIndex struct {
	bits   [1 << 10]uint64
	byKey  map[uint32][]robotEntry
	shorts []robotName // less than four bytes long
}

type robotEntry struct {
	robotName
	offset int // of the key in the piece
}

var robots = indexRobots()

func indexRobots() *robotIndex {
	index := &robotIndex{byKey: map[uint32][]robotEntry{}}
	add := func(class, names string) {
		for name := range strings.SplitSeq(names, "|") {
			piece, begin := strings.CutPrefix(name, "^")
			if one := (robotName{piece, begin, class}); len(piece) < 4 {
				index.shorts = append(index.shorts, one)
			} else {
				index.add(one)
			}
		}
	}
	for _, list := range robotNames {
		add(list.class, list.names)
	}
	// Names a robot that nobody listed gives itself.
	add("other", "bot/|Bot/|bot;|Bot;|bot)|Bot)|-bot|_bot|crawler|Crawler|spider|Spider|scraper|Scraper|(+http|+https://|HeadlessChrome|PhantomJS")
	return index
}

// ordinary is what people's user agents are full of; a key from it would be found in each.
const ordinary = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) (Macintosh; Intel Mac OS X 10_15_7) (iPhone; CPU iPhone OS 18_1 like Mac OS X) " +
	"(Linux; Android 14; Pixel) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Chrome/131.0.0.0 Mobile/15E148 Safari/537.36 Firefox/ Edg/"

func (index *robotIndex) add(one robotName) {
	offset := 0
	for i := 0; i+4 <= len(one.piece); i++ {
		if !strings.Contains(ordinary, one.piece[i:i+4]) {
			offset = i
			break
		}
	}
	key := binary.LittleEndian.Uint32([]byte(one.piece[offset : offset+4]))
	slot := place(key)
	index.bits[slot>>6] |= 1 << (slot & 63)
	index.byKey[key] = append(index.byKey[key], robotEntry{one, offset})
}

func place(key uint32) uint32 { return key * 2654435761 >> 16 }

// robot returns the class of robot a user agent names, "" for people.
func robot(ua string) string {
	if len(ua) < 4 {
		return ""
	}
	key := uint32(ua[0])<<8 | uint32(ua[1])<<16 | uint32(ua[2])<<24
	for i := 0; i+4 <= len(ua); i++ {
		key = key>>8 | uint32(ua[i+3])<<24
		slot := place(key)
		if robots.bits[slot>>6]&(1<<(slot&63)) == 0 {
			continue
		}
		for _, one := range robots.byKey[key] {
			from := i - one.offset
			if from >= 0 && (!one.begin || from == 0) && strings.HasPrefix(ua[from:], one.piece) && !phone(ua, one.piece) {
				return one.class
			}
		}
	}
	for _, one := range robots.shorts {
		if one.begin && strings.HasPrefix(ua, one.piece) || !one.begin && strings.Contains(ua, one.piece) {
			return one.class
		}
	}
	return ""
}

// phone: CUBOT makes telephones, and they say so.
func phone(ua, piece string) bool {
	return strings.EqualFold(strings.TrimRight(piece, "/;)"), "bot") && strings.Contains(ua, "CUBOT")
}
