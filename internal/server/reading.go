package server

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/measure/source"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/store"
)

// uploadFiles lets a source be read from one uploaded file, whatever the model
// calls it. Files it joins are looked for among the workspace's uploads.
type uploadFiles struct {
	ctx    context.Context // source.Files has no room for one
	store  *store.DB
	ws     store.WorkspaceID
	source *goal.Source
	upload store.Upload
	joined *store.Upload // a file to join that is not imported yet; nil for none
}

// Open opens the upload for the source's own path, and the newest uploaded file
// for a joined one.
func (f uploadFiles) Open(name string) (source.File, error) {
	upload := f.upload
	switch {
	case name == f.source.Path:
	case f.joined != nil && joinedBy(f.source, f.joined.FileName) == joinSlot(f.source.ID, name):
		upload = *f.joined
	default:
		joined, err := f.store.Uploads.Imported(f.ctx, f.ws, joinSlot(f.source.ID, name))
		if err != nil {
			return source.File{}, err
		}
		if len(joined) == 0 {
			return source.File{}, fmt.Errorf("open %q: %w", name, fs.ErrNotExist)
		}
		upload = joined[len(joined)-1]
	}
	content, err := f.store.Uploads.Open(f.ctx, f.ws, upload.ID)
	if err != nil {
		return source.File{}, err
	}
	return source.File{Name: upload.FileName, Content: content, Size: upload.Size}, nil
}

// joinSlot is the name under which a file joined to a source is kept. No source
// has it: "#" is no part of an id.
func joinSlot(sourceID, name string) string { return sourceID + "#" + name }

// isJoinSlot reports whether what an upload was imported as is such a name.
func isJoinSlot(name string) bool { return strings.Contains(name, "#") }

// joinedBy is the slot of a file that a source joins, or "" when the source does
// not join a file of that name.
func joinedBy(src *goal.Source, fileName string) string {
	if path.Base(src.Path) == fileName {
		return ""
	}
	for _, join := range src.Joins {
		if path.Base(join.Path) == fileName {
			return joinSlot(src.ID, join.Path)
		}
	}
	return ""
}

// readUpload is one uploaded file and what was found in it.
type readUpload struct {
	upload  store.Upload
	tally   *source.Tally
	metrics []string // those it tells about, where it lacks some of the source; nil: all
}

// sourceWrite is a source's points on their way into the store.
type sourceWrite struct {
	source string
	whole  bool // replace all the source had
	parts  []readUpload
	extra  extra
}

// read reads one uploaded file as a source of a model; joined is a file to join
// that is not imported yet, or nil. mayLack tells the metrics whose columns need not be there.
func (s *Server) read(ctx context.Context, ws store.WorkspaceID, m *goal.Model, src *goal.Source, upload store.Upload, joined *store.Upload, mayLack lacking) (readUpload, error) {
	files := uploadFiles{ctx: ctx, store: s.deps.Store, ws: ws, source: src, upload: upload, joined: joined}
	tally, err := source.ReadWhatIsThere(ctx, m, src, files, func(_ string, read, _ int64) {
		s.progress.note(upload.ID, read)
	}, mayLack)
	if err != nil {
		return readUpload{}, fmt.Errorf("read upload %q as source %q: %w", upload.ID, src.ID, err)
	}
	out := readUpload{upload: upload, tally: tally}
	if len(tally.Metrics) < len(m.Source(src.ID).Metrics) {
		out.metrics = slices.Sorted(maps.Keys(tally.Metrics))
	}
	return out, nil
}

// readAll reads every imported file of a source, in the order of their import. old is the
// model they came in with.
func (s *Server) readAll(ctx context.Context, ws store.WorkspaceID, old, m *goal.Model, src *goal.Source) ([]readUpload, error) {
	return s.readAllBut(ctx, ws, old, m, src, "", nil)
}

// readAllBut leaves one file out, and joins another that is not imported yet.
func (s *Server) readAllBut(ctx context.Context, ws store.WorkspaceID, old, m *goal.Model, src *goal.Source, but store.UploadID, joined *store.Upload) ([]readUpload, error) {
	uploads, err := s.deps.Store.Uploads.Imported(ctx, ws, src.ID)
	if err != nil {
		return nil, err
	}
	var out []readUpload
	for _, upload := range uploads {
		if upload.ID == but {
			continue
		}
		read, err := s.read(ctx, ws, m, src, upload, joined, unchanged(old, src))
		s.progress.forget(upload.ID)
		if err != nil {
			return nil, err
		}
		out = append(out, read)
	}
	return out, nil
}

// rereadChanged reads anew the files of every source that the next model reads
// in another way than the old one did.
func (s *Server) rereadChanged(ctx context.Context, ws store.WorkspaceID, old, next *goal.Model) ([]sourceWrite, error) {
	var out []sourceWrite
	for _, src := range next.Sources {
		if src.Kind != goal.SourceTable || readingKey(old, src.ID) == readingKey(next, src.ID) {
			continue
		}
		parts, err := s.readAll(ctx, ws, old, next, src)
		if err != nil {
			return nil, err
		}
		if len(parts) > 0 {
			out = append(out, sourceWrite{source: src.ID, whole: true, parts: parts})
		}
	}
	return out, nil
}

// write puts a source's points in place, file after file.
func (w sourceWrite) write(ctx context.Context, tx *store.Tx, ws store.WorkspaceID) error {
	if w.whole && len(w.parts) == 0 {
		return tx.Points.ReplaceSource(ctx, ws, store.Import{Source: w.source})
	}
	for i, part := range w.parts {
		in := store.Import{
			Source: w.source, Upload: part.upload.ID, Days: daysOf(part.tally), Points: pointsOf(part.tally), Metrics: part.metrics,
		}
		put := tx.Points.ImportDays
		if i == 0 && w.whole {
			put = tx.Points.ReplaceSource
		}
		if err := put(ctx, ws, in); err != nil {
			return err
		}
		err := tx.Uploads.MarkImported(ctx, ws, part.upload.ID, store.Imported{
			Source: w.source, Rows: part.tally.Rows, Span: part.tally.Span(),
		})
		if err != nil {
			return err
		}
	}
	return w.extra.write(ctx, tx, ws)
}

func daysOf(t *source.Tally) []store.SourceDay {
	days := make([]store.SourceDay, 0, len(t.Days))
	for _, day := range slices.Sorted(maps.Keys(t.Days)) {
		days = append(days, store.SourceDay{Day: day, Rows: t.Days[day]})
	}
	return days
}

func pointsOf(t *source.Tally) iter.Seq2[store.Point, error] {
	return func(yield func(store.Point, error) bool) {
		for p, err := range t.Points() {
			if !yield(store.Point(p), err) {
				return
			}
		}
	}
}

// noDays is the empty span.
var noDays = series.Span{From: 0, To: -1}

// fileNameOf is the last part of the name a browser gave, which may be a path of
// another system.
func fileNameOf(given string) (string, error) {
	name := path.Base(strings.ReplaceAll(front.Clean(given), `\`, "/"))
	if name == "." || name == "/" || name == ".." {
		return "", errors.New("no file name")
	}
	return name, nil
}
