package crashtest

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"
)

// coordinator is who may send notices and make classes.
const coordinator = 1

// office is a stage on which the newest message to somebody can be read again.
type office interface {
	stage
	Newest(id int64) sight
}

// desk is the coordinator at work, through kills and all.
type desk struct {
	t    *testing.T
	fake office
}

func newDesk(t *testing.T, fake office) *desk {
	fake.AddUser(person{ID: coordinator, Name: "Lan", Lang: "en"})
	return &desk{t, fake}
}

const deskPatience = 30 * time.Second

// press waits until the newest message has a button with such data, and
// presses it. It is for goroutines too: a failure is told, not fatal.
func (d *desk) press(prefix string) bool {
	var id int
	var data string
	if !eventually(deskPatience, func() bool {
		m := d.fake.Newest(coordinator)
		id, data = m.Message, buttonData(m, prefix)
		return data != ""
	}) {
		m := d.fake.Newest(coordinator)
		d.t.Errorf("the coordinator waits for a button %q under %q", prefix, m.Text)
		return false
	}
	d.fake.Press(coordinator, id, data)
	return true
}

// reads waits until the newest message contains a word.
func (d *desk) reads(word string) (string, bool) {
	text := ""
	if !eventually(deskPatience, func() bool {
		m := d.fake.Newest(coordinator)
		text = m.Text
		return strings.Contains(text, word)
	}) {
		d.t.Errorf("the coordinator waits for %q and reads %q", word, text)
		return "", false
	}
	return text, true
}

// notice sends one to everyone.
func (d *desk) notice(text string) bool {
	d.fake.Say(coordinator, "/notice")
	if !d.press("ntc:to:everyone") {
		return false
	}
	if _, ok := d.reads("Type the notice now"); !ok {
		return false
	}
	d.fake.Say(coordinator, text)
	return d.press("ntc:send:")
}

var classCode = regexp.MustCompile(`code ([A-Z0-9]+)`)

// class makes a class that meets every day at an instant's time of day, and
// returns its code.
func (d *desk) class(at time.Time) string {
	d.t.Helper()
	const zone = "Asia/Shanghai"
	loc, err := time.LoadLocation(zone)
	if err != nil {
		d.t.Fatal(err)
	}
	at = at.In(loc)
	d.fake.Say(coordinator, "/class new")
	d.reads("What is the class called")
	d.fake.Say(coordinator, className)
	d.reads("Which city’s time")
	d.fake.Say(coordinator, zone)
	d.reads("When does the class meet")
	d.fake.Say(coordinator, fmt.Sprintf("%d %d * * *", at.Minute(), at.Hour()))
	d.press("cls:save:")
	text, _ := d.reads("is open")
	m := classCode.FindStringSubmatch(text)
	if m == nil {
		d.t.Fatalf("no code for the class in %q", text)
	}
	return m[1]
}

// dueAt is a full minute at least that far away: when a reminder falls due.
func dueAt(least time.Duration) time.Time {
	return time.Now().Add(least + time.Minute).Truncate(time.Minute)
}

// heard is how many people have a message to many.
func (c *crowd) heard(what string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.broadcast[what])
}
