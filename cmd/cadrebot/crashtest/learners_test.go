package crashtest

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// crowd is all the people of a test: learners who press as soon as a question
// has come, and others who only get what is sent to everyone. It notes what
// each of them sees, and every sight that must not be.
type crowd struct {
	fake  stage
	think time.Duration
	// ask asks for help in the middle of a round, where a test wants that.
	ask func(id int64)

	seen      atomic.Int64 // new messages of any kind
	presses   atomic.Int64
	held      atomic.Int64 // learners who have a question and wait on purpose
	holding   atomic.Bool
	lastSight atomic.Int64 // Unix nanoseconds of the last new message to a learner

	mu        sync.Mutex
	learners  map[int64]*learner
	idle      []int64
	broadcast map[string]map[int64]int // a text to many → person → how often
	faults    []string
	longest   time.Duration // without a new message to anybody
}

// learner is a person and what they have seen.
type learner struct {
	sights
	id       int64
	rng      *rand.Rand
	rounds   []*round
	turns    map[int]turn // by message
	old      string       // the data of a button long pressed
	oldID    int
	stale    int // presses of old buttons
	asides   int // what was said to them
	again    int // presses that may show a question again, since the first was seen to fail
	asked    int // for help
	unheard  int // of those, seen to fail
	helped   int
	open     sight
	waits    bool // has a question or a score and has not answered yet
	answered map[turn]bool
	meant    map[turn]string // how a question is to be marked, as far as that is sure
	steps    map[turn]bool   // questions that are answered in more than one step
}

// turn is one question of one round.
type turn struct {
	round string
	n     int // from 1
}

type round struct {
	id    string
	n     int // the open question
	total int
	marks map[int]string
	score int
	done  bool
}

func newCrowd(fake stage, seed uint64, learners, idle int) *crowd {
	c := &crowd{fake: fake, learners: map[int64]*learner{}, broadcast: map[string]map[int64]int{}}
	for i := range learners {
		id := int64(1_000 + i)
		c.learners[id] = &learner{
			id: id, rng: rand.New(rand.NewPCG(seed, uint64(id))),
			turns: map[int]turn{}, answered: map[turn]bool{}, meant: map[turn]string{}, steps: map[turn]bool{},
		}
		c.add(id)
	}
	for i := range idle {
		id := int64(100_000 + i)
		c.idle = append(c.idle, id)
		c.add(id)
	}
	c.lastSight.Store(time.Now().UnixNano())
	fake.OnSend(c.saw)
	return c
}

func (c *crowd) add(id int64) {
	lang := [...]string{"zh", "vi", "en"}[id%3]
	c.fake.AddUser(person{ID: id, Name: "P" + strconv.FormatInt(id, 10), Lang: lang})
}

// everyone says something.
func (c *crowd) everyone(text string) {
	for id := range c.learners {
		c.fake.Say(id, text)
	}
	for _, id := range c.idle {
		c.fake.Say(id, text)
	}
}

// begin has all learners ask for a quiz.
func (c *crowd) begin() {
	for id := range c.learners {
		c.fake.Say(id, "/quiz st")
	}
}

func (c *crowd) fault(id int64, format string, args ...any) {
	c.faults = append(c.faults, fmt.Sprintf("%d: ", id)+fmt.Sprintf(format, args...))
}

var (
	questionHead = regexp.MustCompile(`^❓ (\d+)/(\d+) `)
	scoreHead    = regexp.MustCompile(`^🏁 \D*(\d+)/(\d+)`)
	markHead     = regexp.MustCompile(`^(✅|✗|🔁) (\d+)/(\d+) `)
)

// className and noticeMark stand in what is sent to many.
const (
	className  = "Handover class"
	noticeMark = "notice-number-"
)

// saw is told of every message before the bot hears that it was taken.
func (c *crowd) saw(call sight) {
	if call.Chat == coordinator {
		return
	}
	var act func()
	c.mu.Lock()
	l := c.learners[call.Chat]
	switch {
	case !call.Edit:
		c.seen.Add(1)
		now := call.At.UnixNano()
		if gap := time.Duration(now - c.lastSight.Swap(now)); gap > c.longest {
			c.longest = gap
		}
		if what := toMany(call.Text); what != "" {
			if c.broadcast[what] == nil {
				c.broadcast[what] = map[int64]int{}
			}
			c.broadcast[what][call.Chat]++
		} else if l != nil {
			act = c.read(l, call)
		}
	case call.Edit && l != nil && questionHead.MatchString(call.Text):
		act = c.drafted(l, call)
	case call.Edit && l != nil:
		c.marked(l, call)
	}
	c.mu.Unlock()
	switch {
	case act == nil:
	case c.think > 0:
		time.AfterFunc(c.think, act)
	default:
		act()
	}
}

// toMany names what a text was sent to many people for; "" for none.
func toMany(text string) string {
	if strings.HasPrefix(text, "⏰") && strings.Contains(text, className) {
		return "reminder"
	}
	if i := strings.Index(text, noticeMark); i >= 0 {
		return text[i : i+len(noticeMark)+1]
	}
	return ""
}

// read notes a new message to a learner and returns what they do about it.
func (c *crowd) read(l *learner, call sight) func() {
	r := l.round()
	defer c.inOrder(l)
	if m := questionHead.FindStringSubmatch(call.Text); m != nil {
		data := buttonData(call, "a:")
		now := turnOf(data)
		n, _ := strconv.Atoi(m[1])
		total, _ := strconv.Atoi(m[2])
		l.turns[call.Message] = now
		switch {
		case l.double(fmt.Sprint(now, call.Text)):
			return nil
		case r != nil && r.id == now.round && n == r.n && l.steps[now]: // a part of it was typed
			return c.wait(l, call)
		case n != now.n:
			c.fault(l.id, "question %d has the buttons of %d", n, now.n)
		case r != nil && r.id == now.round && (r.done || n != r.n+1):
			c.fault(l.id, "question %d came after question %d of the same round", n, r.n)
		case r != nil && r.id != now.round && (!r.done || n != 1):
			c.fault(l.id, "question %d of a new round came after question %d of %d", n, r.n, r.total)
		case r == nil && n != 1:
			c.fault(l.id, "the first question is number %d", n)
		}
		if r == nil || r.id != now.round {
			r = &round{id: now.round, total: total, marks: map[int]string{}}
			l.rounds = append(l.rounds, r)
		}
		r.n = n
		return c.wait(l, call)
	}
	if m := scoreHead.FindStringSubmatch(call.Text); m != nil {
		if r == nil {
			c.fault(l.id, "a score without a round")
			return nil
		}
		of := r.id
		if !r.done && r.n < r.total && len(l.rounds) > 1 {
			of = l.rounds[len(l.rounds)-2].id // it can only be that one again
		}
		if l.double("score of " + of) {
			return nil
		}
		if r.done || r.n != r.total {
			c.fault(l.id, "the score came after question %d of %d", r.n, r.total)
		}
		r.score, _ = strconv.Atoi(m[1])
		r.done = true
		return c.wait(l, call)
	}
	said := fmt.Sprint("said ", len(l.rounds), call.Text)
	if before := fmt.Sprint("said ", len(l.rounds)-1, call.Text); slices.Contains(l.seen, before) {
		said = before // it comes again after the next round has begun
	}
	switch {
	case l.double(said):
	case c.ask != nil && helps(call.Text):
		l.helped++
	default:
		l.asides++
	}
	return nil
}

// inOrder faults a run of doubles that leaves one out.
func (c *crowd) inOrder(l *learner) {
	if l.skipped {
		c.fault(l.id, "after doubles, not all that followed came again: %q", l.seen)
	}
}

func (l *learner) round() *round {
	if len(l.rounds) == 0 {
		return nil
	}
	return l.rounds[len(l.rounds)-1]
}

// buttonData finds the first button whose data begins so.
func buttonData(call sight, prefix string) string {
	for _, row := range call.Buttons {
		for _, b := range row {
			if strings.HasPrefix(b.Data, prefix) {
				return b.Data
			}
		}
	}
	return ""
}

// turnOf reads "a:ROUND.N:OPTION".
func turnOf(data string) turn {
	rest, _, _ := strings.Cut(strings.TrimPrefix(data, "a:"), ":")
	id, n, _ := strings.Cut(rest, ".")
	at, err := strconv.Atoi(n)
	if err != nil {
		return turn{}
	}
	return turn{id, at + 1}
}

// drafted goes on with a question of which a part was answered.
func (c *crowd) drafted(l *learner, call sight) func() {
	at, known := l.turns[call.Message]
	switch r := l.round(); {
	case !known:
		c.fault(l.id, "an edit of message %d, which was no question, into %.40q", call.Message, call.Text)
	case !l.steps[at]:
		c.fault(l.id, "question %d changed after one press", at.n)
	case l.open.Message == call.Message && l.open.Text == call.Text: // sent again after a kill
	case r.id == at.round && r.n == at.n && r.marks[at.n] == "":
		return c.wait(l, call)
	}
	return nil
}

// marked notes that a question has turned into right or wrong.
func (c *crowd) marked(l *learner, call sight) {
	m := markHead.FindStringSubmatch(call.Text)
	at, known := l.turns[call.Message]
	if m == nil || !known {
		c.fault(l.id, "an edit of message %d into %.40q", call.Message, call.Text)
		return
	}
	if n, _ := strconv.Atoi(m[2]); n != at.n {
		c.fault(l.id, "question %d was marked as number %d", at.n, n)
	}
	for _, r := range l.rounds {
		if r.id != at.round {
			continue
		}
		if was := r.marks[at.n]; was != "" && was != m[1] {
			c.fault(l.id, "question %d was marked %s, then %s", at.n, was, m[1])
		}
		r.marks[at.n] = m[1]
		if l.steps[at] {
			l.answered[at] = true
		}
	}
}

// wait gives a learner something to answer, at once or when all go on again.
func (c *crowd) wait(l *learner, call sight) func() {
	if l.open = call; !l.waits {
		c.held.Add(1)
	}
	l.waits = true
	if c.holding.Load() {
		return nil
	}
	return func() { c.act(l, call) }
}

// hold lets everyone finish what they began and then wait; it reports whether
// everyone came to have something open.
func (c *crowd) hold(within time.Duration) bool {
	c.holding.Store(true)
	return eventually(within, func() bool { return c.held.Load() == int64(len(c.learners)) })
}

// onward has everybody answer what is open, once, and reports whether
// everybody got on.
func (c *crowd) onward(within time.Duration) bool {
	c.mu.Lock()
	var all []func()
	for _, l := range c.learners {
		if call := l.open; l.waits {
			all = append(all, func() { c.act(l, call) })
		}
	}
	c.mu.Unlock()
	for _, act := range all {
		act()
	}
	return len(all) == len(c.learners) &&
		eventually(within, func() bool { return c.held.Load() == int64(len(c.learners)) })
}
