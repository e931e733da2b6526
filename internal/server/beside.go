package server

import (
	"context"
	"time"
)

// What follows a request, and must not show in the time its answer takes.

const (
	// afterwardsAtOnce bounds what is done beside requests. Beyond it nothing more is begun:
	// whoever asks for letters by the thousand gets fewer of them.
	afterwardsAtOnce = 64
	afterwardsMost   = 10 * time.Minute
)

// endBesides calls off what is done beside requests, and waits for it a while.
func (s *Server) endBesides() {
	s.end()
	ended := make(chan struct{})
	go func() { defer close(ended); s.besides.Wait() }()
	select {
	case <-ended:
	case <-time.After(shutdownTimeout):
		s.deps.Log.Warn("not everything beside requests has ended")
	}
}

// afterwards does something beside the request. It is called off when the program ends.
func (s *Server) afterwards(do func(context.Context)) {
	select {
	case s.beside <- struct{}{}:
	default:
		s.deps.Log.Warn("too much to do beside requests: left out")
		return
	}
	s.besides.Add(1)
	go func() {
		defer s.besides.Done()
		defer func() { <-s.beside }()
		ctx, cancel := context.WithTimeout(s.ending, afterwardsMost)
		defer cancel()
		do(ctx)
	}()
}
