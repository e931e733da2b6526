package table

import "bytes"

// eras of the Japanese calendar: the year before each one's first.
var eras = []struct {
	mark   string
	before int
}{
	{"令和", 2018}, {"平成", 1988}, {"昭和", 1925}, {"大正", 1911}, {"明治", 1867},
	{"㋿", 2018}, {"㍻", 1988}, {"㍼", 1925}, {"㍽", 1911}, {"㍾", 1867},
	{"R", 2018}, {"H", 1988}, {"S", 1925}, {"T", 1911}, {"M", 1867},
	{"r", 2018}, {"h", 1988}, {"s", 1925}, {"t", 1911}, {"m", 1867},
}

// cutEra takes an era off the front where a year follows it.
func cutEra(s []byte) (rest []byte, before int, ok bool) {
	for _, e := range eras {
		if !bytes.HasPrefix(s, []byte(e.mark)) {
			continue
		}
		rest = bytes.TrimLeft(s[len(e.mark):], " ")
		if bytes.HasPrefix(rest, []byte("元")) && len(e.mark) > 1 {
			return rest, e.before, true
		}
		if len(rest) > 0 && rest[0] >= '0' && rest[0] <= '9' {
			return rest, e.before, true
		}
	}
	return s, 0, false
}
