package slack

import "sync"

// pictureBook remembers which messages have a picture in them: an edit has to
// name it again, or it is gone.
type pictureBook struct {
	mu    sync.Mutex
	known map[string]string // image blocks
	order []string
}

// picturesKept bounds the memory.
const picturesKept = 5000

func (b *pictureBook) add(chat, message, image string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	k := chat + " " + message
	if b.known == nil {
		b.known = map[string]string{}
	}
	if _, known := b.known[k]; !known {
		b.order = append(b.order, k)
	}
	b.known[k] = image
	if len(b.order) > picturesKept {
		delete(b.known, b.order[0])
		b.order = b.order[1:]
	}
}

func (b *pictureBook) get(chat, message string) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.known[chat+" "+message]
}
