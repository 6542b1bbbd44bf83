package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"cadrebot/bot/bottest"
	"cadrebot/bot/slack/slacktest"
	"cadrebot/bot/telegram/telegramtest"
)

// unlimitedSlack is a workspace without the platform's rates.
func unlimitedSlack(oneWay time.Duration, sockets bool) *slacktest.Server {
	none := bottest.Unlimited
	return slacktest.NewServer(slacktest.Options{NoHistory: true, Latency: oneWay, SocketMode: sockets, Connections: 1000,
		Rate: none, ChannelRate: none, Tier3: none, Tier4: none})
}

// slackLatency measures how long a press takes to its edit and to the next
// question, over the network, on both of Slack's ways.
func slackLatency(l *lab) error {
	for _, way := range []struct {
		name    string
		sockets bool
	}{{"over HTTP", false}, {"over Socket Mode", true}} {
		edit, next, err := l.slackPaced(way.sockets)
		if err != nil {
			return err
		}
		row("Slack press to edit, "+way.name+", 40 ms, 100/s, p50", over(edit, trip), "≤ 1.30 × the round trip", edit <= trip*130/100)
		row("Slack press to next question, "+way.name+", p50", over(next, trip), "", true)
	}
	return nil
}

// startBeside runs the binary with other channels than Telegram.
func (l *lab) startBeside(org string, env ...string) (*process, error) {
	none := telegramtest.NewServer(telegramtest.Options{})
	none.Close() // only its token and address are looked at, and taken back below
	return l.start(none, org, append([]string{"CADREBOT_TELEGRAM_TOKEN="}, env...)...)
}

// slackPaced lets 200 learners press at 100 a second in all.
func (l *lab) slackPaced(sockets bool) (edit, next time.Duration, err error) {
	fake := unlimitedSlack(trip/2, sockets)
	defer fake.Close()
	env := []string{"CADREBOT_SLACK_BOT_TOKEN=" + fake.BotToken(),
		"CADREBOT_SLACK_API_URL=" + fake.URL(), "CADREBOT_SLACK_RATE=0", "CADREBOT_SLACK_CHAT_EVERY=0s"}
	org := "slack-http"
	if sockets {
		org = "slack-socket"
		env = append(env, "CADREBOT_SLACK_APP_TOKEN="+fake.AppToken())
	} else {
		env = append(env, "CADREBOT_SLACK_SIGNING_SECRET="+fake.SigningSecret())
	}
	p, err := l.startBeside(org, env...)
	if err != nil {
		return 0, 0, err
	}
	defer p.stop()
	if err := p.ready(); err != nil {
		return 0, 0, err
	}
	if !sockets {
		at := "http://" + p.listen + "/slack"
		fake.SetURLs(at, at, at)
	}
	w := &workspace{fake: fake, pressed: map[string]time.Time{}, asked: map[string]time.Time{}, users: map[string]string{}}
	fake.OnCall(w.saw)
	for i := range 200 {
		user := "U" + strconv.Itoa(100_000+i)
		fake.AddUser(slacktest.User{ID: user, RealName: "L", Locale: "zh-CN"})
		w.mu.Lock()
		w.users[fake.DM(user)] = user
		w.mu.Unlock()
		fake.Say(user, "/quiz "+benchModule)
		time.Sleep(10 * time.Millisecond) // so that the presses come evenly
	}
	time.Sleep(4 * time.Second)
	w.keep(true)
	time.Sleep(l.span)
	w.keep(false)
	w.stopped.Store(true)
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.toEdit) == 0 {
		return 0, 0, fmt.Errorf("slack: nobody pressed: %+v", fake.Stats())
	}
	return quantile(w.toEdit, 0.5), quantile(w.toNext, 0.5), nil
}

// ready waits until the process serves.
func (p *process) ready() error {
	for range 200 {
		if status(p.listen, "/readyz") == 200 {
			return nil
		}
		time.Sleep(50 * time.Millisecond) // a program's start, not a test's condition
	}
	return fmt.Errorf("process %d is not ready", p.cmd.Process.Pid)
}

// workspace is learners on Slack, who think for a while before they press.
type workspace struct {
	fake           *slacktest.Server
	stopped        atomic.Bool
	mu             sync.Mutex
	users          map[string]string // by the channel of their direct messages
	pressed, asked map[string]time.Time
	toEdit, toNext []time.Duration
	kept           bool
}

func (w *workspace) keep(on bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.kept = on
}

// saw is told of every call.
func (w *workspace) saw(c slacktest.Call) {
	if c.Error != "" {
		fmt.Fprintln(os.Stderr, "slack refuses", c.Method, c.Error)
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	user := w.users[c.Channel]
	switch c.Method {
	case "chat.update", "response_url":
		if at, ok := w.pressed[c.Channel]; ok && w.kept {
			w.toEdit = append(w.toEdit, c.At.Sub(at))
		}
		delete(w.pressed, c.Channel)
	case "chat.postMessage":
		b, ok := answerButton(c.Buttons)
		if !ok || user == "" {
			return
		}
		if at, ok := w.asked[c.Channel]; ok && w.kept {
			w.toNext = append(w.toNext, c.At.Sub(at))
		}
		delete(w.asked, c.Channel)
		time.AfterFunc(time.Second+rand.N(2*time.Second)-trip, func() { w.press(user, c.Channel, c.TS, b) })
	}
}

// answerButton is the one to press: the first answer, or another round.
func answerButton(rows [][]slacktest.Button) (slacktest.Button, bool) {
	for _, row := range rows {
		for _, b := range row {
			if strings.HasPrefix(b.Value, "a:") || strings.HasPrefix(b.Value, "quiz") {
				return b, true
			}
		}
	}
	return slacktest.Button{}, false
}

func (w *workspace) press(user, channel, ts string, b slacktest.Button) {
	if w.stopped.Load() {
		return
	}
	w.mu.Lock()
	if now := time.Now(); !strings.HasPrefix(b.Value, "quiz") {
		w.pressed[channel], w.asked[channel] = now, now
	}
	w.mu.Unlock()
	w.fake.PressStale(user, channel, ts, b)
}
