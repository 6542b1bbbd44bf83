package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"cadrebot/bot/telegram/telegramtest"
)

// trip is the network's round trip in the scenarios with a network.
const trip = 40 * time.Millisecond

// latencies are the medians of 200 presses a second over the network.
func (l *lab) latencies(org string, webhook bool) (edit, next time.Duration, err error) {
	fake := unlimited(trip / 2)
	defer fake.Close()
	env, err := l.mode(webhook)
	if err != nil {
		return 0, 0, err
	}
	p, err := l.start(fake, org, append(env, free...)...)
	if err != nil {
		return 0, 0, err
	}
	defer p.stop()
	edit, next = l.paced(fake)
	return edit, next, nil
}

// paced lets 400 learners press at 200 a second in all, and returns the medians.
func (l *lab) paced(fake *telegramtest.Server) (edit, next time.Duration) {
	s := newLearners(fake, 1000, 400)
	// Thinking times vary, or the presses fall into step with the polls.
	s.next = func(press func()) { time.AfterFunc(time.Second+rand.N(2*time.Second)-trip, press) }
	s.apart = 5 * time.Millisecond // so that the presses come evenly, 200 a second
	s.begin()
	s.measure(4*time.Second, l.span)
	s.stopped.Store(true)
	s.mu.Lock()
	defer s.mu.Unlock()
	return quantile(s.toEdit, 0.5), quantile(s.toNext, 0.5)
}

func latencyByWebhook(l *lab) error {
	edit, next, err := l.latencies("webhook", true)
	if err != nil {
		return err
	}
	row("Press to edit, webhook, 40 ms, 200/s, p50", over(edit, trip), "≤ 1.20 × the round trip", edit <= trip*120/100)
	row("Press to next question, webhook, p50", over(next, trip), "≤ 1.30 ×", next <= trip*130/100)
	return nil
}

func over(d, of time.Duration) string {
	return fmt.Sprintf("%.2f × (%s)", float64(d)/float64(of), ms(d))
}

func latencyByPolling(l *lab) error {
	plainEdit, plainNext := l.storeless()
	edit, next, err := l.latencies("polling", false)
	if err != nil {
		return err
	}
	row("Press to edit, polling, 40 ms, 200/s, p50, against a bot without a store ("+ms(plainEdit)+")",
		over(edit, plainEdit), "≤ 1.15 ×", edit <= plainEdit*115/100)
	row("Press to next question, polling, p50, against the same ("+ms(plainNext)+")",
		over(next, plainNext), "≤ 1.15 ×", next <= plainNext*115/100)
	return nil
}

// storeless measures a bot that keeps nothing and promises nothing: it polls
// again at once and sends the three posts side by side.
func (l *lab) storeless() (edit, next time.Duration) {
	fake := unlimited(trip / 2)
	defer fake.Close()
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	p := newPoster(fake)
	wg.Go(func() {
		offset := int64(0)
		for ctx.Err() == nil {
			var batch struct{ Result []plainUpdate }
			body := fmt.Sprintf(`{"offset":%d,"timeout":1,"limit":100}`, offset)
			if json.Unmarshal(p.post("getUpdates", body), &batch) != nil {
				continue
			}
			for _, u := range batch.Result {
				offset = u.ID + 1
				go u.answer(p)
			}
		}
	})
	edit, next = l.paced(fake)
	cancel()
	wg.Wait()
	return edit, next
}

type plainUpdate struct {
	ID      int64 `json:"update_id"`
	Message *struct {
		Chat struct{ ID int64 } `json:"chat"`
	} `json:"message"`
	Press *struct {
		ID      string `json:"id"`
		Message struct {
			ID   int                `json:"message_id"`
			Chat struct{ ID int64 } `json:"chat"`
		} `json:"message"`
	} `json:"callback_query"`
}

func (u plainUpdate) answer(p *poster) {
	if u.Press == nil {
		if u.Message != nil {
			p.post("sendMessage", sendBody(u.Message.Chat.ID))
		}
		return
	}
	chat := u.Press.Message.Chat.ID
	go p.post("answerCallbackQuery", fmt.Sprintf(`{"callback_query_id":%q}`, u.Press.ID))
	go p.post("editMessageText", editBody(chat, u.Press.Message.ID))
	p.post("sendMessage", sendBody(chat))
}
