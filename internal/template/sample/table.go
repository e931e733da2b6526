package sample

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/text/encoding/japanese"

	"github.com/shirube/shirube/internal/series"
)

// Encoding is how a table's text becomes bytes.
type Encoding uint8

// The encodings platforms export in.
const (
	UTF8 Encoding = iota
	UTF8BOM
	CP932 // what Excel on a Japanese Windows saves
)

// Table is a CSV file before it is written.
type Table struct {
	Preamble []string // lines before the header, as GA4 writes them
	Header   []string
	Rows     [][]string
	Encoding Encoding
	Gzip     bool
	QuoteAll bool // as X does
}

// Add appends a row.
func (t *Table) Add(cells ...string) { t.Rows = append(t.Rows, cells) }

// Bytes writes the table: the same table gives the same bytes. A character that
// CP932 does not have is an error.
func (t *Table) Bytes() ([]byte, error) {
	var text bytes.Buffer
	for _, line := range t.Preamble {
		text.WriteString(line + "\r\n")
	}
	if err := t.write(&text); err != nil {
		return nil, err
	}
	data := text.Bytes()
	switch t.Encoding {
	case UTF8BOM:
		data = append([]byte("\xef\xbb\xbf"), data...)
	case CP932:
		encoded, err := japanese.ShiftJIS.NewEncoder().Bytes(data)
		if err != nil {
			return nil, fmt.Errorf("encode table as CP932: %w", err)
		}
		data = encoded
	}
	if !t.Gzip {
		return data, nil
	}
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return nil, fmt.Errorf("compress table: %w", err)
	}
	if _, err := w.Write(data); err != nil {
		return nil, fmt.Errorf("compress table: %w", err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("compress table: %w", err)
	}
	return packed.Bytes(), nil
}

func (t *Table) write(out *bytes.Buffer) error {
	if t.QuoteAll {
		for _, row := range append([][]string{t.Header}, t.Rows...) {
			for i, cell := range row {
				if i > 0 {
					out.WriteByte(',')
				}
				out.WriteString(`"` + strings.ReplaceAll(cell, `"`, `""`) + `"`)
			}
			out.WriteString("\r\n")
		}
		return nil
	}
	w := csv.NewWriter(out)
	w.UseCRLF = true
	if err := w.Write(t.Header); err != nil {
		return fmt.Errorf("write header: %w", err)
	}
	if err := w.WriteAll(t.Rows); err != nil {
		return fmt.Errorf("write rows: %w", err)
	}
	return nil
}

// Slashes writes a day as Japanese exports do: 2026/04/01.
func Slashes(d series.Day) string {
	year, month, day := d.Civil()
	return fmt.Sprintf("%04d/%02d/%02d", year, int(month), day)
}

// Packed writes a day as GA4 does: 20260401.
func Packed(d series.Day) string {
	year, month, day := d.Civil()
	return fmt.Sprintf("%04d%02d%02d", year, int(month), day)
}

// Whole writes a count.
func Whole(n int) string { return strconv.Itoa(n) }

// Tenths writes a number with one decimal.
func Tenths(v float64) string { return strconv.FormatFloat(v, 'f', 1, 64) }

// Grouped writes a count in groups of three: 1,234.
func Grouped(n int) string {
	digits := strconv.Itoa(n)
	if n < 0 {
		return "-" + Grouped(-n)
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}
