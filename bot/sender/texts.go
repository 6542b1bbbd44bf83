package sender

import (
	"context"
	"sync"
)

// textCache keeps the few texts that fan-outs are sending.
type textCache struct {
	mu    sync.Mutex
	texts map[string]string
	read  func(context.Context, string) (string, error)
}

// textsKept is how many texts are kept before the cache begins anew.
const textsKept = 32

func (t *textCache) get(ctx context.Context, id string) (string, error) {
	t.mu.Lock()
	text, ok := t.texts[id]
	t.mu.Unlock()
	if ok {
		return text, nil
	}
	text, err := t.read(ctx, id)
	if err != nil {
		return "", err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.texts == nil || len(t.texts) >= textsKept {
		t.texts = map[string]string{}
	}
	t.texts[id] = text
	return text, nil
}
