package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// importFailure is why the newest attempt to bring numbers into a source came to nothing. A
// source that has fallen behind tells it; the next success forgets it.
type importFailure struct {
	At     time.Time  `json:"at"`
	File   string     `json:"file"`
	Reason words.Text `json:"reason"`
}

const kindImportFailure = "import_failure"

// FailureView tells why the newest import into a source failed.
type FailureView struct {
	At     time.Time `json:"at"`
	File   string    `json:"file"`
	Reason string    `json:"reason" doc:"what was wrong: 列「表示回数」がありません。"`
	Text   string    `json:"text" doc:"the whole sentence: 11/20 の取り込みに失敗: 列「表示回数」がありません。"`
}

// noteImportFailure remembers that a file could not be read into a source. Only what is wrong
// with the file is: an import that was broken off or came too late says nothing of it.
func (s *Server) noteImportFailure(ctx context.Context, ws store.WorkspaceID, source, file string, err error) error {
	problems, ok := words.AsProblems(err)
	if !ok || len(problems) == 0 {
		return nil
	}
	body, err := json.Marshal(importFailure{At: s.deps.Clock().UTC(), File: file, Reason: problems[0].What})
	if err != nil {
		return fmt.Errorf("remember a failed import: %w", err)
	}
	// The request may have been given up meanwhile; the reason is worth keeping.
	_, err = s.deps.Store.Documents.Put(context.WithoutCancel(ctx), ws, kindImportFailure, store.Document{ID: source, Name: source, Body: body})
	return err
}

// forgetImportFailure is part of an import that came in.
func forgetImportFailure(ctx context.Context, tx *store.Tx, ws store.WorkspaceID, source string) error {
	err := tx.Documents.Delete(ctx, ws, kindImportFailure, source)
	if _, none := errors.AsType[store.ErrNotFound](err); none {
		return nil
	}
	return err
}

// importFailures are the newest failures by source.
func (s *Server) importFailures(ctx context.Context, ws store.WorkspaceID, zone *time.Location, lang words.Lang) (map[string]*FailureView, error) {
	list, err := s.deps.Store.Documents.List(ctx, ws, kindImportFailure)
	if err != nil {
		return nil, err
	}
	out := map[string]*FailureView{}
	for _, doc := range list {
		var f importFailure
		if err := json.Unmarshal(doc.Body, &f); err != nil {
			return nil, fmt.Errorf("read failure of %q: %w", doc.ID, err)
		}
		at := f.At.In(zone)
		out[doc.ID] = &FailureView{At: f.At, File: f.File, Reason: f.Reason.In(lang),
			Text: words.Text{
				JA: at.Format("1/2") + " の取り込みに失敗: " + f.Reason.JA,
				EN: "The import of " + at.Format("2 January") + " failed: " + f.Reason.EN,
			}.In(lang)}
	}
	return out, nil
}
