package crashtest

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"cadrebot/bot"
)

// daily are people with several daily times, hours away. While the program is
// dead the test moves their timers to now, as if it had been away until then.
type daily struct {
	fake  stage
	times []time.Time // of day, in UTC

	mu     sync.Mutex
	pushes map[int64]map[string]int // person → round → how often it has come
	others map[int64]int
	due    int // how often each was to come
}

func newDaily(fake stage, n int) *daily {
	d := &daily{fake: fake, pushes: map[int64]map[string]int{}, others: map[int64]int{}}
	now := time.Now().UTC().Truncate(time.Minute)
	for hours := 4; hours <= 12; hours += 4 {
		d.times = append(d.times, now.Add(time.Duration(hours)*time.Hour))
	}
	for i := range n {
		id := int64(800_000 + i)
		d.pushes[id] = map[string]int{}
		fake.AddUser(person{ID: id, Name: "D" + strconv.Itoa(i), Lang: "en"})
	}
	return d
}

// begin has them set their times.
func (d *daily) begin() {
	var list []string
	for _, at := range d.times {
		list = append(list, at.Format("15:04"))
	}
	for id := range d.pushes {
		d.fake.Say(id, "/daily "+strings.Join(list, ", "))
	}
}

// set reports whether all of them read that their times are set.
func (d *daily) set() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.others) == len(d.pushes)
}

// told reports whether all have what was due.
func (d *daily) told() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, rounds := range d.pushes {
		if len(rounds) < d.due {
			return false
		}
	}
	return true
}

// saw notes a push; it reports false for somebody else's message.
func (d *daily) saw(call sight) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	rounds, known := d.pushes[call.Chat]
	switch {
	case !known || call.Edit:
	case buttonData(call, "a:") != "":
		rounds[turnOf(buttonData(call, "a:")).round]++
	default:
		d.others[call.Chat]++
	}
	return known
}

// timers are the timers of daily quizzes.
func timers(t *testing.T, c goredis.UniversalClient) []goredis.Z {
	t.Helper()
	all, err := c.ZRangeWithScores(context.Background(), "{"+org+"}:wakes", 0, -1).Result()
	if err != nil {
		t.Fatal(err)
	}
	var list []goredis.Z
	for _, z := range all {
		if strings.HasSuffix(fmt.Sprint(z.Member), "|daily") {
			list = append(list, z)
		}
	}
	return list
}

// fallDue moves the timers of all to now, while the program is dead.
func (d *daily) fallDue(t *testing.T, l *ledger) {
	t.Helper()
	c, done := l.client()
	defer done()
	d.armed(t, c)
	for _, z := range timers(t, c) {
		z.Score = float64(time.Now().UnixMilli())
		if err := c.ZAddXX(context.Background(), "{"+org+"}:wakes", z).Err(); err != nil {
			t.Fatal(err)
		}
	}
	d.mu.Lock()
	d.due++
	d.mu.Unlock()
}

// armed checks that everybody has one timer, at the next of their times.
func (d *daily) armed(t *testing.T, c goredis.UniversalClient) {
	t.Helper()
	list := timers(t, c)
	if len(list) != len(d.pushes) {
		t.Errorf("%d timers for %d people", len(list), len(d.pushes))
	}
	for _, z := range list {
		if at := time.UnixMilli(int64(z.Score)); !at.Equal(d.times[0]) {
			t.Errorf("%v is set to %s, not to %s", z.Member, at.UTC(), d.times[0])
		}
	}
}

// verify checks that what fell due came once, but for what was in flight at a
// kill.
func (d *daily) verify(t *testing.T, l *ledger) {
	t.Helper()
	c, done := l.client()
	defer done()
	d.mu.Lock()
	defer d.mu.Unlock()
	for id, rounds := range d.pushes {
		doubles := 0
		for _, times := range rounds {
			doubles += times - 1
		}
		if len(rounds) != d.due {
			t.Errorf("%d: %d daily rounds, but %d fell due", id, len(rounds), d.due)
		}
		if most := l.mayDouble[strconv.FormatInt(id, 10)+" "+bot.Deadlines.String()]; doubles > most {
			t.Errorf("%d: %d daily rounds came twice, but %d were in flight at a kill", id, doubles, most)
		}
	}
	d.armed(t, c)
	if d.due == 0 {
		t.Error("nothing fell due")
	}
}
