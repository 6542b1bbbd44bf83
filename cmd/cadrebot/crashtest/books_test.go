package crashtest

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"cadrebot/bot"
	"cadrebot/bot/redis"
	"cadrebot/dialogs/recall"
)

// verify compares what readers have done and seen with what the store holds,
// once nothing is under way any more. It returns how many messages came twice.
func (rs *readers) verify(t *testing.T, l *ledger, day int) (doubles int) {
	t.Helper()
	rs.mu.Lock()
	defer rs.mu.Unlock()
	c, done := l.client()
	defer done()
	store, err := redis.New(c, org)
	if err != nil {
		t.Fatal(err)
	}
	load := func(kind bot.RefKind, id string) []byte {
		things, err := store.Load(context.Background(), bot.Ref{Kind: kind, ID: id})
		if err != nil || len(things) != 1 {
			t.Fatalf("read %s %s: %v", kind, id, err)
		}
		return things[0].Data
	}
	counts := map[string]map[string]int{} // object → value → how many
	class := ""
	for _, id := range slices.Sorted(maps.Keys(rs.all)) {
		r := rs.all[id]
		doubles += r.doubles
		most := l.mayDouble[strconv.FormatInt(id, 10)+" "+bot.Replies.String()]
		if r.doubles > most {
			rs.fault(r, "%d doubles, but %d messages were in flight at a kill", r.doubles, most)
		}
		if r.asides > r.stale+greetings+most {
			rs.fault(r, "%d words besides for %d presses of old buttons", r.asides, r.stale)
		}
		person := string(load(bot.LinkRef, l.at.channel+":"+strconv.FormatInt(id, 10)))
		var p bot.Person
		if err := json.Unmarshal(load(bot.PersonRef, person), &p); err != nil || len(p.Classes) != 1 {
			t.Fatalf("whose chat is %d: %q, classes %q, %v", id, person, p.Classes, err)
		}
		class = p.Classes[0]
		var records []bot.Record
		if err := json.Unmarshal(load(bot.RecordsRef, person), &records); err != nil {
			t.Fatalf("read the records of %s: %v", person, err)
		}
		rs.recorded(r, records)
		rs.stands(r, load(bot.ConversationRef, person), load(bot.MemoryRef, person), day)
		r.countInto(counts, class)
	}
	for object, want := range counts {
		var got map[string]int
		if err := json.Unmarshal(load(bot.MarksRef, object), &got); err != nil || !maps.Equal(got, want) {
			t.Errorf("the class's counts of %s are %v, but the readers' first answers are %v (%v)", object, got, want, err)
		}
	}
	rs.tell(t)
	return doubles
}

// tell fails the test with what must not be.
func (rs *readers) tell(t *testing.T) {
	t.Helper()
	for i, f := range rs.faults {
		if i == 20 {
			t.Errorf("… and %d more", len(rs.faults)-i)
			break
		}
		t.Error(f)
	}
}

// recorded compares a reader's records with what they have answered and
// finished: each once, in this order.
func (rs *readers) recorded(r *reader, records []bot.Record) {
	var answers, rounds, lessons, courses []string
	for _, rec := range records {
		switch {
		case rec.What == "answered":
			answers = append(answers, fmt.Sprintf("%s %q %s", rec.Data["q"], rec.Data["o"], rec.Data["credit"]))
		case rec.What == "completed" && rec.Data["lesson"] != "":
			lessons = append(lessons, rec.Data["lesson"])
		case rec.What == "completed" && rec.Data["course"] != "":
			courses = append(courses, rec.Data["course"])
		case rec.What == "completed":
			rounds = append(rounds, rec.Data["right"]+"/"+rec.Data["of"])
		}
	}
	var mine, scores []string
	for _, a := range r.answers {
		mine = append(mine, fmt.Sprintf("%s %q %s", a.item, a.given, a.credit))
	}
	for _, d := range r.rounds {
		scores = append(scores, fmt.Sprintf("%d/%d", d.right, d.total))
	}
	rs.same(r, "answers", answers, mine)
	rs.same(r, "rounds", rounds, scores)
	rs.same(r, "lessons", lessons, r.lessons)
	if want := min(1, len(r.lessons)/2); len(courses) != want {
		rs.fault(r, "%d courses recorded after %d lessons", len(courses), len(r.lessons))
	}
}

func (rs *readers) same(r *reader, what string, got, want []string) {
	if !slices.Equal(got, want) {
		i := 0
		for i < min(len(got), len(want)) && got[i] == want[i] {
			i++
		}
		rs.fault(r, "%d %s recorded of %d; from the %dth on %q instead of %q", len(got), what, len(want), i+1, got[i:], want[i:])
	}
}

// stands compares where a reader is with where the presses have led, and memory
// with what was answered and planted.
func (rs *readers) stands(r *reader, conversation, memory []byte, day int) {
	var state struct {
		Lessons []struct {
			ID   string `json:"i"`
			N    int    `json:"n"`
			Page int    `json:"p"`
			Case string `json:"s"`
		} `json:"ls"`
		Turn  int    `json:"t"`
		Fresh string `json:"f"`
	}
	if err := json.Unmarshal(conversation, &state); err != nil {
		rs.fault(r, "the conversation can't be read: %v", err)
		return
	}
	reading := !r.round && !r.at.ended && r.up
	switch {
	case state.Turn != r.turn:
		rs.fault(r, "%d cards shown, %d counted", r.turn, state.Turn)
	case reading != (len(state.Lessons) == 1):
		rs.fault(r, "lessons under way: %v, in a round: %t", state.Lessons, r.round)
	case reading:
		at := state.Lessons[0]
		scene := at.Case
		if r.at.card().inCase && scene == "" {
			scene = "door"
		}
		if at.ID != r.at.lesson || at.N != r.at.n || at.Page != r.at.page || scene != r.at.scene {
			rs.fault(r, "at %+v in the store, at %+v on the screen", at, r.at)
		}
	}
	rs.remembers(r, memory, state.Fresh, day)
}

// remembers compares memory, together with what waits to be put into it.
func (rs *readers) remembers(r *reader, memory []byte, fresh string, day int) {
	model := recall.NewModel(recall.Default)
	got, want := recall.Read(memory, model), recall.Read(nil, model)
	for one := range strings.FieldsSeq(fresh) {
		parts := strings.Split(one, ":")
		if len(parts) == 2 {
			got.Plant(parts[0], day)
			continue
		}
		percent, _ := strconv.Atoi(parts[2])
		got.Answer(model, parts[0], day, recall.Answer{Credit: float64(percent) / 100})
	}
	for _, lesson := range r.lessons {
		for _, q := range drillQuestions[lesson] {
			want.Plant(q, day)
		}
	}
	for _, a := range r.answers {
		credit, _ := strconv.ParseFloat(a.credit, 64)
		want.Answer(model, a.item, day, recall.Answer{Credit: credit})
	}
	if got.Len() != want.Len() {
		rs.fault(r, "%d questions in memory, not %d", got.Len(), want.Len())
	}
	sameDay := recall.DayOf(time.Now().UTC()) == day
	for id, w := range want.All() {
		g, ok := got.Get(id)
		switch {
		case !ok || g.New() != w.New():
			rs.fault(r, "memory holds %s as %+v, not %+v", id, g, w)
		case sameDay && !w.New() && !guessed(id) && (math.Abs(g.Stability/w.Stability-1) > 0.05 || math.Abs(g.Difficulty-w.Difficulty) > 0.2):
			rs.fault(r, "memory holds %s as %+v, but the answers make it %+v", id, g, w)
		}
	}
}

// countInto adds what the class is to hold of a reader: first answers, and the
// scores of rounds made mostly of them.
func (r *reader) countInto(counts map[string]map[string]int, class string) {
	add := func(object, value string) {
		if counts[object] == nil {
			counts[object] = map[string]int{}
		}
		counts[object][value]++
	}
	known := map[string]bool{}
	for _, a := range r.answers {
		if !known[a.item] {
			add("q/"+class+"/"+a.item, a.value)
		}
		known[a.item] = true
	}
	for _, d := range r.rounds {
		if d.total >= 4 && 2*d.firsts > d.total {
			add("score/"+class+"/"+strconv.Itoa(d.total), strconv.Itoa(d.right))
		}
	}
}
