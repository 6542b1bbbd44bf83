package study

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"cadrebot/bot"
	"cadrebot/content"
	"cadrebot/dialogs/question"
)

// Quiz is a round under way, or the one question that checks a lesson.
type Quiz struct {
	// ID tells this round's buttons from all others.
	ID    string `json:"i"`
	Topic string `json:"t,omitempty"`
	// Items are the questions, N is which of them is open.
	Items ids `json:"q"`
	N     int `json:"n"`
	// Right counts what was right, Part what was right in part.
	Right int `json:"r,omitempty"`
	Part  int `json:"p,omitempty"`
	// Wrong are the questions to look at again.
	Wrong ids  `json:"w,omitempty"`
	Daily bool `json:"d,omitempty"`
	// Day is the person's own day on which it was begun.
	Day int `json:"y,omitempty"`
	// Gone counts the questions that were taken out meanwhile.
	Gone int `json:"g,omitempty"`
	// First are the questions that the person has never answered: the class's
	// counts take first answers only.
	First  ids `json:"f,omitempty"`
	Firsts int `json:"c,omitempty"` // how many first answers were given
	// Lesson is the lesson that asks, where it is no round.
	Lesson string `json:"l,omitempty"`
	question.Open
	// At is the chat in which the open question stands, of somebody who has
	// several.
	At string `json:"at,omitempty"`
}

// turn names the open question in its buttons.
func (z *Quiz) turn() string { return z.ID + "." + strconv.Itoa(z.N+z.Gone) }

// sound drops a round that can't be gone on with.
func (z *Quiz) sound() *Quiz {
	if z == nil || z.N < 0 || z.N >= len(z.Items) || z.ID == "" || strings.ContainsAny(z.ID, ".:") || len(z.ID) > 12 {
		return nil
	}
	return z
}

// drop takes the open question out of the round.
func (z *Quiz) drop() {
	z.Items = slices.Delete(z.Items, z.N, z.N+1)
	z.Gone++
	z.Print, z.Draft = "", nil
}

// ids are identifiers of questions, kept as one string: a state is read at
// every press, and a list of strings takes a JSON reader five times as long.
type ids []string

// MarshalText implements encoding.TextMarshaler.
func (l ids) MarshalText() ([]byte, error) { return []byte(strings.Join(l, " ")), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (l *ids) UnmarshalText(text []byte) error {
	*l = strings.Fields(string(text))
	return nil
}

// score is how a round ended.
type score struct {
	Right int `json:"r"`
	Total int `json:"n"`
}

// Lengths of rounds.
const (
	roundLength = 10
	dailyLength = 4
)

// StartQuiz begins a round of ten, on a topic where one is named. A round that
// was under way is put away, and said so.
func (t *Talk) StartQuiz(rest string) {
	topic := ""
	if rest != "" {
		found, ok := t.Library.FindModule(t.Lang, rest)
		if !ok {
			t.Answer("")
			t.topics("")
			return
		}
		topic = found.ID
	}
	t.Answer("")
	if t.begunJustNow(topic) {
		t.askNext("")
		return
	}
	before := ""
	if z := t.state.Quiz; z != nil && z.N > 0 {
		before = t.Say("quiz.dropped", "n", z.N)
	}
	if t.begun(topic, roundLength, false) {
		t.askNext(before)
	}
}

// begunJustNow reports whether the press only repeats one that has begun the
// round which is open: that round is shown again, and no button of it dies.
func (t *Talk) begunJustNow(topic string) bool {
	q, _ := t.open()
	z := t.state.Quiz
	return q != nil && t.Ev.Kind == bot.Press && z.N == 0 && !z.Daily && z.Topic == topic
}

// begun makes a new round; false, said to the person, where there is no
// question in their language.
func (t *Talk) begun(topic string, length int, daily bool) bool {
	items := t.draw(topic, length)
	if len(items) == 0 {
		t.Send(bot.Message{Text: t.Say("quiz.none"), Buttons: [][]bot.Button{
			bot.Row(t.Button("button.language", "langs")),
		}})
		return false
	}
	t.openRound(items, topic, daily)
	return true
}

// openRound makes a round of these questions.
func (t *Talk) openRound(items []string, topic string, daily bool) {
	t.State.Ask = ""
	t.state.Quiz = &Quiz{ID: t.Env.NewID(0)[:6], Topic: topic, Items: items, Daily: daily, Day: t.Day(),
		First: t.firstOf(items)}
}

// draw chooses questions as memory says: what is due, the most forgotten first,
// what a lesson has taught, what was never asked, then the rest, the most
// forgotten first. Among equals the order is the person's own.
func (t *Talk) draw(topic string, length int) []string {
	m, day := t.Memory(), t.Day()
	type drawn struct {
		id     string
		rank   int
		recall float64
	}
	var pool []drawn
	for _, q := range t.Library.Questions(t.Lang, topic) {
		d := drawn{id: q.ID, rank: 2}
		switch item, ok := m.Get(q.ID); {
		case ok && item.New():
			d.rank = 1
		case ok:
			d.rank, d.recall = 3, model.Recall(item, day)
			if item.Day < day && model.Due(item, wish) <= day {
				d.rank = 0
			}
		}
		pool = append(pool, d)
	}
	r := rand.New(rand.NewPCG(t.Env.Seed, 1))
	r.Shuffle(len(pool), func(i, j int) { pool[i], pool[j] = pool[j], pool[i] })
	slices.SortStableFunc(pool, func(a, b drawn) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.recall, b.recall))
	})
	ids := make([]string, min(length, len(pool)))
	for i := range ids {
		ids[i] = pool[i].id
	}
	return ids
}

// open is the round's question that waits for an answer. One that was taken out
// of the course meanwhile is left out of the round, and said so in note.
func (t *Talk) open() (q *content.Question, note string) { return t.openIn(t.state.Quiz) }

func (t *Talk) openIn(z *Quiz) (q *content.Question, note string) {
	for z != nil && z.N < len(z.Items) {
		if q, ok := t.Library.Question(t.Lang, z.Items[z.N]); ok {
			return q, note
		}
		z.drop()
		note = t.Say("quiz.withdrawn")
	}
	return nil, note
}

// askNext sends the round's open question, or the result when none is left.
// Words that go before it are set above it.
func (t *Talk) askNext(before string) {
	q, note := t.open()
	if note != "" {
		before = strings.TrimSpace(before + "\n" + note)
	}
	if q == nil {
		t.finish(before)
		return
	}
	t.sendQuestion(t.state.Quiz, above(before, t.question(q)))
}

// sendQuestion sends the open question of a round as a new message.
func (t *Talk) sendQuestion(z *Quiz, m bot.Message) {
	t.State.Menu, t.State.MenuAt, t.State.Over, t.state.Checking = nil, "", false, z.Lesson != ""
	z.At = t.ChatKey()
	t.Effects = append(t.Effects, bot.Send{Message: m, Handle: z.handle()})
}

// above sets words above a message.
func above(words string, m bot.Message) bot.Message {
	if words != "" {
		m.Head, m.Text = words, m.Head+"\n"+m.Text
	}
	return m
}

// handle is the name under which the open question's message is found when its
// answer is typed. Two names take turns, so that the edit of a question never
// meets the next one. All checks share one: the store keeps names for good, and
// an edit means the newest message of its name.
func (z *Quiz) handle() string {
	if z.Lesson != "" {
		return "check"
	}
	return "q" + strconv.Itoa((z.N+z.Gone)%2)
}

func (t *Talk) handle() string { return t.state.Quiz.handle() }

// question is the message of the round's open question.
func (t *Talk) question(q *content.Question) bot.Message {
	return t.pose(t.state.Quiz, q).message()
}

// topicOf is the title of a question's module.
func (t *Talk) topicOf(q *content.Question) string {
	for _, m := range t.Library.Modules(q.Lang) {
		if m.ID == q.Module {
			return m.Title
		}
	}
	return q.Module
}
