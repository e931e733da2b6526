package server

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/shirube/shirube/internal/act/automation"
	"github.com/shirube/shirube/internal/act/mail"
	"github.com/shirube/shirube/internal/act/outbox"
	"github.com/shirube/shirube/internal/deliver/preflight"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// mayBegin refuses to begin what sends marketing mail while a check before sending is red:
// a broadcast, or an automation with steps that mail.
func (s *Server) mayBegin(ctx context.Context, ws store.WorkspaceID, templates ...string) error {
	for _, id := range templates {
		if id == "" {
			continue
		}
		p, err := s.mailing.prepare(ctx, ws, id)
		if err != nil {
			return toldMail(err)
		}
		if p.template.Stream != mail.Marketing {
			continue
		}
		checks, err := s.look(ctx, ws, p.template.Sender, id)
		if err != nil {
			return err
		}
		if err := refuseRed(checks); err != nil {
			return err
		}
	}
	return nil
}

// refuseRed refuses by the first red light.
func refuseRed(checks []preflight.Check) error {
	for _, c := range checks {
		if c.Light == preflight.Red {
			return front.Refuse(http.StatusUnprocessableEntity, words.T("送る前の確認が赤です。%[1]s %[2]s", "A check before sending is red. %[1]s %[2]s", c.What, c.Mend))
		}
	}
	return nil
}

// mailedBy is the templates a version of an automation mails.
func mailedBy(d *automation.Definition) (templates []string) {
	for _, step := range d.Steps {
		if step.Mail != nil {
			templates = append(templates, step.Mail.Templates()...)
		}
	}
	return templates
}

// An automation mails for months, and DNS changes in the meantime: what it hands over is
// looked at again this often; after a red light sooner, because somebody is mending it.
const (
	lightLife  = 30 * time.Minute
	redLife    = 2 * time.Minute
	lookWithin = 8 * time.Second // a hand-over waits no longer for DNS
)

// readiness remembers how the checks of automations' mails ended.
type readiness struct {
	mu     sync.Mutex
	lights map[string]readyLight
}

type readyLight struct {
	red   bool
	until time.Time
}

// maxLights bounds what is remembered.
const maxLights = 2000

// unready tells of a marketing mail of an automation that its sender's checks are red, and
// until when it is to wait. What cannot be looked at (a template that is gone) is the
// sender's to tell.
func (m *mailing) unready(ctx context.Context, ws store.WorkspaceID, item outbox.Item, template string) (until event.Millis, err error) {
	if item.Stream != mail.Marketing || !strings.HasPrefix(item.Cause, automation.Cause("")) {
		return 0, nil
	}
	name, now := string(ws)+"\x00"+template, m.server.deps.Clock()
	m.ready.mu.Lock()
	light, known := m.ready.lights[name]
	m.ready.mu.Unlock()
	if !known || !now.Before(light.until) {
		if light, err = m.lightOf(ctx, ws, template, now); err != nil {
			return 0, err
		}
		m.ready.mu.Lock()
		if len(m.ready.lights) >= maxLights {
			clear(m.ready.lights)
		}
		m.ready.lights[name] = light
		m.ready.mu.Unlock()
	}
	if !light.red {
		return 0, nil
	}
	return event.Millis(light.until.UnixMilli()), nil
}

func (m *mailing) lightOf(ctx context.Context, ws store.WorkspaceID, template string, now time.Time) (readyLight, error) {
	p, err := m.prepare(ctx, ws, template)
	if _, told := errors.AsType[*mailProblem](err); told {
		return readyLight{until: now.Add(preparedLife)}, nil
	}
	if _, told := words.AsProblems(err); told {
		return readyLight{until: now.Add(preparedLife)}, nil
	}
	if err != nil {
		return readyLight{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, lookWithin)
	defer cancel()
	checks, err := m.server.look(ctx, ws, p.template.Sender, template)
	if err != nil {
		return readyLight{}, err
	}
	if preflight.Blocks(checks) {
		m.server.deps.Log.Warn("mail of automations waits: a check before sending is red", "workspace", ws, "template", template)
		return readyLight{true, now.Add(redLife)}, nil
	}
	return readyLight{false, now.Add(lightLife)}, nil
}
