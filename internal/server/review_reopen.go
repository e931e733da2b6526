package server

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/review"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// lastHeld reports whether a review is the last one there was. An earlier one stays closed:
// those after it have looked back at it.
func lastHeld(list []store.Review, id string) bool {
	at := slices.IndexFunc(list, func(r store.Review) bool { return r.State != review.Skipped })
	return at >= 0 && list[at].ID == id
}

// reopenReview lets the last review go on, so that what was forgotten is settled where it
// belongs. Who opened it, and why, stays in its minutes.
func (s *Server) reopenReview(ctx context.Context, slug, id string, in ReopenReview, lang words.Lang) (ReviewPage, error) {
	ws, kept, err := s.ownReview(ctx, slug, id)
	if err != nil {
		return ReviewPage{}, err
	}
	list, err := s.deps.Store.Reviews.List(ctx, ws.ID)
	if err != nil {
		return ReviewPage{}, err
	}
	why := cleanParagraphs(in.Why)
	switch {
	case kept.State != review.Closed || len(kept.Reopened) >= review.MostReopened:
		return ReviewPage{}, front.Refuse(http.StatusConflict, words.T("ひらきなおせるのは、終わった点検だけです。", "Only a review that is over can be opened again."))
	case !lastHeld(list, kept.ID):
		return ReviewPage{}, front.Refuse(http.StatusConflict, words.T("このあとに別の点検があるので、ひらきなおせません。次の点検で決めてください。", "There was another review since, so this one stays closed. Please settle it on the next one."))
	case why == "" || len([]rune(why)) > review.MostWhy:
		return ReviewPage{}, front.BadRequest("body.why", words.T("ひらきなおす理由を、ひとこと書いてください(%d文字まで)。", "Please say in a word why it is opened again (at most %d characters).", review.MostWhy))
	}
	by, err := s.author(ctx, ws.ID)
	if err != nil {
		return ReviewPage{}, err
	}
	newest, err := s.model(ctx, ws.ID, 0)
	if err != nil {
		return ReviewPage{}, err
	}
	edit := store.SaveReview{Base: in.Base, State: review.Held, Minutes: kept.Minutes.Reopen(review.Reopening{On: s.todayOf(newest.model), By: by.Name, Why: why})}
	for _, item := range kept.Left {
		edit.Take = append(edit.Take, strings.TrimPrefix(item, "own:"))
	}
	saved, err := s.deps.Store.Reviews.Save(ctx, ws.ID, kept.ID, edit)
	if _, going := errors.AsType[store.ErrExists](err); going {
		return ReviewPage{}, front.Refuse(http.StatusConflict, words.T("別の点検が始まっています。そちらで決めてください。", "Another review is going on. Please settle it there."))
	}
	if err != nil {
		return ReviewPage{}, err
	}
	return s.reviewPage(ctx, slug, saved, lang)
}
