package crashtest

import (
	"context"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"cadrebot/bot/redis/redistest"
	"cadrebot/bot/webchat"
)

// browsers are the pages of a crowd on the web chat.
type browsers struct {
	root  string
	seed  uint64
	start func(*browser)

	mu     sync.Mutex
	listen func(sight)
	all    map[int64]*browser
}

// AddUser implements stage.
func (bs *browsers) AddUser(p person) {
	b := newBrowser(p.ID, p.Lang, bs.root, bs.seed)
	b.saw = func(call sight) { bs.told()(call) }
	bs.mu.Lock()
	bs.all[p.ID] = b
	bs.mu.Unlock()
	bs.start(b)
}

// OnSend implements stage.
func (bs *browsers) OnSend(listen func(sight)) {
	bs.mu.Lock()
	defer bs.mu.Unlock()
	bs.listen = listen
}

func (bs *browsers) told() func(sight) {
	bs.mu.Lock()
	defer bs.mu.Unlock()
	return bs.listen
}

func (bs *browsers) of(id int64) *browser {
	bs.mu.Lock()
	defer bs.mu.Unlock()
	return bs.all[id]
}

func (bs *browsers) each() []*browser {
	bs.mu.Lock()
	defer bs.mu.Unlock()
	var list []*browser
	for _, b := range bs.all {
		list = append(list, b)
	}
	return list
}

// Say implements stage.
func (bs *browsers) Say(id int64, text string) int64 {
	return bs.of(id).send("say", map[string]string{"text": text})
}

// Press implements stage.
func (bs *browsers) Press(id int64, message int, data string) int64 {
	return bs.of(id).send("press", map[string]string{"message": strconv.Itoa(message), "data": data})
}

// traffic is how much was sent, and how much is on its way: to the bot, or to a
// page that does not show yet what a reload would show.
func (bs *browsers) traffic() (made, pending int) {
	list := bs.each()
	for _, b := range list {
		b.mu.Lock()
		made += b.sent
		pending += len(b.queue)
		b.mu.Unlock()
	}
	for _, b := range list {
		if pending == 0 && attribute(b.load(context.Background()), "data-since") != b.cursor() {
			pending++
		}
	}
	return made, pending
}

var wholeArticle = regexp.MustCompile(`(?s)<article .*?</article>`)

// reload compares what live events have made of each page with what a reload
// shows, and what was said with what stands there.
func (bs *browsers) reload(t *testing.T) {
	t.Helper()
	again, cuts, changes := 0, 0, 0
	for _, b := range bs.each() {
		page := b.load(context.Background())
		b.mu.Lock()
		again, cuts, changes = again+b.again, cuts+b.cuts, changes+b.change
		stands := map[int]bool{}
		for _, article := range wholeArticle.FindAllString(page, -1) {
			own := attribute(article, "data-say")
			n, _ := strconv.Atoi(attribute(article, "data-n"))
			stands[n] = true
			if article = plainArticle(article); article != b.shown[n] {
				b.fault("message %d is %s, but live events made it %s", n, article, b.shown[n])
			}
			if own != "" && b.spoken[own] != n {
				b.fault("what was said as %s stands there as %d, and was shown as %d", own, n, b.spoken[own])
			}
		}
		for n := range b.shown {
			if !stands[n] && n > len(b.shown)-200 {
				b.fault("message %d was shown, but a reload does not show it", n)
			}
		}
		for _, id := range b.said {
			if b.spoken[id] == 0 {
				b.fault("what was said as %s was taken, but never shown", id)
			}
		}
		if len(b.said) != len(b.spoken) || slices.Contains(b.said, "") {
			b.fault("%d things were said, %d shown", len(b.said), len(b.spoken))
		}
		for _, f := range b.faults[:min(3, len(b.faults))] {
			t.Error(f)
		}
		b.mu.Unlock()
	}
	t.Logf("%d changes on the pages; %d posts repeated, %d live connections ended", changes, again, cuts)
}

// newWebOrdeal is a crowd in front of the web chat.
func newWebOrdeal(t *testing.T, learners int, env ...string) (*ordeal, *browsers) {
	seed := seedOf(t)
	o := &ordeal{t: t, rng: rand.New(rand.NewPCG(seed, 7)), home: lodge(t, delivered, env...)}
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	t.Cleanup(func() {
		cancel()
		running.Wait()
	})
	bs := &browsers{root: "http://" + o.home.listen, seed: seed, all: map[int64]*browser{}}
	bs.start = func(b *browser) { running.Go(func() { b.run(ctx) }) }
	o.traffic = bs.traffic
	o.crowd = newCrowd(bs, seed, learners, 0)
	o.crowd.think = 30 * time.Millisecond
	o.crowd.ask = func(id int64) { bs.Say(id, "/help") }
	return o, bs
}

// onWeb is where the store has the chats of these browsers, which keep what they
// have got: nothing may come twice.
func (bs *browsers) onWeb() site {
	return site{channel: webchat.Name, chat: func(id int64) string { return bs.of(id).chat() }, knows: true}
}

// look has the program live once more, so that the pages can be loaded again.
func (o *ordeal) look(bs *browsers) {
	o.t.Helper()
	o.home.start()
	if !eventually(10*time.Second, func() bool { return bs.each()[0].load(context.Background()) != "" }) {
		o.t.Fatal("the page does not come back")
	}
	bs.reload(o.t)
	o.home.stop()
}

// TestKillsOnTheWebChat kills the program under open pages: each of them ends as
// a reload shows it, and nothing on it is missing or stands there twice.
func TestKillsOnTheWebChat(t *testing.T) {
	server := redistest.Start(t)
	o, bs := newWebOrdeal(t, 30, "CADREBOT_REDIS_URL=redis://"+server.Addr())
	o.ledger = redisLedger(t, bs.onWeb(), server.Addr())
	o.through(killsOf(t, 8))
	o.look(bs)
}

// TestKillsOnTheWebChatAndTheEmbeddedStore is the same without a Redis.
func TestKillsOnTheWebChatAndTheEmbeddedStore(t *testing.T) {
	o, bs := newWebOrdeal(t, 15)
	o.ledger = embeddedLedger(t, bs.onWeb(), func() string { return o.home.data })
	o.through(killsOf(t, 8))
	o.look(bs)
}
