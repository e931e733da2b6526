package picture

import "strings"

// width is about how wide a text is in the widest letters it is drawn in: those of the picture
// of points, whose Latin letters are wide. Browsers take less for the same.
func width(text string, size float64) float64 {
	sum := 0.0
	for _, letter := range text {
		switch {
		case letter > 0x2e7f || strings.ContainsRune("%@MW…→", letter):
			sum++
		case strings.ContainsRune(" .,:;'|!", letter):
			sum += 0.34
		case strings.ContainsRune("ijlt·", letter):
			sum += 0.42
		case strings.ContainsRune("/()–", letter):
			sum += 0.5
		case strings.ContainsRune("mw−+±", letter):
			sum += 0.91
		case letter >= 'A' && letter <= 'Z' || letter >= '0' && letter <= '9':
			sum += 0.76
		default:
			sum += 0.66
		}
	}
	return sum * size
}

// boldWidth is the same of a bold text: its half-width letters are wider.
func boldWidth(text string, size float64) float64 {
	full := 0
	for _, letter := range text {
		if letter > 0x2e7f {
			full++
		}
	}
	return width(text, size)*bolder - float64(full)*size*(bolder-1)
}

// bolder is by how much a bold letter is wider than one that is not.
const bolder = 1.03

// cut shortens a text to a width, with … at its end; drawings do not wrap.
func cut(text string, room, size float64) string { return cutBy(width, text, room, size) }

// cutBold is the same of a bold text.
func cutBold(text string, room, size float64) string { return cutBy(boldWidth, text, room, size) }

func cutBy(width func(string, float64) float64, text string, room, size float64) string {
	if width(text, size) <= room {
		return text
	}
	letters := []rune(text)
	for len(letters) > 0 && width(string(letters)+"…", size) > room {
		letters = letters[:len(letters)-1]
	}
	return strings.TrimRight(string(letters), " ") + "…"
}

// twoLines breaks a bold text into at most two lines: between words, or between letters where
// there are none.
func twoLines(text string, room, size float64) []string {
	if boldWidth(text, size) <= room {
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
	for at < len(pieces) && boldWidth(first+pieces[at], size) <= room {
		first += pieces[at]
		at++
	}
	if at == 0 {
		return []string{cutBold(text, room, size)}
	}
	return []string{strings.TrimRight(first, " "), cutBold(strings.Join(pieces[at:], ""), room, size)}
}
