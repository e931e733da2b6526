package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/event/channel"
	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// ChannelRulesReply is the rules by which ways in get their channel.
type ChannelRulesReply struct {
	Rules    []ChannelRuleView `json:"rules" doc:"asked in order; the first that fits decides"`
	Own      bool              `json:"own" doc:"false: the rules of the program"`
	Channels []ValueView       `json:"channels"`
}

// ChannelRuleView is one rule.
type ChannelRuleView struct {
	Channel string                 `json:"channel" maxLength:"80"`
	Name    string                 `json:"name,omitempty" maxLength:"80" doc:"of a channel of one's own"`
	When    []ChannelConditionView `json:"when" minItems:"1" maxItems:"10" doc:"all must hold"`
}

// ChannelConditionView is one condition of a rule.
type ChannelConditionView struct {
	On     string   `json:"on" enum:"source,medium,campaign,click,referrer,kind,paid"`
	Op     string   `json:"op" enum:"is,not,contains,starts,ends"`
	Values []string `json:"values" minItems:"1" maxItems:"100"`
}

// NewChannelRules are rules of a workspace's own.
type NewChannelRules struct {
	Rules []ChannelRuleView `json:"rules" minItems:"1" maxItems:"200"`
}

const kindChannels, ownChannels = "channel_rules", "own"

func (s *Server) registerChannelRules(api huma.API) {
	tags := []string{"measure"}
	const path = "/api/workspaces/{ws}/measure/channel-rules"
	front.Handle(api, huma.Operation{
		OperationID: "get-channel-rules", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: path,
		Summary: "The rules of the channels", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
	}) (ChannelRulesReply, error) {
		return s.channelRulesReply(ctx, in.Workspace, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "put-channel-rules", Metadata: front.Needs(access.EditModel), Method: http.MethodPut, Path: path,
		Summary: "Set rules of one's own; they hold for the past too", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
		Body NewChannelRules
	}) (ChannelRulesReply, error) {
		ws, err := s.workspace(ctx, in.Workspace)
		if err != nil {
			return ChannelRulesReply{}, err
		}
		rules := rulesOf(in.Body.Rules)
		if err := rules.Check(); err != nil {
			return ChannelRulesReply{}, err
		}
		text, err := json.Marshal(rules)
		if err != nil {
			return ChannelRulesReply{}, fmt.Errorf("keep channel rules: %w", err)
		}
		doc := store.Document{ID: ownChannels, Name: ownChannels, Body: text, Author: front.AuthorOf(ctx)}
		if _, err := s.deps.Store.Documents.Put(ctx, ws.ID, kindChannels, doc); err != nil {
			return ChannelRulesReply{}, err
		}
		s.channelsChanged()
		return s.channelRulesReply(ctx, in.Workspace, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "reset-channel-rules", Metadata: front.Needs(access.EditModel), Method: http.MethodDelete, Path: path,
		Summary: "Go back to the rules of the program", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
	}) (ChannelRulesReply, error) {
		ws, err := s.workspace(ctx, in.Workspace)
		if err != nil {
			return ChannelRulesReply{}, err
		}
		err = s.deps.Store.Documents.Delete(ctx, ws.ID, kindChannels, ownChannels)
		if _, none := errors.AsType[store.ErrNotFound](err); err != nil && !none {
			return ChannelRulesReply{}, err
		}
		s.channelsChanged()
		return s.channelRulesReply(ctx, in.Workspace, in.Words())
	})
}

func rulesOf(views []ChannelRuleView) channel.Rules {
	rules := make(channel.Rules, len(views))
	for i, v := range views {
		rules[i] = channel.Rule{Channel: channel.ID(front.Clean(v.Channel))}
		if name := front.Clean(v.Name); name != "" {
			rules[i].Name = &words.Text{JA: name, EN: name}
		}
		for _, c := range v.When {
			rules[i].When = append(rules[i].When, channel.Condition(c))
		}
	}
	return rules
}

func (s *Server) channelRulesReply(ctx context.Context, slug string, lang words.Lang) (ChannelRulesReply, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return ChannelRulesReply{}, err
	}
	known, err := s.channelRules(ctx, ws.ID)
	if err != nil {
		return ChannelRulesReply{}, err
	}
	reply := ChannelRulesReply{Rules: make([]ChannelRuleView, len(known.rules)), Own: known.own, Channels: []ValueView{}}
	for i, r := range known.rules {
		view := ChannelRuleView{Channel: string(r.Channel), When: make([]ChannelConditionView, len(r.When))}
		if r.Name != nil {
			view.Name = r.Name.In(lang)
		}
		for j, c := range r.When {
			view.When[j] = ChannelConditionView(c)
		}
		reply.Rules[i] = view
	}
	for _, id := range known.rules.Channels() {
		reply.Channels = append(reply.Channels, ValueView{string(id), known.rules.Name(id).In(lang)})
	}
	return reply, nil
}

// channelsOf are the rules of a workspace.
type channelsOf struct {
	rules channel.Rules
	own   bool
	key   string // another one with other rules
}

// channelRules are the rules of a workspace's own, else those of the program.
func (s *Server) channelRules(ctx context.Context, ws store.WorkspaceID) (channelsOf, error) {
	return readChannels(ctx, s.deps.Store, ws)
}

func readChannels(ctx context.Context, state *store.DB, ws store.WorkspaceID) (channelsOf, error) {
	doc, err := state.Documents.Get(ctx, ws, kindChannels, ownChannels)
	if _, none := errors.AsType[store.ErrNotFound](err); none {
		return channelsOf{rules: channel.Default, key: "default"}, nil
	}
	if err != nil {
		return channelsOf{}, err
	}
	of := channelsOf{own: true, key: strconv.FormatInt(doc.UpdatedAt.UnixMilli(), 36)}
	if err := json.Unmarshal(doc.Body, &of.rules); err != nil {
		return channelsOf{}, fmt.Errorf("read channel rules of %q: %w", ws, err)
	}
	return of, nil
}

// channelsChanged has what was counted by channel counted anew.
func (s *Server) channelsChanged() {
	if s.folding != nil {
		s.folding.poke()
	}
}

// channelsLife is how long rules are taken to be what they were.
const channelsLife = 2 * time.Second

// Channels tells the warehouse which channel a way in is, by the rules of its workspace as
// they are now.
func Channels(state *store.DB) func(event.Workspace, warehouse.Traffic) string {
	type known struct {
		channelsOf
		until time.Time
	}
	var mu sync.Mutex
	workspaces := map[event.Workspace]known{}
	return func(ws event.Workspace, t warehouse.Traffic) string {
		mu.Lock()
		k, there := workspaces[ws]
		if !there || time.Now().After(k.until) {
			if of, err := readChannels(context.Background(), state, store.WorkspaceID(ws)); err == nil {
				k.channelsOf = of
			} else if !there {
				k.rules = channel.Default
			}
			k.until = time.Now().Add(channelsLife)
			workspaces[ws] = k
		}
		mu.Unlock()
		return string(channel.Classify(k.rules, inputsOf(t)))
	}
}

func inputsOf(t warehouse.Traffic) channel.Inputs {
	return channel.Inputs{
		Source: t.Campaign.Source, Medium: t.Campaign.Medium, Campaign: t.Campaign.Name, ClickID: t.ClickID, ReferrerHost: t.ReferrerHost,
	}
}

func (a asked) channel(t warehouse.Traffic) string {
	return string(channel.Classify(a.channels.rules, inputsOf(t)))
}

// channelNamed finds a channel by its name in a table of costs; the name itself where
// there is none.
func (a asked) channelNamed(name string) string {
	if id, ok := a.channels.rules.Named(name); ok {
		return string(id)
	}
	return name
}

// sourceLabel is a source in words: the service a host or a campaign's word stands for.
func sourceLabel(value string, lang words.Lang) string {
	if known, ok := channel.Find(value); ok {
		return known.Name.In(lang)
	}
	return value
}
