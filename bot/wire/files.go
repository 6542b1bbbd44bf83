package wire

import (
	"context"
	"crypto/sha256"
	"sync"
)

// FileKey identifies what was uploaded: the same bytes as a photo and as a
// document may have two names.
type FileKey struct {
	As  string
	Sum [sha256.Size]byte
}

// KeyOf is the key of a file's bytes.
func KeyOf(as string, data []byte) FileKey { return FileKey{as, sha256.Sum256(data)} }

// FileBook knows under which name the platform keeps what was uploaded to it,
// so that a class of thousands costs one upload.
type FileBook struct {
	mu    sync.Mutex
	ids   map[FileKey]string
	order []FileKey
	busy  map[FileKey]chan struct{}
}

// filesKept bounds the names; what is forgotten is uploaded again.
const filesKept = 2000

// Get returns the name of a file. With "" the caller is to upload it, and to
// tell done the name, or "" if that came to nothing; others wait for that, as
// long as ctx lets them.
func (b *FileBook) Get(ctx context.Context, k FileKey) (id string, done func(id string)) {
	for {
		b.mu.Lock()
		if b.ids == nil {
			b.ids, b.busy = map[FileKey]string{}, map[FileKey]chan struct{}{}
		}
		if id := b.ids[k]; id != "" {
			b.mu.Unlock()
			return id, nil
		}
		other := b.busy[k]
		if other == nil {
			mine := make(chan struct{})
			b.busy[k] = mine
			b.mu.Unlock()
			return "", func(id string) {
				b.mu.Lock()
				defer b.mu.Unlock()
				delete(b.busy, k)
				close(mine)
				b.keep(k, id)
			}
		}
		b.mu.Unlock()
		select {
		case <-other:
		case <-ctx.Done():
			return "", func(string) {}
		}
	}
}

func (b *FileBook) keep(k FileKey, id string) {
	if id == "" {
		return
	}
	if _, known := b.ids[k]; !known {
		b.order = append(b.order, k)
	}
	b.ids[k] = id
	if len(b.order) > filesKept {
		delete(b.ids, b.order[0])
		b.order = b.order[1:]
	}
}

// Forget drops a name that the platform has refused, unless it is another by now.
func (b *FileBook) Forget(k FileKey, id string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.ids[k] == id {
		b.ids[k] = ""
	}
}
