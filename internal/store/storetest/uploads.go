package storetest

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/store"
)

var april = series.Date(2026, time.April, 1)

func hashOf(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

func testUploads(t *testing.T, open Opener) {
	var clock Clock
	db := open(t, store.Options{Now: clock.Now})
	ctx := t.Context()
	ws := workspace(t, db, "a")
	empty := series.Span{From: 0, To: -1}

	_, err := db.Uploads.Put(ctx, "nowhere", "x.csv", strings.NewReader("x"))
	wantErr(t, err, store.ErrNotFound{What: "workspace", Name: "nowhere"})

	first := must(db.Uploads.Put(ctx, ws, "投稿.csv", strings.NewReader("日付,件数\n")))(t)
	same(t, first, store.Upload{
		ID: first.ID, FileName: "投稿.csv", Size: 14, SHA256: hashOf([]byte("日付,件数\n")),
		State: store.UploadStaged, Span: empty, UploadedAt: clock.Now(),
	})
	same(t, must(db.Uploads.Get(ctx, ws, first.ID))(t), first)
	same(t, must(db.Uploads.Imported(ctx, ws, ""))(t), []store.Upload{})

	second := must(db.Uploads.Put(ctx, ws, "b.csv", strings.NewReader("b")))(t)
	third := must(db.Uploads.Put(ctx, ws, "c.csv", strings.NewReader("c")))(t)
	clock.Advance(time.Minute)
	span := series.Span{From: april, To: april + 9}
	ok(t, db.Uploads.MarkImported(ctx, ws, second.ID, store.Imported{Source: "posts", Rows: 12, Span: span}))
	ok(t, db.Uploads.MarkImported(ctx, ws, first.ID, store.Imported{Source: "posts", Rows: 0, Span: empty}))
	ok(t, db.Uploads.MarkImported(ctx, ws, third.ID, store.Imported{Source: "leads", Rows: 3, Span: span}))
	// Reading the older one anew must not make it the latest.
	ok(t, db.Uploads.MarkImported(ctx, ws, second.ID, store.Imported{Source: "posts", Rows: 13, Span: span}))

	for i, u := range []*store.Upload{&second, &first, &third} {
		u.State, u.ImportedAt, u.Source = store.UploadImported, clock.Now(), "posts"
		u.Seq = []int{1, 2, 1}[i]
	}
	second.Rows, second.Span = 13, span
	third.Source, third.Rows, third.Span = "leads", 3, span
	same(t, must(db.Uploads.Imported(ctx, ws, "posts"))(t), []store.Upload{second, first})
	same(t, must(db.Uploads.Imported(ctx, ws, ""))(t), []store.Upload{third, second, first})

	missing := store.ErrNotFound{What: "upload", Name: "nothing"}
	wantErr(t, db.Uploads.MarkImported(ctx, ws, "nothing", store.Imported{Source: "posts"}), missing)
	wantErr(t, db.Uploads.Delete(ctx, ws, "nothing"), missing)
	_, err = db.Uploads.Get(ctx, ws, "nothing")
	wantErr(t, err, missing)
	if err := db.Uploads.MarkImported(ctx, ws, first.ID, store.Imported{}); err == nil {
		t.Error("imported into no source")
	}

	ok(t, db.Uploads.Delete(ctx, ws, second.ID))
	same(t, must(db.Uploads.Imported(ctx, ws, "posts"))(t), []store.Upload{first})
}

// Files of sizes around the edges of a piece, that do and do not compress, come
// back byte for byte, from the start and from anywhere.
func testUploadContent(t *testing.T, open Opener) {
	db := open(t, store.Options{})
	ctx := t.Context()
	ws := workspace(t, db, "a")
	const mebi = 1 << 20
	random := rand.NewChaCha8([32]byte{1})
	for _, size := range []int{0, 1, mebi - 1, mebi, mebi + 1, 3*mebi + 17} {
		noise := make([]byte, size)
		_, _ = random.Read(noise)
		for _, content := range [][]byte{noise, bytes.Repeat([]byte("a"), size)} {
			// A reader that gives little at a time must not make small pieces.
			put := must(db.Uploads.Put(ctx, ws, "f", iotest.HalfReader(bytes.NewReader(content))))(t)
			same(t, put.Size, int64(size))
			same(t, put.SHA256, hashOf(content))
			read := must(db.Uploads.Open(ctx, ws, put.ID))(t)
			same(t, read.Size(), int64(size))
			if got := must(io.ReadAll(read))(t); !bytes.Equal(got, content) {
				t.Errorf("%d bytes: content differs", size)
			}
			checkReadAt(t, read, content)
			ok(t, read.Close())
			if size > 0 {
				if _, err := read.ReadAt(make([]byte, 1), 0); err == nil {
					t.Error("read after close")
				}
			}
		}
	}
	_, err := db.Uploads.Open(ctx, ws, "nothing")
	wantErr(t, err, store.ErrNotFound{What: "upload", Name: "nothing"})

	put := must(db.Uploads.Put(ctx, ws, "f", strings.NewReader("soon gone")))(t)
	read := must(db.Uploads.Open(ctx, ws, put.ID))(t)
	ok(t, db.Uploads.Delete(ctx, ws, put.ID))
	_, err = io.ReadAll(read)
	wantErr(t, err, store.ErrNotFound{What: "upload", Name: string(put.ID)})
}

func checkReadAt(t *testing.T, read io.ReaderAt, content []byte) {
	t.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	for range 10 {
		from := random.IntN(len(content) + 2)
		part := make([]byte, random.IntN(1<<20+100))
		n, err := read.ReadAt(part, int64(from))
		want := content[min(from, len(content)):min(from+len(part), len(content))]
		if n != len(want) || !bytes.Equal(part[:n], want) {
			t.Fatalf("ReadAt(%d, %d) read %d other bytes, want %d", from, len(part), n, len(want))
		}
		if short := n < len(part); short != errors.Is(err, io.EOF) && len(part) > 0 {
			t.Fatalf("ReadAt(%d, %d) = %d, %v", from, len(part), n, err)
		}
	}
}

// A sender who goes away leaves nothing behind.
func testUploadBrokenOff(t *testing.T, open Opener) {
	var clock Clock
	db := open(t, store.Options{Now: clock.Now})
	ws := workspace(t, db, "a")
	gone := errors.New("sender is gone")
	content := io.MultiReader(bytes.NewReader(make([]byte, 5<<20)), iotest.ErrReader(gone))
	if _, err := db.Uploads.Put(t.Context(), ws, "f", content); !errors.Is(err, gone) {
		t.Errorf("error %v, want %v", err, gone)
	}
	clock.Advance(48 * time.Hour)
	same(t, must(db.Uploads.Prune(t.Context(), clock.Now()))(t), 0)
}

// A file that is still arriving keeps nobody from writing, and nobody sees it.
func testUploadSlow(t *testing.T, open Opener) {
	db := open(t, store.Options{})
	ctx := t.Context()
	ws := workspace(t, db, "a")
	read := 0
	content := readerFunc(func(p []byte) (int, error) {
		if read++; read > 4 {
			return 0, io.EOF
		}
		ok(t, db.Workspaces.Rename(ctx, ws, strings.Repeat("x", read)))
		same(t, len(must(db.Uploads.Imported(ctx, ws, ""))(t)), 0)
		return len(p), nil
	})
	put := must(db.Uploads.Put(ctx, ws, "f", content))(t)
	same(t, put.Size, 4<<20)
	same(t, must(db.Workspaces.Get(ctx, ws))(t).Name, "xxxx")
}

type readerFunc func(p []byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

func testPrune(t *testing.T, open Opener) {
	var clock Clock
	db := open(t, store.Options{Now: clock.Now})
	ctx := t.Context()
	ws := workspace(t, db, "a")
	imported := must(db.Uploads.Put(ctx, ws, "imported", strings.NewReader("x")))(t)
	ok(t, db.Uploads.MarkImported(ctx, ws, imported.ID, store.Imported{Source: "s", Span: series.Span{From: 1, To: 1}}))
	old := must(db.Uploads.Put(ctx, ws, "old", strings.NewReader("x")))(t)
	other := must(db.Uploads.Put(ctx, workspace(t, db, "b"), "old too", strings.NewReader("x")))(t)
	clock.Advance(time.Hour)
	young := must(db.Uploads.Put(ctx, ws, "young", strings.NewReader("x")))(t)

	clock.Advance(store.StagedFor - time.Hour)
	same(t, must(db.Uploads.Prune(ctx, clock.Now()))(t), 0)
	clock.Advance(time.Millisecond)
	same(t, must(db.Uploads.Prune(ctx, clock.Now()))(t), 2)
	_, err := db.Uploads.Get(ctx, ws, old.ID)
	wantErr(t, err, store.ErrNotFound{What: "upload", Name: string(old.ID)})
	_, err = db.Uploads.Get(ctx, ws, other.ID)
	wantErr(t, err, store.ErrNotFound{What: "upload", Name: string(other.ID)})
	same(t, must(db.Uploads.Get(ctx, ws, young.ID))(t).FileName, "young")
	same(t, must(db.Uploads.Get(ctx, ws, imported.ID))(t).FileName, "imported")
}
