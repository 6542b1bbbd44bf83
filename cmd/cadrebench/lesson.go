package main

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"sync"
	"time"

	"cadrebot/bot/telegram/telegramtest"
)

// lesson measures how long Next takes, over the network by webhook.
func lesson(l *lab) error {
	fake := unlimited(trip / 2)
	defer fake.Close()
	env, err := l.mode(true)
	if err != nil {
		return err
	}
	p, err := l.start(fake, "lesson", append(env, free...)...)
	if err != nil {
		return err
	}
	defer p.stop()
	r := &readers{fake: fake, pressed: map[int64]time.Time{}}
	fake.OnSend(r.saw)
	const n = 400
	for i := range n {
		id := int64(1000 + i)
		fake.AddUser(telegramtest.User{ID: id, FirstName: "L", LanguageCode: "zh", Started: true})
		fake.Say(id, "/start") // the lesson's button is a standing one
		time.Sleep(5 * time.Millisecond)
	}
	time.Sleep(4 * time.Second)
	r.mu.Lock()
	r.took = nil
	r.mu.Unlock()
	time.Sleep(l.span)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.stopped = true
	next, rate := quantile(r.took, 0.5), float64(len(r.took))/l.span.Seconds()
	row(fmt.Sprintf("Next in a lesson, webhook, 40 ms, %.0f/s, p50", rate), over(next, trip), "≤ 1.20 × the round trip", next <= trip*120/100)
	return nil
}

// readers go through a lesson and back.
type readers struct {
	fake    *telegramtest.Server
	mu      sync.Mutex
	pressed map[int64]time.Time
	took    []time.Duration
	stopped bool
}

// saw is told of every message that a reader sees.
func (r *readers) saw(c telegramtest.Call) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if at, ok := r.pressed[c.ChatID]; ok && c.Method == "editMessageText" {
		r.took = append(r.took, c.At.Sub(at))
		delete(r.pressed, c.ChatID)
	}
	data := turnPage(c)
	switch {
	case r.stopped:
		return
	case data == "" && c.Method == "sendMessage" && len(c.Buttons) > 0:
		data = "lesson:" + benchLesson // the first message of all
	case data == "":
		return
	}
	chat, message := c.ChatID, c.MessageID
	time.AfterFunc(time.Second+rand.N(2*time.Second)-trip, func() {
		r.mu.Lock()
		if strings.HasPrefix(data, "card:") {
			r.pressed[chat] = time.Now()
		}
		r.mu.Unlock()
		r.fake.Press(chat, message, data)
	})
}

// turnPage is the button to press: thirty times on, then thirty times back.
func turnPage(c telegramtest.Call) string {
	for _, row := range c.Buttons {
		for _, b := range row {
			f := strings.Split(b.Data, ":")
			if len(f) != 4 || f[0] != "card" {
				continue
			}
			turn, _ := strconv.Atoi(f[2])
			if want := [2]string{"next", "back"}[turn/30%2]; f[3] == want {
				return b.Data
			}
		}
	}
	return ""
}
