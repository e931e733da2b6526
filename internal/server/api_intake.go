package server

import (
	"cmp"
	"context"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/collect"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// IntakeReply tells how events come in: what was taken, what was refused and why, and
// whether the numbers keep up.
type IntakeReply struct {
	State    string        `json:"state" enum:"ok,behind,full,trouble" doc:"behind: numbers wait; full: the disk is; trouble: see sentence"`
	Sentence string        `json:"sentence"`
	Accepted int64         `json:"accepted" doc:"since the server started"`
	Refused  []RefusedView `json:"refused" doc:"since the server started, most frequent first"`
	Recent   []IntakeView  `json:"recent" doc:"requests that were not taken whole, the newest first"`
	Keys     []KeyUseView  `json:"keys" doc:"what came in with each write key, ever"`
	Names    int           `json:"names" doc:"different names of events seen"`
	Lag      float64       `json:"lag" doc:"seconds by which the numbers are behind"`
	Aside    int64         `json:"aside" doc:"groups of events nobody can read, set aside since the server started"`
}

// RefusedView is how often one reason was given.
type RefusedView struct {
	Code   string `json:"code"`
	Reason string `json:"reason"`
	Count  int64  `json:"count"`
}

// IntakeView is a request that was not taken whole.
type IntakeView struct {
	At       int64         `json:"at" doc:"milliseconds since 1970"`
	Path     string        `json:"path"`
	Origin   string        `json:"origin"`
	Agent    string        `json:"agent"`
	Status   int           `json:"status"`
	Received int           `json:"received"`
	Accepted int           `json:"accepted"`
	Reasons  []RefusalView `json:"reasons"`
}

// RefusalView is an event that was refused.
type RefusalView struct {
	Index     int    `json:"index"`
	MessageID string `json:"message_id"`
	Name      string `json:"name"`
	Code      string `json:"code"`
	Reason    string `json:"reason"`
}

// KeyUseView is what came in with a write key.
type KeyUseView struct {
	ID    string `json:"id"`
	Count int64  `json:"count"`
	Last  int64  `json:"last" doc:"milliseconds since 1970"`
}

func (s *Server) registerIntake(api huma.API) {
	front.Handle(api, huma.Operation{
		OperationID: "get-intake", Metadata: front.Needs(access.SeeVisits), Method: http.MethodGet, Path: "/api/workspaces/{ws}/measure/intake",
		Summary: "How events come in: what was refused and why, and whether the numbers keep up", Tags: []string{"measure"},
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
	}) (IntakeReply, error) {
		return s.intake(ctx, in.Workspace, in.Words())
	})
}

// behindAfter is when waiting numbers are worth a word, in seconds.
const behindAfter = 10

func (s *Server) intake(ctx context.Context, slug string, lang words.Lang) (IntakeReply, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return IntakeReply{}, err
	}
	if s.measuring == nil {
		return IntakeReply{}, noEvents()
	}
	of := event.Workspace(ws.ID)
	counts := s.measuring.collect.Counts(of)
	reply := IntakeReply{Accepted: counts.Accepted, Refused: []RefusedView{}, Recent: []IntakeView{}, Keys: []KeyUseView{}}
	for code, n := range counts.Refused {
		reply.Refused = append(reply.Refused, RefusedView{code, collect.Reason(code).In(lang), n})
	}
	slices.SortFunc(reply.Refused, func(a, b RefusedView) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Code, b.Code))
	})
	for _, o := range s.measuring.collect.Recent(of) {
		view := IntakeView{At: int64(o.At), Path: o.Path, Origin: o.Origin, Agent: o.Agent, Status: o.Status, Received: o.Received, Accepted: o.Accepted, Reasons: []RefusalView{}}
		for _, r := range o.Refused {
			view.Reasons = append(view.Reasons, RefusalView{r.Index, r.MessageID, r.Name, string(r.Code), r.Reason.In(lang)})
		}
		if o.Code != "" {
			view.Reasons = append(view.Reasons, RefusalView{Index: -1, Code: o.Code, Reason: collect.Reason(o.Code).In(lang)})
		}
		reply.Recent = append(reply.Recent, view)
	}
	keys, err := s.deps.Store.Catalogue.KeyActivity(ctx, ws.ID)
	if err != nil {
		return IntakeReply{}, err
	}
	for _, k := range keys {
		reply.Keys = append(reply.Keys, KeyUseView{k.Key, k.Count, int64(k.Last)})
	}
	names, err := s.deps.Store.Catalogue.EventNames(ctx, ws.ID, event.Track, store.MaxEventNames+1)
	if err != nil {
		return IntakeReply{}, err
	}
	reply.Names = len(names)
	s.intakeState(&reply, lang)
	return reply, nil
}

// intakeState says in a word whether all is well.
func (s *Server) intakeState(reply *IntakeReply, lang words.Lang) {
	state := s.MeasuringState()
	failing, missed := "", int64(0)
	for _, r := range state.Readers {
		reply.Aside += r.Aside
		missed += r.Missed
		if r.Name == "warehouse" {
			reply.Lag = r.LagSeconds
		}
		failing = cmp.Or(failing, r.Failing)
	}
	var sentence words.Text
	switch {
	case state.DiskFull:
		reply.State = "full"
		sentence = words.T("保存する場所がいっぱいで、できごとを受け取れません。空きができれば、自動で再開します。送る側は、あとで送り直します。",
			"The disk is full, so no events are taken in. It goes on by itself when there is room; senders come again.")
	case failing != "":
		reply.State = "trouble"
		sentence = words.T("受け取れていますが、数えるところで止まっています。受け取ったものはなくなりません。サーバーのログを見てください。",
			"Events are taken in, but counting has stopped. Nothing is lost; please look at the server's log.")
	case missed > 0:
		reply.State = "trouble"
		sentence = words.T("置き場のファイルが古く、%[1]sまとまりのできごとが入っていません。バックアップから戻したときに起こります。",
			"The file of events is older than what came in: %[1]s groups are missing. This happens after going back to a backup.", words.Group(float64(missed), 0))
	case reply.Lag > behindAfter:
		reply.State = "behind"
		sentence = words.T("受け取りは順調です。数えるのが%[1]s秒おくれています。", "Events come in well; counting is %[1]s seconds behind.", words.Group(reply.Lag, 0))
	case reply.Aside > 0:
		reply.State = "ok"
		sentence = words.T("順調に受け取っています。読めなかった%[1]sまとまりだけは、脇によけてあります。サーバーのログを見てください。",
			"Events come in well. %[1]s groups that could not be read are set aside; please look at the server's log.", words.Group(float64(reply.Aside), 0))
	default:
		reply.State = "ok"
		sentence = words.T("順調に受け取っています。", "All is well.")
	}
	if reply.Names > store.MaxEventNames {
		sentence = words.Text{
			JA: sentence.JA + words.T("できごとの名前が多すぎます(%[1]s種類まで)。新しい名前は「(そのほか)」にまとめています。名前に番号や日付を入れていないか確かめてください。", "", words.Group(store.MaxEventNames, 0)).JA,
			EN: sentence.EN + " " + words.T("", "There are too many names of events (up to %[1]s). New ones are kept together as “(other)”; check whether names carry numbers or dates.", words.Group(store.MaxEventNames, 0)).EN,
		}
	}
	reply.Sentence = sentence.In(lang)
}
