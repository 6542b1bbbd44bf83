package telegram

import (
	"context"
	"crypto/sha256"
	"sync"
)

// fileKey identifies what was uploaded: the same bytes as a photo and as a
// document have two names.
type fileKey struct {
	field string
	sum   [sha256.Size]byte
}

// fileBook knows under which name the platform keeps what was uploaded to it,
// so that a class of thousands costs one upload.
type fileBook struct {
	mu    sync.Mutex
	ids   map[fileKey]string
	order []fileKey
	busy  map[fileKey]chan struct{}
}

// filesKept bounds the names; what is forgotten is uploaded again.
const filesKept = 2000

// get returns the name of a file. With "" the caller is to upload it, and to
// tell done the name, or "" if that came to nothing; others wait for that, as
// long as ctx lets them.
func (b *fileBook) get(ctx context.Context, k fileKey) (id string, done func(id string)) {
	for {
		b.mu.Lock()
		if b.ids == nil {
			b.ids, b.busy = map[fileKey]string{}, map[fileKey]chan struct{}{}
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

func (b *fileBook) keep(k fileKey, id string) {
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

// forget drops a name that the platform has refused, unless it is another by now.
func (b *fileBook) forget(k fileKey, id string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.ids[k] == id {
		b.ids[k] = ""
	}
}

// messageBook remembers which messages are files with words under them: they
// are edited by another method.
type messageBook struct {
	mu    sync.Mutex
	known map[string]struct{}
	order []string
}

// messagesKept bounds the memory; of what is forgotten the platform tells.
const messagesKept = 20_000

func (b *messageBook) add(chat, message string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	k := chat + " " + message
	if _, known := b.known[k]; known {
		return
	}
	if b.known == nil {
		b.known = map[string]struct{}{}
	}
	b.known[k] = struct{}{}
	if b.order = append(b.order, k); len(b.order) > messagesKept {
		delete(b.known, b.order[0])
		b.order = b.order[1:]
	}
}

func (b *messageBook) has(chat, message string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	_, ok := b.known[chat+" "+message]
	return ok
}
