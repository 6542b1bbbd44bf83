package main

import (
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	"cadrebot/bot/telegram/telegramtest"
)

// fanout measures what a message to 3,920 people costs the process, sends
// included, when the platform takes them as fast as they come.
func fanout(l *lab) error {
	const people, admin = 3920, int64(1)
	fake := unlimited(0)
	defer fake.Close()
	var got atomic.Int64
	fake.OnSend(func(c telegramtest.Call) {
		if c.Method == "sendMessage" && c.ChatID >= 100_000 && strings.Contains(c.Text, "notice-in-the-bench") {
			got.Add(1)
		}
	})
	if _, err := l.gather(fake, "fanout", people); err != nil {
		return err
	}
	p, err := l.start(fake, "fanout", free...)
	if err != nil {
		return err
	}
	defer p.stop()
	before := p.cpu()
	began := time.Now()
	if err := confirm(fake, admin); err != nil {
		return err
	}
	if !fake.Await(func() bool { return got.Load() >= people }, time.Minute) {
		return fmt.Errorf("only %d of %d people were reached", got.Load(), people)
	}
	used := p.cpu() - before
	row("Processor time to reach 3,920 people, sends included", fmt.Sprintf("%.2f s (of %s)", used.Seconds(), time.Since(began).Round(time.Second)),
		"≤ 2 s", used <= 2*time.Second)
	return nil
}
