package main

import (
	"runtime/debug"
	"testing"
)

func TestMemoryFor(t *testing.T) {
	for _, c := range []struct{ inUse, want int64 }{
		{0, leastMemory}, {60 << 20, leastMemory}, {200 << 20, 300 << 20}, {2 << 30, 3 << 30},
	} {
		if got := memoryFor(c.inUse); got != c.want {
			t.Errorf("%d MB in use: %d MB, want %d", c.inUse>>20, got>>20, c.want>>20)
		}
	}
}

// What somebody set by hand holds, and whoever stops leaves the bound as it was.
func TestBoundMemory(t *testing.T) {
	before := debug.SetMemoryLimit(-1)
	stop := boundMemory(t.Context())
	if got := debug.SetMemoryLimit(-1); got != leastMemory {
		t.Errorf("bound to %d", got)
	}
	stop()
	if got := debug.SetMemoryLimit(-1); got != before {
		t.Errorf("left at %d, before %d", got, before)
	}
	t.Setenv("GOMEMLIMIT", "1GiB")
	boundMemory(t.Context())()
	if got := debug.SetMemoryLimit(-1); got != before {
		t.Errorf("changed to %d although it was set by hand", got)
	}
}
