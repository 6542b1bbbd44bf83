package webchat

import (
	"context"
	"slices"
	"sync"
	"time"
)

// hub knows the live pages of this process.
type hub struct {
	perChat, most int

	mu     sync.Mutex
	rooms  map[string][]*livePage // by chat, the newest last
	open   int
	closed bool
}

// livePage is one open page, or somebody who waits for a change.
type livePage struct {
	// woken holds a token when the chat may have changed.
	woken chan struct{}
	// rest is closed when the page is to make room for newer ones.
	rest    chan struct{}
	counted bool

	mu sync.Mutex
	at cursor // how far it was shown
}

func newHub(perChat, most int) *hub {
	return &hub{perChat: perChat, most: most, rooms: map[string][]*livePage{}}
}

func newLivePage() *livePage {
	return &livePage{woken: make(chan struct{}, 1), rest: make(chan struct{})}
}

// join adds a page of a chat; the oldest one rests where there are too many. It
// is false where the process has too many or ends.
func (h *hub) join(chat string) (*livePage, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed || h.open >= h.most {
		return nil, false
	}
	p := newLivePage()
	p.counted = true
	h.open++
	counted := 0
	for _, other := range slices.Backward(h.rooms[chat]) {
		if !other.counted {
			continue
		}
		if counted++; counted >= h.perChat {
			other.stop()
		}
	}
	h.rooms[chat] = append(h.rooms[chat], p)
	return p, true
}

// watch waits for changes of a chat without being a page.
func (h *hub) watch(chat string) *livePage {
	h.mu.Lock()
	defer h.mu.Unlock()
	p := newLivePage()
	h.rooms[chat] = append(h.rooms[chat], p)
	return p
}

func (h *hub) leave(chat string, p *livePage) {
	h.mu.Lock()
	defer h.mu.Unlock()
	left := slices.DeleteFunc(h.rooms[chat], func(other *livePage) bool { return other == p })
	if len(left) == 0 {
		delete(h.rooms, chat)
	} else {
		h.rooms[chat] = left
	}
	if p.counted {
		h.open--
	}
}

// wake tells the pages of a chat that it may have changed.
func (h *hub) wake(chat string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, p := range h.rooms[chat] {
		p.wake()
	}
}

func (p *livePage) wake() {
	select {
	case p.woken <- struct{}{}:
	default:
	}
}

// stop ends a page; the hub's lock is held.
func (p *livePage) stop() {
	select {
	case <-p.rest:
	default:
		close(p.rest)
	}
}

// close ends all pages, and lets no new ones come.
func (h *hub) close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for _, room := range h.rooms {
		for _, p := range room {
			p.stop()
		}
	}
}

func (h *hub) ended() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.closed
}

// chats are those with live pages.
func (h *hub) chats() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	list := make([]string, 0, len(h.rooms))
	for chat := range h.rooms {
		list = append(list, chat)
	}
	return list
}

// wakeBehind wakes the pages of a chat that have not shown all.
func (h *hub) wakeBehind(chat string, head cursor) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, p := range h.rooms[chat] {
		p.mu.Lock()
		behind := p.counted && p.at != head
		p.mu.Unlock()
		if behind {
			p.wake()
		}
	}
}

func (p *livePage) shown(at cursor) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.at = at
}

const (
	compareEvery = 15 * time.Second
	listenAgain  = time.Second
	comparePage  = 500
)

// Run listens for what other instances post, until ctx ends; then the live pages
// end too, and their browsers look for another instance.
func (c *Chat) Run(ctx context.Context) {
	defer c.hub.close()
	var listening sync.WaitGroup
	defer listening.Wait()
	again := make(chan struct{}, 1)
	listening.Go(func() { c.listen(ctx, again) })
	every := time.NewTicker(c.compareEvery)
	defer every.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-again:
		case <-every.C:
		}
		c.compare(ctx)
	}
}

// listen hears of changes. Again is told when it begins anew, for something may
// have been missed.
func (c *Chat) listen(ctx context.Context, again chan<- struct{}) {
	for ctx.Err() == nil {
		err := c.pages.PageNews(ctx, func() {
			select {
			case again <- struct{}{}:
			default:
			}
		}, c.hub.wake)
		if err == nil || ctx.Err() != nil {
			continue
		}
		c.log.Warn("web chat: what other instances post is seen late", "error", err)
		select {
		case <-ctx.Done():
		case <-time.After(listenAgain):
		}
	}
}

// compare wakes the pages that have missed something.
func (c *Chat) compare(ctx context.Context) {
	for chats := range slices.Chunk(c.hub.chats(), comparePage) {
		i := 0
		err := c.pages.PageHeads(ctx, chats, func(birth string, change int64) {
			c.hub.wakeBehind(chats[i], cursor{birth, change})
			i++
		})
		if err != nil && ctx.Err() == nil {
			c.log.Warn("web chat: compare pages", "error", err)
		}
	}
}
