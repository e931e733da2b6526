package server

import (
	"context"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/measure/source/platform"
	"github.com/shirube/shirube/internal/measure/source/table"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// withdrawal is what becomes of the posts of a file that is taken out: those of no other file
// go, the others have the numbers of the newest file that is left.
type withdrawal struct{ gone, left []event.Post }

// withdrawPosts finds what a file that is taken out leaves of its posts. Which file a post came by
// is not kept: a network names each of its posts once, in whatever file.
func (s *Server) withdrawPosts(ctx context.Context, ws store.WorkspaceID, m *goal.Model, upload store.Upload) (withdrawal, error) {
	given, err := s.postsOf(ctx, ws, m, upload)
	if err != nil || len(given) == 0 {
		return withdrawal{}, err
	}
	stays := make(map[[2]string]bool, len(given))
	for _, post := range given {
		stays[postName(post)] = false
	}
	others, err := s.deps.Store.Uploads.Imported(ctx, ws, "")
	if err != nil {
		return withdrawal{}, err
	}
	var out withdrawal
	for _, other := range others {
		if other.ID == upload.ID || isJoinSlot(other.Source) {
			continue
		}
		posts, err := s.postsOf(ctx, ws, m, other)
		if err != nil {
			return withdrawal{}, err
		}
		for _, post := range posts {
			if _, shared := stays[postName(post)]; shared {
				stays[postName(post)] = true
				out.left = append(out.left, post)
			}
		}
	}
	for _, post := range given {
		if !stays[postName(post)] {
			out.gone = append(out.gone, post)
		}
	}
	return out, nil
}

// postsOf reads the posts of an imported file as its source reads it; where the model names
// the source no more, as it would be proposed. A file that cannot be read gives none.
func (s *Server) postsOf(ctx context.Context, ws store.WorkspaceID, m *goal.Model, upload store.Upload) ([]event.Post, error) {
	src := m.Source(upload.Source)
	if src == nil {
		var err error
		if src, err = s.proposedSource(ctx, ws, upload); err != nil || src == nil {
			return nil, err
		}
	}
	read, err := s.readExtra(ctx, ws, m, src, upload)
	if _, bad := words.AsProblems(err); bad {
		return nil, nil
	}
	return read.posts, err
}

func (s *Server) proposedSource(ctx context.Context, ws store.WorkspaceID, upload store.Upload) (*goal.Source, error) {
	content, err := s.deps.Store.Uploads.Open(ctx, ws, upload.ID)
	if err != nil {
		return nil, err
	}
	defer content.Close()
	tables, err := table.Tables(content, table.Options{Name: upload.FileName, Size: upload.Size})
	if _, bad := words.AsProblems(err); bad {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	found := platform.Recognise(upload.FileName, tables)
	if len(found) == 0 || found[0].Posts == nil {
		return nil, nil
	}
	spec := found[0].Spec
	return &goal.Source{ID: upload.Source, Sheet: spec.Sheet, Date: spec.Date, DateOrder: spec.DateOrder}, nil
}

func (w withdrawal) write(ctx context.Context, tx *store.Tx, ws store.WorkspaceID) error {
	if len(w.gone) > 0 {
		if err := tx.Posts.Withdraw(ctx, ws, w.gone); err != nil {
			return err
		}
	}
	if len(w.left) == 0 {
		return nil
	}
	return tx.Posts.Put(ctx, ws, w.left) // of a post that comes twice the later file's numbers stand
}
