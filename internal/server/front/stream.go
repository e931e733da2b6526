package front

import (
	"io"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
)

// Stream hands a handler the request's body unread; embed it in a request. The
// library would otherwise read a file of any size into memory first.
type Stream struct {
	body io.ReadCloser
	size int64 // as announced; -1 when it was not
}

// taken is the body and its size as announced; -1 when it was not.
func (s *Stream) Taken() (body io.ReadCloser, size int64) { return s.body, s.size }

// Resolve keeps the body for later.
func (s *Stream) Resolve(ctx huma.Context) []error {
	r, _ := humago.Unwrap(ctx)
	s.body, s.size = r.Body, r.ContentLength
	return nil
}
