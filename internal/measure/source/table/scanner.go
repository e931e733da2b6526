package table

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/shirube/shirube/internal/words"
)

// scanner cuts UTF-8 text into CSV records. It is used instead of encoding/csv
// because exports need what that does not do: lone CR as a line end, quotes in
// the middle of cells, a bound on what an unclosed quote may swallow, and the
// place of every complaint.
type scanner struct {
	src   io.Reader
	name  string
	delim byte
	// strict is false while sniffing: lines are not checked and a '#' line is one
	// record whatever quotes it holds.
	strict bool
	enc    *decoder // nil while sniffing

	buf        []byte
	start, end int // the unread part of buf
	noLF       int // buf[start:noLF] holds no line feed
	eof        bool
	err        error
	offset     int64 // bytes of text consumed
	line       int   // physical line read last

	text []byte // the record's cells, one after the other
	ends []int  // where each ends in text
}

const (
	headBytes = 128 << 10
	maxRecord = 4 << 20
)

// readLine returns the next physical line without its end; io.EOF after the
// last. The slice is valid until the next call.
func (s *scanner) readLine() ([]byte, error) {
	from := s.start
	for {
		if from < s.noLF {
			from = s.noLF
		}
		// A line feed, found once and then remembered by position.
		stop := s.end
		lf := -1
		if i := bytes.IndexByte(s.buf[from:s.end], '\n'); i >= 0 {
			lf = from + i
			stop = lf
		}
		s.noLF = stop
		if cr := bytes.IndexByte(s.buf[s.start:stop], '\r'); cr >= 0 {
			at := s.start + cr
			if at+1 < s.end || s.eof {
				next := at + 1
				if next < s.end && s.buf[next] == '\n' {
					next++
				}
				return s.take(at, next), nil
			}
		} else if lf >= 0 {
			return s.take(lf, lf+1), nil
		}
		if s.eof {
			if s.err != nil && s.err != io.EOF {
				return nil, s.err
			}
			if s.start == s.end {
				return nil, io.EOF
			}
			return s.take(s.end, s.end), nil
		}
		if s.end-s.start > maxRecord {
			s.line++
			return nil, s.problem(1, words.T("1行が長すぎます(%d MB以上)。", "The line is too long (over %d MB).", maxRecord>>20), tableMend)
		}
		s.fill()
		from = s.start
	}
}

func (s *scanner) take(end, next int) []byte {
	line := s.buf[s.start:end]
	s.offset += int64(next - s.start)
	s.start = next
	s.line++
	return line
}

// fill reads more text behind what is there.
func (s *scanner) fill() {
	if s.start > 0 && (s.start == s.end || s.end == len(s.buf)) {
		copy(s.buf, s.buf[s.start:s.end])
		s.end -= s.start
		s.noLF = max(s.noLF-s.start, 0)
		s.start = 0
	}
	if s.end == len(s.buf) {
		grown := make([]byte, max(2*len(s.buf), 4096))
		copy(grown, s.buf[:s.end])
		s.buf = grown
	}
	for range 100 {
		n, err := s.src.Read(s.buf[s.end:])
		s.end += n
		if err != nil {
			s.eof, s.err = true, err
		}
		if n > 0 || err != nil {
			return
		}
	}
	s.eof, s.err = true, io.ErrNoProgress
}

// problem is at a byte column of the line read last.
func (s *scanner) problem(col int, what, mend words.Text) error {
	return &words.Problem{At: words.At{File: s.name, Line: s.line, Col: col}, What: what, Mend: mend}
}

var tableMend = words.T("CSV(カンマ区切りのテキスト)か、Excelの .xlsx で書き出し直してください。",
	"Export it again as CSV text or as an Excel .xlsx file.")

// next reads one record; blank lines are records of one empty cell.
func (s *scanner) next(c *record) error {
	line, err := s.readLine()
	if err != nil {
		return err
	}
	if err := s.check(line); err != nil {
		return err
	}
	c.line, c.lazy, c.typed = s.line, false, nil
	c.spots = c.spots[:0]
	s.ends = s.ends[:0]
	if bytes.IndexByte(line, '"') < 0 || (!s.strict && len(line) > 0 && line[0] == '#') {
		s.plain(c, line)
		return nil
	}
	return s.quoted(c, line)
}

// plain cuts a line without quotes.
func (s *scanner) plain(c *record, line []byte) {
	text := string(line)
	c.cells = c.cells[:0]
	from := 0
	for {
		i := strings.IndexByte(text[from:], s.delim)
		c.spots = append(c.spots, spot{s.line, from})
		if i < 0 {
			c.cells = append(c.cells, text[from:])
			return
		}
		c.cells = append(c.cells, text[from:from+i])
		from += i + 1
	}
}

// quoted cuts a line with quotes, and those after it while a quote is open.
func (s *scanner) quoted(c *record, line []byte) error {
	s.text = s.text[:0]
	at := 0 // in line
	for {
		quoteAt := at
		for quoteAt < len(line) && line[quoteAt] == ' ' && s.delim != ' ' {
			quoteAt++
		}
		c.spots = append(c.spots, spot{s.line, at})
		if quoteAt >= len(line) || line[quoteAt] != '"' {
			end := len(line)
			if i := bytes.IndexByte(line[at:], s.delim); i >= 0 {
				end = at + i
			}
			s.text = append(s.text, line[at:end]...)
			at = end
		} else {
			c.spots[len(c.spots)-1].col = quoteAt + 1
			var err error
			if line, at, err = s.quotedCell(c, line, quoteAt+1); err != nil {
				return err
			}
		}
		s.ends = append(s.ends, len(s.text))
		if at >= len(line) {
			break
		}
		at++ // the delimiter
	}
	text := string(s.text)
	c.cells = c.cells[:0]
	from := 0
	for _, end := range s.ends {
		c.cells = append(c.cells, text[from:end])
		from = end
	}
	return nil
}

// quotedCell reads from behind an opening quote to the delimiter or line end
// behind the closing one. A quote that closes nothing is taken as it stands, but
// only while the cell stays on one line: beyond that it would swallow rows.
func (s *scanner) quotedCell(c *record, line []byte, at int) (rest []byte, end int, err error) {
	open := words.At{File: s.name, Line: s.line, Col: utf8.RuneCount(line[:at-1]) + 1}
	stray, broken := false, false
	for {
		i := bytes.IndexByte(line[at:], '"')
		if i < 0 {
			s.text = append(s.text, line[at:]...)
			if stray || len(s.text) > maxRecord {
				return nil, 0, unclosed(open)
			}
			s.text = append(s.text, '\n')
			broken = true
			if line, err = s.readLine(); err != nil {
				if err == io.EOF {
					return nil, 0, unclosed(open)
				}
				return nil, 0, err
			}
			if err = s.check(line); err != nil {
				return nil, 0, err
			}
			at = 0
			continue
		}
		s.text = append(s.text, line[at:at+i]...)
		at += i + 1
		if at < len(line) && line[at] == '"' {
			s.text = append(s.text, '"')
			at++
			continue
		}
		next := at
		for next < len(line) && line[next] == ' ' {
			next++
		}
		if next == len(line) || line[next] == s.delim {
			return line, next, nil
		}
		if broken {
			return nil, 0, unclosed(open)
		}
		stray, c.lazy = true, true
		s.text = append(s.text, '"')
	}
}

func unclosed(at words.At) error {
	return &words.Problem{At: at,
		What: words.T("ここで始まる引用符(\")が正しく閉じられていません。", "The quote (\") opened here is not closed properly."),
		Mend: words.T("閉じる引用符を補うか、セルの中の引用符を2つ(\"\")にしてください。",
			"Add the closing quote, or double the quotes inside the cell (\"\").")}
}

// check complains about bytes that are no text.
func (s *scanner) check(line []byte) error {
	if !s.strict {
		return nil
	}
	if i := bytes.IndexByte(line, 0); i >= 0 {
		return s.problem(utf8.RuneCount(line[:i])+1,
			words.T("文字ではないデータ(NULバイト)があり、表のテキストとして読めません。", "There is binary data (a NUL byte): this is not a table of text."), tableMend)
	}
	switch name := s.enc.encoding(); {
	case name == utf8Name:
		if utf8.Valid(line) {
			return nil
		}
		at := 0
		for at < len(line) {
			r, size := utf8.DecodeRune(line[at:])
			if r == utf8.RuneError && size <= 1 {
				break
			}
			at += size
		}
		return s.problem(utf8.RuneCount(line[:at])+1,
			words.T("UTF-8として読めないバイト(0x%02X)があります。", "There is a byte (0x%02X) that is not UTF-8.", line[at]), encodingMend)
	default:
		i := bytes.Index(line, []byte("\uFFFD"))
		if i < 0 {
			return nil
		}
		return s.problem(utf8.RuneCount(line[:i])+1,
			words.T("文字コード %s として読めない文字があります。", "There is a character that cannot be read as %s.", name), encodingMend)
	}
}

var encodingMend = words.T("文字コードをUTF-8にして保存し直すか、ソースの encoding: に正しい文字コードを書いてください。",
	"Save the file as UTF-8, or name its encoding with encoding: in the source.")

// last reports whether nothing but blank lines follows.
func (s *scanner) last() bool {
	for at := s.start; ; at++ {
		for at >= s.end {
			if s.eof {
				return true
			}
			kept := at - s.start
			s.fill()
			at = s.start + kept
		}
		switch s.buf[at] {
		case '\n', '\r', ' ', '\t', ',', ';':
		default:
			return false
		}
		// Megabytes of nothing are not worth waiting for.
		if at-s.start > maxRecord {
			return false
		}
	}
}
