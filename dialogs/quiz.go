package dialogs

import (
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"cadrebot/bot"
	"cadrebot/content"
)

// quiz is a round under way.
type quiz struct {
	// ID tells this round's buttons from all others.
	ID    string `json:"i"`
	Topic string `json:"t,omitempty"`
	// Items are the questions, N is which of them is open.
	Items ids `json:"q"`
	N     int `json:"n"`
	Right int `json:"r,omitempty"`
	// Wrong are the questions to look at again.
	Wrong ids  `json:"w,omitempty"`
	Daily bool `json:"d,omitempty"`
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

// Lengths of rounds, and how many questions count as asked lately.
const (
	roundLength = 10
	dailyLength = 4
	recentKept  = 20
)

// startQuiz begins a round of ten, on a topic where one is named.
func (t *talk) startQuiz(rest string) {
	topic := ""
	if rest != "" {
		found, ok := t.library.FindModule(t.lang, rest)
		if !ok {
			t.answer("")
			t.topics("")
			return
		}
		topic = found.ID
	}
	t.answer("")
	if t.begunJustNow(topic) {
		t.askNext("")
		return
	}
	if t.begun(topic, roundLength, false) {
		t.askNext("")
	}
}

// begunJustNow reports whether the press only repeats one that has begun the
// round which is open: that round is shown again, and no button of it dies.
func (t *talk) begunJustNow(topic string) bool {
	q, _ := t.open()
	z := t.state.Quiz
	return q != nil && t.ev.Kind == bot.Press && z.N == 0 && !z.Daily && z.Topic == topic
}

// begun makes a new round; false, said to the person, where there is no
// question in their language.
func (t *talk) begun(topic string, length int, daily bool) bool {
	items := t.draw(topic, length)
	if len(items) == 0 {
		t.send(bot.Message{Text: t.say("quiz.none"), Buttons: [][]bot.Button{
			bot.Row(t.button("button.language", "langs")),
		}})
		return false
	}
	t.openRound(items, topic, daily)
	return true
}

// openRound makes a round of these questions.
func (t *talk) openRound(items []string, topic string, daily bool) {
	t.state.Ask = ""
	t.state.Quiz = &quiz{ID: t.env.NewID(0)[:6], Topic: topic, Items: items, Daily: daily}
}

// draw chooses questions: those not asked lately, then those asked longest ago,
// in an order of the person's own.
func (t *talk) draw(topic string, length int) []string {
	pool := t.library.Questions(t.lang, topic)
	ids := make([]string, len(pool))
	for i, q := range pool {
		ids[i] = q.ID
	}
	r := rand.New(rand.NewPCG(t.env.Seed, 1))
	r.Shuffle(len(ids), func(i, j int) { ids[i], ids[j] = ids[j], ids[i] })
	slices.SortStableFunc(ids, func(a, b string) int {
		return slices.Index(t.state.Recent, a) - slices.Index(t.state.Recent, b)
	})
	return ids[:min(length, len(ids))]
}

// open is the question that waits for an answer. One that was taken out of the
// course meanwhile is left out of the round, and said so in note.
func (t *talk) open() (q *content.Question, note string) {
	z := t.state.Quiz
	for z != nil && z.N < len(z.Items) {
		if q, ok := t.library.Question(t.lang, z.Items[z.N]); ok {
			return q, note
		}
		z.Items = slices.Delete(z.Items, z.N, z.N+1)
		note = t.say("quiz.withdrawn")
	}
	return nil, note
}

// askNext sends the open question, or the result when none is left. Words that go
// before it are set above it.
func (t *talk) askNext(before string) {
	q, note := t.open()
	if note != "" {
		before = strings.TrimSpace(before + "\n" + note)
	}
	if q == nil {
		t.finish(before)
		return
	}
	m := t.question(q)
	if before != "" {
		m.Head, m.Text = before, m.Head+"\n"+m.Text
	}
	t.state.Menu, t.state.Over = nil, false
	t.effects = append(t.effects, bot.Send{Message: m, Handle: t.handle()})
}

// handle is the name under which the open question's message is found when
// its answer is typed. Two names take turns, so that the edit of a question
// never meets the next one.
func (t *talk) handle() string { return "q" + strconv.Itoa(t.state.Quiz.N%2) }

// question is the message of the open question.
func (t *talk) question(q *content.Question) bot.Message {
	z := t.state.Quiz
	m := bot.Message{Head: t.say("quiz.question", "place", t.place(q)), Text: q.Stem}
	options := t.shuffled(q)
	var row []bot.Button
	if fitButtons(options) {
		for _, o := range options {
			row = append(row, bot.Button{Label: o.Text, Data: t.turnData(z, o)})
			if len(row) == 2 {
				m.Buttons, row = append(m.Buttons, row), nil
			}
		}
	} else {
		for i, o := range options {
			m.Text += "\n" + letter(i) + " " + o.Text
			row = append(row, bot.Button{Label: letter(i), Data: t.turnData(z, o)})
		}
	}
	if len(row) > 0 {
		m.Buttons = append(m.Buttons, row)
	}
	return m
}

// turnData is the data of an option's button: it holds for this question of this
// round only.
func (t *talk) turnData(z *quiz, o content.Option) string {
	return "a:" + z.ID + "." + strconv.Itoa(z.N) + ":" + o.ID
}

// place is "3/10 · topic".
func (t *talk) place(q *content.Question) string {
	z := t.state.Quiz
	title := q.Module
	for _, topic := range t.library.Modules(q.Lang) {
		if topic.ID == q.Module {
			title = topic.Title
		}
	}
	return t.say("quiz.place", "n", z.N+1, "total_n", len(z.Items), "topic", title)
}

// shuffled are the options in this person's order; true and false keep theirs.
func (t *talk) shuffled(q *content.Question) []content.Option {
	options := slices.Clone(q.Options)
	if q.Kind == content.TrueFalse {
		return options
	}
	h := fnv.New64a()
	h.Write([]byte(t.state.Quiz.ID + q.ID + t.person.ID))
	r := rand.New(rand.NewPCG(h.Sum64(), 2))
	r.Shuffle(len(options), func(i, j int) { options[i], options[j] = options[j], options[i] })
	return options
}

// fitButtons reports whether the options fit on buttons: 20 letters, or 12 Chinese
// characters.
func fitButtons(options []content.Option) bool {
	for _, o := range options {
		width := 0
		for _, r := range o.Text {
			if r > 0x2e80 {
				width += 5
			} else {
				width += 3
			}
		}
		if width > 60 {
			return false
		}
	}
	return true
}

func letter(i int) string { return string(rune('A' + i)) }
