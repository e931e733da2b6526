package table

import (
	"encoding/xml"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/shirube/shirube/internal/series"
)

// numberFormat is what a cell's format makes of its number.
type numberFormat uint8

const (
	formatNumber  numberFormat = iota
	formatDate                 // a day, perhaps with a time
	formatMonth                // a month: the day is not shown and means nothing
	formatElapsed              // a time or a duration
)

// readStyles reads which cell styles are dates.
func (b *book) readStyles() error {
	custom := map[int]numberFormat{}
	within := ""
	return b.each("xl/styles.xml", func(_ *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "numFmt":
			if id, err := strconv.Atoi(attribute(e, "numFmtId")); err == nil {
				custom[id] = formatOf(attribute(e, "formatCode"))
			}
		case "cellXfs", "cellStyleXfs", "dxfs", "cellStyles":
			within = e.Name.Local
		case "xf":
			if within != "cellXfs" {
				return nil
			}
			id, _ := strconv.Atoi(attribute(e, "numFmtId"))
			f, ok := custom[id]
			if !ok {
				f = builtinFormat(id)
			}
			b.styles = append(b.styles, f)
		}
		return nil
	})
}

// builtinFormat knows the formats that files name by number only, the Japanese
// ones included.
func builtinFormat(id int) numberFormat {
	switch {
	case id == 17, id == 55, id == 34:
		return formatMonth
	case id >= 14 && id <= 16, id == 22, id >= 27 && id <= 31, id == 35, id == 36, id >= 50 && id <= 58:
		return formatDate
	case id >= 18 && id <= 21, id >= 45 && id <= 47, id == 32, id == 33:
		return formatElapsed
	}
	return formatNumber
}

// formatOf reads a format code such as yyyy/m/d;@ or [$-411]ggge"年"m"月"d"日".
func formatOf(code string) numberFormat {
	code, _, _ = strings.Cut(strings.ToLower(code), ";")
	if strings.HasPrefix(code, "general") {
		return formatNumber
	}
	var year, month, day, clock bool
	for i := 0; i < len(code); i++ {
		switch code[i] {
		case '"':
			if end := strings.IndexByte(code[i+1:], '"'); end >= 0 {
				i += end + 1
			}
		case '\\', '_', '*':
			i++
		case '[':
			end := strings.IndexByte(code[i:], ']')
			if end < 0 {
				continue
			}
			// [h]:mm is elapsed time; [red] and [$-411] are no part of the number.
			if strings.Trim(code[i+1:i+end], "hms") == "" {
				return formatElapsed
			}
			i += end
		case 'y', 'g':
			year = true
		case 'm':
			month = true
		case 'd':
			day = true
		case 'h', 's':
			clock = true
		}
	}
	switch {
	case day, year && !month, year && clock:
		return formatDate
	case clock:
		return formatElapsed
	case month:
		return formatMonth
	}
	return formatNumber
}

// asWritten turns a stored number into the text the parsers read: a plain
// number, an ISO date, a month, or h:mm:ss.
func (b *book) asWritten(stored string, style int) string {
	f := formatNumber
	if style >= 0 && style < len(b.styles) {
		f = b.styles[style]
	}
	if f == formatNumber {
		return stored
	}
	serial, err := strconv.ParseFloat(stored, 64)
	if err != nil || serial < 0 || serial > 2958466 {
		return stored
	}
	whole := math.Floor(serial)
	seconds := int(math.Round((serial - whole) * 86400))
	if seconds == 86400 {
		whole, seconds = whole+1, 0
	}
	if f == formatElapsed {
		seconds += int(whole) * 86400
		return fmt.Sprintf("%d:%02d:%02d", seconds/3600, seconds/60%60, seconds%60)
	}
	day := series.Date(1899, 12, 30) + series.Day(whole)
	switch {
	case b.date1904:
		day = series.Date(1904, 1, 1) + series.Day(whole)
	case whole < 60:
		// Excel believes in February 29, 1900.
		day++
	}
	text := day.String()
	switch {
	case f == formatMonth:
		return text[:len("2026-04")]
	case seconds > 0:
		return fmt.Sprintf("%s %02d:%02d:%02d", text, seconds/3600, seconds/60%60, seconds%60)
	}
	return text
}
