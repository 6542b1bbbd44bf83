package bot

import (
	"container/list"
	"sync"
)

// linkCache remembers whose chat is whose. It may be wrong: the commit checks.
type linkCache struct {
	mu   sync.Mutex
	max  int
	byID map[string]*list.Element
	old  *list.List // the least recently used at the back
}

type linkEntry struct{ chat, person string }

func newLinkCache(max int) *linkCache {
	return &linkCache{max: max, byID: map[string]*list.Element{}, old: list.New()}
}

func (l *linkCache) get(channel, chat string) (string, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	e, ok := l.byID[channel+":"+chat]
	if !ok {
		return "", false
	}
	l.old.MoveToFront(e)
	return e.Value.(linkEntry).person, true
}

func (l *linkCache) set(channel, chat, person string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	key := channel + ":" + chat
	if e, ok := l.byID[key]; ok {
		l.old.Remove(e)
		delete(l.byID, key)
	}
	if person == "" {
		return
	}
	l.byID[key] = l.old.PushFront(linkEntry{key, person})
	if l.old.Len() > l.max {
		last := l.old.Back()
		l.old.Remove(last)
		delete(l.byID, last.Value.(linkEntry).chat)
	}
}

func (l *linkCache) forget(channel, chat string) { l.set(channel, chat, "") }
