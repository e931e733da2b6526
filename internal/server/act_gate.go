package server

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/shirube/shirube/internal/act/automation"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/outbox"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/store"
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
	var addresses []string
	for _, c := range known {
		addresses = append(addresses, strings.ToLower(c.Address))
	}
	consents, err := db.Consents.Of(ctx, id, addresses)
	if err != nil {
		return err
	}
	suppressions, err := db.Suppressions.Of(ctx, id, addresses)
	if err != nil {
		return err
	}
	taken := map[contact.ID]int{} // mails of this very batch
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
			key := strings.ToLower(person.Address)
			if v := contact.MaySend(consents[key], suppressions[key], topic, contact.Stream(item.Stream), now); !v.May {
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
		if definition == nil || item.Stream == automation.Transactional {
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
			sent, err := db.Outbox.SentTo(ctx, id, []contact.ID{person.ID}, definition.Cap.Since(now))
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

// withArticle is why nothing may be sent to somebody, with the article that says so.
func withArticle(v contact.Verdict) string {
	if v.Article == "" {
		return v.Why.JA
	}
	return v.Why.JA + "（" + v.Article + "）"
}
