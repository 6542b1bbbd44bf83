package sender

import (
	"cadrebot/bot"
	"context"
	"maps"
	"sync"
)

// Halt holds back, drops or lets go what a fan-out has in the outbox.
func (s *Sender) Halt(h bot.Halt) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if h.How == bot.HaltNone {
		delete(s.halts, h.Fanout)
	} else {
		s.halts[h.Fanout] = h.How
	}
	s.halted++
	s.dropCancelled()
	s.unpark(h.Fanout)
}

// dropCancelled ends what is held of fan-outs that are taken back.
func (s *Sender) dropCancelled() {
	s.dropHeld("dropped", func(it *item) bool { return it.Fanout != "" && s.halts[it.Fanout] == bot.HaltCancel })
}

// unpark lets the lines of a fan-out be looked at again.
func (s *Sender) unpark(fanout string) {
	for _, l := range s.parked[fanout] {
		s.settle(l)
	}
	delete(s.parked, fanout)
	s.poke()
}

// readHalts takes over what other instances have halted.
func (s *Sender) readHalts(ctx context.Context) {
	s.mu.Lock()
	before := s.halted
	s.mu.Unlock()
	halts, err := s.outbox.Halted(ctx)
	if ctx.Err() != nil {
		return
	}
	if err != nil {
		s.log.Warn("read halts", "channel", s.channel.Name, "error", err)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.owned || before != s.halted || maps.Equal(halts, s.halts) {
		return // what was read may be older than what was halted here since
	}
	s.halts = halts
	s.dropCancelled()
	for f := range s.parked {
		s.unpark(f)
	}
}

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
