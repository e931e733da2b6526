// Package source turns the tables a model names into daily metrics: it finds the
// columns, joins what is asked for, keeps the rows a metric wants, and adds them
// up by day and by dimension.
//
// It is an adapter: it reads files (through Files, so that the command line reads
// a folder and the server reads what was uploaded) and hands plain values to the
// heart. Nothing of a source is kept when any of its rows cannot be read.
package source

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/words"
)

// File is one table file. Each reading starts from its beginning.
type File struct {
	Name    string // as shown in messages
	Content interface {
		io.ReaderAt
		io.Closer
	}
	Size int64
	// Written says that it was written by this program: UTF-8, commas, the header first.
	// Nothing of it is recognised then, so nothing can be mistaken.
	Written bool
}

// Files opens the files of a model by the path the model gives. A file that is
// not there is fs.ErrNotExist.
type Files interface {
	Open(path string) (File, error)
}

// folder is the folder of a model file; nothing outside it can be opened, not
// even through a symbolic link.
type folder struct {
	root *os.Root
	name string
}

// Folder opens files next to a model file.
func Folder(dir string) (interface {
	Files
	io.Closer
}, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open folder %q: %w", dir, err)
	}
	return folder{root: root, name: dir}, nil
}

func (f folder) Close() error { return f.root.Close() }

func (f folder) Open(name string) (File, error) {
	local := filepath.FromSlash(path.Clean(name))
	// Opening a pipe would wait for its writer, so what it is is asked first.
	info, err := f.root.Stat(local)
	if err == nil && !info.Mode().IsRegular() {
		err = fs.ErrInvalid
	}
	if err != nil {
		return File{}, fmt.Errorf("open %q: %w", name, err)
	}
	opened, err := f.root.Open(local)
	if err != nil {
		return File{}, fmt.Errorf("open %q: %w", name, err)
	}
	info, err = opened.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = fmt.Errorf("open %q: %w: not a regular file", name, fs.ErrInvalid)
	}
	if err != nil {
		_ = opened.Close()
		return File{}, err
	}
	shown := name
	if f.name != "." && f.name != "" {
		shown = strings.TrimSuffix(filepath.ToSlash(f.name), "/") + "/" + name
	}
	return File{Name: shown, Content: opened, Size: info.Size()}, nil
}

// Progress is told how far the reading of a source has come, in bytes of its
// file as stored.
type Progress func(source string, read, total int64)

// ReadAll reads every source of a model. All problems of all sources are told at
// once, as words.Problems.
func ReadAll(ctx context.Context, m *goal.Model, files Files, progress Progress) (*goal.Data, error) {
	held := map[string]*Held{}
	var problems words.Problems
	for _, s := range m.Sources {
		if s.Kind != goal.SourceTable {
			continue // its numbers are the server's: they are in no file
		}
		tally, err := Read(ctx, m, s, files, progress)
		if found, ok := words.AsProblems(err); ok {
			problems = append(problems, found...)
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("read source %q: %w", s.ID, err)
		}
		held[s.ID] = Fold(s, tally)
	}
	if err := problems.Err(); err != nil {
		return nil, err
	}
	return Assemble(m, held), nil
}

// open opens a file of the model; one that is not there is told at the place in
// the model that names it.
func open(files Files, m *goal.Model, name string, named goal.Position) (File, error) {
	f, err := files.Open(name)
	switch {
	case err == nil:
		return f, nil
	case errors.Is(err, fs.ErrNotExist):
		return File{}, problemAt(m, named, words.T("ファイル「%s」がありません。", "There is no file “%s”.", name),
			words.T("モデルと同じフォルダに置くか、csv の名前を直してください。", "Put it in the model's folder, or correct the name after csv."))
	case errors.Is(err, fs.ErrInvalid), errors.Is(err, syscall.ELOOP), strings.Contains(err.Error(), "escapes"):
		return File{}, problemAt(m, named, words.T("「%s」はこのフォルダのファイルではありません。", "“%s” is not a file of this folder.", name),
			words.T("モデルと同じフォルダにあるファイルを書いてください。", "Name a file in the model's folder."))
	case errors.Is(err, fs.ErrPermission):
		return File{}, problemAt(m, named, words.T("ファイル「%s」を読む権限がありません。", "The file “%s” may not be read.", name),
			words.T("ファイルの権限を確かめてください。", "Check the file's permissions."))
	}
	return File{}, err
}

func problemAt(m *goal.Model, at goal.Position, what, mend words.Text) *words.Problem {
	return &words.Problem{At: words.At{File: m.File, Line: at.Line, Col: at.Col}, What: what, Mend: mend}
}
