package server

import (
	"archive/zip"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/share/handover"
	"github.com/shirube/shirube/internal/share/selfcheck"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// SelfCheckReply is the two-minute check: what is asked, what one answered, what it comes
// to for the team.
type SelfCheckReply struct {
	Works  []SelfCheckWork `json:"works"`
	Mine   *SelfCheckSheet `json:"mine" doc:"null before one has answered"`
	People []string        `json:"people" doc:"names of who has answered"`
	Result SelfCheckResult `json:"result" doc:"of all who answered together"`
}

// SelfCheckWork is a kind of work that is asked about.
type SelfCheckWork struct {
	ID    string  `json:"id"`
	Name  string  `json:"name"`
	Asked string  `json:"asked"`
	Hours float64 `json:"hours" doc:"a month, roughly"`
	Keep  bool    `json:"keep" doc:"stays with the team whatever the answers are"`
}

// SelfCheckSheet is what one person answers.
type SelfCheckSheet struct {
	Skills map[string]int `json:"skills" doc:"by the id of a work: -1 not needed, 0 never done, 1 with help, 2 alone, 3 can teach it"`
	Hours  float64        `json:"hours" minimum:"0" maximum:"200" doc:"a month"`
}

// SelfCheckResult is what to take on and what to hand over.
type SelfCheckResult struct {
	Lines  []SelfCheckLine `json:"lines"`
	Hours  float64         `json:"hours" doc:"the team has, a month"`
	Own    float64         `json:"own" doc:"of them for what it does itself"`
	Handed float64         `json:"handed" doc:"hours of work that go to others"`
	Short  bool            `json:"short" doc:"not even enough for what has to stay"`
}

// SelfCheckLine is the verdict on one kind of work.
type SelfCheckLine struct {
	ID      string  `json:"id"`
	Name    string  `json:"name"`
	Verdict string  `json:"verdict" enum:"own,learn,together,hand,none"`
	By      string  `json:"by" doc:"who can do it best; empty where nobody can"`
	Hours   float64 `json:"hours"`
	Reason  string  `json:"reason"`
}

// HandoverReply is what stands in the pack for somebody outside, in short.
type HandoverReply struct {
	Indicators int              `json:"indicators"`
	Sources    int              `json:"sources"`
	Findings   int              `json:"findings"`
	Decisions  int              `json:"decisions"`
	Hidden     int              `json:"hidden" doc:"people whose names are taken out"`
	Wishes     []HandoverWish   `json:"wishes" doc:"what they are asked to do: what the self-check hands over"`
	Accesses   []HandoverAccess `json:"accesses" doc:"what they have to be let into"`
	Files      []string         `json:"files"`
}

// HandoverWish is a piece of work for them.
type HandoverWish struct {
	Name   string `json:"name"`
	What   string `json:"what"`
	Reason string `json:"reason"`
}

// HandoverAccess is something they have to be let into.
type HandoverAccess struct {
	What string `json:"what"`
	How  string `json:"how"`
}

const selfCheckKind = "self_check"

func (s *Server) registerHandover(api huma.API) {
	tags := []string{"handover"}
	front.Handle(api, huma.Operation{
		OperationID: "get-self-check", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: "/api/workspaces/{ws}/selfcheck",
		Summary: "The two-minute check and what it comes to", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
	}) (SelfCheckReply, error) {
		return s.selfCheck(ctx, in.Workspace, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "put-self-check", Metadata: front.Needs(access.Speak), Method: http.MethodPut, Path: "/api/workspaces/{ws}/selfcheck",
		Summary: "Answer the two-minute check", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
		Body SelfCheckSheet
	}) (SelfCheckReply, error) {
		return s.answerSelfCheck(ctx, in.Workspace, in.Body, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "get-handover", Metadata: front.Needs(access.HandOver), Method: http.MethodGet, Path: "/api/workspaces/{ws}/handover",
		Summary: "What stands in the pack for a professional outside", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
	}) (HandoverReply, error) {
		pack, hidden, err := s.handoverPack(ctx, in.Workspace, in.Words())
		if err != nil {
			return HandoverReply{}, err
		}
		return handoverView(pack, hidden)
	})
	huma.Register(api, front.Bounded(huma.Operation{
		OperationID: "export-handover", Metadata: front.Needs(access.HandOver), Method: http.MethodGet, Path: "/api/workspaces/{ws}/handover/pack",
		Summary: "The pack as a zip: a page to read, the map as a file, tables", Tags: tags,
	}), func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
	}) (*huma.StreamResponse, error) {
		pack, _, err := s.handoverPack(ctx, in.Workspace, in.Words())
		if err != nil {
			return nil, err
		}
		files, err := pack.Files()
		if err != nil {
			return nil, err
		}
		return s.zipped(in.Workspace+"-handover.zip", files), nil
	})
}

// zipped is files in one, in their order.
func (s *Server) zipped(name string, files []handover.File) *huma.StreamResponse {
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		hc.SetHeader("Content-Type", "application/zip")
		hc.SetHeader("Content-Disposition", "attachment; filename*=UTF-8''"+pathEscape(name))
		if err := writeZip(zip.NewWriter(hc.BodyWriter()), files, s.deps.Clock()); err != nil && hc.Context().Err() == nil {
			front.RequestOf(hc.Context()).Log.Error("hand-over pack broke off", "error", err)
			panic(http.ErrAbortHandler) // a file cut short must not look whole
		}
	}}
}

func writeZip(out *zip.Writer, files []handover.File, now time.Time) error {
	for _, f := range files {
		w, err := out.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate, Modified: now.UTC()})
		if err != nil {
			return fmt.Errorf("begin %q: %w", f.Name, err)
		}
		if _, err := w.Write(f.Body); err != nil {
			return fmt.Errorf("write %q: %w", f.Name, err)
		}
	}
	return out.Close()
}

// answersOf is what everybody answered, by who it is.
func (s *Server) answersOf(ctx context.Context, ws store.WorkspaceID) ([]selfcheck.Answer, error) {
	docs, err := s.deps.Store.Documents.List(ctx, ws, selfCheckKind)
	if err != nil {
		return nil, err
	}
	members, err := s.deps.Store.Members.List(ctx, ws)
	if err != nil {
		return nil, err
	}
	here := map[string]string{}
	for _, m := range members {
		here[string(m.User.ID)] = m.User.Name
	}
	var list []selfcheck.Answer
	for _, doc := range docs {
		name, there := here[doc.ID]
		if !there {
			continue // whoever has left takes their time with them
		}
		var sheet SelfCheckSheet
		if err := json.Unmarshal(doc.Body, &sheet); err != nil {
			return nil, fmt.Errorf("read self-check of %q: %w", doc.ID, err)
		}
		list = append(list, selfcheck.Answer{Person: doc.ID, Name: name, Hours: sheet.Hours, Skills: skillsOf(sheet)})
	}
	return list, nil
}

func skillsOf(sheet SelfCheckSheet) map[string]selfcheck.Skill {
	skills := map[string]selfcheck.Skill{}
	for id, skill := range sheet.Skills {
		skills[id] = selfcheck.Skill(skill)
	}
	return skills
}

func (s *Server) selfCheck(ctx context.Context, slug string, lang words.Lang) (SelfCheckReply, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return SelfCheckReply{}, err
	}
	answers, err := s.answersOf(ctx, ws.ID)
	if err != nil {
		return SelfCheckReply{}, err
	}
	reply := SelfCheckReply{Works: []SelfCheckWork{}, People: []string{}, Result: selfCheckResult(selfcheck.Weigh(answers), lang)}
	for _, w := range selfcheck.Works {
		reply.Works = append(reply.Works, SelfCheckWork{w.ID, w.Name.In(lang), w.Asked.In(lang), w.Hours, w.Keep})
	}
	me, _ := s.speaker(ctx, ws.ID) // a key has no answers of its own
	for _, a := range answers {
		reply.People = append(reply.People, a.Name)
		if a.Person == string(me.ID) {
			sheet := SelfCheckSheet{Skills: map[string]int{}, Hours: a.Hours}
			for id, skill := range a.Skills {
				sheet.Skills[id] = int(skill)
			}
			reply.Mine = &sheet
		}
	}
	return reply, nil
}

func selfCheckResult(r selfcheck.Result, lang words.Lang) SelfCheckResult {
	out := SelfCheckResult{Lines: []SelfCheckLine{}, Hours: r.Hours, Own: r.Own, Handed: r.Handed, Short: r.Short}
	for _, l := range r.Lines {
		out.Lines = append(out.Lines, SelfCheckLine{l.Work.ID, l.Work.Name.In(lang), string(l.Verdict), l.By, l.Hours, l.Reason.In(lang)})
	}
	return out
}

func (s *Server) answerSelfCheck(ctx context.Context, slug string, in SelfCheckSheet, lang words.Lang) (SelfCheckReply, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return SelfCheckReply{}, err
	}
	me, err := s.speaker(ctx, ws.ID)
	if err != nil {
		return SelfCheckReply{}, err
	}
	if me.ID == "" {
		return SelfCheckReply{}, front.Refuse(http.StatusConflict, words.T("答えを残す人がいません。メンバーを加えてから試してください。", "There is nobody to keep the answers for. Add a member first."))
	}
	known := SelfCheckSheet{Skills: map[string]int{}, Hours: min(max(in.Hours, 0), selfcheck.MostHours)}
	for _, w := range selfcheck.Works {
		skill, told := in.Skills[w.ID]
		if !told {
			continue
		}
		if skill < int(selfcheck.Unneeded) || skill > int(selfcheck.Teaches) {
			return SelfCheckReply{}, front.BadRequest("body.skills."+w.ID, words.T("「%s」の答えは、−1から3までで書いてください。", "The answer on “%s” goes from -1 to 3.", w.Name))
		}
		known.Skills[w.ID] = skill
	}
	_, err = s.deps.Store.Documents.Put(ctx, ws.ID, selfCheckKind, store.Document{ID: string(me.ID), Name: me.Name, Body: mustJSON(known), Author: me.Name})
	if err != nil {
		return SelfCheckReply{}, err
	}
	return s.selfCheck(ctx, slug, lang)
}

func handoverView(p *handover.Pack, hidden int) (HandoverReply, error) {
	files, err := p.Files()
	if err != nil {
		return HandoverReply{}, err
	}
	reply := HandoverReply{Indicators: len(p.Lines), Sources: len(p.Sources), Findings: len(p.Findings), Decisions: len(p.Decisions), Hidden: hidden,
		Wishes: []HandoverWish{}, Accesses: []HandoverAccess{}, Files: []string{}}
	for _, w := range p.Wishes {
		reply.Wishes = append(reply.Wishes, HandoverWish(w))
	}
	for _, a := range p.Accesses {
		reply.Accesses = append(reply.Accesses, HandoverAccess(a))
	}
	for _, f := range files {
		reply.Files = append(reply.Files, f.Name)
	}
	return reply, nil
}
