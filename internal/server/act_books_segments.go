package server

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/shirube/shirube/internal/act/automation"
	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/score"
	"github.com/shirube/shirube/internal/store"
)

// kindPeople is the kind of documents that segments of people are kept as.
const kindPeople = "people_segment"

// segmentsOf reads the conditions of a workspace's segments.
func segmentsOf(ctx context.Context, db store.Repositories, ws store.WorkspaceID) (map[string]condition.Condition, error) {
	docs, err := db.Documents.List(ctx, ws, kindPeople)
	if err != nil {
		return nil, err
	}
	all := make(map[string]condition.Condition, len(docs))
	for _, doc := range docs {
		var c condition.Condition
		if err := json.Unmarshal(doc.Body, &c); err != nil {
			return nil, fmt.Errorf("read segment %q: %w", doc.ID, err)
		}
		all[doc.ID] = c
	}
	return all, nil
}

// expandSegments puts the conditions of saved segments into a definition, so that whoever
// acts by it watches what they ask about. One that is not there is true of nobody.
func expandSegments(d *automation.Definition, saved map[string]condition.Condition) {
	d.Conditions(func(_ string, c *condition.Condition) {
		*c, _ = condition.Expand(*c, func(id string) (condition.Condition, bool) { one, ok := saved[id]; return one, ok })
	})
}

// restsOnSegments reports whether a card asks for a segment.
func restsOnSegments(card score.Card) bool {
	return slices.ContainsFunc(card.Fit, func(f score.Fit) bool { return len(condition.Segments(f.If)) > 0 })
}
