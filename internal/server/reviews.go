package server

import (
	"context"
	"strings"

	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/review"
	"github.com/shirube/shirube/internal/store"
)

// isHeld reports whether a review is going on.
func isHeld(r store.Review) bool { return r.State == review.Held }

// lastDecisions are the newest decisions of a workspace's reviews, at most n.
func (s *Server) lastDecisions(ctx context.Context, ws store.Workspace, n int) ([]store.ReviewDecision, error) {
	return s.deps.Store.Reviews.Decisions(ctx, ws.ID, store.DecisionQuery{Limit: n})
}

// cleanParagraphs takes control characters and broken ones out of what a person wrote, and
// keeps its lines.
func cleanParagraphs(given string) string {
	lines := strings.Split(strings.ReplaceAll(given, "\r\n", "\n"), "\n")
	for i, line := range lines {
		lines[i] = front.Clean(line)
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}
