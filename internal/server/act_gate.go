package server

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"github.com/shirube/shirube/internal/act/automation"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/outbox"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// gate says at the moment of hand-over whether an item may go: whoever refused a minute ago
// is sent nothing now, whatever was decided before.
type gate struct {
	server *Server
	zone   func(event.Workspace) string
}

// Rule answers for each item.
func (g gate) Rule(ctx context.Context, items []outbox.Item, now event.Millis) ([]outbox.Ruling, error) {
	rulings := make([]outbox.Ruling, len(items))
	byWorkspace := map[event.Workspace][]int{}
	for k, item := range items {
		if item.Contact != "" && item.Kind != outbox.Notice {
			byWorkspace[item.Workspace] = append(byWorkspace[item.Workspace], k)
		}
	}
	for ws, of := range byWorkspace {
		if err := g.rule(ctx, ws, items, of, rulings, now); err != nil {
			return nil, err
		}
	}
	return rulings, nil
}

func (g gate) rule(ctx context.Context, ws event.Workspace, items []outbox.Item, of []int, rulings []outbox.Ruling, now event.Millis) error {
	db, id := g.server.deps.Store, store.WorkspaceID(ws)
	people := make([]contact.ID, len(of))
	for k, n := range of {
		people[k] = contact.ID(items[n].Contact)
	}
	known, err := db.Contacts.GetMany(ctx, id, people)
	if err != nil {
		return err
	}
	wishes, err := wishesOf(ctx, db.Repositories, id, slices.Collect(maps.Values(known)))
	if err != nil {
		return err
	}
	taken := map[contact.ID]int{} // mails of this very batch
	weighed := make([]string, len(of))
	for k, n := range of {
		weighed[k] = items[n].ID
	}
	definitions := map[string]*automation.Definition{}
	zone := ledger{zone: g.zone}.location(ws)
	for _, n := range of {
		item, r := items[n], &rulings[n]
		person, there := known[contact.ID(item.Contact)]
		if !there {
			*r = outbox.Ruling{State: outbox.Cancelled, Reason: "erased"}
			continue
		}
		var h automation.Handing
		if err := json.Unmarshal(item.Payload, &h); err != nil {
			continue // another room's item: its sender knows
		}
		name := automation.VersionName(h.Automation, h.Version)
		definition, read := definitions[name]
		if !read {
			if definition, err = g.definition(ctx, id, h); err != nil {
				return err
			}
			definitions[name] = definition
		}
		if item.Kind == outbox.Mail {
			topic := ""
			if h.Mail != nil {
				topic = h.Mail.Topic
			}
			if v := wishes[person.ID].MaySend(topic, contact.Stream(item.Stream), now); !v.May {
				*r = outbox.Ruling{State: outbox.Withheld, Reason: withArticle(v)}
				continue
			}
			if h.Mail != nil {
				until, err := g.server.mailing.unready(ctx, id, item, h.Mail.Template)
				if err != nil {
					return err
				}
				if until > 0 {
					*r = outbox.Ruling{State: outbox.Queued, Until: until, Reason: outbox.Unready}
					continue
				}
			}
		}
		if item.Stream == automation.Transactional {
			continue
		}
		if definition == nil { // a broadcast has no cap of its own, and counts for those of others
			if item.Kind == outbox.Mail {
				taken[person.ID]++
			}
			continue
		}
		if open := definition.Quiet.Open(now, zone); open > now {
			*r = outbox.Ruling{State: outbox.Queued, Until: open, Reason: outbox.QuietNow}
			continue
		}
		if item.Kind != outbox.Mail {
			continue
		}
		if definition.Cap != nil {
			sent, err := db.Outbox.SentTo(ctx, id, []contact.ID{person.ID}, definition.Cap.Since(now), weighed...)
			if err != nil {
				return err
			}
			if definition.Cap.Full(sent[person.ID] + taken[person.ID]) {
				*r = outbox.Ruling{State: outbox.Withheld, Reason: outbox.Capped}
				continue
			}
		}
		taken[person.ID]++
	}
	return nil
}

// definition is the version an item comes from; nil where none does.
func (g gate) definition(ctx context.Context, ws store.WorkspaceID, h automation.Handing) (*automation.Definition, error) {
	if h.Automation == "" {
		return nil, nil
	}
	saved, err := g.server.deps.Store.Automations.Version(ctx, ws, h.Automation, h.Version)
	if isNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return automation.Read(saved.Body)
}

// betweenLanguages parts the Japanese and the English of a reason as it is kept.
const betweenLanguages = "\x1e"

// withArticle is why nothing may be sent to somebody, with the article that says so, in both
// languages: who reads it is not known yet.
func withArticle(v contact.Verdict) string {
	if v.Article == "" {
		return v.Why.JA + betweenLanguages + v.Why.EN
	}
	return v.Why.JA + "（" + v.Article + "）" + betweenLanguages + v.Why.EN + " (" + articleIn(v.Article, words.EN) + ")"
}
