package collect

import (
	"fmt"
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/event"
)

func TestAgentsAreRememberedAndBounded(t *testing.T) {
	var a agents
	for n := range 2*mostAgents + 10 {
		ua := fmt.Sprintf("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Safari/%d", n/2)
		if got, want := a.parse(ua), event.ParseAgent(ua); got != want {
			t.Fatalf("%s: %+v, not %+v", ua, got, want)
		}
		if len(a.known) > mostAgents {
			t.Fatalf("%d are remembered", len(a.known))
		}
	}
	before := len(a.known)
	if long := strings.Repeat("x", longestAgent) + "Googlebot"; a.parse(long) != event.ParseAgent(long) {
		t.Error("a long one is parsed differently")
	}
	if len(a.known) != before {
		t.Error("a long one is remembered")
	}
}
