package main

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"cadrebot/bot/telegram/telegramtest"
)

// learners are people who press as soon as a question has come, or think first.
type learners struct {
	fake  *telegramtest.Server
	first int64
	n     int
	think time.Duration
	// opening is what everybody says first.
	opening string

	presses, edits, questions atomic.Int64
	stopped                   atomic.Bool
	mu                        sync.Mutex
	pressed                   map[int64]time.Time // who waits for an edit, since when
	asked                     map[int64]time.Time // who waits for the next question
	toEdit, toNext            []time.Duration
	keep                      bool
	next                      func(press func()) // when the next press happens; nil: at once
	apart                     time.Duration      // between two people's beginnings
	notice                    atomic.Int64
}

func newLearners(fake *telegramtest.Server, first int64, n int) *learners {
	s := &learners{fake: fake, first: first, n: n, opening: "/quiz " + benchModule, pressed: map[int64]time.Time{}, asked: map[int64]time.Time{}}
	fake.OnSend(s.saw)
	return s
}

// begin lets everybody ask for a quiz, one after the other.
func (s *learners) begin() {
	for i := range s.n {
		id := s.first + int64(i)
		s.fake.AddUser(telegramtest.User{ID: id, FirstName: "L", LanguageCode: "zh", Started: true})
		s.fake.Say(id, s.opening)
		if s.apart > 0 {
			time.Sleep(s.apart)
		} else if i%50 == 49 {
			time.Sleep(10 * time.Millisecond)
		}
	}
}

// saw is told of every message that a person sees.
func (s *learners) saw(c telegramtest.Call) {
	if c.ChatID < s.first || c.ChatID >= s.first+int64(s.n) {
		return
	}
	now := c.At
	switch c.Method {
	case "editMessageText":
		s.edits.Add(1)
		s.mu.Lock()
		if at, ok := s.pressed[c.ChatID]; ok && s.keep {
			s.toEdit = append(s.toEdit, now.Sub(at))
		}
		delete(s.pressed, c.ChatID)
		s.mu.Unlock()
		if data := unfinished(c); data != "" {
			go s.press(c.ChatID, c.MessageID, data)
		}
	case "sendMessage":
		data := button(c)
		if data == "" {
			s.notice.Add(1)
			return
		}
		s.questions.Add(1)
		s.mu.Lock()
		if at, ok := s.asked[c.ChatID]; ok && s.keep {
			s.toNext = append(s.toNext, now.Sub(at))
		}
		delete(s.asked, c.ChatID)
		s.mu.Unlock()
		press := func() { s.press(c.ChatID, c.MessageID, data) }
		switch {
		case s.next != nil:
			s.next(press)
		case s.think > 0:
			time.AfterFunc(s.think, press)
		default:
			go press()
		}
	}
}

// button is the one to press: the first answer, or another round.
func button(c telegramtest.Call) string {
	for _, row := range c.Buttons {
		for _, b := range row {
			if strings.HasPrefix(b.Data, "a:") || strings.HasPrefix(b.Data, "quiz") {
				return b.Data
			}
		}
	}
	return ""
}

// unfinished is the button to press next on a question that takes several: that
// it is all, or the first one left; "" where the question is answered.
func unfinished(c telegramtest.Call) string {
	first := ""
	for _, row := range c.Buttons {
		for _, b := range row {
			switch {
			case !strings.HasPrefix(b.Data, "a:"):
			case strings.HasSuffix(b.Data, ":="):
				return b.Data
			case first == "":
				first = b.Data
			}
		}
	}
	return first
}

func (s *learners) press(chat int64, message int, data string) {
	if s.stopped.Load() {
		return
	}
	s.presses.Add(1)
	s.mu.Lock()
	if now := time.Now(); !strings.HasPrefix(data, "quiz") {
		s.pressed[chat], s.asked[chat] = now, now
	}
	s.mu.Unlock()
	s.fake.Press(chat, message, data)
}

// measure lets some time pass and returns how many questions came in a second.
func (s *learners) measure(warm, span time.Duration) float64 {
	time.Sleep(warm)
	s.mu.Lock()
	s.keep, s.toEdit, s.toNext = true, nil, nil
	s.mu.Unlock()
	before, began := s.questions.Load(), time.Now()
	time.Sleep(span)
	rate := float64(s.questions.Load()-before) / time.Since(began).Seconds()
	s.mu.Lock()
	s.keep = false
	s.mu.Unlock()
	return rate
}

// quantile is the value below which a part of the durations lie.
func quantile(d []time.Duration, part float64) time.Duration {
	if len(d) == 0 {
		return 0
	}
	d = slices.Clone(d)
	slices.Sort(d)
	return d[min(len(d)-1, int(part*float64(len(d))))]
}

func ms(d time.Duration) string { return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000) }
