package telegram

import "sync"

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
