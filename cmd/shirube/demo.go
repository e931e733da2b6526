package main

import (
	"context"
	crypto "crypto/rand"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"net"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/shirube/shirube/internal/demo"
	"github.com/shirube/shirube/internal/demo/sales"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/template"
	"github.com/shirube/shirube/internal/words"
)

type demoCommand struct {
	Listen string `placeholder:"ADDRESS" help:"${help_address}"`
	Today  string `placeholder:"YYYY-MM-DD" help:"${help_today}"`
}

// Run serves the made-up company out of a folder of its own, which is thrown
// away at the end. It takes no data folder, so that it cannot open a real one.
func (c *demoCommand) Run(p *program) (err error) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	folder, err := os.MkdirTemp("", "shirube-demo-")
	if err != nil {
		return fmt.Errorf("make demo folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	clock, err := c.clock(p)
	if err != nil {
		return err
	}
	past := newSettable(clock)
	state, err := store.Open(ctx, folder, store.Options{Now: past.Now, Random: past})
	if err != nil {
		return fmt.Errorf("open demo state: %w", err)
	}
	defer func() { err = errors.Join(err, state.Close()) }()
	visited, err := fill(ctx, state, past, p.lang)
	if err != nil {
		return err
	}
	p.now = clock
	return p.serve(ctx, state, serving{address: c.address(), folder: folder, demo: true, begin: func(ctx context.Context, s *server.Server) error {
		for _, w := range visited {
			if err := s.Bring(ctx, w.id, w.events); err != nil {
				return err
			}
		}
		return nil
	}})
}

// settable is a clock that is set back while the past is written down, and goes on as the
// other one afterwards. It is the store's luck as well: what is made up is drawn from a seed,
// so that who is held out is the same each day; whatever comes later is drawn securely.
type settable struct {
	now  func() time.Time
	at   atomic.Pointer[time.Time]
	luck *rand.ChaCha8
}

func newSettable(now func() time.Time) *settable {
	return &settable{now: now, luck: rand.NewChaCha8([32]byte{20: 1})}
}

// Read is the luck; the store reads from one at a time.
func (s *settable) Read(p []byte) (int, error) {
	if s.at.Load() != nil {
		return s.luck.Read(p)
	}
	return crypto.Read(p)
}

// Now is the moment it was set to, or the other clock's.
func (s *settable) Now() time.Time {
	if at := s.at.Load(); at != nil {
		return *at
	}
	return s.now()
}

// Set stops it at a moment.
func (s *settable) Set(at time.Time) { s.at.Store(&at) }

// Go lets it go on.
func (s *settable) Go() { s.at.Store(nil) }

// visits are events of the past that a workspace is still to be told of.
type visits struct {
	id     store.WorkspaceID
	events iter.Seq[event.Event]
}

// clock is the system's, or one that stands at noon of a given day, so that
// tests and screenshots show the same numbers every day.
func (c *demoCommand) clock(p *program) (func() time.Time, error) {
	if c.Today == "" {
		return p.now, nil
	}
	today, err := dayFlag("--today", c.Today, 0)
	if err != nil {
		return nil, err
	}
	year, month, day := today.Civil()
	noon := time.Date(year, month, day, 12, 0, 0, 0, template.Zone)
	return func() time.Time { return noon }, nil
}

// address is the usual one when it is free, else any free one.
func (c *demoCommand) address() string {
	if c.Listen != "" {
		return c.Listen
	}
	l, err := net.Listen("tcp", defaultAddress)
	if err != nil {
		return "127.0.0.1:0"
	}
	_ = l.Close()
	return defaultAddress
}

// fill brings the made-up workspaces in, in one language. It returns the events behind
// them, which are brought in while the screens are open already.
func fill(ctx context.Context, state *store.DB, clock *settable, lang words.Lang) ([]visits, error) {
	now := clock.Now()
	workspaces, err := demo.Workspaces(series.DayOf(now.In(template.Zone)), lang)
	if err != nil {
		return nil, fmt.Errorf("make demo data: %w", err)
	}
	var visited []visits
	for _, w := range workspaces {
		seed := server.Seed{Slug: w.Slug, Name: w.Name, Demo: true}
		var inquiries []sales.Inquired
		if w.Slug == demo.ActedSlug {
			if w.Files, inquiries, err = sales.FirstHand(w.Files, lang); err != nil {
				return nil, fmt.Errorf("fill demo workspace %q: %w", w.Slug, err)
			}
		}
		for _, f := range w.Files {
			if f.Name == template.ModelFile {
				seed.Model = f.Data
				continue
			}
			seed.Files = append(seed.Files, server.SeedFile{Name: f.Name, Data: f.Data})
		}
		for _, c := range demo.Team(lang) {
			seed.People = append(seed.People, server.SeedPerson{Name: c.Name, Email: c.Email, Department: c.Department, Role: access.Role(c.Role), Lang: lang})
		}
		today := seed.Model
		if w.Slug == demo.VisitedSlug { // its first review made the model what it is
			if seed.Model, err = demo.Earlier(today); err != nil {
				return nil, fmt.Errorf("fill demo workspace %q: %w", w.Slug, err)
			}
			first, err := demo.FirstDrawn(today)
			if err != nil {
				return nil, fmt.Errorf("fill demo workspace %q: %w", w.Slug, err)
			}
			seed.Author = demo.Team(lang)[0].Name
			seed.Backdate = func() func() { clock.Set(first); return clock.Go }
		}
		ws, err := server.Plant(ctx, state, seed)
		if err != nil {
			return nil, fmt.Errorf("fill demo workspace %q: %w", w.Slug, err)
		}
		switch w.Slug {
		case demo.VisitedSlug:
			err := server.PlantAlerts(ctx, state, ws.ID, now, lang, clock.Set)
			clock.Go()
			if err != nil {
				return nil, fmt.Errorf("fill demo workspace %q: %w", w.Slug, err)
			}
			err = server.PlantActivity(ctx, state, ws.ID, now, lang, clock.Set)
			clock.Go()
			if err != nil {
				return nil, fmt.Errorf("fill demo workspace %q: %w", w.Slug, err)
			}
			err = server.PlantFair(ctx, state, ws.ID, demo.FairOn(now.In(template.Zone), lang), clock.Set)
			clock.Go()
			if err != nil {
				return nil, fmt.Errorf("fill demo workspace %q: %w", w.Slug, err)
			}
			if err := state.Posts.Put(ctx, ws.ID, demo.Posts(now, lang)); err != nil {
				return nil, fmt.Errorf("fill demo workspace %q: %w", w.Slug, err)
			}
			// The reviews come first: they made the version of the map that people agreed to.
			err = server.PlantReviews(ctx, state, ws.ID, today, series.DayOf(now.In(template.Zone)), lang, clock.Set)
			clock.Go()
			if err != nil {
				return nil, fmt.Errorf("fill demo workspace %q: %w", w.Slug, err)
			}
			if err := share(ctx, state, clock, ws, now, lang); err != nil {
				return nil, fmt.Errorf("fill demo workspace %q: %w", w.Slug, err)
			}
			visited = append(visited, visits{ws.ID, demo.Visits(now, lang)})
		case demo.ActedSlug:
			office := sales.On(now, lang)
			planted, err := server.PlantOffice(ctx, state, ws.ID, office, clock.Set)
			clock.Go()
			if err != nil {
				return nil, fmt.Errorf("fill demo workspace %q: %w", w.Slug, err)
			}
			// The few events of the office come first: somebody may look at a lead at once.
			visited = append([]visits{{ws.ID, office.Events(planted.Done, inquiries)}}, visited...)
		}
	}
	return visited, nil
}
