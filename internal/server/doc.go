// Package server is the HTTP edge: the API, the screens, and the memory that
// keeps a map ready to be served.
//
// Handlers only parse, call and hand on; what thinks is in the pure rooms. Three
// files hold what handlers share: board.go turns a stored model and its points
// into the one reply a map needs, problem.go is the only place that turns an
// error into an answer, and guard.go decides which requests are let in at all.
// Every resource has one file, api_*.go, with its requests and replies beside
// its handlers.
package server
