package table

import (
	"bytes"
	"compress/gzip"
	"io"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"
)

func encoded(t testing.TB, e encoding.Encoding, text string) []byte {
	t.Helper()
	out, err := e.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func cp932(t testing.TB, text string) []byte { return encoded(t, japanese.ShiftJIS, text) }

func latin1(t testing.TB, text string) []byte { return encoded(t, charmap.Windows1252, text) }

func utf16(t testing.TB, order unicode.Endianness, text string) []byte {
	return encoded(t, unicode.UTF16(order, unicode.UseBOM), text)
}

func gzipped(t testing.TB, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// read is the whole table: header, rows, and the error that ended it.
func read(data []byte, opt Options) (header []string, rows [][]string, r *Reader, err error) {
	if opt.Name == "" {
		opt.Name = "f.csv"
	}
	r, err = Open(bytes.NewReader(data), opt)
	if err != nil {
		return nil, nil, nil, err
	}
	for _, c := range r.Header() {
		header = append(header, c.Name)
	}
	for {
		row, err := r.Next()
		if err == io.EOF {
			return header, rows, r, nil
		}
		if err != nil {
			return header, rows, r, err
		}
		rows = append(rows, append([]string(nil), row.Cells...))
	}
}

// flat writes a table so that a test can show it: cells joined by |, rows by /.
func flat(header []string, rows [][]string) string {
	lines := []string{strings.Join(header, "|")}
	for _, r := range rows {
		lines = append(lines, strings.Join(r, "|"))
	}
	return strings.Join(lines, " / ")
}

// drain reads to the end and keeps nothing.
func drain(r *Reader) (rows int, err error) {
	for {
		if _, err := r.Next(); err == io.EOF {
			return rows, nil
		} else if err != nil {
			return rows, err
		}
		rows++
	}
}
