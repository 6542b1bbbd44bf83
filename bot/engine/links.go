package engine

import (
	"cadrebot/bot"
	"container/list"
	"sync"
)

// linkCache remembers whose chat is whose, and what the next event of a chat
// will likely read. It may be wrong, for the commit checks, and may forget.
type linkCache struct {
	mu   sync.Mutex
	max  int
	byID map[string]*list.Element
	old  *list.List // the least recently used at the back
}

type linkEntry struct {
	chat, person string
	ahead        []bot.Ref
}

func newLinkCache(max int) *linkCache {
	return &linkCache{max: max, byID: map[string]*list.Element{}, old: list.New()}
}

func (l *linkCache) get(channel, chat string) (person string, ahead []bot.Ref, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	e, ok := l.byID[channel+":"+chat]
	if !ok {
		return "", nil, false
	}
	l.old.MoveToFront(e)
	known := e.Value.(*linkEntry)
	return known.person, known.ahead, true
}

// expect notes what a chat's next event will likely read, if its link is known.
func (l *linkCache) expect(channel, chat, person string, ahead []bot.Ref) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if e, ok := l.byID[channel+":"+chat]; ok && e.Value.(*linkEntry).person == person {
		e.Value.(*linkEntry).ahead = ahead
	}
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
	l.byID[key] = l.old.PushFront(&linkEntry{chat: key, person: person})
	if l.old.Len() > l.max {
		last := l.old.Back()
		l.old.Remove(last)
		delete(l.byID, last.Value.(*linkEntry).chat)
	}
}

func (l *linkCache) forget(channel, chat string) { l.set(channel, chat, "") }
