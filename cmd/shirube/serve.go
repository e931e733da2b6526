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
	"strings"
	"syscall"

	"github.com/shirube/shirube/internal/act/outbox"
	"github.com/shirube/shirube/internal/actor"
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
	URL    string `name:"url" placeholder:"https://…" env:"SHIRUBE_URL" help:"${help_url}"`
	connecting
	entering
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
	return p.serve(ctx, state, serving{address: c.Listen, folder: c.Data, url: c.URL, connecting: c.connecting, entering: c.entering})
}

// serving says how to serve.
type serving struct {
	address string
	folder  string                                      // where the events are kept
	url     string                                      // the https address it is reached at; "": this machine only
	demo    bool                                        // the made-up company: nobody signs in
	begin   func(context.Context, *server.Server) error // what is done beside serving; nil: nothing
	still   bool                                        // nothing is acted on
	senders map[outbox.Kind]actor.Sender                // who hands over what the outbox holds, beside webhooks
	connecting
	entering
}

// eventsFile is the warehouse of a data folder.
const eventsFile = "events.duckdb"

func (p *program) serve(ctx context.Context, state *store.DB, how serving) (err error) {
	if err := server.CheckListenAddress(how.address, how.demo); err != nil {
		return err
	}
	if _, err := server.ParsePublicURL(how.url); err != nil {
		return err
	}
	house, issuer, err := how.doors()
	if err != nil {
		return err
	}
	puller, err := how.puller()
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", how.address)
	if err != nil {
		return listenError(how.address, err)
	}
	node, err := nodeOf(how.folder)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	events, err := duckdb.Open(filepath.Join(how.folder, eventsFile), duckdb.Options{Zone: server.Zones(state), Channel: server.Channels(state), Now: p.now})
	if err != nil {
		return errors.Join(fmt.Errorf("open events: %w", err), listener.Close())
	}
	defer func() { err = errors.Join(err, events.Close()) }()
	defer boundMemory(ctx)()
	log := slog.New(slog.NewTextHandler(p.stderr, &slog.HandlerOptions{Level: slog.LevelInfo}))
	s, err := server.New(server.Deps{
		Store: state, Clock: p.now, Log: log, Version: version, Commit: commit(), Demo: how.demo, Address: listener.Addr().String(),
		Warehouse: events, Open: how.demo, URL: how.url,
		Puller: puller, Vault: how.vault(how.folder), Senders: how.senders, Still: how.still, Node: node,
		House: house, OIDC: issuer, NoPasswords: how.NoPasswords,
	})
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	reached := reachedAt(how, listener.Addr().String())
	fmt.Fprintln(p.stdout, words.T("画面はこちら: %s  (止めるには Ctrl+C)", "Open %s  (Ctrl+C to stop)", reached).In(p.lang))
	if err := p.tellOwner(ctx, s, reached); err != nil {
		return errors.Join(err, listener.Close())
	}
	if how.begin == nil {
		return s.Serve(ctx, listener)
	}
	begun, stop := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := how.begin(begun, s); err != nil && begun.Err() == nil {
			log.Error("beginning", "error", err)
		}
	}()
	defer func() { stop(); <-done }()
	return s.Serve(ctx, listener)
}

// reachedAt is the address to open. One that stands for every address of the
// machine is none to open: from here it is reached as 127.0.0.1.
func reachedAt(how serving, address string) string {
	if how.url != "" {
		return strings.TrimSuffix(how.url, "/")
	}
	if host, port, err := net.SplitHostPort(address); err == nil && net.ParseIP(host).IsUnspecified() {
		address = net.JoinHostPort("127.0.0.1", port)
	}
	return "http://" + address
}

// tellOwner prints the one-time link by which the first person comes in. It goes to
// the terminal alone: whoever reads it owns everything.
func (p *program) tellOwner(ctx context.Context, s *server.Server, reached string) error {
	path, life, err := s.OwnerLink(ctx)
	if err != nil || path == "" {
		return err
	}
	fmt.Fprintln(p.stdout, words.T(
		"はじめての方へ: まだだれもいません。次のリンクを開いて、オーナーになってください(一度きり、%[2]d分間)。起動しなおすと新しいリンクが出ます。\n%[1]s",
		"First start: nobody is here yet. Open this link to become the owner (works once, for %[2]d minutes). Starting again gives a new one.\n%[1]s",
		reached+path, int(life.Minutes())).In(p.lang))
	return nil
}

func listenError(address string, err error) error {
	if errors.Is(err, syscall.EADDRINUSE) {
		return usage("%s はほかのプログラムが使っています。--listen 127.0.0.1:0 のように別の番号にしてください。", "%s is in use by another program. Choose another with --listen 127.0.0.1:0.", address)
	}
	return fmt.Errorf("listen on %q: %w", address, err)
}
