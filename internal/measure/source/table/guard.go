package table

import (
	"bytes"
	"io"

	"github.com/shirube/shirube/internal/words"
)

const (
	defaultMaxBytes = 2 << 30
	// Text compresses tenfold, a very dull table a hundredfold; what unfolds
	// further is made to fill the disk. Small files may do as they like.
	bombRatio = 200
	bombFrom  = 64 << 20
)

// meter reads the file as stored and tells how far it is.
type meter struct {
	src      io.Reader
	read     int64
	reported int64
	total    int64
	progress func(read, total int64)
}

func (m *meter) Read(p []byte) (int, error) {
	n, err := m.src.Read(p)
	m.read += int64(n)
	if m.progress != nil && (m.read-m.reported >= 1<<20 || (err == io.EOF && m.reported != m.read)) {
		m.reported = m.read
		m.progress(m.read, m.total)
	}
	return n, err
}

// guard lets decompressed bytes through until they are more than the file can
// honestly hold.
type guard struct {
	src    io.Reader
	name   string
	packed func() int64 // compressed bytes read so far
	limit  int64
	out    int64
	// quiet is how many bytes passed without the byte that must come from time
	// to time: markup in XML. 0 in must means none is asked for.
	must  byte
	quiet int
}

const maxQuiet = 8 << 20

func (g *guard) Read(p []byte) (int, error) {
	n, err := g.src.Read(p)
	g.out += int64(n)
	if g.out > g.limit {
		return 0, tooBig(g.name, g.limit)
	}
	if g.out > bombFrom && g.out/bombRatio > max(g.packed(), 1) {
		return 0, bomb(g.name, g.out/max(g.packed(), 1))
	}
	if g.must != 0 {
		if i := bytes.LastIndexByte(p[:n], g.must); i >= 0 {
			g.quiet = n - i
		} else if g.quiet += n; g.quiet > maxQuiet {
			return 0, bomb(g.name, g.out/max(g.packed(), 1))
		}
	}
	return n, err
}

func fileProblem(name string, what, mend words.Text) *words.Problem {
	return &words.Problem{At: words.At{File: name, Line: 1, Col: 1}, What: what, Mend: mend}
}

func bomb(name string, ratio int64) error {
	return fileProblem(name,
		words.T("圧縮された中身が元の%d倍以上にふくらむため、安全のため読み込みを止めました。",
			"The compressed content unfolds to more than %d times its size; it was not read for safety.", ratio),
		words.T("解凍したファイルを確かめてから、そのまま置いてください。", "Unpack it yourself, look at it, and use the unpacked file."))
}

func tooBig(name string, limit int64) error {
	return fileProblem(name,
		words.T("解凍すると上限の%d MBを超えます。", "Unpacked it is larger than the limit of %d MB.", limit>>20),
		words.T("期間を分けて書き出してください。", "Export it in shorter periods."))
}
