package crashtest

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
)

// readers are people who go through lessons and the rounds on them, over and
// over, and note each sight that their presses and words do not lead to.
type readers struct {
	fake    stage
	holding atomic.Bool
	moves   atomic.Int64 // presses and words

	mu     sync.Mutex
	all    map[int64]*reader
	faults []string
}

// reader is one of them.
type reader struct {
	sights
	id    int64
	rng   *rand.Rand
	lap   int
	at    place
	up    bool         // a card of this lesson has been shown
	turn  int          // of the card that is shown, counted from the first one
	shown map[int]int  // message → the newest turn that it has shown
	paged int          // the newest turn below an answered question
	ends  map[int]bool // messages that have become the end of a lesson
	old   struct {
		message int
		data    string
	}
	stale, asides int

	round   bool // a round is under way, no lesson
	asked   turn
	item    string // the question that is open
	reply   reply
	done    int             // inputs of it
	looks   string          // the question as it was seen last
	items   map[int]turn    // message → its question
	marks   map[turn]string // what each is to be marked
	answers []answered
	score   int // right in this round
	of      int // questions of this round
	rounds  []roundDone
	lessons []string // those gone through
	waits   func()   // what to do when all go on
}

type answered struct{ item, given, credit, value string }

type roundDone struct{ right, total, firsts int }

func newReaders(fake stage, seed uint64, n int) *readers {
	rs := &readers{fake: fake, all: map[int64]*reader{}}
	for i := range n {
		id := int64(500_000 + i)
		rs.all[id] = &reader{id: id, rng: rand.New(rand.NewPCG(seed, uint64(id))),
			shown: map[int]int{}, ends: map[int]bool{}, items: map[int]turn{}, marks: map[turn]string{}}
		fake.AddUser(person{ID: id, Name: "R" + strconv.Itoa(i), Lang: "en"})
	}
	return rs
}

func (rs *readers) fault(r *reader, format string, args ...any) {
	rs.faults = append(rs.faults, fmt.Sprintf("%d: ", r.id)+fmt.Sprintf(format, args...))
}

// begin has each of them open their first lesson.
func (rs *readers) begin() {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	for _, r := range rs.all {
		rs.open(r)()
	}
}

// open asks for the next lesson, by its title.
func (rs *readers) open(r *reader) func() {
	lesson, title := "drill-a", "Drill A"
	if r.lap%2 == 1 {
		lesson, title = "drill-b", "Drill B"
	}
	r.lap++
	r.round, r.up, r.at = false, false, opened(lesson)
	return func() { rs.say(r, "/learn "+title) }
}

func (rs *readers) say(r *reader, text string) {
	rs.moves.Add(1)
	rs.fake.Say(r.id, text)
}

func (rs *readers) press(r *reader, message int, data string) {
	rs.moves.Add(1)
	rs.fake.Press(r.id, message, data)
}

var (
	stepSign = regexp.MustCompile(`\((?:step|item) ([a-z0-9.-]+)\)`)
	endHead  = regexp.MustCompile(`^🏁 Drill [AB]`)
)

// saw is told of every message to a reader; it reports false for one to
// somebody else.
func (rs *readers) saw(call sight) bool {
	rs.mu.Lock()
	r := rs.all[call.Chat]
	if r == nil {
		rs.mu.Unlock()
		return false
	}
	var act func()
	if data := buttonData(call, "a:"); data != "" && !call.Edit {
		r.items[call.Message] = turnOf(data) // one that comes twice, too
	}
	if call.Edit || !r.double(r.key(call)) {
		act = rs.read(r, call, call.Edit)
	}
	if r.skipped {
		rs.fault(r, "after doubles, not all that followed came again: %q", r.seen)
	}
	if act != nil && rs.holding.Load() {
		r.waits, act = act, nil
	}
	rs.mu.Unlock()
	if act != nil {
		act()
	}
	return true
}

// read understands a message and returns what its reader does about it.
func (rs *readers) read(r *reader, call sight, edit bool) func() {
	step := ""
	if m := stepSign.FindStringSubmatch(call.Text); m != nil {
		step = m[1]
	}
	switch {
	case strings.HasPrefix(call.Text, "❓"):
		return rs.question(r, call, step)
	case edit && markHead.MatchString(call.Text):
		return rs.marked(r, call)
	case strings.HasPrefix(call.Text, "📘"):
		return rs.cardShown(r, call, step)
	case endHead.MatchString(call.Text):
		return rs.lessonEnds(r, call)
	case scoreHead.MatchString(call.Text):
		return rs.roundEnds(r, call)
	case edit:
		rs.fault(r, "an edit into %.60q", call.Text)
	default:
		r.asides++
	}
	return nil
}

// key tells a new message from all others lately: questions and cards have
// buttons of their own, words about old buttons are as many as these presses.
func (r *reader) key(call sight) string {
	key := call.Text + strings.Join(dataOf(call), " ")
	if strings.HasPrefix(call.Text, "You are at card") {
		key += strconv.Itoa(r.stale)
	}
	return key
}

// dataOf are the data of all buttons.
func dataOf(call sight) (list []string) {
	for _, row := range call.Buttons {
		for _, b := range row {
			list = append(list, b.Data)
		}
	}
	return list
}

// cardTurn reads the turn of a card's buttons; 0 where there are none.
func cardTurn(call sight) (lesson string, turn int) {
	parts := strings.Split(buttonData(call, "card:"), ":")
	if len(parts) < 4 {
		return "", 0
	}
	turn, _ = strconv.Atoi(parts[2])
	return parts[1], turn
}

// done is how many answers all have given, and how many lessons they have gone
// through.
func (rs *readers) done() (answers, lessons int) {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	for _, r := range rs.all {
		answers += len(r.answers)
		lessons += len(r.lessons)
	}
	return answers, lessons
}

// busy reports whether enough has been done for the kills to have mattered.
func (rs *readers) busy() bool {
	answers, lessons := rs.done()
	return answers >= len(rs.all) && 4*lessons >= len(rs.all)
}

// hold has everybody finish the step they are in and wait.
func (rs *readers) hold() bool {
	rs.holding.Store(true)
	return eventually(deskPatience, func() bool {
		rs.mu.Lock()
		defer rs.mu.Unlock()
		for _, r := range rs.all {
			if r.waits == nil {
				return false
			}
		}
		return true
	})
}

// onward has everybody do one thing more, and wait again.
func (rs *readers) onward() bool {
	rs.mu.Lock()
	var all []func()
	for _, r := range rs.all {
		if r.waits != nil {
			all = append(all, r.waits)
		}
		r.waits = nil
	}
	rs.mu.Unlock()
	for _, act := range all {
		act()
	}
	return len(all) == len(rs.all) && rs.hold()
}
