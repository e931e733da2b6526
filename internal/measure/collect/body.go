package collect

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/klauspost/compress/gzip"

	"github.com/shirube/shirube/internal/event"
)

// Why a body could not be had.
var (
	errTooLarge = errors.New("the body is too large")
	errTooSlow  = errors.New("the body took too long")
	errCrowded  = errors.New("too many bodies at once")
	errEncoding = errors.New("the content encoding is not known")
	errCut      = errors.New("the body broke off")
)

// Bodies are read into buffers that are used again; a rare large one is left to the collector.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

const keptBuffer = 256 << 10

// read gives the body, decompressed, to use, which must not keep it.
func (h *Handler) read(r *http.Request, use func([]byte) error) error {
	if r.ContentLength > event.MaxBody {
		return errTooLarge
	}
	buffer := buffers.Get().(*bytes.Buffer)
	buffer.Reset()
	source := &counted{body: r.Body, handler: h, until: h.options.Now().Add(longestRead)}
	defer func() {
		h.held.Add(-source.held)
		if buffer.Cap() <= keptBuffer {
			buffers.Put(buffer)
		}
	}()
	if err := fillBuffer(buffer, source, r.Header.Get("Content-Encoding")); err != nil {
		return err
	}
	return use(buffer.Bytes())
}

func fillBuffer(buffer *bytes.Buffer, source *counted, encoding string) error {
	var plain io.Reader = source
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "", "identity":
	case "gzip", "x-gzip":
		unpacker, err := unpack(source)
		if err != nil {
			return broken(source, err)
		}
		defer unpackers.Put(unpacker)
		plain = &expanded{unpacker, source}
	default:
		return errEncoding
	}
	// One byte more than may be: then there was too much.
	if _, err := buffer.ReadFrom(io.LimitReader(plain, event.MaxBody+1)); err != nil {
		return broken(source, err)
	}
	if buffer.Len() > event.MaxBody {
		return errTooLarge
	}
	return nil
}

// broken keeps the reason the source had, behind whatever a reader above made of it.
func broken(source *counted, err error) error {
	if source.failed != nil {
		return source.failed
	}
	switch {
	case errors.Is(err, errCrowded):
		return errCrowded
	case errors.Is(err, os.ErrDeadlineExceeded): // the server's own, for a connection that stalls
		return errTooSlow
	}
	return errors.Join(errCut, err)
}

var unpackers sync.Pool

func unpack(source io.Reader) (*gzip.Reader, error) {
	if unpacker, ok := unpackers.Get().(*gzip.Reader); ok {
		return unpacker, unpacker.Reset(source)
	}
	return gzip.NewReader(source)
}

// counted reads a body and counts what it holds towards the whole.
type counted struct {
	body    io.Reader
	handler *Handler
	until   time.Time
	held    int64
	failed  error
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.body.Read(p)
	if !c.add(n) {
		c.failed = errCrowded
		return 0, c.failed
	}
	if c.handler.options.Now().After(c.until) && err != io.EOF {
		c.failed = errTooSlow
		return 0, c.failed
	}
	return n, err
}

func (c *counted) add(n int) bool {
	c.held += int64(n)
	return c.handler.held.Add(int64(n)) <= c.handler.options.MostHeld
}

// expanded counts what decompression makes of a body as well.
type expanded struct {
	io.Reader
	source *counted
}

func (e *expanded) Read(p []byte) (int, error) {
	n, err := e.Reader.Read(p)
	if !e.source.add(n) {
		return 0, errCrowded
	}
	return n, err
}
