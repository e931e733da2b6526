package server

import (
	"context"
	"net/http"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// packed is a finished reply: bytes ready to be sent, plain and compressed, and
// the fingerprint a browser can ask with.
type packed struct {
	plain   []byte
	gzipped []byte
	etag    string
}

// Cached is how a client asks for a reply it may already have; embed it in a
// request.
type Cached struct {
	IfNoneMatch    string `header:"If-None-Match" hidden:"true"`
	AcceptEncoding string `header:"Accept-Encoding" hidden:"true"`
}

func (c Cached) asked() Cached { return c }

// CachedOutput is sent as it is.
type CachedOutput struct {
	Status          int
	ContentType     string `header:"Content-Type" hidden:"true"`
	ContentEncoding string `header:"Content-Encoding" hidden:"true"`
	CacheControl    string `header:"Cache-Control" hidden:"true"`
	Vary            string `header:"Vary" hidden:"true"`
	ETag            string `header:"ETag"`
	Body            []byte
}

// describeReply documents a reply that is written as bytes.
func describeReply(api huma.API, op *huma.Operation, example any) {
	t := reflect.TypeOf(example)
	schema := api.OpenAPI().Components.Schemas.Schema(t, true, t.Name())
	op.Responses = map[string]*huma.Response{
		"200": {
			Description: http.StatusText(http.StatusOK),
			Content:     map[string]*huma.MediaType{"application/json": {Schema: schema}},
		},
		"304": {Description: http.StatusText(http.StatusNotModified)},
	}
	op.Errors = []int{http.StatusBadRequest, http.StatusNotFound}
}

// send picks the form of a finished reply a client can take.
func (p *packed) send(asked Cached) *CachedOutput {
	out := &CachedOutput{
		Status: http.StatusOK, ContentType: "application/json", ETag: p.etag, Body: p.plain,
		// Data change under the same address: the browser keeps a copy but asks.
		CacheControl: "private, no-cache", Vary: "Accept-Encoding",
	}
	if etagMatches(asked.IfNoneMatch, p.etag) {
		out.Status, out.Body = http.StatusNotModified, nil
		return out
	}
	if len(p.gzipped) > 0 && acceptsGzip(asked.AcceptEncoding) {
		out.ContentEncoding, out.Body = "gzip", p.gzipped
	}
	return out
}

func etagMatches(header, etag string) bool {
	for candidate := range strings.SplitSeq(header, ",") {
		if candidate = strings.TrimSpace(candidate); candidate == "*" || strings.TrimPrefix(candidate, "W/") == etag {
			return true
		}
	}
	return false
}

func acceptsGzip(header string) bool {
	for offer := range strings.SplitSeq(header, ",") {
		name, quality, _ := strings.Cut(strings.TrimSpace(offer), ";")
		quality = strings.ReplaceAll(quality, " ", "")
		if strings.EqualFold(name, "gzip") && quality != "q=0" && quality != "q=0.0" {
			return true
		}
	}
	return false
}

// registerCached registers a GET whose reply is kept as bytes; I embeds Cached.
func registerCached[I interface{ asked() Cached }](api huma.API, op huma.Operation, example any,
	reply func(context.Context, I) (*packed, error),
) {
	describeReply(api, &op, example)
	huma.Register(api, op, func(ctx context.Context, in *I) (*CachedOutput, error) {
		p, err := reply(ctx, *in)
		if err != nil {
			return nil, err
		}
		return p.send((*in).asked()), nil
	})
}
