package front

import (
	"fmt"
	"net/http"
	"runtime/debug"
)

// recorder notes what was answered, for the log and for recovering from a panic.
type Recorder struct {
	http.ResponseWriter
	Status int
	Bytes  int64
}

// WriteHeader notes the status.
func (r *Recorder) WriteHeader(status int) {
	if r.Status == 0 {
		r.Status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

// Write counts the bytes.
func (r *Recorder) Write(b []byte) (int, error) {
	if r.Status == 0 {
		r.Status = http.StatusOK
	}
	n, err := r.ResponseWriter.Write(b)
	r.Bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (r *Recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// RecoverPanic turns a panic into an answer; its text and place stay in the log.
func RecoverPanic(w *Recorder, r *http.Request, panicked any) {
	if panicked == nil {
		return
	}
	if panicked == http.ErrAbortHandler {
		panic(panicked) // asked for by the HTTP library itself
	}
	known := RequestOf(r.Context())
	known.Log.Error("panic", "panic", panicked, "stack", string(debug.Stack()))
	if w.Status == 0 {
		write(w, internalError(known))
	}
}

// PanicError carries a panic out of a goroutine that serves several requests;
// the log gets the place, the client a number.
func PanicError(panicked any) error {
	return fmt.Errorf("panic: %v\n%s", panicked, debug.Stack())
}
