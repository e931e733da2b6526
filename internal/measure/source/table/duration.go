package table

import (
	"bytes"
	"strconv"
)

// duration reads h:mm:ss, 1時間2分3秒 and 1h 2m 3s into seconds. done is false
// where the text is not a duration at all.
func (n *numeral) duration(s []byte) (class numeralClass, done bool) {
	if bytes.IndexByte(s, ':') >= 0 {
		return n.clock(s), true
	}
	if n.spelled(s) {
		return numeralDuration, true
	}
	return numeralNot, false
}

func (n *numeral) clock(s []byte) numeralClass {
	fields := bytes.Split(s, []byte{':'})
	if len(fields) > 3 {
		return numeralNot
	}
	values := [3]float64{}
	for i, f := range fields {
		v, ok := unsigned(f, i == len(fields)-1)
		if !ok || (i > 0 && (v >= 60 || len(f) < 2)) {
			return numeralNot
		}
		values[i] = v
	}
	if len(fields) == 2 {
		// 0:00 is the same in both readings.
		if values[0] == 0 && values[1] == 0 {
			n.seconds = 0
			return numeralDuration
		}
		return numeralClock
	}
	n.seconds = values[0]*3600 + values[1]*60 + values[2]
	return numeralDuration
}

var spelledUnits = []struct {
	marks   []string
	seconds float64
}{
	{[]string{"時間", "h", "hr"}, 3600},
	{[]string{"分", "m", "min"}, 60},
	{[]string{"秒", "s", "sec"}, 1},
}

// spelled reads a duration in words. A lone "m" is no minute: it could as well
// be metres or millions.
func (n *numeral) spelled(s []byte) bool {
	total, next, parts, lone := 0.0, 0, 0, ""
	for len(s) > 0 {
		end := 0
		for end < len(s) && (s[end] >= '0' && s[end] <= '9' || s[end] == '.') {
			end++
		}
		v, ok := unsigned(s[:end], true)
		if !ok {
			return false
		}
		s = bytes.TrimLeft(s[end:], " ")
		found := false
		for u := next; u < len(spelledUnits) && !found; u++ {
			for _, mark := range spelledUnits[u].marks {
				if bytes.HasPrefix(s, []byte(mark)) && !letterAfter(s, len(mark)) {
					s = bytes.TrimLeft(s[len(mark):], " ")
					total += v * spelledUnits[u].seconds
					next, found, lone = u+1, true, mark
					parts++
					break
				}
			}
		}
		if !found {
			return false
		}
	}
	if parts == 0 || (parts == 1 && (lone == "m" || lone == "h")) {
		return false
	}
	n.seconds = total
	return true
}

func letterAfter(s []byte, at int) bool {
	return at < len(s) && s[at-1] < 0x80 && (s[at] >= 'a' && s[at] <= 'z' || s[at] >= 'A' && s[at] <= 'Z')
}

// unsigned reads digits, with decimals after a dot where they are allowed.
func unsigned(s []byte, decimals bool) (float64, bool) {
	if len(s) == 0 || len(s) > 15 {
		return 0, false
	}
	for _, c := range s {
		if (c < '0' || c > '9') && (c != '.' || !decimals) {
			return 0, false
		}
	}
	v, err := strconv.ParseFloat(string(s), 64)
	return v, err == nil
}
