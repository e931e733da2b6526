package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/shirube/shirube/internal/measure/warehouse/duckdb"
	"github.com/shirube/shirube/internal/server"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// defaultAddress is where the screens are, unless told otherwise: this machine
// alone can reach them.
const defaultAddress = "127.0.0.1:8787"

type serveCommand struct {
	Data   string `required:"" placeholder:"DIR" env:"SHIRUBE_DATA" help:"${help_data}"`
	State  string `placeholder:"URL" env:"SHIRUBE_STATE" help:"${help_state}"`
	Listen string `default:"127.0.0.1:8787" env:"SHIRUBE_LISTEN" help:"${help_address}"`
}

// Run serves the screens and the API until it is told to stop.
func (c *serveCommand) Run(p *program) (err error) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return fmt.Errorf("make data folder %q: %w", c.Data, err)
	}
	place := c.State
	if place == "" {
		place = c.Data
	}
	state, err := store.Open(ctx, place, store.Options{Now: p.now})
	if err != nil {
		return fmt.Errorf("open state: %w", err)
	}
	defer func() { err = errors.Join(err, state.Close()) }()
	return p.serve(ctx, state, serving{address: c.Listen, folder: c.Data})
}

// serving says how to serve.
type serving struct {
	address string
	folder  string // where the events are kept
	demo    bool
}

// eventsFile is the warehouse of a data folder.
const eventsFile = "events.duckdb"

func (p *program) serve(ctx context.Context, state *store.DB, how serving) (err error) {
	if err := server.CheckListenAddress(how.address); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", how.address)
	if err != nil {
		return listenError(how.address, err)
	}
	events, err := duckdb.Open(filepath.Join(how.folder, eventsFile), duckdb.Options{Zone: server.Zones(state), Now: p.now})
	if err != nil {
		return errors.Join(fmt.Errorf("open events: %w", err), listener.Close())
	}
	defer func() { err = errors.Join(err, events.Close()) }()
	log := slog.New(slog.NewTextHandler(p.stderr, &slog.HandlerOptions{Level: slog.LevelInfo}))
	s, err := server.New(server.Deps{
		Store: state, Clock: p.now, Log: log, Version: version, Commit: commit(), Demo: how.demo, Address: listener.Addr().String(),
		Warehouse: events,
	})
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	fmt.Fprintln(p.stdout, words.T("画面はこちら: %s  (止めるには Ctrl+C)", "Open %s  (Ctrl+C to stop)", "http://"+listener.Addr().String()).In(p.lang))
	return s.Serve(ctx, listener)
}

func listenError(address string, err error) error {
	if errors.Is(err, syscall.EADDRINUSE) {
		return usage("%s はほかのプログラムが使っています。--listen 127.0.0.1:0 のように別の番号にしてください。", "%s is in use by another program. Choose another with --listen 127.0.0.1:0.", address)
	}
	return fmt.Errorf("listen on %q: %w", address, err)
}
