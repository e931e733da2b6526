package server

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/shirube/shirube/internal/words"
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

// writeProblem answers with an error outside of the API's handlers.
func writeProblem(w http.ResponseWriter, r *http.Request, err error) {
	write(w, answer(requestOf(r.Context()), err))
}

// unknownResource answers for addresses below /api/ that are none.
func unknownResource(w http.ResponseWriter, r *http.Request) {
	writeProblem(w, r, notFound(words.T("このアドレスの API はありません。", "There is no such API address.")))
}

// write sends an error as application/problem+json.
func write(w http.ResponseWriter, model *problem) {
	text, err := json.Marshal(model)
	if err != nil {
		text = []byte(`{"title":"Internal Server Error","status":500}`)
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(model.Status)
	_, _ = w.Write(text) // the client may be gone; there is nobody to tell
}

// stallTimeout is how long a sender may pause within a body.
const stallTimeout = 30 * time.Second

// movingDeadline ends a request whose sender stalls, without a limit on how long
// a large file takes. The deadline is lifted with the body's end, so that it does
// not fall into the handler's own work.
func movingDeadline(w http.ResponseWriter, body io.ReadCloser) io.ReadCloser {
	return &stallingBody{ReadCloser: body, connection: http.NewResponseController(w)}
}

type stallingBody struct {
	io.ReadCloser
	connection *http.ResponseController
}

// Read reads with a fresh deadline. A connection that knows no deadlines, as in
// tests without a network, is read without.
func (b *stallingBody) Read(p []byte) (int, error) {
	_ = b.connection.SetReadDeadline(time.Now().Add(stallTimeout))
	n, err := b.ReadCloser.Read(p)
	if err != nil {
		_ = b.connection.SetReadDeadline(time.Time{})
	}
	return n, err
}

// panicError carries a panic out of a goroutine that serves several requests;
// the log gets the place, the client a number.
func panicError(panicked any) error {
	return fmt.Errorf("panic: %v\n%s", panicked, debug.Stack())
}
