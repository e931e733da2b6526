package store

import (
	"bytes"
	"compress/flate"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"

	"github.com/uptrace/bun"
)

// chunkBytes is the size of every piece of content but the last, before it is
// packed: large enough to make few rows, small enough to hold several in memory.
const chunkBytes = 1 << 20

// How the bytes of a chunk are kept.
const (
	packedNot     = 0
	packedDeflate = 1
)

const insertChunk = `INSERT INTO upload_chunks (upload_id, number, packing, content) VALUES ($1, $2, $3, $4)`

// Put stores a file as a staged upload, reading it to its end. It holds a few
// MiB in memory however large the file is; the limit on its size is the
// caller's. ErrNotFound without the workspace.
//
// Outside of a transaction each piece is written on its own, so that a slow
// sender does not keep others from writing; the upload is there for other calls
// only once it is whole. What breaks off is removed, at the latest by Prune.
func (u Uploads) Put(ctx context.Context, ws WorkspaceID, fileName string, content io.Reader) (Upload, error) {
	if err := checkText("file name", fileName, 1000); err != nil {
		return Upload{}, fmt.Errorf("store upload: %w", err)
	}
	id, err := u.db.env.newID()
	if err != nil {
		return Upload{}, fmt.Errorf("store upload %q: %w", fileName, err)
	}
	row := uploadRow{
		ID: UploadID(id), WorkspaceID: ws, FileName: fileName, State: uploadReceiving, UploadedAt: u.db.env.time(),
	}
	err = u.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := u.touch(ctx, tx, ws, changesRest); err != nil {
			return err
		}
		_, err := tx.NewInsert().Model(&row).Exec(ctx)
		return err
	})
	if err != nil {
		return Upload{}, fmt.Errorf("store upload %q: %w", fileName, err)
	}
	if err := u.receive(ctx, &row, content); err != nil {
		// The sender may be gone and ctx with it; the pieces must go all the same.
		cleanup := u.Delete(context.WithoutCancel(ctx), ws, row.ID)
		if errors.As(cleanup, new(ErrNotFound)) {
			cleanup = nil // the workspace went, and took the upload along
		}
		return Upload{}, fmt.Errorf("store upload %q: %w", fileName, errors.Join(err, cleanup))
	}
	return row.upload(), nil
}

// receive writes the pieces, then makes the upload visible.
func (u Uploads) receive(ctx context.Context, row *uploadRow, content io.Reader) error {
	hash := sha256.New()
	packer, err := newPacker()
	if err != nil {
		return err
	}
	buffer := make([]byte, chunkBytes)
	for number, last := 0, false; !last; number++ {
		n, err := io.ReadFull(content, buffer)
		last = errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
		if err != nil && !last {
			return fmt.Errorf("read content: %w", err)
		}
		if n == 0 {
			break
		}
		hash.Write(buffer[:n])
		row.Size += int64(n)
		packing, packed, err := packer.pack(buffer[:n])
		if err != nil {
			return fmt.Errorf("pack piece %d: %w", number, err)
		}
		err = u.write(ctx, func(ctx context.Context, tx bun.Tx) error {
			_, err := tx.Tx.ExecContext(ctx, insertChunk, string(row.ID), number, packing, packed)
			return err
		})
		if err != nil {
			return fmt.Errorf("write piece %d: %w", number, err)
		}
	}
	row.SHA256 = hex.EncodeToString(hash.Sum(nil))
	row.State = UploadStaged
	return u.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		n, err := affected(tx.NewUpdate().Model(row).Column("size", "sha256", "state").
			WherePK().Where("workspace_id = ?", row.WorkspaceID).Exec(ctx))
		if err == nil && n == 0 {
			return ErrNotFound{"upload", string(row.ID)}
		}
		return err
	})
}

// packer compresses pieces one by one, each readable without the others.
type packer struct {
	buffer bytes.Buffer
	writer *flate.Writer
}

func newPacker() (*packer, error) {
	p := &packer{}
	var err error
	p.writer, err = flate.NewWriter(&p.buffer, flate.BestSpeed)
	return p, err
}

// pack is the smaller of the piece and its compressed form; files such as
// .xlsx and .csv.gz are compressed already. The result is valid until the next
// call.
func (p *packer) pack(piece []byte) (packing int, packed []byte, err error) {
	p.buffer.Reset()
	p.writer.Reset(&p.buffer)
	if _, err := p.writer.Write(piece); err != nil {
		return 0, nil, err
	}
	if err := p.writer.Close(); err != nil {
		return 0, nil, err
	}
	if p.buffer.Len() < len(piece) {
		return packedDeflate, p.buffer.Bytes(), nil
	}
	return packedNot, piece, nil
}
