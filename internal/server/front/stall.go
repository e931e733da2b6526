package front

import (
	"io"
	"net/http"
	"time"
)

// stallTimeout is how long a sender may pause within a body.
const stallTimeout = 30 * time.Second

// MovingDeadline ends a request whose sender stalls, without a limit on how long
// a large file takes. The deadline is lifted with the body's end, so that it does
// not fall into the handler's own work.
func MovingDeadline(w http.ResponseWriter, body io.ReadCloser) io.ReadCloser {
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
