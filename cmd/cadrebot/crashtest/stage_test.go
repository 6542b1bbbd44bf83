package crashtest

import (
	"cadrebot/content/phrases"
	"strings"
	"sync"
	"time"
)

// stage is where a crowd meets the bot: a platform with its people.
type stage interface {
	AddUser(p person)
	// OnSend tells of everything that the bot shows to anybody.
	OnSend(listen func(sight))
	// Say and Press return at once, with a number of what was done.
	Say(id int64, text string) int64
	Press(id int64, message int, data string) int64
}

// person is somebody on a stage.
type person struct {
	ID         int64
	Name, Lang string
}

// sight is what the bot shows to somebody: a new message, or the edit of one.
type sight struct {
	At      time.Time
	Chat    int64 // whose, by their ID
	Message int
	Edit    bool
	Text    string
	Buttons [][]button
}

type button struct{ Text, Data, URL string }

// site says how the store names a stage and those on it.
type site struct {
	channel string
	chat    func(id int64) string
	knows   bool // the platform knows what it has got: nothing may come twice
}

// helpWords are how help begins, in each language.
var helpWords = sync.OnceValue(func() (list []string) {
	p, err := phrases.Load()
	if err != nil {
		panic(err)
	}
	for _, lang := range phrases.Langs {
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
	again := l.open.Message == message && !l.waits
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
