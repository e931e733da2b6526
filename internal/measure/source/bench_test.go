package source_test

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/measure/source"
)

// madeUp is a CSV of any length that is made as it is read, so that what is held is the
// reader's own.
type madeUp struct{ rows int }

const madeUpRow = "2026-%02d-%02d,campaign %02d,mobile ,%09d,%07d,%08d.50\n"

var madeUpWidth = int64(len(fmt.Sprintf(madeUpRow, 1, 1, 1, 1, 1, 1)))

// madeUpHead is as wide as the rows.
var madeUpHead = fmt.Sprintf("%-*s\n", madeUpWidth-1, "day,campaign,device,impressions,clicks,cost")

func (m madeUp) size() int64 { return madeUpWidth * int64(m.rows+1) }

func (m madeUp) ReadAt(p []byte, off int64) (int, error) {
	n := 0
	for n < len(p) && off < m.size() {
		i := off/madeUpWidth - 1
		line := madeUpHead
		if i >= 0 {
			day := int(i) * 336 / m.rows
			line = fmt.Sprintf(madeUpRow, day/28+1, day%28+1, i%50, i%100000, i%1000, i%5000)
		}
		copied := copy(p[n:], line[off%madeUpWidth:])
		n, off = n+copied, off+int64(copied)
	}
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

func (madeUp) Close() error { return nil }

func (m madeUp) Open(string) (source.File, error) {
	return source.File{Name: "ads.csv", Content: m, Size: m.size()}, nil
}

// BenchmarkMillionRows reads a CSV of a million rows, both passes, 50 campaigns, three
// numbers, and tells the most that was held. The bar is 10 s.
func BenchmarkMillionRows(b *testing.B) {
	m, err := goal.Parse("model.yaml", []byte("shirube: 1\nkgi: {id: k}\nsources:\n  s: {csv: ads.csv, date: day, by: [campaign], metrics: {impressions: impressions, clicks: clicks, cost: cost, rows: {count: rows}}}\n"))
	if err != nil {
		b.Fatal(err)
	}
	file := madeUp{rows: 1_000_000}
	b.SetBytes(file.size())
	var most atomic.Uint64
	stop := make(chan struct{})
	go func() {
		for {
			select {
			case <-stop:
				return
			case <-time.After(20 * time.Millisecond):
				var mem runtime.MemStats
				runtime.ReadMemStats(&mem)
				most.Store(max(most.Load(), mem.HeapAlloc))
			}
		}
	}()
	for b.Loop() {
		tally, err := source.Read(context.Background(), m, m.Sources[0], file, nil)
		if err != nil {
			b.Fatal(err)
		}
		if tally.Rows != file.rows {
			b.Fatalf("%d rows", tally.Rows)
		}
	}
	close(stop)
	b.ReportMetric(float64(most.Load())/(1<<20), "MB-held")
}
