package table

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/shirube/shirube/internal/words"
)

// Open recognises the file and reads up to its header. An *os.File, a
// *bytes.Reader and the like can be opened any number of times, one after the
// other or at once. Nothing needs closing.
//
// Errors are *words.Problem where the file is to blame.
func Open(file io.ReaderAt, opt Options) (*Reader, error) {
	size, err := sizeOf(file, opt)
	if err != nil {
		return nil, err
	}
	opt.Size = size
	if opt.MaxBytes == 0 {
		opt.MaxBytes = defaultMaxBytes
	}
	var head [64]byte
	n, err := file.ReadAt(head[:min(size, 64)], 0)
	if err != nil && err != io.EOF {
		return nil, fmt.Errorf("read %q: %w", opt.Name, err)
	}
	r := &Reader{opt: opt}
	switch magic := head[:n]; {
	case n == 0:
		return nil, emptyFile(opt.Name)
	case bytes.HasPrefix(magic, []byte("PK\x03\x04")):
		if err := r.openZip(file); err != nil {
			return nil, err
		}
		return r, nil
	case bytes.HasPrefix(magic, []byte{0x1F, 0x8B}):
		r.format.Compressed = true
	default:
		if p := notText(opt.Name, magic); p != nil {
			return nil, p
		}
	}
	if err := r.openText(file); err != nil {
		return nil, err
	}
	return r, nil
}

// sizeOf is the number of bytes, as given or as the reader itself knows.
func sizeOf(file io.ReaderAt, opt Options) (int64, error) {
	if opt.Size > 0 {
		return opt.Size, nil
	}
	switch f := file.(type) {
	case interface{ Size() int64 }:
		return f.Size(), nil
	case interface{ Stat() (os.FileInfo, error) }:
		info, err := f.Stat()
		if err != nil {
			return 0, fmt.Errorf("size of %q: %w", opt.Name, err)
		}
		return info.Size(), nil
	}
	return 0, fmt.Errorf("open table %q: the size is not known", opt.Name)
}

// notText recognises what people upload by mistake.
func notText(name string, magic []byte) error {
	start := strings.ToLower(strings.TrimSpace(string(magic)))
	switch {
	case bytes.HasPrefix(magic, []byte{0xD0, 0xCF, 0x11, 0xE0}):
		return fileProblem(name,
			words.T("古いExcel形式(.xls)か、パスワード付きのブックです。", "This is an old Excel file (.xls) or one with a password."),
			words.T("Excelで開いて、パスワードなしの .xlsx かCSVで保存し直してください。", "Open it in Excel and save it as .xlsx without password, or as CSV."))
	case bytes.HasPrefix(magic, []byte("%PDF")), bytes.HasPrefix(magic, []byte("\x89PNG")), bytes.HasPrefix(magic, []byte{0xFF, 0xD8, 0xFF}):
		return fileProblem(name,
			words.T("表のテキストではなく、PDFか画像です。", "This is a PDF or a picture, not a table."), tableMend)
	case strings.HasPrefix(start, "<!doctype html"), strings.HasPrefix(start, "<html"):
		return fileProblem(name,
			words.T("CSVではなくWebページ(HTML)です。ログイン画面が保存されたのかもしれません。", "This is a web page, not a CSV; perhaps a sign-in page was saved."),
			words.T("ログインしてから、もう一度書き出してください。", "Sign in and export it again."))
	case strings.HasPrefix(start, `{"`), strings.HasPrefix(start, `[{`):
		return fileProblem(name, words.T("表ではなく、JSONです。", "This is JSON, not a table."), tableMend)
	}
	return nil
}

func emptyFile(name string) error {
	return fileProblem(name, words.T("ファイルが空です。", "The file is empty."),
		words.T("1行目が列見出しの表を置いてください。", "Put a table there whose first line names the columns."))
}

// openText sets up the road of CSV: file → gunzip → decode → scan.
func (r *Reader) openText(file io.ReaderAt) error {
	m := &meter{src: io.NewSectionReader(file, 0, r.opt.Size), total: r.opt.Size, progress: r.opt.Progress}
	if !r.format.Compressed {
		return r.readText(m, r.opt.Sheet)
	}
	unzip, err := gzip.NewReader(bufio.NewReaderSize(m, 64<<10))
	if err != nil {
		return r.readError(err)
	}
	return r.readText(&guard{src: unzip, name: r.opt.Name, packed: func() int64 { return m.read }, limit: r.opt.MaxBytes}, r.opt.Sheet)
}

// readText decodes and scans a text up to the header of its table, or of the one
// of several under one another that is asked for.
func (r *Reader) readText(src io.Reader, table string) error {
	name := encodingName(r.opt.Encoding)
	if name == "" && r.opt.Encoding != "" {
		return fileProblem(r.opt.Name,
			words.T("文字コード「%s」には対応していません。", "The encoding “%s” is not known.", r.opt.Encoding),
			words.T("utf-8、cp932、euc-jp、utf-16le、utf-16be、latin1 のどれかを書いてください。", "Use one of utf-8, cp932, euc-jp, utf-16le, utf-16be, latin1."))
	}
	if r.opt.Delimiter >= 0x80 || r.opt.Delimiter == '"' || r.opt.Delimiter == '\n' {
		return fileProblem(r.opt.Name,
			words.T("「%c」は区切り文字に使えません。", "“%c” cannot be a delimiter.", r.opt.Delimiter),
			words.T("カンマ、セミコロン、タブのどれかにしてください。", "Use a comma, a semicolon or a tab."))
	}
	var err error
	if r.enc, err = newDecoder(src, name); err != nil {
		return r.readError(err)
	}
	room := headBytes
	if !r.format.Compressed && r.opt.Size < headBytes/2 {
		room = int(r.opt.Size)*3/2 + 512
	}
	s := &scanner{src: r.enc, name: r.opt.Name, strict: true, enc: r.enc, buf: make([]byte, room)}
	r.format.Kind = KindCSV
	if table != "" {
		return r.readError(r.findPart(s, table))
	}
	return r.readError(r.findTable(s))
}

// look reads the beginning of the text and cuts it into records.
func (r *Reader) look(s *scanner) (sample, error) {
	for s.end < headBytes && !s.eof {
		s.fill()
	}
	if s.err != nil && s.err != io.EOF {
		return sample{}, s.err
	}
	if s.end == 0 {
		return sample{}, emptyFile(r.opt.Name)
	}
	// The head is looked at leniently below, so binary files are told here.
	if i := bytes.IndexByte(s.buf[:s.end], 0); i >= 0 {
		return sample{}, binaryFile(r.opt.Name, s.buf[:i])
	}
	given := byte(r.opt.Delimiter)
	if d := s.separator(); d != 0 {
		if given == 0 {
			given = d
		}
		if _, err := s.readLine(); err != nil {
			return sample{}, err
		}
	}
	for s.line < r.opt.HeaderRow-1 {
		if _, err := s.readLine(); err == io.EOF {
			return sample{}, fileProblem(r.opt.Name,
				words.T("%d行目を列見出しにする指定ですが、ファイルは%d行しかありません。", "Line %d is to be the header, but the file has only %d lines.", r.opt.HeaderRow, s.line),
				headerMend)
		} else if err != nil {
			return sample{}, err
		}
	}
	return sniff(s.buf[s.start:s.end], s.eof, given, 0, s.line, r.opt.Want), nil
}

// findTable puts the scanner on the header and reads it.
func (r *Reader) findTable(s *scanner) error {
	look, err := r.look(s)
	if err != nil {
		return err
	}
	at := 0
	if r.opt.HeaderRow == 0 {
		at = look.header(r.opt.Want)
	}
	s.delim = look.delim
	if at >= 0 && at < len(look.records) {
		found := look.records[at]
		for _, before := range look.records[:at] {
			r.counted.note(before.cells)
		}
		s.start += int(found.offset)
		s.line = found.line - 1
	}
	rows := &csvRows{scanner: s, requoted: look.requoted}
	r.rows = rows
	r.format.Delimiter, r.format.Requoted = rune(look.delim), look.requoted
	c := &r.record[0]
	if err := rows.next(c); err == io.EOF {
		return noHeader(r.opt.Name)
	} else if err != nil {
		return err
	}
	return r.setHeader(c)
}

// separator peeks at a first line "sep=;".
func (s *scanner) separator() byte {
	end := bytes.IndexAny(s.buf[s.start:s.end], "\r\n")
	if end < 0 {
		return 0
	}
	d, ok := separatorLine(s.buf[s.start : s.start+end])
	if !ok {
		return 0
	}
	return d
}

var headerMend = words.T("1行目が列見出しの表を、書き出し直してください。モデルの header: で、見出しの行を決めることもできます。",
	"Export a table whose first line names the columns. In the model, header: can say which line it is.")

func noHeader(name string) error {
	return fileProblem(name, words.T("列見出しの行が見つかりません。", "No line with column names was found."), headerMend)
}

func binaryFile(name string, before []byte) error {
	line := 1 + bytes.Count(before, []byte{'\n'})
	col := len(bytes.Runes(before[bytes.LastIndexByte(before, '\n')+1:])) + 1
	return &words.Problem{At: words.At{File: name, Line: line, Col: col},
		What: words.T("文字ではないデータ(NULバイト)があり、表のテキストとして読めません。", "There is binary data (a NUL byte): this is not a table of text."),
		Mend: tableMend}
}

// setHeader takes the columns from the record.
func (r *Reader) setHeader(c *record) error {
	if blank(c.cells) {
		return noHeader(r.opt.Name)
	}
	r.format.HeaderLine, r.format.PreambleLines = c.line, c.line-1
	r.header = make([]Column, len(c.cells))
	r.exact = make(map[string]int, len(c.cells))
	for i, name := range c.cells {
		name = cleanName(name)
		r.header[i] = Column{Name: strings.Clone(name), Index: i}
		if _, ok := r.exact[name]; !ok && name != "" {
			r.exact[r.header[i].Name] = i
		}
	}
	r.counted.begin(c.cells)
	return nil
}

// readError says what a broken archive means; problems and nil pass.
func (r *Reader) readError(err error) error {
	if err == nil {
		return nil
	}
	if _, ok := words.AsProblems(err); ok {
		return err
	}
	if errors.Is(err, gzip.ErrHeader) || errors.Is(err, gzip.ErrChecksum) || errors.Is(err, io.ErrUnexpectedEOF) || isFlateError(err) {
		return fileProblem(r.opt.Name,
			words.T("圧縮ファイル(.gz)が壊れているか、途中で切れています。", "The compressed file (.gz) is damaged or cut off."),
			words.T("もう一度ダウンロードするか、圧縮し直してください。", "Download it again or compress it anew."))
	}
	return fmt.Errorf("read %q: %w", r.opt.Name, err)
}
