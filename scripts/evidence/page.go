package main

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/shirube/shirube/internal/evidence"
)

// rooms are the headings of the page in its order, with what stands below them. A room
// that is not listed comes after these, under its own name.
var rooms = []struct{ room, title, about string }{
	{"links", "Links", "Does a KPI move the KGI? A false link is `moves` said of two series that have nothing to do with each other."},
	{"breaks", "Breaks of a link", "The relation changes in the middle. Telling it late is a miss; telling it where nothing changed is a false alarm. A tracking outage must not be called a break of the relation."},
	{"structural change", "Structural change in a regression", "The tests below the breaks, each against its own law, under errors that remember the day before."},
	{"change points", "Change points of one series", "One fixed setting for every series; published scores of others stand in the bar."},
	{"forecast: daily", "Daily forecasts and the chance of reaching a target", "Series as marketing has them: weekdays, holidays, season, trend, low counts. A range of 80 % has to hold what comes 80 times of 100; of goals given 70 %, 70 of 100 have to be reached."},
	{"forecast: competitions", "Forecasting competitions", "Public series with published results of others. The widths are learned from half of the M3 series; the figures of the other half stand beside them."},
	{"interventions", "Before and after a date", "What did a date do, when other series were not touched by it?"},
	{"lift", "Experiments", "Two arms, drawn by lot."},
	{"scorecards", "Scorecards", "Whole-number points against the best of their kind and against logistic regression; calibration on rows the card had not seen."},
	{"root cause", "Root causes", "Where in channel × device × page × campaign did a number move? Planted causes, found or not."},
}

func roomRank(room string) int {
	at := slices.IndexFunc(rooms, func(r struct{ room, title, about string }) bool { return r.room == room })
	if at < 0 {
		return len(rooms)
	}
	return at
}

const introduction = `# Evidence

<!-- Written by make gates. Do not edit: change scripts/evidence. -->

Shirube says that one number moves another, or that it does not, or that nobody can tell yet. Such a sentence is worth as much as its **false-link rate**: how often a tool calls two numbers linked that have nothing to do with each other. We know of no vendor that publishes theirs. Here is ours, with everything else we measure.

The figures come from made-up series whose truth is known, because it was planted, and from public data whose results are known. Every draw has its seed, so that another machine gives the same numbers; only what is told in seconds is of the machine it ran on. To make the page again:

` + "```sh\nmake gates                        # everything; takes hours\nmake gates RUN=TestGateHardNulls  # some of it; the other figures stay\n```" + `

A figure that misses its bar is shown as a miss. Bars are not lowered to fit. Where only few tries are made, a figure may lie above its bar by about what that leaves to chance; it then says “within chance”. What a simulation cannot know, this page does not know either: your data have something that nobody has thought of. How the methods work and what they cannot do is in [methods.md](methods.md).

## 日本語で

道しるべは「この数字はあの数字を動かす」「動かさない」「まだ分からない」のどれかを言います。この言葉の値打ちは、**まちがいのつながり率**、つまり関係のない2つの数字を「つながっている」と言ってしまう割合で決まります。これを公表している製品を、私たちは知りません。ここに、ほかの測定と合わせて全部載せます。

答えを仕込んだ作りものの数字と、結果の分かっている公開データで測っています。乱数の種を書いてあるので、別の機械でも同じ数字になります(秒で書いた速さだけは機械しだいです)。もう一度測るには ` + "`make gates`" + ` です。合格線に届かなかったものは「missed」と書き、合格線を下げて合わせることはしません。作りもので試せないこと、つまりあなたの数字だけの事情は、この表からは分かりません。
`

// render is the whole page.
func render(figures []evidence.Figure) []byte {
	var page bytes.Buffer
	page.WriteString(introduction)
	page.WriteString("\n## In short\n\n| | Figures with a bar | Held | Missed |\n|---|---:|---:|---:|\n")
	var parts [][]evidence.Figure
	for rest := figures; len(rest) > 0; {
		end := slices.IndexFunc(rest, func(f evidence.Figure) bool { return f.Room != rest[0].Room })
		if end < 0 {
			end = len(rest)
		}
		parts, rest = append(parts, rest[:end]), rest[end:]
	}
	for _, part := range parts {
		held, missed := count(part)
		fmt.Fprintf(&page, "| [%s](#%s) | %d | %d | %s |\n", title(part[0].Room), anchor(title(part[0].Room)), held+missed, held, loud(missed))
	}
	held, missed := count(figures)
	fmt.Fprintf(&page, "| **All** | %d | %d | %s |\n", held+missed, held, loud(missed))
	for _, part := range parts {
		fmt.Fprintf(&page, "\n## %s\n\n", title(part[0].Room))
		if at := roomRank(part[0].Room); at < len(rooms) {
			page.WriteString(rooms[at].about + "\n\n")
		}
		page.WriteString("| Tried | Figure | Came out | Bar | | n | Seed |\n|---|---|---:|---|---|---:|---:|\n")
		for i, f := range part {
			tried := f.Case
			if i > 0 && part[i-1].Case == f.Case {
				tried = "〃"
			}
			fmt.Fprintf(&page, "| %s | %s | %s | %s | %s | %s | %s |\n",
				cell(tried), cell(f.Name), shown(f), cell(bar(f)), verdict(f), words(uint64(f.Tries)), seed(f))
		}
	}
	return page.Bytes()
}

func title(room string) string {
	if at := roomRank(room); at < len(rooms) {
		return rooms[at].title
	}
	return strings.ToUpper(room[:1]) + room[1:]
}

// anchor is what a heading is called in an address.
func anchor(title string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-':
			return r
		}
		return -1
	}, strings.ToLower(title))
}

func loud(missed int) string {
	if missed == 0 {
		return "0"
	}
	return fmt.Sprintf("**%d**", missed)
}

func cell(text string) string { return strings.ReplaceAll(text, "|", "\\|") }

func shown(f evidence.Figure) string {
	if f.Unit == "%" {
		return fmt.Sprintf("%.1f %%", 100*f.Got)
	}
	text := strconv.FormatFloat(f.Got, 'g', 4, 64)
	if f.Unit != "" {
		text += " " + f.Unit
	}
	return text
}

func bar(f evidence.Figure) string {
	if !hasBar(f) {
		return "—"
	}
	return f.Bar
}

func verdict(f evidence.Figure) string {
	switch {
	case !f.OK:
		return "**missed**"
	case !hasBar(f):
		return ""
	case beyond(f):
		return "within chance"
	}
	return "held"
}

// beyond reports whether a figure that was let pass lies on the wrong side of its bar,
// as it is shown.
func beyond(f evidence.Figure) bool {
	sign, number, _ := strings.Cut(f.Bar, " ")
	limit, err := strconv.ParseFloat(strings.TrimSuffix(strings.ReplaceAll(number, ",", ""), " %"), 64)
	if err != nil {
		return false
	}
	got := f.Got
	if f.Unit == "%" {
		got *= 100
	}
	const rounding = 1e-9
	return sign == "≤" && got > limit+rounding || sign == "≥" && got < limit-rounding
}

func seed(f evidence.Figure) string {
	if f.Seed == 0 {
		return "—"
	}
	return strconv.FormatUint(f.Seed, 10)
}

// words writes a count in groups of three.
func words(n uint64) string {
	text := strconv.FormatUint(n, 10)
	for at := len(text) - 3; at > 0; at -= 3 {
		text = text[:at] + "," + text[at:]
	}
	return text
}
