package store

import (
	"crypto/rand"
	"encoding/base32"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"
)

// Options are what a store takes from outside.
type Options struct {
	Now    func() time.Time // nil: the system's clock
	Random io.Reader        // source of ids and tokens; nil: the system's secure randomness
}

// environment is the clock and the randomness all repositories share.
type environment struct {
	now    func() time.Time
	mu     sync.Mutex // a Random given by a test need not bear concurrent reads
	random io.Reader
}

func newEnvironment(opt Options) *environment {
	env := &environment{now: opt.Now, random: opt.Random}
	if env.now == nil {
		env.now = time.Now
	}
	if env.random == nil {
		env.random = rand.Reader
	}
	return env
}

func (env *environment) randomBytes(n int) ([]byte, error) {
	env.mu.Lock()
	defer env.mu.Unlock()
	b := make([]byte, n)
	if _, err := io.ReadFull(env.random, b); err != nil {
		return nil, fmt.Errorf("draw %d random bytes: %w", n, err)
	}
	return b, nil
}

// newID is 128 random bits as 26 lower-case letters and digits.
func (env *environment) newID() (string, error) {
	b, err := env.randomBytes(16)
	if err != nil {
		return "", err
	}
	return strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b)), nil
}

// millis is a time as both databases keep it: milliseconds since 1970, UTC.
type millis int64

func (env *environment) time() millis { return millis(env.now().UnixMilli()) }

// Time is the time the number stands for.
func (m millis) Time() time.Time { return time.UnixMilli(int64(m)).UTC() }

// optionalMillis is nil for the zero time, which stands for "never".
func optionalMillis(t time.Time) *millis {
	if t.IsZero() {
		return nil
	}
	m := millis(t.UnixMilli())
	return &m
}

func (m *millis) optionalTime() time.Time {
	if m == nil {
		return time.Time{}
	}
	return m.Time()
}
