package server

import (
	"context"
	"fmt"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// modelFile is what a stored model is called in messages.
const modelFile = "model.yaml"

// savedModel is one version of a workspace's model, ready to be used. Versions
// never change, so these can be kept for ever.
type savedModel struct {
	store.ModelVersion
	model *goal.Model
}

type modelKey struct {
	workspace store.WorkspaceID
	version   int
}

// workspace finds the workspace of an address.
func (s *Server) workspace(ctx context.Context, slug string) (store.Workspace, error) {
	if !front.IsName(slug) {
		return store.Workspace{}, store.ErrNotFound{What: "workspace", Name: slug}
	}
	return s.deps.Store.Workspaces.BySlug(ctx, slug)
}

// versions lists the saved versions without their text, the newest first; there
// is at least one.
func (s *Server) versions(ctx context.Context, ws store.WorkspaceID) ([]store.ModelVersion, error) {
	list, err := s.deps.Store.ModelVersions.List(ctx, ws)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, store.ErrNotFound{What: "model version", Name: "newest"}
	}
	return list, nil
}

// model is a version of the model; the newest for 0.
func (s *Server) model(ctx context.Context, ws store.WorkspaceID, version int) (*savedModel, error) {
	if version == 0 {
		list, err := s.versions(ctx, ws)
		if err != nil {
			return nil, err
		}
		version = list[0].Version
	}
	return s.boards.models.get(ctx, modelKey{ws, version}, func(ctx context.Context) (*savedModel, error) {
		saved, err := s.deps.Store.ModelVersions.Get(ctx, ws, version)
		if err != nil {
			return nil, err
		}
		model, err := goal.Parse(modelFile, []byte(saved.YAML))
		if err != nil {
			return nil, fmt.Errorf("parse model version %d of %q: %w", version, ws, err)
		}
		return &savedModel{ModelVersion: saved, model: model}, nil
	})
}

// newest is the newest version, which must be the one a change was made from. One
// that cannot be read any more can be changed too, or it could not be mended.
func (s *Server) newest(ctx context.Context, ws store.WorkspaceID, base int) (*savedModel, error) {
	list, err := s.versions(ctx, ws)
	if err != nil {
		return nil, err
	}
	if newest := list[0].Version; newest != base {
		return nil, store.ErrConflict{Base: base, Newest: newest}
	}
	return s.modelOrEmpty(ctx, ws, base)
}

// modelOrEmpty is a version of the model; an empty one where its text cannot be
// read any more.
func (s *Server) modelOrEmpty(ctx context.Context, ws store.WorkspaceID, number int) (*savedModel, error) {
	saved, err := s.model(ctx, ws, number)
	if _, unreadable := words.AsProblems(err); !unreadable {
		return saved, err
	}
	version, err := s.deps.Store.ModelVersions.Get(ctx, ws, number)
	if err != nil {
		return nil, err
	}
	model, err := goal.Parse(modelFile, []byte(emptyModel))
	return &savedModel{ModelVersion: version, model: model}, err
}

// saveNote is the note of a version; one that nobody wrote says what was done.
func saveNote(given string, otherwise words.Text, locale words.Lang) string {
	if given = front.Clean(given); given != "" {
		return given
	}
	return otherwise.In(locale)
}

// saveVersion stores a model as the next version after base. Where it reads a
// source in another way, the files of that source are read anew first: all of it
// happens, or nothing.
func (s *Server) saveVersion(ctx context.Context, ws store.WorkspaceID, base *savedModel, yaml, note string) (int, error) {
	return s.saveVersionWith(ctx, ws, base, yaml, note, nil)
}

// saveVersionWith also writes, in the same transaction, what the new version is the reason or
// the outcome of.
func (s *Server) saveVersionWith(ctx context.Context, ws store.WorkspaceID, base *savedModel, yaml, note string,
	also func(ctx context.Context, tx *store.Tx, version int) error,
) (int, error) {
	next, err := goal.Parse(modelFile, []byte(yaml))
	if err != nil {
		return 0, err
	}
	leave, before, err := s.enter(ctx, ws)
	if err != nil {
		return 0, err
	}
	defer leave()
	rereads, err := s.rereadChanged(ctx, ws, base.model, next)
	if err != nil {
		return 0, err
	}
	lapsed, signers, lapses, err := s.lapsing(ctx, ws, base.model, next, base.Version)
	if err != nil {
		return 0, err
	}
	version := 0
	err = s.deps.Store.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		saved, err := tx.ModelVersions.Append(ctx, ws, base.Version,
			store.NewModelVersion{YAML: yaml, Note: note, Author: front.AuthorOf(ctx)})
		if err != nil {
			return err
		}
		version = saved.Version
		if len(rereads) > 0 {
			if err := stillAsRead(ctx, tx, before); err != nil {
				return err
			}
		}
		for _, r := range rereads {
			if err := r.write(ctx, tx, ws); err != nil {
				return err
			}
		}
		if lapses {
			if err := s.tell(ctx, tx.Outbox, ws, lapsed, signers); err != nil {
				return err
			}
		}
		if also == nil {
			return nil
		}
		return also(ctx, tx, version)
	})
	if err != nil {
		return 0, fmt.Errorf("save model of %q: %w", ws, err)
	}
	if lapses {
		s.wakeOutbox()
	}
	return version, nil
}
