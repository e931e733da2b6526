package agreement

import (
	"regexp"
	"strconv"
	"strings"
)

var (
	kanjiNumber = regexp.MustCompile(`[〇一二三四五六七八九十百千]+`)
	japaneseSum = regexp.MustCompile(`(?:(\d+(?:\.\d+)?)億)?(\d+(?:\.\d+)?)億(\d+(?:\.\d+)?)(万|千万)`)
	figureWord  = regexp.MustCompile(`\b(?:(?:an?|one)\s+(hundred|thousand|dozen)|(zero|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:\s+(hundred|thousand|dozen))?|(first|second|third|fourth)\s+quarter)\b`)
	figureWords = map[string]int{
		"zero": 0, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
		"fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
		"hundred": 100, "thousand": 1000, "dozen": 12, "first": 1, "second": 2, "third": 3, "fourth": 4,
	}
	reiwa = regexp.MustCompile(`令和\s*(\d{1,2}|元)\s*年|\br(\d{1,2})[./](\d{1,2})[./](\d{1,2})\b`)
)

// joinOku writes 1億2000万 as one figure.
func joinOku(s string) string {
	return japaneseSum.ReplaceAllStringFunc(s, func(all string) string {
		m := japaneseSum.FindStringSubmatch(all)
		oku, _ := strconv.ParseFloat(m[2], 64)
		rest, _ := strconv.ParseFloat(m[3], 64)
		return strconv.FormatFloat(oku*1e4+rest*scales[m[4]]/1e4, 'f', -1, 64) + "万"
	})
}

// wordsToFigures writes eight as 8, a hundred as 100, the third quarter as q3, ゼロ as 0.
func wordsToFigures(s string) string {
	return strings.ReplaceAll(figureWord.ReplaceAllStringFunc(s, func(all string) string {
		m := figureWord.FindStringSubmatch(all)
		switch {
		case m[4] != "":
			return "q" + strconv.Itoa(figureWords[m[4]])
		case m[1] != "":
			return strconv.Itoa(figureWords[m[1]])
		case m[3] != "":
			return strconv.Itoa(figureWords[m[2]] * figureWords[m[3]])
		}
		return strconv.Itoa(figureWords[m[2]])
	}), "ゼロ", "0")
}

// kanjiToFigures writes 百二十件 as 120件. A sign of scale behind a figure stays: 3千円.
func kanjiToFigures(s string) string {
	s = strings.ReplaceAll(s, "四半期", "クォーター") // its four is no figure
	var b strings.Builder
	at := 0
	for _, found := range kanjiNumber.FindAllStringIndex(s, -1) {
		b.WriteString(s[at:found[0]])
		word := s[found[0]:found[1]]
		if found[0] > 0 && s[found[0]-1] >= '0' && s[found[0]-1] <= '9' {
			b.WriteString(word)
		} else {
			b.WriteString(fromKanji(word))
		}
		at = found[1]
	}
	b.WriteString(s[at:])
	return b.String()
}

var (
	kanjiDigits = strings.NewReplacer("〇", "0", "一", "1", "二", "2", "三", "3", "四", "4", "五", "5", "六", "6", "七", "7", "八", "8", "九", "9")
	kanjiScales = map[rune]int{'十': 10, '百': 100, '千': 1000}
)

func fromKanji(word string) string {
	if !strings.ContainsAny(word, "十百千") {
		return kanjiDigits.Replace(word)
	}
	total, current := 0, 0
	for _, r := range word {
		if scale := kanjiScales[r]; scale > 0 {
			total += max(current, 1) * scale
			current = 0
			continue
		}
		current, _ = strconv.Atoi(kanjiDigits.Replace(string(r)))
	}
	return strconv.Itoa(total + current)
}

// plainYears writes the years of the emperor as those of the calendar: 令和9年 is 2027年.
func plainYears(s string) string {
	return reiwa.ReplaceAllStringFunc(s, func(all string) string {
		m := reiwa.FindStringSubmatch(all)
		if m[2] != "" {
			return strconv.Itoa(2018+number(m[2])) + "-" + m[3] + "-" + m[4]
		}
		return strconv.Itoa(2018+max(number(m[1]), 1)) + "年"
	})
}
