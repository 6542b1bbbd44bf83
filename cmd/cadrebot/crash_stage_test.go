package main_test

import (
	"strconv"
	"strings"
	"sync"

	"cadrebot/bot/telegram"
	"cadrebot/bot/telegram/telegramtest"
	"cadrebot/content"
)

// stage is where a crowd meets the bot: a platform with its people. What the bot
// shows there is told as Telegram's fake tells it, a new message or an edit, so
// that one crowd knows them all.
type stage interface {
	AddUser(u telegramtest.User)
	OnSend(listen func(telegramtest.Call))
	// Say and Press return at once, with a number of what was done.
	Say(id int64, text string) int64
	Press(id int64, message int, data string) int64
}

// site says how the store names a stage and those on it.
type site struct {
	channel string
	chat    func(id int64) string
}

var onTelegram = site{telegram.Name, func(id int64) string { return strconv.FormatInt(id, 10) }}

func trafficOf(fake *telegramtest.Server) func() (made, pending int) {
	return func() (int, int) {
		s := fake.Stats()
		return s.Updates, s.Pending
	}
}

// helpWords are how help begins, in each language.
var helpWords = sync.OnceValue(func() (list []string) {
	p, err := content.LoadPhrases()
	if err != nil {
		panic(err)
	}
	for _, lang := range content.Langs {
		first, _, _ := strings.Cut(p.Say(lang, "help.text"), "\n")
		list = append(list, first)
	}
	return list
})

func helps(text string) bool {
	for _, words := range helpWords() {
		if strings.HasPrefix(text, words) {
			return true
		}
	}
	return false
}

// failed is told that a press came to nothing before a learner's eyes. They
// press again, unless something new stands there meanwhile.
func (c *crowd) failed(id int64, message int, data string) {
	c.mu.Lock()
	l := c.learners[id]
	again := l.open.MessageID == message && !l.waits
	if again && !strings.HasPrefix(data, "a:") {
		l.again++ // the first question of a round comes again, if the round has begun
	}
	c.mu.Unlock()
	if again {
		c.presses.Add(1)
		c.fake.Press(id, message, data)
	}
}

// ignored is told that a learner saw their asking for help fail, and lets it be.
func (c *crowd) ignored(id int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.learners[id].unheard++
}
