package connect

import (
	"bytes"
	"encoding/csv"
	"fmt"

	"github.com/shirube/shirube/internal/words"
)

// writer makes a file of rows, within the bounds.
type writer struct {
	buffer bytes.Buffer
	csv    *csv.Writer
	rows   int
	most   int
	bytes  int64
	width  int
}

func (p *Puller) writer(header []string) (*writer, error) {
	w := &writer{most: p.maxRows(), bytes: p.maxBytes(), width: len(header)}
	w.csv = csv.NewWriter(&w.buffer)
	return w, w.write(header)
}

func (w *writer) row(cells []string) error {
	if w.rows++; w.rows > w.most {
		return fail(TooMuch, words.T("行が多すぎます(%[1]s行まで)。日ごとに集計するか、分け方を減らしてください。",
			"There are too many rows (at most %[1]s). Add them up by day, or cut them less finely.", words.Group(float64(w.most), 0)))
	}
	return w.write(cells)
}

func (w *writer) write(cells []string) error {
	if err := w.csv.Write(cells); err != nil {
		return fmt.Errorf("write row: %w", err)
	}
	if w.rows%256 == 0 {
		w.csv.Flush()
	}
	if int64(w.buffer.Len()) > w.bytes {
		return fail(TooMuch, words.T("データが大きすぎます(%s MBまで)。日ごとに集計するか、列を減らしてください。",
			"There is too much data (at most %s MB). Add it up by day, or ask for fewer columns.", words.Group(float64(w.bytes)/(1<<20), 0)))
	}
	return nil
}

func (w *writer) table() *Table {
	w.csv.Flush()
	return &Table{File: w.buffer.Bytes(), Written: true, Rows: w.rows}
}
