package server

import (
	"context"
	"fmt"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/measure/source/platform"
	"github.com/shirube/shirube/internal/measure/source/table"
	"github.com/shirube/shirube/internal/store"
)

// extra is what a file gives beside its daily numbers: its posts, and how it was read.
type extra struct {
	source *goal.Source
	header []string
	posts  []event.Post
}

// readExtra looks at a file once more: where it is a platform's export with one row per post,
// the posts are read too.
func (s *Server) readExtra(ctx context.Context, ws store.WorkspaceID, m *goal.Model, src *goal.Source, upload store.Upload) (extra, error) {
	content, err := s.deps.Store.Uploads.Open(ctx, ws, upload.ID)
	if err != nil {
		return extra{}, err
	}
	defer content.Close()
	opt := table.Options{Name: upload.FileName, Sheet: src.Sheet, Size: upload.Size, Want: src.Headers(), HeaderRow: src.Header}
	reader, err := table.Open(content, opt)
	if err != nil {
		return extra{}, err
	}
	out := extra{source: src}
	for _, c := range reader.Header() {
		out.header = append(out.header, c.Name)
	}
	found := platform.Recognise(upload.FileName, []table.Listed{{Name: src.Sheet, Header: out.header}})
	if len(found) == 0 || found[0].Posts == nil || found[0].Posts.At != src.Date {
		return out, nil
	}
	posts := found[0].Posts
	if order, ok := table.ParseDateOrder(src.DateOrder); ok && order != table.OrderUnknown {
		posts.Order = order
	}
	style, _ := table.ParseNumberStyle(src.Number)
	out.posts, err = platform.ReadPosts(ctx, content, opt, posts, style, m.Location, event.Millis(s.deps.Clock().UnixMilli()))
	if err != nil {
		return extra{}, fmt.Errorf("read posts of upload %q: %w", upload.ID, err)
	}
	return out, nil
}

func (x extra) write(ctx context.Context, tx *store.Tx, ws store.WorkspaceID) error {
	if x.source == nil {
		return nil
	}
	if err := rememberMapping(ctx, tx, ws, x.header, x.source); err != nil {
		return err
	}
	if len(x.posts) == 0 {
		return nil
	}
	return tx.Posts.Put(ctx, ws, x.posts)
}
