package platform_test

import (
	"bytes"
	"errors"
	"io"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/source/platform"
	"github.com/shirube/shirube/internal/measure/source/table"
	"github.com/shirube/shirube/internal/words"
)

// FuzzRecognise: whatever a file holds, a table that is recognised names columns it has, and
// its posts are read or told to be wrong.
func FuzzRecognise(f *testing.F) {
	for _, one := range fixtures {
		f.Add(one.data(f))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<16 {
			return
		}
		tables, err := table.Tables(bytes.NewReader(data), table.Options{Name: "f"})
		if err != nil {
			return
		}
		for _, found := range platform.Recognise("f", tables) {
			if !found.Daily || found.Posts == nil {
				continue
			}
			posts, err := platform.ReadPosts(t.Context(), bytes.NewReader(data), table.Options{Name: "f", Sheet: found.Table}, found.Posts, table.StyleUnknown, time.UTC, 1)
			var missing *table.NoColumn
			if _, ok := words.AsProblems(err); err != nil && !ok && !errors.As(err, &missing) && !errors.Is(err, io.EOF) {
				t.Fatalf("not told as a problem: %v", err)
			}
			for _, p := range posts {
				if p.ID == "" || p.Network == "" || len(p.Text) > 4000 || len(p.ID) > 200 {
					t.Fatalf("%+v", p)
				}
				for name := range p.Metrics {
					if !known(name) {
						t.Fatalf("metric %q", name)
					}
				}
			}
		}
	})
}

func known(name string) bool {
	for _, one := range event.PostMetrics {
		if one == name {
			return true
		}
	}
	return false
}
