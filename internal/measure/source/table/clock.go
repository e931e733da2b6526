package table

// readTime reads a time of day: 19:58, 12:00:00 AM, 午後3時5分, 09:00:00.123Z,
// 09:00 +0000. An empty list is no time at all.
func (p *datePhrase) readTime(list []dateToken) bool {
	if len(list) == 0 {
		return true
	}
	half := byte(0) // 'a' or 'p'
	for len(list) > 0 && (list[0].kind == tokenWord || list[0].is(",")) {
		if h := halfOfDay(list[0]); h != 0 {
			half = h
		}
		list = list[1:]
	}
	parts, rest, ok := clockParts(list)
	if !ok {
		return false
	}
	if len(rest) > 0 && halfOfDay(rest[0]) != 0 {
		half, rest = halfOfDay(rest[0]), rest[1:]
	}
	hour := parts[0]
	switch {
	case half != 0 && hour > 12:
		return false
	case half == 'p' && hour < 12:
		hour += 12
	case half == 'a' && hour == 12:
		hour = 0
	}
	if hour > 24 || parts[1] > 59 || parts[2] > 60 {
		return false
	}
	p.clocked = true
	p.seconds = hour*3600 + parts[1]*60 + parts[2]
	return p.readZone(rest)
}

func halfOfDay(t dateToken) byte {
	switch {
	case t.is("am"), t.is("午前"):
		return 'a'
	case t.is("pm"), t.is("午後"):
		return 'p'
	}
	return 0
}

// clockParts reads hours, minutes and seconds; a fraction is dropped.
func clockParts(list []dateToken) (parts [3]int, rest []dateToken, ok bool) {
	for i := 0; i < 3; i++ {
		if len(list) == 0 || list[0].kind != tokenNumber || len(list[0].text) > 2 {
			return parts, list, i > 0 && len(list) == 0
		}
		parts[i] = list[0].value
		list = list[1:]
		if len(list) == 0 || !isClockMark(list[0]) {
			break
		}
		// 9時 and 5分 may end the time, 9: may not.
		ends := !list[0].is(":")
		list = list[1:]
		if ends && (len(list) == 0 || list[0].kind != tokenNumber || list[0].spaced) {
			return parts, list, true
		}
		if i == 2 {
			return parts, list, ends
		}
	}
	if len(list) > 1 && (list[0].is(".") || list[0].is(",")) && list[1].kind == tokenNumber {
		list = list[2:]
	}
	return parts, list, true
}

func isClockMark(t dateToken) bool {
	return t.is(":") || t.is("時") || t.is("分") || t.is("秒")
}

// readZone reads Z, UTC, GMT, JST, +0900 and +09:00. Other names are unknown: a
// wrong zone would move rows to another day.
func (p *datePhrase) readZone(list []dateToken) bool {
	if len(list) == 0 {
		return true
	}
	switch {
	case list[0].is("z"), list[0].is("utc"), list[0].is("gmt"):
		p.zoned, list = true, list[1:]
	case list[0].is("jst"):
		p.zoned, p.offset = true, 9*3600
		return len(list) == 1
	}
	if len(list) == 0 {
		return true
	}
	sign := 1
	switch {
	case list[0].is("+"):
	case list[0].is("-"):
		sign = -1
	default:
		return false
	}
	list = list[1:]
	if len(list) == 0 || list[0].kind != tokenNumber {
		return false
	}
	hours, minutes := list[0].value, 0
	switch {
	case len(list[0].text) == 4 && len(list) == 1:
		hours, minutes = hours/100, hours%100
	case len(list[0].text) <= 2 && len(list) == 1:
	case len(list[0].text) <= 2 && len(list) == 3 && list[1].is(":") && list[2].kind == tokenNumber && len(list[2].text) == 2:
		minutes = list[2].value
	default:
		return false
	}
	if hours > 14 || minutes > 59 {
		return false
	}
	p.zoned, p.offset = true, sign*(hours*3600+minutes*60)
	return true
}
