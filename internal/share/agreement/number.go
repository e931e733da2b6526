package agreement

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// Number is what people wrote of "how much": 年100件, 月8件, 前年の1.2倍, 3%.
type Number struct {
	Value  float64 `json:"value"`           // in Unit; a factor of last year where Growth; a ratio where the unit is %
	Unit   string  `json:"unit,omitempty"`  // as written; "" where it was not said
	Per    string  `json:"per,omitempty"`   // day, week, month, quarter, year; "" for a number of the whole term
	Count  float64 `json:"count,omitempty"` // how many of Per, where it is not 1: 2 in 2年で200件
	Growth bool    `json:"growth,omitempty"`
	// Step is how finely it was written: 1 for 8, 0.1 for 1.5, 10,000 for 3万.
	Step float64 `json:"step,omitempty"`
}

// Trouble is why something written could not be read.
type Trouble string

// What keeps words from being read.
const (
	Fine       Trouble = ""
	NoFigure   Trouble = "none"     // nothing to read: 増やす
	ManyFigure Trouble = "several"  // more than one figure
	Increase   Trouble = "increase" // 20件増やす: nobody knows from where
	NoDay      Trouble = "no-day"   // a deadline in words that name no day
)

// maxWritten bounds what is read: more is an essay, not a number.
const maxWritten = 300

var (
	withinDay    = regexp.MustCompile(`(?:(?:20)?\d\d[-/])?\d{1,2}/\d{1,2}(?:までに|まで)|(?:半年|半期)(?:後|以内)(?:までに|まで|に)?|(?:第\s*[1-4]\s*クォーター|\b[1-4]q|\bq[1-4])(?:末|中)?(?:までに|まで|に|で)?|\d{1,2}月(?:\d{1,2}日)?(?:末(?:までに|まで|に)?|までに|まで|から|中に)|\d\d年度(?:末|中|内)?(?:までに|まで|に)?|fy ?'?(?:20)?\d\d\b(?:末|中|内)?(?:までに|まで|に)?|(?:20\d\d|fy ?20\d\d)\s*(?:年度?|[-/.])\s*(?:\d{1,2}\s*(?:月|[-/.])\s*)?(?:\d{1,2}\s*日?)?\s*(?:末|中|内)?\s*(?:までに|まで|に)?|(?:今|来|本|当)(?:年度?|期|月)(?:末|中|内)?(?:までに|まで|に)?|年度(?:末|中|内)(?:までに|まで|に)?|\bfiscal(?:\s+year)?\s+20\d\d|(?:by|until|before|in)\s+(?:the\s+end\s+of\s+|end\s+of\s+|mid[- ]|early\s+|late\s+)?(?:(?:\d{1,2}(?:st|nd|rd|th)?\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?:\s+\d{1,2}(?:st|nd|rd|th)?\b)?(?:,?\s*20\d\d)?|20\d\d\b)`)
	inMany       = regexp.MustCompile(`(\d+(?:\.\d+)?)\s*(年度?|か月|ヶ月|カ月|ヵ月|ケ月|週|日|クォーター|years?|months?|weeks?|days?|quarters?)\s*間?\s*(?:で|に|あたり|当たり|につき|ごとに)|(?:in|every|over)\s+(\d+(?:\.\d+)?)\s*(years?|months?|weeks?|days?|quarters?)`)
	perQuarter   = regexp.MustCompile(`クォーター|クオーター|quarter`)
	perYear      = regexp.MustCompile(`年間|毎年|年に|年度|年[あ当]たり|/\s*年|^年|[^前昨去]年(?:\s*\d|で)|per year|a year|each year|every year|/\s*(?:year|yr|y)\b|yearly|annual`)
	perMonth     = regexp.MustCompile(`月間|毎月|(?:^|[^\d])月に|月[あ当]たり|ひと月|(?:^|[^\d])1[かヶカヵケ]月|/\s*月|(?:^|[^\d])月\s*\d|^月|per month|a month|each month|every month|(?:/\s*|\ba )(?:month|mo)\b|monthly`)
	perWeek      = regexp.MustCompile(`週間|毎週|週に|週[あ当]たり|/\s*週|^週|週\s*\d|per week|a week|each week|every week|/\s*(?:week|wk)\b|weekly`)
	perDay       = regexp.MustCompile(`毎日|(?:^|[^\d])日に|日[あ当]たり|/\s*日|(?:^|[^\d])1日|日次|per day|a day|each day|every day|/\s*day\b|daily`)
	lastYear     = regexp.MustCompile(`前年度?|昨年度?|去年|昨対|前期|前の年|last year|previous year|yoy|year[- ]on[- ]year`)
	amountFigure = regexp.MustCompile(`([-+−]?)\s*(\d+(?:\.\d+)?)\s*(億|百万|千万|万|千|(?:million|billion|thousand|mn|bn|m|k)\b)?\s*(%|パーセント|percent|割|倍|times\b|x\b)?\s*(円|yen|¥|[\p{L}]*)`)
	rises        = regexp.MustCompile(`増|アップ|伸ば|上げ|up\b|more|increase|grow|\+`)
	falls        = regexp.MustCompile(`減|ダウン|下げ|削|down\b|less|decrease|cut|reduce`)
	toLevel      = regexp.MustCompile(`(?:%|パーセント|割)\s*(?:に|へ|まで|以上)|to \d`)
	onLastYear   = regexp.MustCompile(`昨対|比`)
	byAmount     = regexp.MustCompile(`(?:increas|grow|rais|cut|reduc|decreas|lift|boost|improv)\w*\b.*\bby\s+[¥$]?\d`)
	inPoints     = regexp.MustCompile(`^(?:ポイント|pt|point)`)
	halfYear     = regexp.MustCompile(`(?:半年|半期)(?:間|ごと)?(?:で|に|の)?|\b(?:in|over|every)\s+(?:half\s+a\s+year|a\s+half[- ]year)`)
	factors      = []struct {
		words  *regexp.Regexp
		factor float64
	}{
		{regexp.MustCompile(`倍増|倍にする|^倍$|doubl|twice`), 2},
		{regexp.MustCompile(`tripl`), 3},
		{regexp.MustCompile(`半減|半分|halve|by half`), 0.5},
	}
)

var scales = map[string]float64{
	"": 1, "千": 1e3, "k": 1e3, "thousand": 1e3, "万": 1e4, "百万": 1e6, "m": 1e6, "mn": 1e6, "million": 1e6, "千万": 1e7,
	"億": 1e8, "bn": 1e9, "billion": 1e9,
}

// ReadNumber reads what somebody wrote of "how much". What cannot be read is asked for
// again, never guessed.
func ReadNumber(written string) (n Number, trouble Trouble) {
	s := strings.ToLower(norm.NFKC.String(written))
	if len(s) > maxWritten {
		return Number{}, ManyFigure
	}
	s = strings.NewReplacer(",", "", "、", " ", "。", " ", "約", "", "およそ", "", "だいたい", "", "about ", "", "around ", "").Replace(s)
	s = plainYears(wordsToFigures(kanjiToFigures(s)))
	s = joinOku(strings.TrimSpace(withinDay.ReplaceAllString(s, " ")))
	if halfYear.MatchString(s) {
		n.Per, n.Count = series.GrainMonth.String(), 6
		s = halfYear.ReplaceAllString(s, " ")
	} else if m := inMany.FindStringSubmatch(s); m != nil {
		n.Per = grainWord(m[2] + m[4])
		if n.Count, _ = strconv.ParseFloat(m[1]+m[3], 64); n.Count == 1 {
			n.Count = 0
		}
		s = strings.Replace(s, m[0], " ", 1)
	} else {
		n.Per = perWord(s)
	}
	s = strings.NewReplacer("1か月", "月", "1ヶ月", "月", "1カ月", "月", "1年", "年", "1週間", "週", "1日", "日").Replace(s)
	figures := amountFigure.FindAllStringSubmatch(s, 3)
	switch len(figures) {
	case 0:
		for _, one := range factors {
			if one.words.MatchString(s) {
				return Number{Value: one.factor, Growth: true}, Fine
			}
		}
		return Number{}, NoFigure
	case 1:
		return n.figure(figures[0], s)
	}
	return Number{}, ManyFigure
}

// figure puts the one figure of a text into a number.
func (n Number) figure(f []string, all string) (Number, Trouble) {
	value, err := strconv.ParseFloat(f[2], 64)
	if err != nil || math.IsInf(value, 0) || value > 1e15 {
		return Number{}, NoFigure
	}
	scale := scales[f[3]]
	n.Value, n.Step = value*scale, scale*math.Pow(10, -float64(decimals(f[2])))
	switch f[4] {
	case "倍", "times", "x":
		return Number{Value: n.Value, Growth: true}, Fine
	case "割":
		return n.share(10, f[1], all), Fine
	case "%", "パーセント", "percent":
		return n.share(100, f[1], all), Fine
	}
	behind := f[5]
	if inPoints.MatchString(behind) || byAmount.MatchString(all) {
		return Number{}, Increase
	}
	if behind == "" && f[3] == "" && lastYear.MatchString(all) && onLastYear.MatchString(all) { // 前年比110, without its sign
		if n.Value >= 10 {
			n.Value /= 100
		}
		return Number{Value: n.Value, Growth: true}, Fine
	}
	if f[1] != "" || (rises.MatchString(behind) || falls.MatchString(behind)) && !strings.ContainsAny(behind, "にへ") {
		return Number{}, Increase
	}
	if n.Unit = unitWord(behind); n.Unit == "" && strings.Contains(all, "¥") {
		n.Unit = "円"
	}
	return n, Fine
}

// share is a figure of percent or tenths: a change on last year, a part of it, or a rate.
func (n Number) share(whole float64, sign, all string) Number {
	part := n.Value / whole
	changed := sign != "" || (rises.MatchString(all) || falls.MatchString(all)) && !toLevel.MatchString(all)
	switch {
	case changed && (sign == "-" || sign == "−" || sign == "" && falls.MatchString(all)):
		return Number{Value: 1 - part, Growth: true}
	case changed:
		return Number{Value: 1 + part, Growth: true}
	case lastYear.MatchString(all):
		return Number{Value: part, Growth: true}
	}
	return Number{Value: part, Step: n.Step / whole, Unit: "%"}
}

// unitWord is the unit behind a figure without what is no unit: 件を, 件の応募, deals per month.
func unitWord(s string) string {
	for _, known := range [][]string{{"件"}, {"人"}, {"名"}, {"円", "yen"}, {"社"}, {"本"}, {"回"}, {"通"}, {"台"}, {"個"}, {"枚"}, {"冊"}, {"時間"}, {"日"}, {"店"}, {"組"}, {"口"}, {"アカウント"}} {
		for _, word := range known {
			if strings.HasPrefix(s, word) {
				return known[0]
			}
		}
	}
	for _, no := range []string{"per", "a", "each", "every", "in", "by", "from", "of", "to", "or", "at", "and", "for", "on", "over", "until", "before", "within", "than"} {
		if s == no {
			return ""
		}
	}
	for _, r := range s {
		if r > 0x7f {
			return "" // a Japanese word that is no counter: 100応募
		}
	}
	return s
}

func decimals(figure string) int {
	_, rest, _ := strings.Cut(figure, ".")
	return len(rest)
}

func perWord(s string) string {
	if lastYear.MatchString(s) {
		return ""
	}
	for _, one := range []struct {
		words *regexp.Regexp
		grain series.Grain
	}{{perQuarter, series.GrainQuarter}, {perMonth, series.GrainMonth}, {perWeek, series.GrainWeek}, {perYear, series.GrainYear}, {perDay, series.GrainDay}} {
		if one.words.MatchString(s) {
			return one.grain.String()
		}
	}
	return ""
}

func grainWord(unit string) string {
	switch {
	case strings.HasPrefix(unit, "年"), strings.HasPrefix(unit, "year"):
		return series.GrainYear.String()
	case strings.HasPrefix(unit, "週"), strings.HasPrefix(unit, "week"):
		return series.GrainWeek.String()
	case strings.HasPrefix(unit, "日"), strings.HasPrefix(unit, "day"):
		return series.GrainDay.String()
	case strings.HasPrefix(unit, "ク"), strings.HasPrefix(unit, "quarter"):
		return series.GrainQuarter.String()
	}
	return series.GrainMonth.String()
}

// Text says the number as it was understood; unit is used where none was written.
func (n Number) Text(unit string) words.Text {
	if n.Unit != "" {
		unit = n.Unit
	}
	if n.Growth {
		return words.T("前年比%s", "%s of last year", words.Percent(n.Value))
	}
	amount := words.Amount{Value: n.Value, Unit: unit}
	grain, per := series.ParseGrain(n.Per)
	switch {
	case !per:
		return words.T("%s", "%s", amount)
	case n.Count > 1:
		return words.T("%[1]sで%[2]s", "%[2]s in %[1]s", lengthText(n.Count, grain), amount)
	}
	return grain.Per(amount)
}

func lengthText(count float64, grain series.Grain) words.Text {
	figure := plainFigure(math.Round(count*10) / 10)
	unit := [...]words.Text{
		series.GrainDay: words.T("日", "days"), series.GrainWeek: words.T("週間", "weeks"), series.GrainMonth: words.T("か月", "months"),
		series.GrainQuarter: words.T("四半期", "quarters"), series.GrainYear: words.T("年", "years"),
	}[grain]
	return words.T("%[1]s%[2]s", "%[1]s %[2]s", figure, unit)
}
