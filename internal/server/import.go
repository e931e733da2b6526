package server

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/measure/source"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// importUpload reads a staged file into a source of the model, in the way the
// request says. The model's new version, the points and the upload's state are written
// together or not at all.
func (s *Server) importUpload(ctx context.Context, slug, id string, in ImportRequest) (ImportReply, error) {
	leave, ws, upload, err := s.enterWithUpload(ctx, slug, id)
	if err != nil {
		return ImportReply{}, err
	}
	defer leave()
	if upload.State == store.UploadImported {
		// Read a second time, it would lie over later files, or leave its numbers
		// behind in another source.
		return ImportReply{}, front.Refuse(http.StatusConflict, words.T(
			"「%s」はもう取り込まれています。もう一度取り込むには、ファイルを選び直してください。",
			"“%s” is imported already. To bring it in again, choose the file again.", upload.FileName))
	}
	base, err := s.newest(ctx, ws.ID, in.BaseVersion)
	if err != nil {
		return ImportReply{}, err
	}
	s.progress.note(upload.ID, 0)
	defer s.progress.forget(upload.ID)
	reply, err := s.importInto(ctx, ws, base, upload, in)
	if err != nil && base.model.Source(in.SourceID) != nil {
		err = errors.Join(err, s.noteImportFailure(ctx, ws.ID, in.SourceID, upload.FileName, err))
	}
	return reply, err
}

func (s *Server) importInto(ctx context.Context, ws store.Workspace, base *savedModel, upload store.Upload, in ImportRequest) (ImportReply, error) {
	if src := base.model.Source(in.SourceID); src != nil && joinedBy(src, upload.FileName) != "" {
		return s.importJoined(ctx, ws, base, src, upload)
	}
	yaml, err := withSource(base, in, upload.FileName)
	if err != nil {
		return ImportReply{}, err
	}
	next, err := goal.Parse(modelFile, []byte(yaml))
	if err != nil {
		return ImportReply{}, err
	}
	src := next.Source(in.SourceID)
	write := sourceWrite{source: src.ID, whole: readingKey(base.model, src.ID) != readingKey(next, src.ID)}
	if write.whole {
		// The source is read in another way now: its earlier files too.
		if write.parts, err = s.readAllBut(ctx, ws.ID, base.model, next, src, upload.ID, nil); err != nil {
			return ImportReply{}, err
		}
	}
	read, err := s.read(ctx, ws.ID, next, only(src, in.Spec), upload, nil, nothing)
	if err != nil {
		return ImportReply{}, err
	}
	write.parts = append(write.parts, read)
	if write.extra, err = s.readExtra(ctx, ws.ID, next, src, upload); err != nil {
		return ImportReply{}, err
	}
	note := saveNote(in.Note, words.T("「%s」を取り込み", "Imported “%s”", upload.FileName), base.model.Locale)
	version, err := s.writeImport(ctx, ws, base, yaml, note, write)
	if err != nil {
		return ImportReply{}, err
	}
	return importReply(version, read.tally), nil
}

// withSource is the model with the source read as the request says; the same
// text when it says nothing new.
func withSource(base *savedModel, in ImportRequest, fileName string) (string, error) {
	spec := in.Spec
	src := base.model.Source(in.SourceID)
	if src != nil {
		spec.Path = src.Path // a new file of the source does not rename it
		spec = withRest(spec, src)
		if sameSpec(spec, specOf(src)) {
			return base.YAML, nil
		}
	}
	if spec.Path == "" {
		spec.Path = fileName
	}
	edited, err := goal.ApplyEdits([]byte(base.YAML), []goal.Edit{{Op: goal.SetSource, ID: in.SourceID, Source: &spec}})
	return string(edited), err
}

func (s *Server) writeImport(ctx context.Context, ws store.Workspace, base *savedModel, yaml, note string, write sourceWrite) (int, error) {
	version := base.Version
	err := s.deps.Store.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		if err := stillAsRead(ctx, tx, ws); err != nil {
			return err
		}
		if yaml != base.YAML {
			saved, err := tx.ModelVersions.Append(ctx, ws.ID, base.Version, store.NewModelVersion{YAML: yaml, Note: note, Author: front.AuthorOf(ctx)})
			if err != nil {
				return err
			}
			version = saved.Version
		}
		if err := forgetImportFailure(ctx, tx, ws.ID, write.source); err != nil {
			return err
		}
		return write.write(ctx, tx, ws.ID)
	})
	if err != nil {
		return 0, fmt.Errorf("import into source %q: %w", write.source, err)
	}
	return version, nil
}

func importReply(version int, tally *source.Tally) ImportReply {
	reply := ImportReply{Version: version, Rows: tally.Rows, Days: len(tally.Days)}
	reply.First, reply.Last = spanEnds(tally.Span())
	return reply
}

// importJoined keeps a file that a source joins to its own, and reads the
// source's files again with it.
func (s *Server) importJoined(ctx context.Context, ws store.Workspace, base *savedModel, src *goal.Source, upload store.Upload) (ImportReply, error) {
	parts, err := s.readAllBut(ctx, ws.ID, base.model, base.model, src, "", &upload)
	if err != nil {
		return ImportReply{}, err
	}
	err = s.deps.Store.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		if err := stillAsRead(ctx, tx, ws); err != nil {
			return err
		}
		slot := store.Imported{Source: joinedBy(src, upload.FileName), Span: noDays}
		if err := tx.Uploads.MarkImported(ctx, ws.ID, upload.ID, slot); err != nil {
			return err
		}
		if len(parts) == 0 {
			return nil // the source's own file is still to come
		}
		return sourceWrite{source: src.ID, whole: true, parts: parts}.write(ctx, tx, ws.ID)
	})
	if err != nil {
		return ImportReply{}, fmt.Errorf("import a file joined to %q: %w", src.ID, err)
	}
	if len(parts) == 0 {
		return ImportReply{Version: base.Version}, nil
	}
	return importReply(base.Version, parts[len(parts)-1].tally), nil
}

// enterWithUpload waits for a workspace's turn and looks at an upload then: what
// waited before it may have imported or deleted it.
func (s *Server) enterWithUpload(ctx context.Context, slug, id string) (leave func(), ws store.Workspace, upload store.Upload, err error) {
	ws, err = s.workspace(ctx, slug)
	if err != nil {
		return nil, ws, upload, err
	}
	leave, ws, err = s.enter(ctx, ws.ID)
	if err != nil {
		return nil, ws, upload, err
	}
	if upload, err = s.uploadOf(ctx, ws.ID, id); err != nil {
		leave()
		return nil, ws, upload, err
	}
	return leave, ws, upload, nil
}

// deleteUpload takes a file out. What it had put into a source goes with it, its posts
// too: the source is read anew from the files that are left. A source that the model does
// not name any more is emptied; should it come back, its files are read again. A
// joined file leaves the numbers as they are: nothing can be read without it.
func (s *Server) deleteUpload(ctx context.Context, slug, id string) error {
	leave, ws, upload, err := s.enterWithUpload(ctx, slug, id)
	if err != nil {
		return err
	}
	defer leave()
	saved, err := s.model(ctx, ws.ID, 0)
	if err != nil {
		return err
	}
	holdsNumbers := upload.State == store.UploadImported && !isJoinSlot(upload.Source)
	left := sourceWrite{source: upload.Source, whole: true}
	if src := saved.model.Source(upload.Source); holdsNumbers && src != nil {
		if left.parts, err = s.readAllBut(ctx, ws.ID, saved.model, saved.model, src, upload.ID, nil); err != nil {
			return err
		}
	}
	var posts withdrawal
	if holdsNumbers {
		if posts, err = s.withdrawPosts(ctx, ws.ID, saved.model, upload); err != nil {
			return err
		}
	}
	err = s.deps.Store.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		if err := stillAsRead(ctx, tx, ws); err != nil {
			return err
		}
		if err := tx.Uploads.Delete(ctx, ws.ID, upload.ID); err != nil {
			return err
		}
		if !holdsNumbers {
			return nil
		}
		if err := posts.write(ctx, tx, ws.ID); err != nil {
			return err
		}
		return left.write(ctx, tx, ws.ID)
	})
	if err != nil {
		return fmt.Errorf("take upload %q out: %w", upload.ID, err)
	}
	return nil
}
