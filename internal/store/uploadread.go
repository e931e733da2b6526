package store

import (
	"bytes"
	"compress/flate"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/uptrace/bun"
)

// Content reads an upload from its start, as an io.ReadCloser, or anywhere, as
// an io.ReaderAt. It keeps the piece read last in memory. ReadAt may be called
// from several goroutines.
type Content struct {
	*io.SectionReader // Read, Seek, ReadAt, Size

	chunks *chunkReader
}

// Close frees the memory. Reading afterwards is an error.
func (c *Content) Close() error {
	c.chunks.close()
	return nil
}

// Open is the content of an upload, readable while ctx (and, in a transaction,
// the transaction) lasts. ErrNotFound; reading an upload that was deleted after
// it was opened is an ErrNotFound too.
func (u Uploads) Open(ctx context.Context, ws WorkspaceID, id UploadID) (*Content, error) {
	row, err := findUpload(ctx, u.read(), ws, id)
	if err != nil {
		return nil, err
	}
	chunks := &chunkReader{ctx: ctx, from: u.read(), upload: id, size: row.Size, number: -1}
	return &Content{SectionReader: io.NewSectionReader(chunks, 0, row.Size), chunks: chunks}, nil
}

// chunkReader is an io.ReaderAt over the pieces of one upload. It carries the
// context it was opened with, because io.ReaderAt has no room for one.
type chunkReader struct {
	ctx    context.Context
	from   bun.IDB
	upload UploadID
	size   int64

	mu     sync.Mutex
	closed bool
	number int64 // of the piece in memory; -1 = none
	piece  []byte
}

func (r *chunkReader) close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.closed, r.number, r.piece = true, -1, nil
}

func (r *chunkReader) ReadAt(p []byte, offset int64) (int, error) {
	if offset < 0 {
		return 0, fmt.Errorf("read upload %q: negative offset", r.upload)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	read := 0
	for read < len(p) {
		at := offset + int64(read)
		if at >= r.size {
			return read, io.EOF
		}
		if err := r.load(at / chunkBytes); err != nil {
			return read, fmt.Errorf("read upload %q at %d: %w", r.upload, at, err)
		}
		n := copy(p[read:], r.piece[min(at%chunkBytes, int64(len(r.piece))):])
		if n == 0 {
			return read, fmt.Errorf("read upload %q at %d: %w", r.upload, at, io.ErrUnexpectedEOF)
		}
		read += n
	}
	return read, nil
}

// load brings a piece into memory unless it is there.
func (r *chunkReader) load(number int64) error {
	if r.closed {
		return errors.New("content is closed")
	}
	if number == r.number {
		return nil
	}
	var (
		packing int
		packed  []byte
	)
	err := r.from.NewSelect().Table("upload_chunks").Column("packing", "content").
		Where("upload_id = ?", r.upload).Where("number = ?", number).Scan(r.ctx, &packing, &packed)
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNotFound{"upload", string(r.upload)}
	}
	if err != nil {
		return err
	}
	piece, err := unpack(packing, packed)
	if err != nil {
		return fmt.Errorf("unpack piece %d: %w", number, err)
	}
	r.number, r.piece = number, piece
	return nil
}

func unpack(packing int, packed []byte) ([]byte, error) {
	switch packing {
	case packedNot:
		return packed, nil
	case packedDeflate:
		reader := flate.NewReader(bytes.NewReader(packed))
		piece := bytes.NewBuffer(make([]byte, 0, chunkBytes))
		// A piece is never larger than chunkBytes; a damaged one must not be either.
		if _, err := io.Copy(piece, io.LimitReader(reader, chunkBytes)); err != nil {
			return nil, err
		}
		return piece.Bytes(), nil
	default:
		return nil, fmt.Errorf("unknown packing %d", packing)
	}
}
