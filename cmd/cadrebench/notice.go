package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"cadrebot/bot/bottest"
	"cadrebot/bot/telegram/telegramtest"
)

// notice measures a notice to 2,000 people under the platform's limits, while
// 20 learners go on with their quiz.
func notice(l *lab) error {
	fake := telegramtest.NewServer(telegramtest.Options{NoHistory: true, Latency: trip / 2})
	defer fake.Close()
	const audience, admin = 2000, int64(1)
	quiet, err := l.gather(fake, "notice", audience)
	if err != nil {
		return err
	}
	p, err := l.start(fake, "notice")
	if err != nil {
		return err
	}
	defer p.stop()
	s := newLearners(fake, 1000, 20)
	// Thinking times vary. With one for all, who was once late with others stays
	// in step with them, and the first seconds of the notice show a stampede.
	s.next = func(press func()) { time.AfterFunc(time.Second+rand.N(3*time.Second), press) }
	var sends atomic.Int64
	var mu sync.Mutex
	got := map[int64]int{}
	var first, last time.Time
	fake.OnSend(func(c telegramtest.Call) {
		s.saw(c)
		if c.Method == "sendMessage" || c.Method == "editMessageText" {
			sends.Add(1)
		}
		if c.Method == "sendMessage" && strings.Contains(c.Text, "notice-in-the-bench") && c.ChatID != admin {
			mu.Lock()
			got[c.ChatID]++
			if first.IsZero() {
				first = c.At
			}
			last = c.At
			mu.Unlock()
		}
	})
	s.apart = 125 * time.Millisecond
	s.begin()
	s.measure(6*time.Second, l.span*2)
	s.mu.Lock()
	alone := quantile(s.toEdit, 0.99)
	s.mu.Unlock()
	if err := confirm(fake, admin); err != nil {
		return err
	}
	fake.Await(func() bool { mu.Lock(); defer mu.Unlock(); return len(got) > 0 }, 30*time.Second)
	s.mu.Lock()
	s.keep, s.toEdit, s.toNext = true, nil, nil
	s.mu.Unlock()
	count, began := sends.Load(), time.Now()
	span := 50 * time.Second
	time.Sleep(span)
	used := float64(sends.Load()-count) / time.Since(began).Seconds() / 30
	s.mu.Lock()
	edit, next := quantile(s.toEdit, 0.99), quantile(s.toNext, 0.99)
	s.keep = false
	s.mu.Unlock()
	fake.Await(func() bool { mu.Lock(); defer mu.Unlock(); return len(got) >= quiet+20 }, 3*time.Minute)
	s.stopped.Store(true)
	mu.Lock()
	defer mu.Unlock()
	doubles := 0
	for _, n := range got {
		doubles += n - 1
	}
	row("Notice to 2,000 while 20 learn: all sends, of 30/s", fmt.Sprintf("%.3f", used), "≥ 0.97", used >= 0.97)
	row("429s meanwhile", fmt.Sprint(fake.Stats().TooMany.Total()), "0", fake.Stats().TooMany.Total() == 0)
	row("Press to edit p99 ("+ms(alone)+" without the notice)", over(edit, alone), "≤ 1.50 ×", edit <= alone*3/2)
	row("Next question p99", ms(next), "< 250 ms", next < 250*time.Millisecond)
	row("People reached, doubles", fmt.Sprintf("%d of %d, %d; %s", len(got), quiet+20, doubles, last.Sub(first).Round(time.Second)),
		"all, 0", len(got) == quiet+20 && doubles == 0)
	return nil
}

// gather makes the bot know everybody, without limits.
func (l *lab) gather(fake *telegramtest.Server, org string, n int) (int, error) {
	crowd := telegramtest.NewServer(telegramtest.Options{NoHistory: true, Seed: 99, // update numbers of its own
		Rate: bottest.Unlimited, ChatRate: bottest.Unlimited, GroupRate: bottest.Unlimited})
	defer crowd.Close()
	p, err := l.start(crowd, org, free...)
	if err != nil {
		return 0, err
	}
	defer p.stop()
	for i := range n {
		id := int64(100_000 + i)
		user := telegramtest.User{ID: id, FirstName: "A", LanguageCode: "vi", Started: true}
		fake.AddUser(user)
		crowd.AddUser(user)
		crowd.Say(id, "/start")
	}
	ok := crowd.Await(func() bool { return crowd.Stats().Calls["sendMessage"] >= n }, time.Minute)
	if !ok {
		return 0, fmt.Errorf("only %d of %d people were met", crowd.Stats().Calls["sendMessage"], n)
	}
	return n, nil
}

// confirm sends a notice to everyone as a coordinator does.
func confirm(fake *telegramtest.Server, admin int64) error {
	fake.AddUser(telegramtest.User{ID: admin, FirstName: "Coordinator", LanguageCode: "en", Started: true})
	fake.Say(admin, "/notice")
	for _, step := range []string{"ntc:", "text", "ntc:"} {
		time.Sleep(2500 * time.Millisecond)
		if step == "text" {
			fake.Say(admin, "notice-in-the-bench")
			continue
		}
		m, ok := fake.Last(admin)
		if !ok || len(m.Buttons) == 0 {
			return fmt.Errorf("no buttons under %q", m.Text)
		}
		b := m.Buttons[0][0]
		fake.Press(admin, m.ID, b.Data)
	}
	return nil
}
