package front

import (
	"context"

	"github.com/danielgtaylor/huma/v2"
)

// Handle registers an operation that answers with a JSON body.
func Handle[I, O any](api huma.API, op huma.Operation, reply func(context.Context, *I) (O, error)) {
	huma.Register(api, Bounded(op), func(ctx context.Context, in *I) (*struct{ Body O }, error) {
		body, err := reply(ctx, in)
		if err != nil {
			return nil, err
		}
		return &struct{ Body O }{body}, nil
	})
}

// HandleNothing registers an operation that answers with nothing but its status.
func HandleNothing[I any](api huma.API, op huma.Operation, do func(context.Context, *I) error) {
	huma.Register(api, Bounded(op), func(ctx context.Context, in *I) (*struct{}, error) {
		return nil, do(ctx, in)
	})
}

// Bounded limits what an operation reads.
func Bounded(op huma.Operation) huma.Operation {
	// The library's deadline would stay on the connection after the body is read
	// and end a long import half way; stall.go has one that moves along.
	op.BodyReadTimeout = -1
	if op.MaxBodyBytes == 0 {
		op.MaxBodyBytes = maxBodyBytes
	}
	return op
}

// Limits on what is read of a request.
const (
	maxBodyBytes  = 1 << 20
	MaxModelBytes = 4 << 20 // a model file, escaped as JSON
)
