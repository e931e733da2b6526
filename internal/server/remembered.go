package server

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/store"
)

// rememberedMapping is how a file with certain columns was read: the next one of the same
// columns is proposed to be read alike, also after its source has been taken out.
type rememberedMapping struct {
	Source string          `json:"source"`
	Spec   goal.SourceEdit `json:"spec"`
}

const kindMapping = "mapping"

// headerKey names the columns of a file, whatever their order.
func headerKey(header []string) string {
	plain := map[string]bool{}
	for _, name := range header {
		plain[plainHeader(name)] = true
	}
	sum := sha256.Sum256([]byte(strings.Join(sortedKeys(plain), "\x00")))
	return hex.EncodeToString(sum[:16])
}

// rememberedMapping is nil where no file with these columns was ever imported.
func (s *Server) rememberedMapping(ctx context.Context, ws store.WorkspaceID, header []string) (*rememberedMapping, error) {
	doc, err := s.deps.Store.Documents.Get(ctx, ws, kindMapping, headerKey(header))
	if _, none := errors.AsType[store.ErrNotFound](err); none {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var out rememberedMapping
	if err := json.Unmarshal(doc.Body, &out); err != nil {
		return nil, fmt.Errorf("read mapping %q: %w", doc.ID, err)
	}
	return &out, nil
}

// rememberMapping keeps how a file was read, with what was read.
func rememberMapping(ctx context.Context, tx *store.Tx, ws store.WorkspaceID, header []string, src *goal.Source) error {
	if len(header) == 0 {
		return nil
	}
	body, err := json.Marshal(rememberedMapping{Source: src.ID, Spec: specOf(src)})
	if err != nil {
		return fmt.Errorf("remember mapping of %q: %w", src.ID, err)
	}
	_, err = tx.Documents.Put(ctx, ws, kindMapping, store.Document{ID: headerKey(header), Name: src.ID, Body: body})
	return err
}
