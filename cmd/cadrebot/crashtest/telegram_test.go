package crashtest

import (
	"math/rand/v2"
	"strconv"
	"testing"
	"time"

	"cadrebot/bot/bottest"
	"cadrebot/bot/redis/redistest"
	"cadrebot/bot/telegram"
	"cadrebot/bot/telegram/telegramtest"
)

// messenger is Telegram as a crowd's stage: each person is in their private chat
// with the bot.
type messenger struct{ *telegramtest.Server }

// newMessenger is without limits, behind a network of some delay: there is always
// something in flight.
func newMessenger(t *testing.T, seed uint64, delay time.Duration) *messenger {
	none := bottest.Unlimited
	m := &messenger{telegramtest.NewServer(telegramtest.Options{
		Rate: none, ChatRate: none, GroupRate: none, NoHistory: true,
		Latency: delay, Seed: seed, WebhookRetry: 100 * time.Millisecond,
	})}
	t.Cleanup(m.Close)
	return m
}

var onTelegram = site{channel: telegram.Name, chat: func(id int64) string { return strconv.FormatInt(id, 10) }}

// AddUser implements stage.
func (m *messenger) AddUser(p person) {
	m.Server.AddUser(telegramtest.User{ID: p.ID, FirstName: p.Name, LanguageCode: p.Lang, Started: true})
}

// OnSend implements stage.
func (m *messenger) OnSend(listen func(sight)) {
	m.Server.OnSend(func(call telegramtest.Call) {
		edit := call.Method == "editMessageText"
		if !edit && call.Method != "sendMessage" {
			return
		}
		listen(sight{
			At: call.At, Chat: call.ChatID, Message: call.MessageID, Edit: edit,
			Text: call.Text, Buttons: shown(call.Buttons),
		})
	})
}

func shown(rows [][]telegramtest.Button) (list [][]button) {
	for _, row := range rows {
		var buttons []button
		for _, b := range row {
			buttons = append(buttons, button{Text: b.Text, Data: b.Data, URL: b.URL})
		}
		list = append(list, buttons)
	}
	return list
}

// Newest is the bot's newest message to somebody, edits applied.
func (m *messenger) Newest(id int64) sight {
	newest, _ := m.Last(id)
	return sight{Chat: id, Message: newest.ID, Text: newest.Text, Buttons: shown(newest.Buttons)}
}

// settled is how many updates there were, and how many of them are on their way.
func (m *messenger) settled() (made, pending int) {
	s := m.Stats()
	return s.Updates, s.Pending
}

// unlimited takes the platform's limits off.
var unlimited = []string{"CADREBOT_TELEGRAM_RATE=0", "CADREBOT_TELEGRAM_CHAT_EVERY=0s", "CADREBOT_TELEGRAM_GROUP_RATE=0"}

// install is an installation that serves a bot on Telegram.
func install(t *testing.T, p *program, m *messenger, env ...string) *installation {
	t.Helper()
	all := append([]string{"CADREBOT_TELEGRAM_TOKEN=" + m.Token(), "CADREBOT_TELEGRAM_API_URL=" + m.URL(),
		"CADREBOT_ADMINS=telegram:" + strconv.Itoa(coordinator)}, unlimited...)
	return lodge(t, p, append(all, env...)...)
}

// TestKillsCostNobodyAnything kills the program again and again while people
// learn, are sent notices and are reminded of a class.
func TestKillsCostNobodyAnything(t *testing.T) {
	server := redistest.Start(t)
	o := newOrdeal(t, delivered, 100, 300, "CADREBOT_REDIS_URL=redis://"+server.Addr())
	o.ledger = redisLedger(t, onTelegram, server.Addr())
	o.gather(15 * time.Second)
	kills := killsOf(t, 55)
	busy := 300 * kills // updates: a slow machine needs longer for as many
	made := func() int { all, _ := o.traffic(); return all - o.updates }
	for kill := 0; kill < kills || time.Until(o.due) > -2*time.Second || made() < busy; kill++ {
		if time.Since(o.begun) > 4*time.Minute {
			t.Fatalf("only %d updates in %d kills; %d are wanted", made(), kill, busy)
		}
		o.moment(kill)
		o.home.kill()
		o.ledger.killed()
		o.home.start()
	}
	o.finish()
}

func newOrdeal(t *testing.T, p *program, learners, idle int, env ...string) *ordeal {
	seed := seedOf(t)
	m := newMessenger(t, seed, 5*time.Millisecond)
	o := &ordeal{t: t, traffic: m.settled, rng: rand.New(rand.NewPCG(seed, 7)), desk: newDesk(t, m)}
	o.home = install(t, p, m, env...)
	o.crowd = newCrowd(m, seed, learners, idle)
	return o
}

// TestKillsOnTheEmbeddedStore is the same without a Redis.
func TestKillsOnTheEmbeddedStore(t *testing.T) {
	o := newOrdeal(t, delivered, 20, 30)
	o.ledger = embeddedLedger(t, onTelegram, func() string { return o.home.data })
	o.gather(3 * time.Second)
	kills := killsOf(t, 10)
	for kill := 0; kill < kills || time.Until(o.due) > -2*time.Second; kill++ {
		o.moment(kill)
		o.home.kill()
		o.ledger.killed()
		o.home.start()
	}
	o.finish()
}

// TestKillsOfRedis kills the database under a program that lives on.
func TestKillsOfRedis(t *testing.T) {
	server := redistest.Start(t)
	o := newOrdeal(t, delivered, 60, 100, "CADREBOT_REDIS_URL=redis://"+server.Addr())
	o.ledger = redisLedger(t, onTelegram, server.Addr())
	o.ledger.mayDouble = nil // the program lives, so it counts by itself
	o.gather(3 * time.Second)
	kills := killsOf(t, 10)
	for kill := 0; kill < kills || time.Until(o.due) > -2*time.Second; kill++ {
		o.moment(kill)
		server.Restart()
		o.ledger.kills++
		if !o.home.alive() {
			t.Fatal("the program has ended")
		}
	}
	o.finish()
}
