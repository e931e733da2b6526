package source

import (
	"context"
	"errors"
	"fmt"
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
	join   goal.Join
	key    place // where the source's rows have the key
	header []table.Column
	rows   map[string]*joinedRow
}

type joinedRow struct {
	cells []string
	at    words.At
}

func (l *lookup) find(row table.Row, lookups []*lookup) *joinedRow {
	return l.rows[l.key.text(row, lookups)]
}

func (l *lookup) column(name string) (int, bool) {
	for _, exact := range []bool{true, false} {
		for _, c := range l.header {
			if c.Name == name || !exact && strings.EqualFold(strings.TrimSpace(c.Name), strings.TrimSpace(name)) {
				return c.Index, true
			}
		}
	}
	return 0, false
}

// readJoins reads the files a source joins, in the order the model gives.
func readJoins(ctx context.Context, m *goal.Model, s *goal.Source, files Files) ([]*lookup, error) {
	var out []*lookup
	for _, j := range s.Joins {
		l, err := readJoin(ctx, m, j, files)
		if err != nil {
			return nil, err
		}
		out = append(out, l)
	}
	return out, nil
}

func readJoin(ctx context.Context, m *goal.Model, j goal.Join, files Files) (*lookup, error) {
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
	l := &lookup{join: j, header: reader.Header(), rows: map[string]*joinedRow{}}
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

// take keeps a row by its key. A key that comes twice with different cells could
// be joined two ways and is refused.
func (l *lookup) take(row table.Row, key int) error {
	id := strings.TrimSpace(row.Cells[key])
	if id == "" {
		return nil
	}
	cells := make([]string, len(row.Cells))
	for i, c := range row.Cells {
		cells[i] = strings.TrimSpace(c)
	}
	if first, again := l.rows[id]; again {
		if slices.Equal(first.cells, cells) {
			return nil
		}
		return &words.Problem{At: row.At(key),
			What: words.T("つなぐ表に「%s」が2行あり(最初は%d行目)、中身が違います。", "The joined table has two rows for “%s” (first on line %d) and they differ.", id, first.at.Line),
			Mend: words.T("1つのキーに1行にするか、こちらの表をデータ源の本体にしてください。", "Keep one row per key, or make this table the source itself.")}
	}
	l.rows[id] = &joinedRow{cells: cells, at: row.At(key)}
	return nil
}
