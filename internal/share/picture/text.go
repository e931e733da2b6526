package picture

import "strings"

// width is about how wide a text is: full-width letters take all of their size, others about half.
func width(text string, size float64) float64 {
	sum := 0.0
	for _, letter := range text {
		switch {
		case letter > 0x2e7f:
			sum++
		case strings.ContainsRune(" .,:;'|!ijlt", letter):
			sum += 0.34
		case letter >= 'A' && letter <= 'Z' || strings.ContainsRune("%@mw−+", letter):
			sum += 0.68
		default:
			sum += 0.56
		}
	}
	return sum * size
}

// cut shortens a text to a width, with … at its end; drawings do not wrap.
func cut(text string, room, size float64) string {
	if width(text, size) <= room {
		return text
	}
	letters := []rune(text)
	for len(letters) > 0 && width(string(letters)+"…", size) > room {
		letters = letters[:len(letters)-1]
	}
	return strings.TrimRight(string(letters), " ") + "…"
}

// twoLines breaks a text into at most two lines: between words, or between letters where
// there are none.
func twoLines(text string, room, size float64) []string {
	if width(text, size) <= room {
		return []string{text}
	}
	var pieces []string
	if strings.Contains(text, " ") {
		pieces = strings.SplitAfter(text, " ")
	} else {
		for _, letter := range text {
			pieces = append(pieces, string(letter))
		}
	}
	first, at := "", 0
	for at < len(pieces) && width(first+pieces[at], size) <= room {
		first += pieces[at]
		at++
	}
	if at == 0 {
		return []string{cut(text, room, size)}
	}
	return []string{strings.TrimRight(first, " "), cut(strings.Join(pieces[at:], ""), room, size)}
}
