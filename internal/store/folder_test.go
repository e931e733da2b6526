package store_test

import (
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/store/storetest"
	"github.com/shirube/shirube/internal/words"
)

func TestFolderIsHeldByOneProgram(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "data")
	db, err := store.Open(t.Context(), folder, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	_, err = store.Open(t.Context(), folder, store.Options{})
	inUse, ok := errors.AsType[store.ErrInUse](err)
	if !ok || inUse.Folder != folder || inUse.PID != strconv.Itoa(os.Getpid()) {
		t.Fatalf("second open: %#v, want ErrInUse naming this process", err)
	}
	for lang, mend := range map[words.Lang]string{words.JA: "別のフォルダーを指定してください。", words.EN: "Stop that one, or name another folder."} {
		if text := words.In(err, lang); !strings.HasSuffix(text, mend) || !strings.Contains(text, inUse.PID) || strings.Contains(text, "%!") {
			t.Errorf("message in %s: %s", lang, text)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	storetest.Open(t, folder, store.Options{}) // free again
}

// Signs that mean something in SQLite's file addresses are only signs here.
func TestFolderNames(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"しるべ データ", "a?mode=ro", "b#c", "100%41", "it's", "a&_pragma=query_only(1)"} {
		folder := filepath.Join(t.TempDir(), name, "deep")
		db, err := store.Open(t.Context(), folder, store.Options{})
		if err != nil {
			t.Errorf("open in %q: %v", name, err)
			continue
		}
		if _, err := db.Workspaces.Create(t.Context(), store.NewWorkspace{Slug: "w"}); err != nil {
			t.Errorf("write in %q: %v", name, err)
		}
		file, err := os.Stat(filepath.Join(folder, "shirube.db"))
		if err != nil {
			t.Errorf("in %q: %v", name, err)
		} else if file.Mode().Perm() != 0o600 {
			t.Errorf("in %q: the database has mode %v, want it private", name, file.Mode().Perm())
		}
		if err := db.Close(); err != nil {
			t.Errorf("close in %q: %v", name, err)
		}
		db = storetest.Open(t, folder, store.Options{})
		if _, err := db.Workspaces.BySlug(t.Context(), "w"); err != nil {
			t.Errorf("reopen in %q: %v", name, err)
		}
	}
}

func TestOpenRefused(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	notSQLite := t.TempDir()
	if err := os.WriteFile(filepath.Join(notSQLite, "shirube.db"), []byte(strings.Repeat("not a database ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, place := range []string{file, notSQLite, "postgres://127.0.0.1:1/none?connect_timeout=2", "postgres://secret:hidden@[::"} {
		for range 2 { // what is refused must leave the folder free
			db, err := store.Open(t.Context(), place, store.Options{})
			if err == nil {
				t.Errorf("opened %q", place)
				_ = db.Close()
				continue
			}
			if errors.As(err, new(store.ErrInUse)) || strings.Contains(err.Error(), "hidden") {
				t.Errorf("open %q: %v", place, err)
			}
		}
	}
}

// Ids and tokens come from the randomness given, and from nothing else.
func TestRandomIsGiven(t *testing.T) {
	t.Parallel()
	draw := func() (store.WorkspaceID, string) {
		db := storetest.SQLite(t, store.Options{Random: rand.NewChaCha8([32]byte{7})})
		ws, err := db.Workspaces.Create(t.Context(), store.NewWorkspace{Slug: "w"})
		if err != nil {
			t.Fatal(err)
		}
		_, token, err := db.Views.Create(t.Context(), ws.ID, store.NewView{})
		if err != nil {
			t.Fatal(err)
		}
		return ws.ID, token
	}
	firstID, firstToken := draw()
	secondID, secondToken := draw()
	if firstID != secondID || firstToken != secondToken {
		t.Errorf("same randomness, other ids: %s %s, %s %s", firstID, firstToken, secondID, secondToken)
	}
}
