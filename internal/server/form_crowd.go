package server

import (
	"crypto/rand"
	"hash/maphash"
	"sync"
	"time"
)

// formCrowd counts how much came from one connection within the last hour. It remembers
// numbers only: an address cannot be told from them, and they are gone with the program.
type formCrowd struct {
	mu   sync.Mutex
	seed maphash.Seed
	from map[uint64][]time.Time
}

const (
	crowdWindow = time.Hour
	crowdMost   = 20_000 // connections remembered
	crowdEach   = 200    // moments of one
)

func newFormCrowd() *formCrowd {
	return &formCrowd{seed: maphash.MakeSeed(), from: map[uint64][]time.Time{}}
}

// note counts one more and tells how many that makes.
func (c *formCrowd) note(form, address string, now time.Time) int {
	key := maphash.String(c.seed, form+"\x00"+address)
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.from) >= crowdMost {
		for k, moments := range c.from {
			if now.Sub(moments[len(moments)-1]) > crowdWindow {
				delete(c.from, k)
			}
		}
		if len(c.from) >= crowdMost {
			clear(c.from) // a flood from everywhere: what is certain about it is in its other signs
		}
	}
	moments := c.from[key]
	for len(moments) > 0 && now.Sub(moments[0]) > crowdWindow {
		moments = moments[1:]
	}
	if len(moments) < crowdEach {
		moments = append(moments, now)
	}
	c.from[key] = moments
	return len(moments)
}

// scriptNonce is the number by which a page's own script is told from any other.
func scriptNonce() string { return rand.Text() }
