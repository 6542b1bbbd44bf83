package crashtest

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"cadrebot/bot/bottest"
	"cadrebot/bot/redis/redistest"
	"cadrebot/bot/slack"
	"cadrebot/bot/slack/slacktest"
)

// workspace is a Slack workspace as a crowd's stage: each person is in their
// direct message with the app.
type workspace struct {
	*slacktest.Server
	sockets bool
	failed  func(id int64, message int, data string)
	ignored func(id int64)

	mu   sync.Mutex
	rng  *rand.Rand
	open map[int]attempt // presses and commands under way, by delivery
}

// attempt is a press or, without data, a command.
type attempt struct {
	id      int64
	message int
	data    string
}

// newWorkspace is without limits, behind a network of some delay. What Slack
// delivers again after a minute and after five comes sooner here.
func newWorkspace(t *testing.T, seed uint64, sockets bool) *workspace {
	none := bottest.Unlimited
	w := &workspace{sockets: sockets, rng: rand.New(rand.NewPCG(seed, 3)), open: map[int]attempt{}}
	w.Server = slacktest.NewServer(slacktest.Options{
		Rate: none, ChannelRate: none, Tier3: none, Tier4: none, Seed: seed,
		SocketMode: sockets, Latency: 5 * time.Millisecond,
		Retries: []time.Duration{0, 300 * time.Millisecond, time.Second, 2 * time.Second, 3 * time.Second, 5 * time.Second},
	})
	t.Cleanup(w.Close)
	return w
}

func slackUser(id int64) string { return "U" + strconv.FormatInt(id, 10) }

// onSlack knows a chat by its direct message, which is named after its person.
var onSlack = site{channel: slack.Name, chat: func(id int64) string { return "D" + slackUser(id)[1:] }}

// AddUser implements stage.
func (w *workspace) AddUser(p person) {
	locale := map[string]string{"zh": "zh-CN", "vi": "vi-VN", "en": "en-US"}[p.Lang]
	w.Server.AddUser(slacktest.User{ID: slackUser(p.ID), RealName: p.Name, Locale: locale})
}

// OnSend implements stage. What only one person sees is no message.
func (w *workspace) OnSend(listen func(sight)) {
	w.OnCall(func(call slacktest.Call) {
		if call.Error != "" || call.TS == "" || call.User != "" {
			return
		}
		told := sight{At: call.At, Text: call.Text, Message: stampOf(call.TS)}
		switch call.Method {
		case "chat.postMessage":
		case "chat.update", "response_url":
			told.Edit = true
		default:
			return
		}
		told.Chat, _ = strconv.ParseInt(call.Channel[1:], 10, 64)
		for _, row := range call.Buttons {
			var shown []button
			for _, b := range row {
				shown = append(shown, button{Text: b.Label, Data: b.Value, URL: b.URL})
			}
			told.Buttons = append(told.Buttons, shown)
		}
		listen(told)
	})
}

// stampOf makes a number of a message's timestamp, and timestamp is the way back.
func stampOf(ts string) int {
	n, _ := strconv.Atoi(strings.ReplaceAll(ts, ".", ""))
	return n
}

func timestamp(n int) string { return fmt.Sprintf("%d.%06d", n/1e6, n%1e6) }

// Say implements stage.
func (w *workspace) Say(id int64, text string) int64 {
	return int64(stampOf(w.Server.Say(slackUser(id), text)))
}

// Press implements stage.
func (w *workspace) Press(id int64, message int, data string) int64 {
	w.mu.Lock()
	defer w.mu.Unlock()
	n := w.PressStale(slackUser(id), onSlack.chat(id), timestamp(message), slacktest.Button{ActionID: "0", Value: data})
	w.open[n] = attempt{id, message, data}
	return int64(n)
}

// help asks for it with a slash command or, over sockets, in a message: over
// HTTP one that comes again later would stand between other things.
func (w *workspace) help(id int64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.sockets && w.rng.IntN(2) == 0 {
		w.Server.Say(slackUser(id), "/help")
		return
	}
	w.open[w.Command(slackUser(id), "", "/cadre", "help")] = attempt{id: id}
}

// look tells people of what has failed before their eyes, until the test ends.
func (w *workspace) look(t *testing.T) {
	ended := make(chan struct{})
	var looking sync.WaitGroup
	t.Cleanup(func() {
		close(ended)
		looking.Wait()
	})
	looking.Go(func() {
		again := time.NewTicker(100 * time.Millisecond)
		defer again.Stop()
		for {
			select {
			case <-ended:
				return
			case <-again.C:
			}
			for _, a := range w.fallen() {
				if a.data == "" {
					w.ignored(a.id)
				} else {
					w.failed(a.id, a.message, a.data)
				}
			}
		}
	})
}

// fallen are the presses and commands that have failed since the last look.
func (w *workspace) fallen() (list []attempt) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for n, a := range w.open {
		d := w.Delivery(n)
		if d.Taken || d.Failed {
			delete(w.open, n)
		}
		if d.Failed {
			list = append(list, a)
		}
	}
	return list
}

// settled is how many deliveries there were, and how many of them are on their way.
func (w *workspace) settled() (made, pending int) {
	s := w.Stats()
	return s.Events, s.Pending
}

// newSlackOrdeal is a crowd on Slack, which talks with the program over sockets
// or over HTTP.
func newSlackOrdeal(t *testing.T, sockets bool, learners int, env ...string) (*ordeal, *workspace) {
	seed := seedOf(t)
	w := newWorkspace(t, seed, sockets)
	env = append([]string{"CADREBOT_SLACK_BOT_TOKEN=" + w.BotToken(), "CADREBOT_SLACK_API_URL=" + w.URL(),
		"CADREBOT_SLACK_RATE=0", "CADREBOT_SLACK_CHAT_EVERY=0s", "CADREBOT_WEB=false"}, env...)
	if sockets {
		env = append(env, "CADREBOT_SLACK_APP_TOKEN="+w.AppToken())
	} else {
		env = append(env, "CADREBOT_SLACK_SIGNING_SECRET="+w.SigningSecret())
	}
	o := &ordeal{t: t, traffic: w.settled, rng: rand.New(rand.NewPCG(seed, 7)), home: lodge(t, delivered, env...)}
	o.crowd = newCrowd(w, seed, learners, 0)
	o.crowd.ask, w.failed, w.ignored = w.help, o.crowd.failed, o.crowd.ignored
	if at := "http://" + o.home.listen + "/slack"; !sockets {
		w.SetURLs(at, at, at)
	}
	w.look(t)
	return o, w
}

// through has a crowd learn through so many kills, and through more until half as
// many have found something in the outbox, and comes to the end.
func (o *ordeal) through(kills int) {
	o.t.Helper()
	o.planned = kills
	o.home.start()
	o.crowd.begin()
	o.learning()
	for kill := 0; kill < kills || 2*o.ledger.nonEmpty < kills && kill < 5*kills; kill++ {
		o.moment(kill)
		o.home.kill()
		o.ledger.killed()
		o.home.start()
	}
	o.finish()
}

// given faults what Slack had to give up.
func (w *workspace) given(t *testing.T) {
	t.Helper()
	s := w.Stats()
	t.Logf("%d deliveries, %d sent again, %d failed before a person’s eyes; %v refused", s.Events, s.Repeats, s.Failed, s.Refused)
	for _, d := range w.Deliveries() {
		if d.Failed && d.Kind == slacktest.Events {
			t.Errorf("%s to %s was given up after %d attempts: %s", d.EventID, d.User, d.Attempts, d.Reason)
		}
	}
}

// TestKillsOnSlackOverSockets kills the program while people learn in Slack, and
// what it had not acknowledged comes again through the next socket.
func TestKillsOnSlackOverSockets(t *testing.T) {
	server := redistest.Start(t)
	o, w := newSlackOrdeal(t, true, 30, "CADREBOT_REDIS_URL=redis://"+server.Addr())
	o.ledger = redisLedger(t, onSlack, server.Addr())
	o.through(killsOf(t, 8))
	w.given(t)
}

// TestKillsOnSlackOverHTTP has Slack deliver: what was said comes again, but a
// press whose delivery fails is for the person to repeat.
func TestKillsOnSlackOverHTTP(t *testing.T) {
	server := redistest.Start(t)
	o, w := newSlackOrdeal(t, false, 30, "CADREBOT_REDIS_URL=redis://"+server.Addr())
	o.ledger = redisLedger(t, onSlack, server.Addr())
	o.through(killsOf(t, 8))
	w.given(t)
}

// TestKillsOnSlackAndTheEmbeddedStore is the same without a Redis.
func TestKillsOnSlackAndTheEmbeddedStore(t *testing.T) {
	o, w := newSlackOrdeal(t, true, 15)
	o.ledger = embeddedLedger(t, onSlack, func() string { return o.home.data })
	o.through(killsOf(t, 8))
	w.given(t)
}
