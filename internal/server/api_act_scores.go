package server

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/act/score"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// ScoreCardsReply is the cards of points, the oldest first.
type ScoreCardsReply struct {
	Cards []ScoreCardView `json:"cards"`
}

// ScoreCardView is a card of points.
type ScoreCardView struct {
	ID        string         `json:"id"`
	Version   int            `json:"version"`
	Live      bool           `json:"live" doc:"whether it scores people now"`
	Working   bool           `json:"working" doc:"everybody's points are being worked out by its newest version"`
	Card      score.Card     `json:"card"`
	Bands     map[string]int `json:"bands" doc:"people by band; the key is empty below the lowest"`
	By        string         `json:"by"`
	UpdatedAt time.Time      `json:"updated_at"`
}

// NewScoreCard is a card of points to keep.
type NewScoreCard struct {
	Card score.Card `json:"card"`
	Live bool       `json:"live,omitempty"`
	Base int        `json:"base_version,omitempty" minimum:"0" doc:"of an edit: the version it began with"`
}

// ScorePreview is what a card would do with what people have done so far.
type ScorePreview struct {
	People    int            `json:"people" doc:"who did anything the card asks about"`
	Bands     map[string]int `json:"bands"`
	Points    []PointsCount  `json:"points" doc:"how many people have how many points now, by rising points"`
	Hot       []WouldBeHot   `json:"hot" doc:"the hottest now, at most 20"`
	Weeks     []HotWeek      `json:"weeks" doc:"how many became hot in each of the last 12 weeks, the oldest first"`
	AWeek     float64        `json:"a_week" doc:"over the weeks looked at"`
	Unwatched []string       `json:"unwatched" doc:"rules whose past has not been read: they give no points yet"`
	Enter     []WouldEnter   `json:"enter" doc:"live automations that wait for the points of the card that is changed"`
}

// WouldEnter is how many keeping a card would bring across a line that an automation waits
// for. Fewer may come in: it may ask for more than points, and let nobody in twice.
type WouldEnter struct {
	Automation string `json:"automation"`
	Name       string `json:"name"`
	People     int    `json:"people"`
}

// PointsCount is how many people have so many points.
type PointsCount struct {
	Points int `json:"points"`
	People int `json:"people"`
}

// WouldBeHot is somebody who would be hot now.
type WouldBeHot struct {
	Subject string       `json:"subject"`
	Name    string       `json:"name"`
	Company string       `json:"company"`
	Points  int          `json:"points"`
	Why     []LeadReason `json:"why"`
}

// HotWeek is how many became hot in a week.
type HotWeek struct {
	From  event.Millis `json:"from"`
	Leads int          `json:"leads"`
}

// ScoreVersionsReply is the versions of a card, the newest first.
type ScoreVersionsReply struct {
	Versions []ScoreVersionView `json:"versions"`
}

// ScoreVersionView is one version of a card.
type ScoreVersionView struct {
	Version int       `json:"version"`
	By      string    `json:"by"`
	At      time.Time `json:"at"`
}

// ScoreCardPath names one card.
type ScoreCardPath struct {
	front.InWorkspace
	ID string `path:"id" maxLength:"40"`
}

// mostScoreCards bounds the cards of a workspace: each is worked out at every event.
const mostScoreCards = 10

func (s *Server) registerScores(api huma.API) {
	tags := []string{"act"}
	const path = "/api/workspaces/{ws}/score-cards"
	front.Handle(api, huma.Operation{
		OperationID: "list-score-cards", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: path, Summary: "Cards of points", Tags: tags,
	}, func(ctx context.Context, in *struct{ front.InWorkspace }) (ScoreCardsReply, error) {
		return s.listScoreCards(ctx, in.Workspace)
	})
	front.Handle(api, huma.Operation{
		OperationID: "create-score-card", Metadata: front.Needs(access.EditModel), Method: http.MethodPost, Path: path, Summary: "Make a card of points", Tags: tags,
		DefaultStatus: http.StatusCreated,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
		Body NewScoreCard
	}) (ScoreCardView, error) {
		return s.createScoreCard(ctx, in.Workspace, in.Body)
	})
	front.Handle(api, huma.Operation{
		OperationID: "preview-score-card", Metadata: front.Needs(access.SeeContacts), Method: http.MethodPost, Path: path + "/preview",
		Summary: "What a card would do: who has how many points, who would be hot, how many a week", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
		Of   string `query:"of" maxLength:"40" doc:"id of the card it would be the next version of"`
		Body NewScoreCard
	}) (ScorePreview, error) {
		return s.previewScoreCard(ctx, in.Workspace, store.ScoreCardID(in.Of), in.Body.Card)
	})
	front.Handle(api, huma.Operation{
		OperationID: "get-score-card", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: path + "/{id}", Summary: "One card of points", Tags: tags,
	}, func(ctx context.Context, in *struct{ ScoreCardPath }) (ScoreCardView, error) {
		ws, kept, err := s.ownScoreCard(ctx, in.ScoreCardPath)
		if err != nil {
			return ScoreCardView{}, err
		}
		return s.scoreCardView(ctx, ws.ID, kept)
	})
	front.Handle(api, huma.Operation{
		OperationID: "edit-score-card", Metadata: front.Needs(access.EditModel), Method: http.MethodPut, Path: path + "/{id}", Summary: "Make a card's next version", Tags: tags,
	}, func(ctx context.Context, in *struct {
		ScoreCardPath
		front.Lang
		Body NewScoreCard
	}) (ScoreCardView, error) {
		return s.editScoreCard(ctx, in.ScoreCardPath, in.Body)
	})
	front.HandleNothing(api, huma.Operation{
		OperationID: "delete-score-card", Metadata: front.Needs(access.EditModel), Method: http.MethodDelete, Path: path + "/{id}",
		Summary: "Forget a card with its points and leads", Tags: tags,
	}, func(ctx context.Context, in *struct{ ScoreCardPath }) error {
		ws, kept, err := s.ownScoreCard(ctx, in.ScoreCardPath)
		if err != nil {
			return err
		}
		return s.deps.Store.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
			if err := tx.Watches.Put(ctx, ws.ID, watcherOf(kept.ID), nil); err != nil {
				return err
			}
			return tx.ScoreCards.Delete(ctx, ws.ID, kept.ID)
		})
	})
	front.Handle(api, huma.Operation{
		OperationID: "list-score-card-versions", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: path + "/{id}/versions",
		Summary: "Who made which version of a card when", Tags: tags,
	}, func(ctx context.Context, in *struct{ ScoreCardPath }) (ScoreVersionsReply, error) {
		return s.scoreVersions(ctx, in.ScoreCardPath)
	})
	front.Handle(api, huma.Operation{
		OperationID: "get-score-card-version", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: path + "/{id}/versions/{version}",
		Summary: "A card as it was", Tags: tags,
	}, func(ctx context.Context, in *struct {
		ScoreCardPath
		Version int `path:"version" minimum:"1"`
	}) (score.Card, error) {
		ws, kept, err := s.ownScoreCard(ctx, in.ScoreCardPath)
		if err != nil {
			return score.Card{}, err
		}
		body, err := s.deps.Store.ScoreCards.Version(ctx, ws.ID, kept.ID, in.Version)
		if err != nil {
			return score.Card{}, err
		}
		var card score.Card
		if err := json.Unmarshal(body, &card); err != nil {
			return card, fmt.Errorf("read version %d of card of points %q: %w", in.Version, kept.ID, err)
		}
		return card, nil
	})
	s.registerLeads(api)
	s.registerNotices(api)
	s.registerLearning(api)
}

// watcherOf is the name by which a card asks for behaviour to be kept.
func watcherOf(id store.ScoreCardID) string { return "score:" + string(id) }

func (s *Server) ownScoreCard(ctx context.Context, in ScoreCardPath) (store.Workspace, store.ScoreCard, error) {
	ws, err := s.workspace(ctx, in.Workspace)
	if err != nil {
		return store.Workspace{}, store.ScoreCard{}, err
	}
	kept, err := s.deps.Store.ScoreCards.Get(ctx, ws.ID, store.ScoreCardID(in.ID))
	return ws, kept, err
}

// zoneOf is where days begin in a workspace.
func (s *Server) zoneOf(ctx context.Context, ws store.WorkspaceID) (*time.Location, error) {
	saved, err := s.modelOrEmpty(ctx, ws, 0)
	if err != nil {
		return nil, err
	}
	return saved.model.Location, nil
}

func (s *Server) nowMillis() event.Millis { return event.Millis(s.deps.Clock().UnixMilli()) }

func (s *Server) scoreCardView(ctx context.Context, ws store.WorkspaceID, kept store.ScoreCard) (ScoreCardView, error) {
	view := ScoreCardView{ID: string(kept.ID), Version: kept.Version, Live: kept.Live, Working: kept.Live && kept.Scored != kept.Version, By: kept.Author, UpdatedAt: kept.UpdatedAt}
	if err := json.Unmarshal(kept.Body, &view.Card); err != nil {
		return view, fmt.Errorf("read card of points %q: %w", kept.ID, err)
	}
	var err error
	view.Bands, err = s.deps.Store.Scores.Bands(ctx, ws, kept.ID)
	return view, err
}

func (s *Server) listScoreCards(ctx context.Context, slug string) (ScoreCardsReply, error) {
	reply := ScoreCardsReply{Cards: []ScoreCardView{}}
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return reply, err
	}
	list, err := s.deps.Store.ScoreCards.List(ctx, ws.ID)
	if err != nil {
		return reply, err
	}
	for _, kept := range list {
		view, err := s.scoreCardView(ctx, ws.ID, kept)
		if err != nil {
			return reply, err
		}
		reply.Cards = append(reply.Cards, view)
	}
	return reply, nil
}

// checkedCard is a card as it is kept, or what is wrong with it, each with its place in
// the request.
func checkedCard(ctx context.Context, asked NewScoreCard) (store.NewScoreCard, error) {
	if wrong := score.Check(asked.Card); len(wrong) > 0 {
		lang := front.RequestOf(ctx).Lang
		model := front.ProblemModel(http.StatusUnprocessableEntity, words.T("カードに直すところがあります。", "Something about the card has to be mended.").In(lang))
		for _, w := range wrong {
			message := words.Join([]words.Text{w.What, w.Mend}, "", " ").In(lang)
			model.Errors = append(model.Errors, &huma.ErrorDetail{Location: "body.card" + dotted(w.Pointer), Message: strings.TrimSpace(message)})
		}
		return store.NewScoreCard{}, model
	}
	body, err := json.Marshal(asked.Card)
	return store.NewScoreCard{Name: asked.Card.Name, Live: asked.Live, Body: body, Author: front.AuthorOf(ctx)}, err
}

// dotted writes a JSON pointer as places in a request are written: .behaviour[1].points.
func dotted(pointer string) string {
	out := ""
	for part := range strings.SplitSeq(strings.TrimPrefix(pointer, "/"), "/") {
		if _, err := strconv.Atoi(part); err == nil {
			out += "[" + part + "]"
		} else if part != "" {
			out += "." + part
		}
	}
	return out
}

func (s *Server) createScoreCard(ctx context.Context, slug string, asked NewScoreCard) (ScoreCardView, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return ScoreCardView{}, err
	}
	made, err := checkedCard(ctx, asked)
	if err != nil {
		return ScoreCardView{}, err
	}
	var kept store.ScoreCard
	err = s.deps.Store.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		list, err := tx.ScoreCards.List(ctx, ws.ID)
		if err != nil {
			return err
		}
		if len(list) >= mostScoreCards {
			return front.BadRequest("body", words.T("点のつけ方は%d個までです。使わないものを消してください。", "There can be %d cards. Please delete one that is not needed.", mostScoreCards))
		}
		if kept, err = tx.ScoreCards.Create(ctx, ws.ID, made); err != nil {
			return err
		}
		return watchCard(ctx, tx, ws.ID, kept)
	})
	if err != nil {
		return ScoreCardView{}, err
	}
	s.wakeScoring()
	return s.scoreCardView(ctx, ws.ID, kept)
}

// watchCard has the behaviour kept that a card asks about, live or not: a card is tried
// before it is switched on.
func watchCard(ctx context.Context, tx *store.Tx, ws store.WorkspaceID, kept store.ScoreCard) error {
	card, err := expandedCard(ctx, tx.Repositories, ws, kept)
	if err != nil {
		return err
	}
	return tx.Watches.Put(ctx, ws, watcherOf(kept.ID), card.Watched())
}

func (s *Server) editScoreCard(ctx context.Context, in ScoreCardPath, asked NewScoreCard) (ScoreCardView, error) {
	ws, kept, err := s.ownScoreCard(ctx, in)
	if err != nil {
		return ScoreCardView{}, err
	}
	made, err := checkedCard(ctx, asked)
	if err != nil {
		return ScoreCardView{}, err
	}
	err = s.deps.Store.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		if kept, err = tx.ScoreCards.Update(ctx, ws.ID, kept.ID, asked.Base, made); err != nil {
			return err
		}
		return watchCard(ctx, tx, ws.ID, kept)
	})
	if err != nil {
		return ScoreCardView{}, err
	}
	s.wakeScoring()
	return s.scoreCardView(ctx, ws.ID, kept)
}
