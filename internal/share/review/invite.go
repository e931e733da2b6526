package review

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/shirube/shirube/internal/words"
)

// Invitation is a review as calendars take it.
type Invitation struct {
	ID     string // unique in the world and the same each time: a calendar replaces by it
	Begins time.Time
	Lasts  time.Duration
	Stamp  time.Time // when it was written
	Title  words.Text
	Text   words.Text // lines
	Link   string     // https address of the agenda
}

// Calendar writes the invitation as an iCalendar file (RFC 5545): one event, in UTC, so that no
// table of zones is needed.
func (i Invitation) Calendar(lang words.Lang) string {
	const stamp = "20060102T150405Z"
	var b strings.Builder
	line := func(name, value string) { b.WriteString(folded(name + ":" + value)) }
	line("BEGIN", "VCALENDAR")
	line("VERSION", "2.0")
	line("PRODID", "-//Shirube//Review//"+strings.ToUpper(string(lang)))
	line("CALSCALE", "GREGORIAN")
	line("METHOD", "PUBLISH")
	line("BEGIN", "VEVENT")
	line("UID", i.ID)
	line("DTSTAMP", i.Stamp.UTC().Format(stamp))
	line("DTSTART", i.Begins.UTC().Format(stamp))
	line("DTEND", i.Begins.Add(i.Lasts).UTC().Format(stamp))
	line("SUMMARY", escaped(i.Title.In(lang)))
	line("DESCRIPTION", escaped(i.Text.In(lang)+"\n\n"+i.Link))
	line("URL", printable(i.Link))
	line("BEGIN", "VALARM")
	line("ACTION", "DISPLAY")
	line("DESCRIPTION", escaped(i.Title.In(lang)))
	line("TRIGGER", "-PT15M")
	line("END", "VALARM")
	line("END", "VEVENT")
	line("END", "VCALENDAR")
	return b.String()
}

// escaped is a text as a value: what ends or parts values is marked, other control characters
// are dropped.
func escaped(text string) string {
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`).Replace(strings.Map(func(r rune) rune {
		if r != '\n' && (r < ' ' || r == 0x7f) {
			return -1
		}
		return r
	}, text))
}

// printable drops what could end a line.
func printable(link string) string {
	return strings.Map(func(r rune) rune {
		if r <= ' ' || r == 0x7f {
			return -1
		}
		return r
	}, link)
}

// mostOctets of a line; what is longer goes on in the next, behind a space.
const mostOctets = 75

func folded(line string) string {
	var b strings.Builder
	width := 0
	for _, r := range line {
		size := utf8.RuneLen(r)
		if size < 0 { // broken: written as the replacement character
			r, size = utf8.RuneError, 3
		}
		if width+size > mostOctets {
			b.WriteString("\r\n ")
			width = 1
		}
		b.WriteRune(r)
		width += size
	}
	b.WriteString("\r\n")
	return b.String()
}
