//go:build !race

package server

// raced: the race detector does not watch.
const raced = false
