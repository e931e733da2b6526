package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/shirube/shirube/internal/server"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

type recoverCommand struct {
	Email string `arg:"" help:"${help_recover_email}"`
	Data  string `required:"" placeholder:"DIR" env:"SHIRUBE_DATA" help:"${help_data}"`
	State string `placeholder:"URL" env:"SHIRUBE_STATE" help:"${help_state}"`
	URL   string `name:"url" placeholder:"https://…" env:"SHIRUBE_URL" help:"${help_url}"`
}

// Run prints a one-time link for somebody who lost the password. Who may read the data
// folder may do anything with it: nothing is given away that was not theirs.
func (c *recoverCommand) Run(p *program) (err error) {
	ctx := context.Background()
	if _, err := server.ParsePublicURL(c.URL); err != nil {
		return err
	}
	place := c.State
	if place == "" {
		place = c.Data
		if _, err := os.Stat(filepath.Join(place, store.SQLiteFile)); errors.Is(err, os.ErrNotExist) {
			return usage("%s にはまだデータがありません。--data に、サーバーと同じフォルダを指定してください。", "There are no data in %s. Give --data the folder the server uses.", place)
		}
	}
	state, err := store.Open(ctx, place, store.Options{Now: p.now})
	if err != nil {
		return fmt.Errorf("open state: %w", err)
	}
	defer func() { err = errors.Join(err, state.Close()) }()
	path, life, err := server.WayIn(ctx, state, rand.Reader, p.now(), c.Email)
	if _, none := errors.AsType[store.ErrNotFound](err); none {
		return usage("%s の人はいません。サインインに使っているメールアドレスを指定してください。", "Nobody has the address %s. Give the one they sign in with.", c.Email)
	}
	if err != nil {
		return fmt.Errorf("make a link for %q: %w", c.Email, err)
	}
	fmt.Fprintln(p.stdout, words.T(
		"%[1]s さんだけに渡してください。開くと新しいパスワードを決められます(一度きり、%[3]d分間)。サーバーを起動してから開いてください。\n%[2]s",
		"Give this to %[1]s alone. Whoever opens it chooses a new password (works once, for %[3]d minutes). The server has to be running.\n%[2]s",
		c.Email, strings.TrimSuffix(cmp.Or(c.URL, "http://"+defaultAddress), "/")+path, int(life.Minutes())).In(p.lang))
	return nil
}
