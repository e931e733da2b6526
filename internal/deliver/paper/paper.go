// Package paper draws what is handed on, with letters of its own, so that it looks the same on
// every machine and runs nothing: the page "where we stand" on A4, as a PDF that can be
// searched and copied from, and the map as a PNG.
package paper

import (
	_ "embed" // the letters
	"fmt"
	"strings"
	"time"

	"github.com/signintech/gopdf"

	"github.com/shirube/shirube/internal/share/report"
	"github.com/shirube/shirube/internal/words"
)

// Regular and Bold are BIZ UDPGothic (SIL Open Font License 1.1, fonts/OFL.txt): made for
// documents of business, easy to read when small, with the signs of JIS X 0213.
var (
	//go:embed fonts/BIZUDPGothic-Regular.ttf
	Regular []byte
	//go:embed fonts/BIZUDPGothic-Bold.ttf
	Bold []byte
)

// Licence is the licence of the letters, to be passed on with them.
//
//go:embed fonts/OFL.txt
var Licence string

const (
	regular, bold = "regular", "bold"
	// unknown stands for a letter the font has not: printers have used it for that since there
	// was lead.
	unknown = '〓'
)

// The sheet, in points: A4 with margins that every printer can do.
const (
	wide, high            = 595.28, 841.89
	left, right           = 44.0, wide - 44.0
	top, bottom           = 38.0, high - 40.0
	between               = 26.0 // of two columns
	column                = (right - left - between) / 2
	tiny, small, text     = 7.8, 8.6, 9.6
	heading, name, figure = 11.5, 12.0, 30.0
)

// Draw draws a page. made is the day it was made, in the properties of the file; the same
// sheet of the same day gives the same bytes.
func Draw(s report.Sheet, made time.Time) ([]byte, error) {
	p, err := newPen(s, made)
	if err != nil {
		return nil, err
	}
	p.page()
	p.fit()
	p.all()
	p.feet()
	if p.err != nil {
		return nil, fmt.Errorf("draw %q: %w", s.Title, p.err)
	}
	file, err := p.pdf.GetBytesPdfReturnErr()
	if err != nil {
		return nil, fmt.Errorf("write %q: %w", s.Title, err)
	}
	return file, nil
}

// squeezes is how near the lines may come together, tried in this order, so that one page is
// enough: English takes more of them than Japanese.
var squeezes = []float64{1, 0.95, 0.9}

// fit chooses how tightly the page is set. Of two pages nothing need be left out, but a column
// that is a line too long would leave half a sheet empty: the loosest of what takes the fewest.
func (p *pen) fit() {
	if top+p.measured(p.all) <= bottom {
		return
	}
	p.tight = true
	for _, p.squeeze = range squeezes {
		if top+p.measured(p.all) <= bottom {
			return
		}
	}
	p.tight, p.squeeze = false, 1
	fewest := 0
	for _, squeeze := range squeezes {
		if n := p.pagesAt(squeeze); fewest == 0 || n < fewest {
			fewest, p.squeeze = n, squeeze
		}
	}
}

// pagesAt is how many pages it takes with its lines so near together. It draws them to know.
func (p *pen) pagesAt(squeeze float64) int {
	try, err := newPen(p.sheet, time.Time{})
	if err != nil {
		p.err = err
		return 0
	}
	try.squeeze = squeeze
	try.page()
	try.all()
	return try.pages
}

// newPen is a pen on an empty sheet, its letters loaded.
func newPen(s report.Sheet, made time.Time) (*pen, error) {
	p := &pen{sheet: s, pdf: &gopdf.GoPdf{}, squeeze: 1}
	p.pdf.Start(gopdf.Config{PageSize: *gopdf.PageSizeA4})
	p.pdf.SetInfo(gopdf.PdfInfo{Title: basic(s.Workspace + " — " + s.Title), Author: basic(s.Workspace), Creator: "Shirube", CreationDate: made.UTC()})
	option := gopdf.TtfOption{OnGlyphNotFoundSubstitute: func(rune) rune { return unknown }}
	for _, f := range []struct {
		family  string
		letters []byte
	}{{regular, Regular}, {bold, Bold}} {
		if err := p.pdf.AddTTFFontDataWithOption(f.family, f.letters, option); err != nil {
			return nil, fmt.Errorf("load the letters %q: %w", f.family, err)
		}
	}
	return p, nil
}

// basic leaves out what the properties of a file cannot hold.
func basic(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r > 0xffff || r >= 0xd800 && r < 0xe000 {
			return -1
		}
		return r
	}, text)
}

// pen is where the drawing is. The first error stops all drawing.
type pen struct {
	sheet report.Sheet
	pdf   *gopdf.GoPdf
	pages int
	y     float64
	dry   bool // only finds out how much room something takes
	tight bool // what can be done without is left out, so that one page is enough
	// squeeze is what is left of the height of a line.
	squeeze float64
	err     error
}

func (p *pen) say(ja, en string) string { return words.T(ja, en).In(p.sheet.Lang) }

func (p *pen) page() {
	p.pdf.AddPage()
	p.pages++
	p.y = top
}

// room begins a new page where less than that is left on this one.
func (p *pen) room(height float64) {
	if !p.dry && p.y+height > bottom && p.y > top {
		p.page()
	}
}

// measured is the room that something takes.
func (p *pen) measured(draw func()) float64 {
	y, dry := p.y, p.dry
	p.dry, p.y = true, 0
	draw()
	took := p.y
	p.y, p.dry = y, dry
	return took
}

// feet writes below each page what it belongs to.
func (p *pen) feet() {
	for n := 1; n <= p.pages && p.err == nil; n++ {
		p.err = p.pdf.SetPage(n)
		foot := p.sheet.Workspace + p.say("・", " · ") + p.sheet.Title + p.say("・", " · ") + p.sheet.AsOf.Long().In(p.sheet.Lang)
		p.plain(left, high-24, foot, tiny, regular, quiet)
		p.flushed(right, high-24, fmt.Sprintf("%d / %d", n, p.pages), tiny, regular, quiet)
	}
}
