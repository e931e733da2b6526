//go:build race

package server

// raced: the race detector watches.
const raced = true
