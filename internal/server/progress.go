package server

import (
	"sync"

	"github.com/shirube/shirube/internal/store"
)

// progress tells how far files that are being read have come. It is for people
// who wait: another node, or a restart, knows nothing of it.
type progress struct {
	mu    sync.Mutex
	files map[store.UploadID]int64 // bytes read

	questions questions // reports that are being worked out
}

// note remembers how many bytes of a file have been read.
func (p *progress) note(id store.UploadID, read int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.files == nil {
		p.files = map[store.UploadID]int64{}
	}
	p.files[id] = read
}

// forget ends a file's progress.
func (p *progress) forget(id store.UploadID) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.files, id)
}

// of is how many bytes of a file have been read; ok is false while it is not
// being read.
func (p *progress) of(id store.UploadID) (read int64, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	read, ok = p.files[id]
	return read, ok
}
