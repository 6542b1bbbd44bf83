package sender_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"cadrebot/bot"
	"cadrebot/bot/bottest"
)

// TestThinkingPeople has 20 people answer and think for one to four seconds
// while a notice goes out: their presses come in bunches, as in life, and use
// half of the channel.
func TestThinkingPeople(t *testing.T) {
	bottest.InTime(t, func(t *testing.T) {
		o := bottest.NewOffice(t, bottest.Limited())
		random := rand.New(newLocked(1))
		o.Platform.Out, o.Platform.Back = jitter(random, 20*time.Millisecond, 22*time.Millisecond), jitter(random, 20*time.Millisecond, 22*time.Millisecond)
		time.Sleep(2 * time.Second)
		for i := range 6000 {
			o.Commit(bulk(fmt.Sprint("b", i), "b"))
		}
		var mu sync.Mutex
		var edits []time.Duration
		pressed, asked := map[string]time.Time{}, map[string]chan struct{}{}
		o.Platform.Script(func(a bottest.Arrival) bot.Outcome {
			mu.Lock()
			defer mu.Unlock()
			if at, ok := pressed[a.Message.Text]; ok {
				edits = append(edits, time.Since(at))
			}
			if next := asked[a.Message.Text]; next != nil {
				close(next)
				delete(asked, a.Message.Text)
			}
			return bot.Outcome{Message: "m"}
		})
		begin, before := time.Now(), len(o.Platform.Arrivals())
		var people sync.WaitGroup
		for p := range 20 {
			people.Go(func() {
				mind := rand.New(rand.NewPCG(uint64(p), 2))
				time.Sleep(time.Duration(p) * 125 * time.Millisecond)
				for n := 0; time.Since(begin) < 3*time.Minute; n++ {
					e, q, next := fmt.Sprint("e", p, "-", n), fmt.Sprint("q", p, "-", n), make(chan struct{})
					mu.Lock()
					pressed[e], asked[q] = time.Now(), next
					mu.Unlock()
					o.Commit(edit(fmt.Sprint("r", p), fmt.Sprint(n), e), send(fmt.Sprint("r", p), q))
					<-next
					time.Sleep(time.Second + time.Duration(mind.Int64N(int64(3*time.Second))))
				}
			})
		}
		time.Sleep(3 * time.Minute)
		rate := float64(len(o.Platform.Arrivals())-before) / time.Since(begin).Seconds()
		people.Wait()
		slices.Sort(edits)
		p50, p99 := edits[len(edits)/2], edits[len(edits)*99/100]
		t.Logf("%.2f/s; %d edits, p50 %v, p99 %v", rate, len(edits), p50, p99)
		if p50 > 30*time.Millisecond || p99 > 105*time.Millisecond {
			t.Errorf("edits take %v, one in a hundred %v", p50, p99)
		}
		if rate < 0.97*30 {
			t.Errorf("%.2f a second, want 97%% of 30", rate)
		}
		time.Sleep(5 * time.Minute)
		if left := slices.ContainsFunc(o.Outbox(), func(e bot.Entry) bool { return !strings.HasPrefix(e.Chat, "b") }); left {
			t.Error("somebody's message is left")
		}
	})
}
