package table

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/words"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"
)

// A well-formed file is read as the standard library reads it, however the bytes
// arrive.
func TestAgreesWithStandardReader(t *testing.T) {
	t.Parallel()
	cell := rapid.OneOf(
		rapid.StringMatching(`[a-z ]{0,6}`),
		rapid.StringMatching(`[0-9]{1,4}(\.[0-9]{1,2})?`),
		rapid.SampledFrom([]string{"", "x,y", "say \"hi\"", "two\nlines", "日本", "\"", ",", "a\n\n\"b\"", "#x"}),
	)
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.IntRange(2, 5).Draw(t, "width")
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		w.UseCRLF = rapid.Bool().Draw(t, "crlf")
		header := []string{"A", "B", "C", "D", "E"}[:width]
		if err := w.Write(header); err != nil {
			t.Fatal(err)
		}
		var want [][]string
		for range rapid.IntRange(0, 8).Draw(t, "rows") {
			row := make([]string, width)
			for i := range row {
				row[i] = cell.Draw(t, "cell")
			}
			row[0] = "k" + row[0]
			want = append(want, row)
			if err := w.Write(row); err != nil {
				t.Fatal(err)
			}
		}
		w.Flush()
		_, rows, _, err := read(b.Bytes(), Options{Delimiter: ',', HeaderRow: 1})
		if err != nil {
			t.Fatalf("%v\n%s", err, b.String())
		}
		if !slices.EqualFunc(rows, want, slices.Equal) {
			t.Fatalf("got  %q\nwant %q\n%s", rows, want, b.String())
		}
	})
}

// Each cell's place points to that cell in the text.
func TestPlacesPointToTheCell(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := "日付,b,c\n"
		for range rapid.IntRange(1, 5).Draw(t, "rows") {
			for i := range 3 {
				if i > 0 {
					text += ","
				}
				text += rapid.SampledFrom([]string{"x", "日本語", `"q,日"`, "\"二\n行\"", `"a""b"`, "é1"}).Draw(t, "cell")
			}
			text += "\n"
		}
		lines := strings.Split(text, "\n")
		r, err := Open(strings.NewReader(text), Options{HeaderRow: 1, Delimiter: ','})
		if err != nil {
			t.Fatal(err)
		}
		for {
			row, err := r.Next()
			if err == io.EOF {
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			for i, cell := range row.Cells {
				at := row.At(i)
				first, _, _ := strings.Cut(cell, "\n")
				first = strings.ReplaceAll(first, `"`, `""`)
				rest := string([]rune(lines[at.Line-1])[at.Col-1:])
				if !strings.HasPrefix(rest, first) {
					t.Fatalf("%v of %q is %q\n%s", at, cell, rest, text)
				}
			}
		}
	})
}

func FuzzCSV(f *testing.F) {
	f.Add([]byte("日付,数\n2026/4/1,\"1,234\"\n"), "")
	f.Add([]byte("sep=;\n\"t\"\na;b\n1;2\n"), "b")
	f.Add([]byte("# x\n\na,b\r\n\"1\n2\",3\r\r\n\na,b\n"), "a")
	f.Add([]byte("\"a,\"\"b\"\"\"\n\"1,\"\"2\"\"\"\n"), "")
	f.Add([]byte("PK\x03\x04"), "")
	f.Add(gzipped(f, []byte("a,b\n1,2\n")), "")
	f.Add(cp932(f, "日付,数\n2026/4/1,5\n"), "数")
	f.Add(utf16(f, unicode.LittleEndian, "a\tb\n1\t2\n"), "")
	f.Add([]byte("a,b\n\"x\"y\",1\n"), "")
	f.Add(workbook(f, func(w *excelize.File) {
		set(f, w, "Sheet1", "A1", "日付", "")
		set(f, w, "Sheet1", "B1", "数", "")
		set(f, w, "Sheet1", "A3", 46113, "yyyy/m/d")
		set(f, w, "Sheet1", "B3", 1.5, "")
	}), "")
	f.Fuzz(func(t *testing.T, data []byte, want string) {
		opt := Options{Name: "f", MaxBytes: 1 << 22}
		if want != "" {
			opt.Want = []string{want}
		}
		check := func(err error) {
			ps, ok := words.AsProblems(err)
			if !ok {
				t.Fatalf("%T: %v", err, err)
			}
			for _, p := range ps {
				if p.At.Line < 1 || p.At.Col < 1 || p.What.Zero() {
					t.Fatalf("%+v", p)
				}
			}
		}
		r, err := Open(bytes.NewReader(data), opt)
		if err != nil {
			check(err)
			return
		}
		line := r.Format().HeaderLine
		for rows := 0; ; rows++ {
			row, err := r.Next()
			if err == io.EOF {
				return
			}
			if err != nil {
				check(err)
				return
			}
			if len(row.Cells) != len(r.Header()) || row.Line <= line {
				t.Fatalf("row %d: %d cells for %d columns, line %d after %d", rows, len(row.Cells), len(r.Header()), row.Line, line)
			}
			line = row.Line
			for i := range row.Cells {
				if at := row.At(i); at.Line < row.Line || at.Col < 1 {
					t.Fatalf("row %d cell %d at %v", rows, i, at)
				}
			}
			row.IsTotal(row.Cells[0])
		}
	})
}

// endless is a file of any size that is made while it is read.
type endless struct {
	header string
	row    func(n int64) string // of rowBytes bytes
	size   int64
}

const rowBytes = 64

func (e *endless) ReadAt(p []byte, off int64) (int, error) {
	n := 0
	for n < len(p) && off < e.size {
		var chunk string
		if off < rowBytes {
			chunk = e.header[off:]
		} else {
			chunk = e.row(off/rowBytes - 1)[off%rowBytes:]
		}
		m := copy(p[n:min(int64(len(p)), int64(n)+e.size-off)], chunk)
		n += m
		off += int64(m)
	}
	if off >= e.size {
		return n, io.EOF
	}
	return n, nil
}

func hundredMegabytes() *endless {
	pad := func(s string) string { return s + strings.Repeat("x", rowBytes-len(s)-1) + "\n" }
	return &endless{
		header: pad("date,impressions,clicks,memo_"),
		row:    func(n int64) string { return pad(fmt.Sprintf("2026-04-01,%d,%d.5,", n%100000, n%1000)) },
		size:   100 << 20 / rowBytes * rowBytes,
	}
}

func TestHundredMegabytesInBoundedMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 100 MB")
	}
	var before, now runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	file := hundredMegabytes()
	calls, told := 0, int64(0)
	r, err := Open(file, Options{Name: "big.csv", Size: file.size, Progress: func(read, total int64) {
		if read < told || total != file.size {
			t.Errorf("progress %d of %d after %d", read, total, told)
		}
		calls, told = calls+1, read
	}})
	if err != nil {
		t.Fatal(err)
	}
	rows, peak := 0, uint64(0)
	for {
		if _, err := r.Next(); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		if rows++; rows%100000 == 0 {
			runtime.ReadMemStats(&now)
			peak = max(peak, now.HeapAlloc)
		}
	}
	if int64(rows) != file.size/rowBytes-1 || told != file.size || calls < 50 {
		t.Errorf("%d rows, %d progress calls up to %d", rows, calls, told)
	}
	if peak > before.HeapAlloc+64<<20 {
		t.Errorf("the heap grew to %d MB", peak>>20)
	}
}

// BenchmarkFile prints how fast a typical file of a model is settled and read:
// 100 metrics over three years, both passes.
func BenchmarkFile(b *testing.B) {
	var text bytes.Buffer
	text.WriteString("date")
	for i := range 100 {
		fmt.Fprintf(&text, ",m%d", i)
	}
	text.WriteByte('\n')
	for d := range 1096 {
		fmt.Fprintf(&text, "2024-%02d-%02d", d/31%12+1, d%28+1)
		for i := range 100 {
			switch i % 4 {
			case 0:
				fmt.Fprintf(&text, ",%d.%02d", d, i)
			case 1:
				fmt.Fprintf(&text, ",\"%d,%03d\"", i, d%1000)
			default:
				fmt.Fprintf(&text, ",%d", d*i)
			}
		}
		text.WriteByte('\n')
	}
	columns := make([]int, 100)
	for i := range columns {
		columns[i] = i + 1
	}
	b.SetBytes(int64(text.Len()))
	b.ReportAllocs()
	for b.Loop() {
		r, err := Open(bytes.NewReader(text.Bytes()), Options{Want: []string{"date", "m1", "m99"}})
		if err != nil {
			b.Fatal(err)
		}
		scanned, err := Scan(r, columns, []int{0})
		if err != nil {
			b.Fatal(err)
		}
		styles := make([]NumberStyle, 100)
		for i := range styles {
			if styles[i], err = scanned.Numbers[i].Style(); err != nil {
				b.Fatal(err)
			}
		}
		if r, err = Open(bytes.NewReader(text.Bytes()), Options{Want: []string{"date", "m1", "m99"}}); err != nil {
			b.Fatal(err)
		}
		for {
			row, err := r.Next()
			if err == io.EOF {
				break
			}
			if err != nil {
				b.Fatal(err)
			}
			if _, err := row.Date(0, OrderUnknown, nil); err != nil {
				b.Fatal(err)
			}
			for i := range columns {
				if _, _, err := row.Number(i+1, styles[i]); err != nil {
					b.Fatal(err)
				}
			}
		}
	}
}
