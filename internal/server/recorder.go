package server

import (
	"fmt"
	"net/http"
	"runtime/debug"
)

// recorder notes what was answered, for the log and for recovering from a panic.
type recorder struct {
	http.ResponseWriter
	status int
	bytes  int64
}

// WriteHeader notes the status.
func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

// Write counts the bytes.
func (r *recorder) Write(b []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	n, err := r.ResponseWriter.Write(b)
	r.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// recoverPanic turns a panic into an answer; its text and place stay in the log.
func recoverPanic(w *recorder, r *http.Request, panicked any) {
	if panicked == nil {
		return
	}
	if panicked == http.ErrAbortHandler {
		panic(panicked) // asked for by the HTTP library itself
	}
	known := requestOf(r.Context())
	known.log.Error("panic", "panic", panicked, "stack", string(debug.Stack()))
	if w.status == 0 {
		write(w, internalError(known))
	}
}

// panicError carries a panic out of a goroutine that serves several requests;
// the log gets the place, the client a number.
func panicError(panicked any) error {
	return fmt.Errorf("panic: %v\n%s", panicked, debug.Stack())
}
