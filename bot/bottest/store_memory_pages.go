package bottest

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"time"
)

// memoryPage is a chat's page.
type memoryPage struct {
	birth          string
	number, change int64
	operations     map[string]int64
	messages       map[int64]*memoryMessage
}

type memoryMessage struct {
	operation, pressed, lastPress string
	change                        int64
	text, file                    []byte
}

// As the real stores keep them.
const pageKeeps, fileKeeps = 200, 8

// PageAdd implements Pages.
func (m *Memory) PageAdd(ctx context.Context, chat, operation string, message, file []byte) (int64, error) {
	if err := m.enter(ctx, "PageAdd"); err != nil {
		return 0, err
	}
	defer m.mu.Unlock()
	p := m.pages[chat]
	if p == nil {
		m.births++
		birth := strconv.FormatInt(time.Now().UnixMilli(), 36) + "-" + strconv.Itoa(m.births)
		p = &memoryPage{birth: birth, operations: map[string]int64{}, messages: map[int64]*memoryMessage{}}
		m.pages[chat] = p
	}
	if n := p.operations[operation]; n > 0 {
		return n, nil
	}
	p.number++
	p.operations[operation] = p.number
	p.messages[p.number] = &memoryMessage{operation: operation, text: slices.Clone(message), file: slices.Clone(file)}
	if old := p.messages[p.number-pageKeeps]; old != nil {
		delete(p.operations, old.operation)
		delete(p.messages, p.number-pageKeeps)
	}
	files := 0
	for n := p.number; n > p.number-pageKeeps && n > 0; n-- {
		if len(p.messages[n].file) == 0 {
			continue
		}
		if files++; files > fileKeeps {
			p.messages[n].file = nil
		}
	}
	m.pageChanged(chat, p.number)
	return p.number, nil
}

// PageEdit implements Pages.
func (m *Memory) PageEdit(ctx context.Context, chat string, number int64, message []byte) (int64, error) {
	if err := m.enter(ctx, "PageEdit"); err != nil {
		return 0, err
	}
	defer m.mu.Unlock()
	x := m.pageMessage(chat, number)
	if x == nil {
		return 0, nil
	}
	if x.pressed != "" || string(x.text) != string(message) {
		x.pressed, x.text = "", slices.Clone(message)
		m.pageChanged(chat, number)
	}
	return number, nil
}

// PagePress implements Pages.
func (m *Memory) PagePress(ctx context.Context, chat, operation string, number int64, data string) (int64, error) {
	if err := m.enter(ctx, "PagePress"); err != nil {
		return 0, err
	}
	defer m.mu.Unlock()
	x := m.pageMessage(chat, number)
	if x == nil {
		return 0, nil
	}
	if x.lastPress != operation {
		x.lastPress, x.pressed = operation, data
		m.pageChanged(chat, number)
	}
	return number, nil
}

func (m *Memory) pageMessage(chat string, number int64) *memoryMessage {
	if p := m.pages[chat]; p != nil {
		return p.messages[number]
	}
	return nil
}

func (m *Memory) pageChanged(chat string, number int64) {
	p := m.pages[chat]
	p.change++
	p.messages[number].change = p.change
	for _, heard := range m.listeners {
		heard <- chat
	}
}

// PageRead implements Pages.
func (m *Memory) PageRead(ctx context.Context, chat string, since int64,
	each func(number, change int64, message []byte, pressed string)) (string, int64, error) {
	if err := m.enter(ctx, "PageRead"); err != nil {
		return "", 0, err
	}
	defer m.mu.Unlock()
	p := m.pages[chat]
	if p == nil {
		return "", 0, nil
	}
	var changed []int64
	for n, x := range p.messages {
		if x.change > since {
			changed = append(changed, n)
		}
	}
	slices.SortFunc(changed, func(a, b int64) int { return cmp.Compare(p.messages[a].change, p.messages[b].change) })
	for _, n := range changed {
		x := p.messages[n]
		each(n, x.change, slices.Clone(x.text), x.pressed)
	}
	return p.birth, p.change, nil
}

// PageMessage implements Pages.
func (m *Memory) PageMessage(ctx context.Context, chat string, number int64) ([]byte, error) {
	if err := m.enter(ctx, "PageMessage"); err != nil {
		return nil, err
	}
	defer m.mu.Unlock()
	if x := m.pageMessage(chat, number); x != nil {
		return slices.Clone(x.text), nil
	}
	return nil, nil
}

// PageFile implements Pages.
func (m *Memory) PageFile(ctx context.Context, chat string, number int64) ([]byte, error) {
	if err := m.enter(ctx, "PageFile"); err != nil {
		return nil, err
	}
	defer m.mu.Unlock()
	if x := m.pageMessage(chat, number); x != nil {
		return slices.Clone(x.file), nil
	}
	return nil, nil
}

// PageHeads implements Pages.
func (m *Memory) PageHeads(ctx context.Context, chats []string, each func(birth string, change int64)) error {
	if err := m.enter(ctx, "PageHeads"); err != nil {
		return err
	}
	defer m.mu.Unlock()
	for _, chat := range chats {
		p := m.pages[chat]
		if p == nil {
			p = &memoryPage{}
		}
		each(p.birth, p.change)
	}
	return nil
}

// PageNews implements Pages.
func (m *Memory) PageNews(ctx context.Context, ready func(), heard func(chat string)) error {
	if err := m.enter(ctx, "PageNews"); err != nil {
		return err
	}
	news := make(chan string, 1<<16)
	if m.listeners == nil {
		m.listeners = map[int]chan string{}
	}
	m.listening++
	id := m.listening
	m.listeners[id] = news
	m.mu.Unlock()
	defer func() {
		m.mu.Lock()
		defer m.mu.Unlock()
		delete(m.listeners, id)
	}()
	ready()
	for {
		select {
		case <-ctx.Done():
			return nil
		case chat := <-news:
			heard(chat)
		}
	}
}
