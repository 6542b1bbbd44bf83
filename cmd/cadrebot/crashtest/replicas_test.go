package crashtest

import (
	"bytes"
	"context"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"cadrebot/bot/redis/redistest"
)

// pair is two installations on one Redis, serving the same channel.
type pair struct {
	*ordeal
	homes [2]*installation
}

func newPair(t *testing.T, env func(i int) []string) *pair {
	server := redistest.Start(t)
	seed := seedOf(t)
	m := newMessenger(t, seed, 5*time.Millisecond)
	p := &pair{ordeal: &ordeal{t: t, traffic: m.settled, rng: rand.New(rand.NewPCG(seed, 7)), desk: newDesk(t, m)}}
	for i := range p.homes {
		p.homes[i] = install(t, watched, m, append(env(i), "CADREBOT_REDIS_URL=redis://"+server.Addr())...)
	}
	p.crowd = newCrowd(m, seed, 200, 0)
	p.crowd.think = 200 * time.Millisecond
	p.ledger = redisLedger(t, onTelegram, server.Addr())
	return p
}

// owner is the installation that sends; -1 if none does at the moment.
func (p *pair) owner() int {
	c, done := p.ledger.client()
	defer done()
	lease, _ := c.Get(context.Background(), "{"+org+"}:lease:telegram").Result()
	for i, home := range p.homes {
		id, err := os.ReadFile(filepath.Join(home.data, "instance"))
		if err == nil && len(id) > 0 && strings.Contains(lease, " "+strings.TrimSpace(string(id))+" ") {
			return i
		}
	}
	return -1
}

// begin starts both and waits until learners are learning.
func (p *pair) begin() {
	p.t.Helper()
	for _, home := range p.homes {
		home.start()
	}
	p.crowd.begin()
	p.learning()
	p.flows(2000, 60*time.Second)
}

// flows waits until learners have seen so many more messages, and returns how
// long the first of them was in coming.
func (p *pair) flows(n int64, within time.Duration) time.Duration {
	p.t.Helper()
	began, before := time.Now(), p.crowd.seen.Load()
	if !eventually(within, func() bool { return p.crowd.seen.Load() > before }) {
		p.t.Fatalf("nobody has seen anything for %s", within)
	}
	first := time.Since(began)
	if !eventually(within, func() bool { return p.crowd.seen.Load() > before+n }) {
		p.t.Fatalf("only %d messages in %s", p.crowd.seen.Load()-before, within)
	}
	return first
}

// killOwner kills whoever sends and takes stock. What is in flight is counted
// while the other lives on, so the account of chats is not exact: an entry more
// may stand in it, never one less.
func (p *pair) killOwner() (killed int) {
	p.t.Helper()
	if !eventually(20*time.Second, func() bool { return p.owner() >= 0 }) {
		p.t.Fatal("nobody owns the channel")
	}
	killed = p.owner()
	p.homes[killed].kill()
	p.stock()
	return killed
}

func (p *pair) stock() {
	own := p.ledger.own
	p.ledger.own = "" // the other's connections stay
	p.ledger.killed()
	p.ledger.own = own
}

// takenOver bounds how long learners may wait after a kill of the owner.
const takenOver = 15 * time.Second

// through kills the owner, has the other take over, brings the killed one back,
// kills the owner again and brings it back at once.
func (p *pair) through() {
	t := p.t
	killed := p.killOwner()
	first := p.flows(1000, 40*time.Second)
	t.Logf("the other took over %s after a kill", first.Round(10*time.Millisecond))
	if first > takenOver {
		t.Errorf("the take-over took %s", first)
	}
	p.homes[killed].start()
	p.flows(1000, 30*time.Second)
	killed = p.killOwner()
	p.homes[killed].start()
	again := p.flows(1000, 30*time.Second)
	t.Logf("a restart sent again after %s", again.Round(10*time.Millisecond))
	if again > 4*time.Second {
		t.Errorf("a restart sent again after %s only", again)
	}
	p.home = p.homes[killed]
	for i, home := range p.homes {
		if i != killed && home.cmd != nil && !home.alive() {
			t.Error("an installation has ended by itself")
		}
	}
}

// TestTwoReplicasByPolling: both ask for updates, one at a time gets them.
func TestTwoReplicasByPolling(t *testing.T) {
	p := newPair(t, func(int) []string { return nil })
	p.begin()
	p.through()
	p.settle()
}

// TestTwoReplicasByWebhook has deliveries go to both in turn.
func TestTwoReplicasByWebhook(t *testing.T) {
	var pr proxy
	front := httptest.NewServer(&pr)
	t.Cleanup(front.Close)
	p := newPair(t, func(int) []string { return []string{"CADREBOT_TELEGRAM_WEBHOOK_URL=" + front.URL + "/telegram"} })
	pr.to = []string{"http://" + p.homes[0].listen, "http://" + p.homes[1].listen}
	p.begin()
	p.through()
	p.settle()
	if a, b := pr.taken[0].Load(), pr.taken[1].Load(); min(a, b) < 100 {
		t.Errorf("deliveries were taken by %d and %d: both are to work", a, b)
	}
}

// settle ends the test like an ordeal, with both alive.
func (p *pair) settle() {
	other := p.homes[0]
	if other == p.home {
		other = p.homes[1]
	}
	p.others = append(p.others, other)
	p.finish()
}

// proxy is a load balancer of the plainest kind: each delivery goes to the next
// installation, and to the one after it when that does not take it.
type proxy struct {
	to    []string
	next  atomic.Int64
	taken [2]atomic.Int64
}

func (p *proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	first := p.next.Add(1)
	for i := range p.to {
		at := int(first+int64(i)) % len(p.to)
		onward, err := http.NewRequestWithContext(r.Context(), r.Method, p.to[at]+r.URL.Path, bytes.NewReader(body))
		if err != nil {
			break
		}
		onward.Header = r.Header.Clone()
		resp, err := http.DefaultClient.Do(onward)
		if err != nil {
			continue
		}
		answer, _ := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		if resp.StatusCode == http.StatusOK {
			p.taken[at].Add(1)
		}
		w.WriteHeader(resp.StatusCode)
		_, _ = w.Write(answer)
		return
	}
	w.WriteHeader(http.StatusBadGateway)
}
