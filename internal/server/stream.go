package server

import (
	"io"

	"github.com/danielgtaylor/huma/v2"
)

// Stream hands a handler the request's body unread; embed it in a request. The
// library would otherwise read a file of any size into memory first.
type Stream struct {
	body io.Reader
}

// Resolve keeps the body for later.
func (s *Stream) Resolve(ctx huma.Context) []error {
	s.body = ctx.BodyReader()
	return nil
}
