package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/shirube/shirube/internal/demo"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server"
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
	state, err := store.Open(ctx, folder, store.Options{Now: clock})
	if err != nil {
		return fmt.Errorf("open demo state: %w", err)
	}
	defer func() { err = errors.Join(err, state.Close()) }()
	if err := fill(ctx, state, clock, p.lang); err != nil {
		return err
	}
	p.now = clock
	return p.serve(ctx, state, serving{address: c.address(), folder: folder, demo: true, begin: func(ctx context.Context, s *server.Server) error {
		ws, err := state.Workspaces.BySlug(ctx, demo.VisitedSlug)
		if err != nil {
			return fmt.Errorf("find the visited workspace: %w", err)
		}
		return s.Bring(ctx, ws.ID, demo.Visits(clock(), p.lang))
	}})
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

// fill brings the made-up workspaces in, in one language.
func fill(ctx context.Context, state *store.DB, clock func() time.Time, lang words.Lang) error {
	workspaces, err := demo.Workspaces(series.DayOf(clock().In(template.Zone)), lang)
	if err != nil {
		return fmt.Errorf("make demo data: %w", err)
	}
	for _, w := range workspaces {
		seed := server.Seed{Slug: w.Slug, Name: w.Name, Demo: true}
		for _, f := range w.Files {
			if f.Name == template.ModelFile {
				seed.Model = f.Data
				continue
			}
			seed.Files = append(seed.Files, server.SeedFile{Name: f.Name, Data: f.Data})
		}
		ws, err := server.Plant(ctx, state, seed)
		if err != nil {
			return fmt.Errorf("fill demo workspace %q: %w", w.Slug, err)
		}
		if w.Slug != demo.VisitedSlug {
			continue
		}
		if err := state.Posts.Put(ctx, ws.ID, demo.Posts(clock(), lang)); err != nil {
			return fmt.Errorf("fill demo workspace %q: %w", w.Slug, err)
		}
	}
	return nil
}
