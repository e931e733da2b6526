package server

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/actor"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/store"
)

// StitchView says whether what somebody did before they were known may be shown and counted.
type StitchView struct {
	Allowed bool   `json:"allowed"`
	Notice  string `json:"notice" maxLength:"100" doc:"version of the privacy notice that names it; needed to allow it"`
}

const kindStitching = "stitching"

// may reports whether the past of a browser may be tied to a person: a notice says so.
func (v StitchView) may() bool { return v.Allowed && v.Notice != "" }

func stitchingIn(ctx context.Context, db store.Repositories, ws store.WorkspaceID) (StitchView, error) {
	var view StitchView
	doc, err := db.Documents.Get(ctx, ws, kindStitching, kindStitching)
	if errors.As(err, new(store.ErrNotFound)) {
		return view, nil
	}
	if err == nil {
		err = json.Unmarshal(doc.Body, &view)
	}
	return view, err
}

func (b books) follow(ctx context.Context, ws event.Workspace, folded contact.Folded, now event.Millis) (actor.Learned, error) {
	learned := actor.Learned{Changed: append(folded.Created, folded.Changed...)}
	if err := followMerges(ctx, b.tx, store.WorkspaceID(ws), folded.Merges); err != nil {
		return learned, err
	}
	stitched, apart, err := b.stitch(ctx, store.WorkspaceID(ws), folded.Passings)
	if err != nil {
		return learned, err
	}
	learned.Apart = apart
	learned.Changed = append(learned.Changed, stitched...)
	subjects := make([]string, 0, len(learned.Changed))
	for _, who := range learned.Changed {
		subjects = append(subjects, actor.SubjectOf(who))
	}
	return learned, b.rescore(ctx, ws, subjects, now)
}

// stitch gives people what was done with their browsers before anybody knew whose they are,
// where a notice of the workspace says that this is done. Nobody is given what was done with
// a browser while it was somebody else's.
func (b books) stitch(ctx context.Context, ws store.WorkspaceID, passings []contact.Passing) (whose []contact.ID, apart map[string]bool, err error) {
	if len(passings) == 0 {
		return nil, nil, nil
	}
	allowed, err := stitchingIn(ctx, b.tx.Repositories, ws)
	if err != nil {
		return nil, nil, err
	}
	apart = map[string]bool{}
	into := map[string]contact.ID{}
	var subjects []string
	for _, p := range passings {
		if !allowed.may() || p.From != "" || p.To == "" {
			apart[p.Visitor] = true
			continue
		}
		subject := visitorPrefix + p.Visitor
		into[subject] = p.To
		subjects = append(subjects, subject)
	}
	known, err := b.tx.Occurrences.Doers(ctx, ws, subjects)
	if err != nil {
		return nil, nil, err
	}
	for _, subject := range known {
		if _, err := b.tx.Occurrences.Move(ctx, ws, subject, actor.SubjectOf(into[subject])); err != nil {
			return nil, nil, err
		}
		if err := b.tx.Scores.Merge(ctx, ws, subject, actor.SubjectOf(into[subject])); err != nil {
			return nil, nil, err
		}
		if err := b.tx.Leads.Move(ctx, ws, subject, actor.SubjectOf(into[subject])); err != nil {
			return nil, nil, err
		}
		whose = append(whose, into[subject])
	}
	return whose, apart, nil
}

// followMerges lets what acting keeps of people follow those who turned out to be one.
func followMerges(ctx context.Context, tx *store.Tx, ws store.WorkspaceID, merges []contact.Merge) error {
	for _, m := range merges {
		from, into := actor.SubjectOf(m.From), actor.SubjectOf(m.Into)
		if _, err := tx.Occurrences.Move(ctx, ws, from, into); err != nil {
			return err
		}
		if err := tx.Journeys.Merge(ctx, ws, m.From, m.Into); err != nil {
			return err
		}
		if err := tx.Scores.Merge(ctx, ws, from, into); err != nil {
			return err
		}
		if err := tx.Leads.Move(ctx, ws, from, into); err != nil {
			return err
		}
	}
	return nil
}
