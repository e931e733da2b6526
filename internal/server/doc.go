// Package server is the HTTP edge: the API, the screens, and the memory that
// keeps a map ready to be served.
//
// Handlers only parse, call and hand on; what thinks is in the pure rooms. What
// they share stands apart: boards.go keeps models, data and finished replies in
// memory, map_build.go and detail.go make the two large ones (reply_map.go,
// api_indicator.go) out of a board, the room front is how all of them speak HTTP,
// and guard.go decides which requests are let in at all.
// Every other resource has one file, api_*.go, with its requests and replies
// beside its handlers.
package server
