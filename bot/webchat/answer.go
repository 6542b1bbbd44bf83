package webchat

import (
	"context"
	"sync"
	"time"

	"cadrebot/bot"
)

// answers brings the short answer to a press to the request that made it.
type answers struct {
	mu      sync.Mutex
	waiting map[string]chan bot.Answer // by query
}

// expect says that an answer to a query is waited for, until done is called.
func (a *answers) expect(query string) (answer <-chan bot.Answer, done func()) {
	ch := make(chan bot.Answer, 1)
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.waiting == nil {
		a.waiting = map[string]chan bot.Answer{}
	}
	a.waiting[query] = ch
	return ch, func() {
		a.mu.Lock()
		defer a.mu.Unlock()
		if a.waiting[query] == ch {
			delete(a.waiting, query)
		}
	}
}

// Answer implements bot.Adapter. Who takes a press in answers it, so the request
// waits in this process; where nobody waits any more the answer is worth nothing.
func (c *Chat) Answer(_ context.Context, press bot.Event, answer bot.Answer) error {
	c.answers.mu.Lock()
	defer c.answers.mu.Unlock()
	if ch := c.answers.waiting[press.Query]; ch != nil {
		select {
		case ch <- answer:
		default:
		}
	}
	return nil
}

// answerWithin is how long a request waits for the answer to its press.
const answerWithin = time.Second

// words are those of an answer, "" where it has none or does not come.
func words(ctx context.Context, answer <-chan bot.Answer) string {
	late := time.NewTimer(answerWithin)
	defer late.Stop()
	select {
	case a := <-answer:
		return a.Text
	case <-late.C:
	case <-ctx.Done():
	}
	return ""
}
