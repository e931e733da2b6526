package words

import (
	"math"
	"strconv"
	"strings"
)

// Amount is a number with its unit, ready to be put into a sentence.
// A ratio has the unit "%" and is held as a ratio: 0.031 reads "3.1%".
type Amount struct {
	Value float64
	Unit  string
}

// In writes the amount with grouped digits: "1,180件", "1.20%", "1,180 clicks".
// A number that does not exist reads "—".
func (a Amount) In(lang Lang) string {
	if math.IsNaN(a.Value) || math.IsInf(a.Value, 0) {
		return "—"
	}
	if a.Unit == "%" {
		return Group(a.Value*100, ratioDigits(a.Value*100)) + "%"
	}
	if short, ok := japaneseMillions(a.Value); ok && lang == JA {
		return short + a.Unit
	}
	return Group(a.Value, countDigits(a.Value)) + unitAfter(lang, a.Unit)
}

// japaneseMillions writes numbers from a million on as they are spoken:
// 18,823,370 is 1,882万, 250,000,000 is 2.50億.
func japaneseMillions(v float64) (string, bool) {
	digits := func(x float64) int {
		switch {
		case x >= 1000:
			return 0
		case x >= 10:
			return 1
		}
		return 2
	}
	switch a := math.Abs(v); {
	case a >= 1e8:
		return Group(v/1e8, digits(a/1e8)) + "億", true
	case a >= 1e6:
		return Group(v/1e4, digits(a/1e4)) + "万", true
	}
	return "", false
}

// Change is a difference between two amounts of one unit, always signed.
// Differences of ratios are in points: ポイント.
type Change struct {
	Value float64
	Unit  string
}

// In writes the difference: "+2件", "−0.30ポイント".
func (c Change) In(lang Lang) string {
	if math.IsNaN(c.Value) || math.IsInf(c.Value, 0) {
		return "—"
	}
	if c.Unit == "%" {
		point := "ポイント"
		if lang == EN {
			point = " points"
		}
		return Signed(c.Value*100, ratioDigits(c.Value*100)) + point
	}
	if short, ok := japaneseMillions(math.Abs(c.Value)); ok && lang == JA {
		if c.Value < 0 {
			return "−" + short + c.Unit
		}
		return "+" + short + c.Unit
	}
	return Signed(c.Value, countDigits(c.Value)) + unitAfter(lang, c.Unit)
}

// Percent is a share or a relative change written as a whole percent: "71%".
type Percent float64

// In writes the share.
func (p Percent) In(Lang) string {
	if math.IsNaN(float64(p)) || math.IsInf(float64(p), 0) {
		return "—"
	}
	digits := 0
	if v := math.Abs(float64(p)); v > 0 && v < 0.01 {
		digits = 1
	}
	return Group(float64(p)*100, digits) + "%"
}

// Chance is a probability. One that rounds to nothing or to certainty says so:
// a projection is never that sure.
type Chance float64

// In writes the probability: "71%", "1%未満", "over 99%".
func (c Chance) In(lang Lang) string {
	switch {
	case c < 0.01:
		return T("1%未満", "under 1%").In(lang)
	case c > 0.99:
		return T("99%以上", "over 99%").In(lang)
	}
	return Percent(c).In(lang)
}

// RelativeChange is a signed relative change: "+12%", "−9%", "±0%".
type RelativeChange float64

// In writes the change.
func (r RelativeChange) In(Lang) string {
	if math.IsNaN(float64(r)) || math.IsInf(float64(r), 0) {
		return "—"
	}
	return Signed(float64(r)*100, 0) + "%"
}

// Signed writes a number with its sign: + or − (U+2212), ± when it rounds to zero.
func Signed(v float64, digits int) string {
	s := Group(math.Abs(v), digits)
	switch {
	case strings.Trim(s, "0.,") == "":
		return "±" + s
	case v < 0:
		return "−" + s
	}
	return "+" + s
}

// Group writes a number with thousands separators and a fixed count of decimals.
func Group(v float64, digits int) string {
	s := strconv.FormatFloat(math.Abs(v), 'f', digits, 64)
	whole, rest, _ := strings.Cut(s, ".")
	var b strings.Builder
	if v < 0 && strings.Trim(s, "0.") != "" {
		b.WriteString("−")
	}
	for i, r := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(r)
	}
	if rest != "" {
		b.WriteByte('.')
		b.WriteString(rest)
	}
	return b.String()
}

// countDigits drops the decimals of whole numbers and of those of two figures
// and more: people and inquiries are counted whole, and nobody acts on the
// tenth of one. Small numbers keep what tells them apart.
func countDigits(v float64) int {
	a := math.Abs(v)
	switch {
	case a == math.Trunc(a) || a >= 10:
		return 0
	case a >= 1:
		return 1
	}
	return 2
}

// ratioDigits is for percentages, already multiplied by 100.
func ratioDigits(v float64) int {
	a := math.Abs(v)
	switch {
	case a >= 100 || a == 0:
		return 0
	case a >= 10:
		return 1
	case a >= 0.1:
		return 2
	}
	return 3
}

// unitAfter sets the unit behind the number: Japanese without a space, English
// with one.
func unitAfter(lang Lang, unit string) string {
	if unit == "" {
		return ""
	}
	if lang == EN && unit[0] < 0x80 {
		return " " + unit
	}
	return unit
}

// SmallChange is a signed relative change with one decimal: "+3.1%", "−0.4%". It is
// for effects, whose tenths tell one from another.
type SmallChange float64

// In writes the change.
func (s SmallChange) In(Lang) string {
	if math.IsNaN(float64(s)) || math.IsInf(float64(s), 0) {
		return "—"
	}
	return Signed(float64(s)*100, 1) + "%"
}
