package server

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/share/review"
)

// ReviewsReply is a team's calendar of reviews and every review there was.
type ReviewsReply struct {
	Plan      *PlanView    `json:"plan" doc:"null without a rhythm"`
	Next      *NextReview  `json:"next" doc:"null without a rhythm"`
	Held      *string      `json:"held" doc:"id of the review that is going on"`
	Past      []PastReview `json:"past" doc:"the newest first"`
	Today     series.Day   `json:"today" format:"date"`
	MayDecide bool         `json:"may_decide"`
}

// PlanView is the calendar of reviews.
type PlanView struct {
	PlanBody
	Sentence string `json:"sentence" doc:"毎月第1月曜日の10:00から60分"`
}

// PlanBody is the calendar of reviews as it is written.
type PlanBody struct {
	Every   string   `json:"every" enum:"week,month,quarter"`
	By      string   `json:"by,omitempty" enum:"weekday,day,business" doc:"which day of the month is meant"`
	Weekday int      `json:"weekday" minimum:"0" maximum:"6" doc:"0 is Sunday"`
	Nth     int      `json:"nth" minimum:"-31" maximum:"31" doc:"which weekday, day or business day of the month; -1 is the last"`
	Month   int      `json:"month,omitempty" minimum:"0" maximum:"3" doc:"of the quarter"`
	Closed  string   `json:"closed" enum:"later,earlier,stay" doc:"what becomes of a day on which the office is closed"`
	At      int      `json:"at" minimum:"0" maximum:"1439" doc:"minutes after midnight"`
	Lasts   int      `json:"lasts" minimum:"5" maximum:"480" doc:"minutes"`
	People  []string `json:"people" maxItems:"100" doc:"ids of members who are invited"`
	Places  []string `json:"places" maxItems:"100" doc:"ids of places the invitation is posted to"`
	Before  int      `json:"before" minimum:"0" maximum:"21" doc:"how many days before people are invited"`
}

func (b PlanBody) plan() review.Plan {
	p := review.Plan{People: b.People, Places: b.Places, Before: b.Before,
		Rhythm: review.Rhythm{Every: review.Every(b.Every), By: b.By, Weekday: b.Weekday, Nth: b.Nth, Month: b.Month, Closed: b.Closed, At: b.At, Lasts: b.Lasts}}
	if p.Every == review.EveryWeek {
		p.By, p.Nth, p.Month = "", 0, 0
	}
	return p
}

func planBody(p review.Plan) PlanBody {
	return PlanBody{Every: string(p.Every), By: p.By, Weekday: p.Weekday, Nth: p.Nth, Month: p.Month, Closed: p.Closed, At: p.At, Lasts: p.Lasts,
		People: front.Listed(p.People), Places: front.Listed(p.Places), Before: p.Before}
}

// NextReview is when the next review is.
type NextReview struct {
	Due     series.Day `json:"due" format:"date" doc:"of the rhythm"`
	On      series.Day `json:"on" format:"date" doc:"it is held on"`
	Moved   bool       `json:"moved"`
	Overdue bool       `json:"overdue"`
	Begins  time.Time  `json:"begins"`
	Lasts   int        `json:"lasts" doc:"minutes"`
	Invites series.Day `json:"invites" format:"date" doc:"the day people are invited"`
}

// PastReview is one review there was, with what it settled.
type PastReview struct {
	ID        string         `json:"id"`
	DueOn     series.Day     `json:"due_on" format:"date"`
	HeldOn    series.Day     `json:"held_on" format:"date"`
	State     string         `json:"state" enum:"held,closed,skipped"`
	Why       string         `json:"why" doc:"why it was left out"`
	By        string         `json:"by"`
	Decisions []DecisionView `json:"decisions"`
}

// ReviewPage is one review: the minutes, or the agenda as it would be today.
type ReviewPage struct {
	ID        string         `json:"id" doc:"next: not begun"`
	State     string         `json:"state" enum:"coming,held,closed,skipped"`
	Version   int            `json:"version" doc:"counts edits; an edit says the one it began with"`
	DueOn     *series.Day    `json:"due_on" format:"date"`
	HeldOn    *series.Day    `json:"held_on" format:"date" doc:"coming: the day it is planned on; null without a rhythm"`
	Begins    *time.Time     `json:"begins" doc:"coming: by the calendar"`
	AsOf      series.Day     `json:"as_of" format:"date" doc:"the numbers reach to"`
	Versions  ReviewVersions `json:"versions"`
	Lines     []ReviewLine   `json:"lines"`
	Changed   []ReviewChange `json:"changed" doc:"since the review before"`
	Since     *ReviewBefore  `json:"since" doc:"the review before"`
	Items     []ReviewItem   `json:"items"`
	Present   []ReviewPerson `json:"present"`
	Note      string         `json:"note"`
	Why       string         `json:"why" doc:"why it was left out"`
	Left      []string       `json:"left" doc:"ids of items nobody settled"`
	Focus     []string       `json:"focus" doc:"names of what is watched from then on"`
	FocusSaid bool           `json:"focus_said" doc:"the focus was settled on it"`
	By        string         `json:"by" doc:"who began it"`
	Reopened  []ReviewAgain  `json:"reopened" doc:"who opened it again after its end, in order"`
	MayReopen bool           `json:"may_reopen" doc:"it is the last one that was held, and whoever asks may decide"`
	Evidence  string         `json:"evidence" enum:"ready,computing"`
	Today     series.Day     `json:"today" format:"date"`
	MayDecide bool           `json:"may_decide"`
}

// ReviewAgain is a review that was opened again.
type ReviewAgain struct {
	On  series.Day `json:"on" format:"date"`
	By  string     `json:"by"`
	Why string     `json:"why"`
}

// ReopenReview opens a review again that was closed.
type ReopenReview struct {
	Base int    `json:"base_version" minimum:"1"`
	Why  string `json:"why" maxLength:"4000"`
}

// ReviewVersions are the map's version when a review began and when it ended.
type ReviewVersions struct {
	Before int  `json:"before"`
	After  *int `json:"after" doc:"null while it goes on"`
}

// ReviewLine is where things stood, in a sentence.
type ReviewLine struct {
	Kind string  `json:"kind" enum:"now,changed,next"`
	Mark *string `json:"mark" enum:"met,on-pace,behind,missed,too-early,no-data"`
	Text string  `json:"text"`
}

// ReviewChange is one thing that is different since the review before.
type ReviewChange struct {
	Kind      string  `json:"kind" enum:"status,chance,gone,link,model"`
	Indicator *string `json:"indicator"`
	Mark      *string `json:"mark" enum:"met,on-pace,behind,missed,too-early,no-data"`
	Good      *bool   `json:"good"`
	Text      string  `json:"text"`
}

// ReviewBefore names a review.
type ReviewBefore struct {
	ID string     `json:"id"`
	On series.Day `json:"on" format:"date"`
}

// ReviewItem is one item of an agenda.
type ReviewItem struct {
	ID            string         `json:"id"`
	Kind          string         `json:"kind" enum:"follow-up,finding,evidence,agreement,own"`
	Severity      *string        `json:"severity" enum:"error,warning,info"`
	Indicator     *string        `json:"indicator"`
	IndicatorName string         `json:"indicator_name"`
	Link          []string       `json:"link" doc:"from and to; empty when it is not about a link"`
	Title         string         `json:"title"`
	Sentence      string         `json:"sentence"`
	Body          []string       `json:"body"`
	Mend          string         `json:"mend"`
	Stake         *ReviewStake   `json:"stake"`
	Times         int            `json:"times" doc:"how many reviews in a row it has been on"`
	By            string         `json:"by" doc:"who put it on; empty for the program"`
	Wish          *string        `json:"wish" doc:"coming: id by which it can be taken off"`
	Was           *DecisionView  `json:"was" doc:"follow-ups: what was settled"`
	Outcome       *ReviewOutcome `json:"outcome" doc:"follow-ups: what came of it"`
	Decision      *DecisionView  `json:"decision"`
}

// ReviewStake is how many KGI units are at stake.
type ReviewStake struct {
	Amount float64 `json:"amount"`
	Unit   string  `json:"unit"`
	Label  string  `json:"label"`
}

// ReviewOutcome is what came of a decision.
type ReviewOutcome struct {
	Mark *string `json:"mark" enum:"met,on-pace,behind,missed,too-early,no-data"`
	Open bool    `json:"open"`
	Text string  `json:"text"`
}

// ReviewPerson is somebody who was there.
type ReviewPerson struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// MoveReview holds the coming review on another day.
type MoveReview struct {
	Due series.Day  `json:"due" format:"date" doc:"of the rhythm"`
	To  *series.Day `json:"to,omitempty" format:"date" doc:"absent: on its own day after all"`
}

// SkipReview leaves the coming review out.
type SkipReview struct {
	Due series.Day `json:"due" format:"date"`
	Why string     `json:"why" maxLength:"4000"`
}

// WishReview puts something on the next review.
type WishReview struct {
	Finding   string `json:"finding,omitempty" maxLength:"300" doc:"key of a finding"`
	Indicator string `json:"indicator,omitempty" maxLength:"80"`
	Text      string `json:"text,omitempty" maxLength:"2000" doc:"words of one's own"`
}

// WishMade names what was put on.
type WishMade struct {
	ID string `json:"id"`
}

// MinutesEdit is an edit of the minutes of a review that is going on.
type MinutesEdit struct {
	Base    int            `json:"base_version" minimum:"1"`
	Present []ReviewPerson `json:"present" maxItems:"100"`
	Note    string         `json:"note" maxLength:"16000"`
	Close   bool           `json:"close,omitempty" doc:"the review is over"`
}

// ReviewPath names one review.
type ReviewPath struct {
	front.InWorkspace
	front.Lang
	ID string `path:"id" maxLength:"40" doc:"next: the one that comes"`
}

func (s *Server) registerReviews(api huma.API) {
	tags := []string{"reviews"}
	const path = "/api/workspaces/{ws}/reviews"
	front.Handle(api, huma.Operation{
		OperationID: "list-reviews", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: path, Summary: "The calendar of reviews, and every review there was", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
	}) (ReviewsReply, error) {
		return s.listReviews(ctx, in.Workspace, in.Words())
	})
	front.HandleNothing(api, huma.Operation{
		OperationID: "put-review-plan", Metadata: front.Needs(access.Decide), Method: http.MethodPut, Path: path + "/plan", Summary: "Set when reviews are held and who is invited", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
		Body PlanBody
	}) error {
		return s.putReviewPlan(ctx, in.Workspace, in.Body.plan())
	})
	front.HandleNothing(api, huma.Operation{
		OperationID: "delete-review-plan", Metadata: front.Needs(access.Decide), Method: http.MethodDelete, Path: path + "/plan", Summary: "Hold reviews without a rhythm", Tags: tags,
	}, func(ctx context.Context, in *struct{ front.InWorkspace }) error {
		return s.dropReviewPlan(ctx, in.Workspace)
	})
	front.HandleNothing(api, huma.Operation{
		OperationID: "move-review", Metadata: front.Needs(access.Decide), Method: http.MethodPost, Path: path + "/move", Summary: "Hold the coming review on another day", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
		Body MoveReview
	}) error {
		return s.moveReview(ctx, in.Workspace, in.Body)
	})
	front.HandleNothing(api, huma.Operation{
		OperationID: "skip-review", Metadata: front.Needs(access.Decide), Method: http.MethodPost, Path: path + "/skip", Summary: "Leave the coming review out, with a reason", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
		Body SkipReview
	}) error {
		return s.skipReview(ctx, in.Workspace, in.Body)
	})
	front.Handle(api, huma.Operation{
		OperationID: "begin-review", Metadata: front.Needs(access.Decide), Method: http.MethodPost, Path: path, Summary: "Begin a review: its agenda is written down", Tags: tags, DefaultStatus: http.StatusCreated,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
	}) (ReviewPage, error) {
		held, err := s.beginReview(ctx, in.Workspace)
		if err != nil {
			return ReviewPage{}, err
		}
		return s.reviewPage(ctx, in.Workspace, held, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "get-review-page", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: path + "/{id}", Summary: "One review: its minutes, or the agenda as it would be today", Tags: tags,
	}, func(ctx context.Context, in *struct{ ReviewPath }) (ReviewPage, error) {
		if in.ID == nextReview {
			return s.nextReviewPage(ctx, in.Workspace, in.Words())
		}
		_, kept, err := s.ownReview(ctx, in.Workspace, in.ID)
		if err != nil {
			return ReviewPage{}, err
		}
		return s.reviewPage(ctx, in.Workspace, kept, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "edit-minutes", Metadata: front.Needs(access.Decide), Method: http.MethodPut, Path: path + "/{id}", Summary: "Write who was there and what was said, or end the review", Tags: tags,
	}, func(ctx context.Context, in *struct {
		ReviewPath
		Body MinutesEdit
	}) (ReviewPage, error) {
		return s.editMinutes(ctx, in.Workspace, in.ID, in.Body, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "reopen-review", Metadata: front.Needs(access.Decide), Method: http.MethodPost, Path: path + "/{id}/reopen", Summary: "Open the last review again, with a reason", Tags: tags,
	}, func(ctx context.Context, in *struct {
		ReviewPath
		Body ReopenReview
	}) (ReviewPage, error) {
		return s.reopenReview(ctx, in.Workspace, in.ID, in.Body, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "decide", Metadata: front.Needs(access.Decide), Method: http.MethodPost, Path: path + "/{id}/decisions", Summary: "Settle an item; what it changes becomes a version of the map", Tags: tags, MaxBodyBytes: front.MaxModelBytes,
	}, func(ctx context.Context, in *struct {
		ReviewPath
		Body DecideRequest
	}) (DecideReply, error) {
		return s.settle(ctx, in.Workspace, in.ID, in.Body, in.Body.Over(ctx, in.Lang))
	})
	front.HandleNothing(api, huma.Operation{
		OperationID: "withdraw-decision", Metadata: front.Needs(access.Decide), Method: http.MethodDelete, Path: path + "/{id}/decisions", Summary: "Take a decision back while the review goes on", Tags: tags,
	}, func(ctx context.Context, in *struct {
		ReviewPath
		Item string `query:"item" required:"true" maxLength:"400" doc:"id of the item"`
	}) error {
		return s.withdraw(ctx, in.Workspace, in.ID, in.Item)
	})
	front.Handle(api, huma.Operation{
		OperationID: "wish-review", Metadata: front.Needs(access.Speak), Method: http.MethodPost, Path: "/api/workspaces/{ws}/review-wishes", Summary: "Put something on the next review", Tags: tags, DefaultStatus: http.StatusCreated,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
		Body WishReview
	}) (WishMade, error) {
		return s.wishReview(ctx, in.Workspace, in.Body)
	})
	front.HandleNothing(api, huma.Operation{
		OperationID: "unwish-review", Metadata: front.Needs(access.Speak), Method: http.MethodDelete, Path: "/api/workspaces/{ws}/review-wishes/{id}", Summary: "Take something off the next review", Tags: tags,
	}, func(ctx context.Context, in *struct{ ReviewPath }) error {
		return s.unwishReview(ctx, in.Workspace, in.ID)
	})
	huma.Register(api, front.Bounded(huma.Operation{
		OperationID: "get-review-invitation", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: path + "/next/calendar", Summary: "The coming review for a calendar (.ics)", Tags: tags,
		Responses: map[string]*huma.Response{"200": {Description: "iCalendar", Content: map[string]*huma.MediaType{"text/calendar": {}}}},
	}), func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
	}) (*huma.StreamResponse, error) {
		return s.reviewInvitation(ctx, in.Workspace, in.Words())
	})
}

// nextReview is the id of the review that has not begun.
const nextReview = "next"
