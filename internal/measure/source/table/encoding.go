package table

import (
	"bytes"
	"io"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// The encodings, by the names used in Options and Format.
const (
	utf8Name    = "utf-8"
	cp932Name   = "cp932"
	eucName     = "euc-jp"
	utf16leName = "utf-16le"
	utf16beName = "utf-16be"
	latin1Name  = "latin1"
)

var encodings = map[string]encoding.Encoding{
	cp932Name:   japanese.ShiftJIS, // with the NEC and IBM extensions: ①, 髙
	eucName:     japanese.EUCJP,
	utf16leName: unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM),
	utf16beName: unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM),
	latin1Name:  charmap.Windows1252, // what is called latin1 in files
}

// encodingName maps the spellings people use to the names above; "" where it is
// unknown.
func encodingName(s string) string {
	switch strings.NewReplacer("-", "", "_", "", " ", "").Replace(strings.ToLower(s)) {
	case "utf8", "utf8sig", "utf8bom":
		return utf8Name
	case "cp932", "shiftjis", "sjis", "ms932", "windows31j", "mskanji":
		return cp932Name
	case "eucjp":
		return eucName
	case "utf16le", "utf16":
		return utf16leName
	case "utf16be":
		return utf16beName
	case "latin1", "iso88591", "windows1252", "cp1252":
		return latin1Name
	}
	return ""
}

// decoder turns the file's bytes into UTF-8. As long as only ASCII came by, the
// encoding is left open; the first other bytes decide.
//
// UTF-8 is passed on unchecked, other encodings put U+FFFD where bytes mean
// nothing: the scanner checks lines, because it knows where they are.
type decoder struct {
	src     io.Reader
	name    string
	decoded io.Reader // nil while the encoding is open
	sample  []byte    // read for the decision, not yet passed on
	err     error     // that came with the sample
}

const sampleBytes = 64 << 10

// newDecoder reads the beginning of src. name is "" to recognise the encoding.
func newDecoder(src io.Reader, name string) (*decoder, error) {
	d := &decoder{src: src}
	head, err := d.gather(nil, 4096)
	if err != nil && err != io.EOF {
		return nil, err
	}
	bom, size := byteOrderMark(head)
	switch {
	case bom != "" && (name == "" || encodings[name] == nil || encodings[bom] != nil):
		// A byte order mark is better evidence than what somebody wrote down.
		name, head = bom, head[size:]
	case name == "":
		name = wideWithoutMark(head)
	}
	d.sample, d.err = head, err
	if name != "" {
		d.choose(name)
	}
	return d, nil
}

// gather fills up to want bytes behind head. io.ReadFull would make one of a
// file's end and of an archive that was cut off.
func (d *decoder) gather(head []byte, want int) ([]byte, error) {
	buf := make([]byte, max(want, len(head)))
	n := copy(buf, head)
	for empty := 0; n < len(buf); {
		m, err := d.src.Read(buf[n:])
		n += m
		if err != nil {
			return buf[:n], err
		}
		if m > 0 {
			empty = 0
		} else if empty++; empty > 100 {
			return buf[:n], io.ErrNoProgress
		}
	}
	return buf, nil
}

func (d *decoder) choose(name string) {
	d.name = name
	rest := d.rest()
	if e := encodings[name]; e != nil {
		d.decoded = transform.NewReader(rest, e.NewDecoder())
		return
	}
	d.decoded = rest
}

// rest is the sample and everything behind it.
func (d *decoder) rest() io.Reader {
	sample, err := d.sample, d.err
	d.sample = nil
	switch {
	case err == io.EOF:
		return bytes.NewReader(sample)
	case err != nil:
		return io.MultiReader(bytes.NewReader(sample), failing{err})
	case len(sample) == 0:
		return d.src
	}
	return io.MultiReader(bytes.NewReader(sample), d.src)
}

// failing tells an error once more that came together with data.
type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// Read passes on UTF-8.
func (d *decoder) Read(p []byte) (int, error) {
	if d.decoded != nil {
		return d.decoded.Read(p)
	}
	if len(p) == 0 {
		return 0, nil
	}
	var n int
	var err error
	if len(d.sample) > 0 {
		n = copy(p, d.sample)
		d.sample = d.sample[n:]
	} else if d.err != nil {
		return 0, d.err
	} else {
		n, err = d.src.Read(p)
	}
	high := firstHigh(p[:n])
	if high < 0 {
		return n, err
	}
	// Decide on as much text as there is at hand.
	sample := append(append([]byte(nil), p[high:n]...), d.sample...)
	d.err = join(d.err, err)
	if d.err == nil {
		sample, d.err = d.gather(sample, sampleBytes)
	}
	d.sample = sample
	d.choose(recognise(sample, d.err == nil))
	if high == 0 {
		return d.decoded.Read(p)
	}
	return high, nil
}

func join(a, b error) error {
	if a != nil {
		return a
	}
	return b
}

// encoding is the name as far as it is known: ASCII is UTF-8.
func (d *decoder) encoding() string {
	if d.name == "" {
		return utf8Name
	}
	return d.name
}
