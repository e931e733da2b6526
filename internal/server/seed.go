package server

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"io/fs"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/measure/source"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// Seed is a workspace with all it starts with.
type Seed struct {
	Slug  string // unique
	Name  string
	Demo  bool
	Note  string // of the first version
	Model []byte // the model file
	Files []SeedFile

	Author string       // of the first version
	Owner  store.UserID // becomes the workspace's owner; "" where nobody signs in
	People []SeedPerson // who is here beside the owner
	Random io.Reader    // source of its write keys; nil: the system's secure randomness
	// Backdate sets the clock back while the first version is written down, and returns what
	// lets it go on; nil: it is made now.
	Backdate func() (goOn func())
}

// SeedPerson is somebody of a made-up company: nobody signs in as them.
type SeedPerson struct {
	Name, Email, Department string
	Role                    access.Role
	Lang                    words.Lang
}

// SeedFile is a file of a seed, under the path the model calls it.
type SeedFile struct {
	Name string
	Data []byte
}

// Plant makes the workspace with its model and, as if they had been uploaded,
// the files its sources name; sources without a file stay empty. All of it
// happens or nothing. The errors are words.Problems where the model or a file
// cannot be read, and store.ErrExists when the slug is taken.
func Plant(ctx context.Context, db *store.DB, seed Seed) (store.Workspace, error) {
	model, err := goal.Parse(modelFile, seed.Model)
	if err != nil {
		return store.Workspace{}, err
	}
	files := memoryFiles{}
	for _, f := range seed.Files {
		files[f.Name] = f.Data
	}
	tallies := map[string]*source.Tally{}
	for _, src := range model.Sources {
		if src.Kind != goal.SourceTable || files[src.Path] == nil {
			continue
		}
		if tallies[src.ID], err = source.Read(ctx, model, src, files, nil); err != nil {
			return store.Workspace{}, fmt.Errorf("read seed of source %q: %w", src.ID, err)
		}
	}
	var planted store.Workspace
	err = db.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		planted, err = tx.Workspaces.Create(ctx, store.NewWorkspace{Slug: seed.Slug, Name: seed.Name, Demo: seed.Demo})
		if err != nil {
			return err
		}
		if err := firstVersion(ctx, tx, planted.ID, seed); err != nil {
			return err
		}
		if err := plantPeople(ctx, tx, planted.ID, seed); err != nil {
			return err
		}
		for _, src := range model.Sources {
			if tallies[src.ID] == nil {
				continue
			}
			if err := plantSource(ctx, tx, planted.ID, src, files, tallies[src.ID]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return store.Workspace{}, fmt.Errorf("make workspace %q: %w", seed.Slug, err)
	}
	// Planting has raised the revision of the data.
	return db.Workspaces.Get(ctx, planted.ID)
}

func firstVersion(ctx context.Context, tx *store.Tx, ws store.WorkspaceID, seed Seed) error {
	if seed.Backdate != nil {
		defer seed.Backdate()()
	}
	_, err := tx.ModelVersions.Append(ctx, ws, 0, store.NewModelVersion{YAML: string(seed.Model), Note: seed.Note, Author: seed.Author})
	return err
}

// plantPeople gives a workspace its owner, and the keys that events are sent to it
// with: one for its websites, one for its programs.
func plantPeople(ctx context.Context, tx *store.Tx, ws store.WorkspaceID, seed Seed) error {
	if seed.Owner != "" {
		if err := tx.Members.Put(ctx, ws, seed.Owner, string(access.Owner)); err != nil {
			return err
		}
	}
	for _, p := range seed.People {
		user, err := tx.Users.ByEmail(ctx, p.Email)
		if isNotFound(err) {
			user, err = tx.Users.Create(ctx, store.NewUser{Email: p.Email, Name: p.Name, Locale: string(p.Lang)})
		}
		if err != nil {
			return err
		}
		if err := tx.Members.Put(ctx, ws, user.ID, string(p.Role)); err != nil {
			return err
		}
		if err := tx.Members.Place(ctx, ws, user.ID, p.Department); err != nil {
			return err
		}
	}
	random := seed.Random
	if random == nil {
		random = rand.Reader
	}
	for _, kind := range []string{store.BrowserKey, store.ServerKey} {
		key, err := access.NewWriteKey(random)
		if err != nil {
			return err
		}
		if _, err := tx.WriteKeys.Create(ctx, ws, store.NewWriteKey{Key: key, Kind: kind, Name: seed.Name}); err != nil {
			return err
		}
	}
	return nil
}

// plantSource stores a source's file, and those it joins, as imported uploads.
func plantSource(ctx context.Context, tx *store.Tx, ws store.WorkspaceID, src *goal.Source, files memoryFiles, tally *source.Tally) error {
	for _, join := range src.Joins {
		joined, err := putFile(ctx, tx, ws, join.Path, files[join.Path])
		if err != nil {
			return err
		}
		slot := store.Imported{Source: joinSlot(src.ID, join.Path), Span: noDays}
		if err := tx.Uploads.MarkImported(ctx, ws, joined.ID, slot); err != nil {
			return err
		}
	}
	upload, err := putFile(ctx, tx, ws, src.Path, files[src.Path])
	if err != nil {
		return err
	}
	return sourceWrite{source: src.ID, parts: []readUpload{{upload: upload, tally: tally}}}.write(ctx, tx, ws)
}

func putFile(ctx context.Context, tx *store.Tx, ws store.WorkspaceID, path string, data []byte) (store.Upload, error) {
	name, err := fileNameOf(path)
	if err != nil {
		return store.Upload{}, err
	}
	return tx.Uploads.Put(ctx, ws, name, bytes.NewReader(data))
}

// memoryFiles are files in memory by the path a model gives.
type memoryFiles map[string][]byte

// Open opens a file; fs.ErrNotExist when there is none.
func (m memoryFiles) Open(name string) (source.File, error) {
	data, ok := m[name]
	if !ok {
		return source.File{}, fmt.Errorf("open %q: %w", name, fs.ErrNotExist)
	}
	return source.File{Name: name, Content: memoryContent{bytes.NewReader(data)}, Size: int64(len(data))}, nil
}

type memoryContent struct{ io.ReaderAt }

// Close has nothing to free.
func (memoryContent) Close() error { return nil }

// firstNote is the note of the first version of a new workspace.
func firstNote(lang words.Lang, template string) string {
	if template == "" {
		return words.T("はじめの版", "First version").In(lang)
	}
	return words.T("テンプレートから作成", "Made from a template").In(lang)
}
