package main

import (
	"context"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// leastMemory is what the program's own memory may grow to before its garbage is collected
// more often than usual. The engine of the events has its own bound beside this one.
const leastMemory = 130 << 20

// garbage is how much of it, in per cent of what is in use, may lie about while the bound is
// far: a small program would else be looked through again and again for little.
const garbage = 300

// boundMemory keeps the program small under load until ctx ends or it is told to stop. Go
// lets garbage grow as large as what is in use; with what is in use for moments only, like
// bodies and events on their way, that is a lot. Where somebody set GOMEMLIMIT, theirs holds.
func boundMemory(ctx context.Context) (stop func()) {
	if os.Getenv("GOMEMLIMIT") != "" {
		return func() {}
	}
	ctx, cancel := context.WithCancel(ctx)
	before, rate := debug.SetMemoryLimit(leastMemory), debug.SetGCPercent(garbage)
	done := make(chan struct{})
	go func() {
		defer close(done)
		ticker := time.NewTicker(time.Second)
		defer ticker.Stop()
		inUse := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		for limit := int64(leastMemory); ; {
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
			}
			metrics.Read(inUse)
			if now := memoryFor(int64(inUse[0].Value.Uint64())); now != limit {
				limit = now
				debug.SetMemoryLimit(limit)
			}
		}
	}()
	return func() {
		cancel()
		<-done
		debug.SetMemoryLimit(before)
		debug.SetGCPercent(rate)
	}
}

// memoryFor is the bound for so many bytes in use. It is never close to them: a collector
// that finds nothing to collect would only take the processor from everybody.
func memoryFor(inUse int64) int64 { return max(leastMemory, inUse*3/2) }
