package source

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"slices"
	"strings"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/measure/source/table"
	"github.com/shirube/shirube/internal/words"
)

// mostJoined bounds the rows of a joined file, which is held in memory.
const mostJoined = 2_000_000

// lookup is a joined file: its rows by key. A row of the source takes the columns
// of the one row that has its key, or nothing.
type lookup struct {
	join goal.Join
	file string
	key  place // where the source's rows have the key
	// kept are the columns the source may ask for; a row holds only these.
	kept []table.Column
	rows map[string]*joinedRow
}

type joinedRow struct {
	cells     []string // as lookup.kept
	print     uint64   // of the whole row
	line, col int32    // of the key
}

func (l *lookup) at(r *joinedRow) words.At {
	return words.At{File: l.file, Line: int(r.line), Col: int(r.col)}
}

func (l *lookup) find(row table.Row, lookups []*lookup) *joinedRow {
	return l.rows[l.key.text(row, lookups)]
}

func (l *lookup) column(name string) (int, bool) {
	for _, exact := range []bool{true, false} {
		for i, c := range l.kept {
			if c.Name == name || !exact && alike(c.Name, name) {
				return i, true
			}
		}
	}
	return 0, false
}

func alike(a, b string) bool {
	return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b))
}

// readJoins reads the files a source joins, in the order the model gives.
func readJoins(ctx context.Context, m *goal.Model, s *goal.Source, files Files) ([]*lookup, error) {
	var out []*lookup
	for _, j := range s.Joins {
		l, err := readJoin(ctx, m, j, files, wanted(s))
		if err != nil {
			return nil, err
		}
		out = append(out, l)
	}
	return out, nil
}

func readJoin(ctx context.Context, m *goal.Model, j goal.Join, files Files, wanted []string) (*lookup, error) {
	file, err := open(files, m, j.Path, j.FieldAt("csv"))
	if err != nil {
		return nil, err
	}
	defer file.Content.Close()
	reader, err := table.Open(file.Content, table.Options{Name: file.Name, Sheet: j.Sheet, Want: []string{j.Right}, Size: file.Size})
	if err != nil {
		return nil, fmt.Errorf("read %q: %w", file.Name, err)
	}
	key, err := reader.FindColumn(j.Right)
	if err != nil {
		if missing, ok := errors.AsType[*table.NoColumn](err); ok {
			on := j.FieldAt("on")
			return nil, missing.Problem(words.At{File: m.File, Line: on.Line, Col: on.Col})
		}
		return nil, err
	}
	l := &lookup{join: j, file: file.Name, rows: map[string]*joinedRow{}}
	for _, c := range reader.Header() {
		if slices.ContainsFunc(wanted, func(name string) bool { return alike(c.Name, name) }) {
			l.kept = append(l.kept, c)
		}
	}
	for n := 0; ; n++ {
		if n%1024 == 0 && ctx.Err() != nil {
			return nil, fmt.Errorf("read %q: %w", file.Name, context.Cause(ctx))
		}
		row, err := reader.Next()
		if errors.Is(err, io.EOF) {
			return l, nil
		}
		if err != nil {
			return nil, err
		}
		if n >= mostJoined {
			return nil, &words.Problem{At: row.At(0), What: words.T("つなぐ表が大きすぎます(%d行まで)。", "The joined table is too large (%d rows at most).", mostJoined),
				Mend: words.T("必要な行だけのファイルにしてください。", "Keep only the rows you need.")}
		}
		if err := l.take(row, key); err != nil {
			return nil, err
		}
	}
}

// take keeps what is wanted of a row by its key. A key that comes twice with
// different cells, wanted or not, could be joined two ways and is refused.
func (l *lookup) take(row table.Row, key int) error {
	id := strings.TrimSpace(row.Cells[key])
	if id == "" {
		return nil
	}
	var print maphash.Hash
	print.SetSeed(printSeed)
	for _, c := range row.Cells {
		print.WriteString(strings.TrimSpace(c))
		print.WriteByte(0)
	}
	if first, again := l.rows[id]; again {
		if first.print == print.Sum64() {
			return nil
		}
		return &words.Problem{At: row.At(key),
			What: words.T("つなぐ表に「%s」が2行あり(最初は%d行目)、中身が違います。", "The joined table has two rows for “%s” (first on line %d) and they differ.", id, first.line),
			Mend: words.T("1つのキーに1行にするか、こちらの表をデータ源の本体にしてください。", "Keep one row per key, or make this table the source itself.")}
	}
	at := row.At(key)
	kept := &joinedRow{cells: make([]string, len(l.kept)), print: print.Sum64(), line: int32(at.Line), col: int32(at.Col)}
	for i, c := range l.kept {
		// A copy, because a cell may hold on to the whole row it was cut from.
		kept.cells[i] = strings.Clone(strings.TrimSpace(row.Cells[c.Index]))
	}
	l.rows[strings.Clone(id)] = kept
	return nil
}
