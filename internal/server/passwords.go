package server

import (
	"context"
	"fmt"
	"io"
	"sync"

	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/words"
)

// passwords hashes and checks. Each takes much memory by intent, so that few are
// done at once; the others wait, or leave.
type passwords struct {
	effort access.Effort
	random io.Reader
	turns  chan struct{}
	nobody sync.Once
	dummy  string // what is checked for people that do not exist
}

const hashedAtOnce = 2

func newPasswords(effort access.Effort, random io.Reader) *passwords {
	if effort == (access.Effort{}) {
		effort = access.Usual
	}
	return &passwords{effort: effort, random: random, turns: make(chan struct{}, hashedAtOnce)}
}

func (p *passwords) wait(ctx context.Context) (done func(), err error) {
	select {
	case p.turns <- struct{}{}:
		return func() { <-p.turns }, nil
	case <-ctx.Done():
		return nil, fmt.Errorf("wait to hash a password: %w", ctx.Err())
	}
}

// hash is what is kept of a password.
func (p *passwords) hash(ctx context.Context, password string) (string, error) {
	done, err := p.wait(ctx)
	if err != nil {
		return "", err
	}
	defer done()
	return access.HashPassword(password, p.effort, p.random)
}

// check reports whether a password is the one that was hashed; stale asks to hash
// it anew. Without a hash it takes the same time and is wrong.
func (p *passwords) check(ctx context.Context, hash, password string) (right, stale bool, err error) {
	done, err := p.wait(ctx)
	if err != nil {
		return false, false, err
	}
	defer done()
	if hash == "" {
		p.nobody.Do(func() { p.dummy, err = access.HashPassword("nobody", p.effort, p.random) })
		if err == nil {
			_, _, err = access.CheckPassword(p.dummy, password, p.effort)
		}
		return false, false, err
	}
	return access.CheckPassword(hash, password, p.effort)
}

// chosen hashes a password somebody chose; one that is weak is refused, with the
// place in the request.
func (p *passwords) chosen(ctx context.Context, location, password string, about ...string) (string, error) {
	if what, weak := access.WeakPassword(password, about...); weak {
		return "", front.BadRequest(location, what)
	}
	return p.hash(ctx, password)
}

// wrongSignIn is one answer for every reason: it does not tell who has an account.
func wrongSignIn() error {
	return front.BadRequest("body", words.T("メールアドレスかパスワードが違います。", "The e-mail address or the password is wrong."))
}
