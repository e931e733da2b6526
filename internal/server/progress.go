package server

import (
	"sync"

	"github.com/shirube/shirube/internal/store"
)

// progress tells how far files that are being read have come. It is for people
// who wait: another node, or a restart, knows nothing of it.
type progress struct {
	mu    sync.Mutex
	files map[store.UploadID]fileProgress
}

type fileProgress struct {
	read, total int64
}

// note remembers how many bytes of a file have been read.
func (p *progress) note(id store.UploadID, read, total int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.files == nil {
		p.files = map[store.UploadID]fileProgress{}
	}
	p.files[id] = fileProgress{read, total}
}

// forget ends a file's progress.
func (p *progress) forget(id store.UploadID) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.files, id)
}

// of is a file's progress; ok is false while it is not being read.
func (p *progress) of(id store.UploadID) (f fileProgress, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	f, ok = p.files[id]
	return f, ok
}
