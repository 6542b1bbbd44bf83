package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"time"

	"cadrebot/bot"
	"cadrebot/bot/redis"
	"cadrebot/bot/slack"
	"cadrebot/bot/slack/slacktest"
	"cadrebot/bot/telegram"
	"cadrebot/bot/telegram/telegramtest"
	"cadrebot/bot/terminal"
	"cadrebot/bot/webchat"
)

// benchMessage is a question as people see it.
var benchMessage = bot.Message{Head: "❓ 3/10 · 为什么学，学什么", Text: "进入新时代，材料说工会工作面临哪四样“新”？",
	Buttons: [][]bot.Button{{{Label: "任务、对象、领域、环境", Data: "a:abcdef.3:h4x2:a"}, {Label: "目标、章程、名称、机构", Data: "a:abcdef.3:h4x2:b"}},
		{{Label: "领域、环境、职级、会址", Data: "a:abcdef.3:h4x2:c"}, {Label: "任务、对象、编制、经费", Data: "a:abcdef.3:h4x2:d"}}}}

// adapters measures messages a second through each adapter, 64 at a time, against
// plain HTTP posts of the same bodies to the same server. The web chat's platform
// is cadrebot, which keeps what was said: its floor posts to a plain server that
// keeps the newest 200 in the same Redis.
func adapters(l *lab) error {
	none := bot.Limits{PerSecond: -1, ChatEvery: -1, GroupPerMinute: -1}
	log := slog.New(slog.DiscardHandler)

	tg := unlimited(0)
	defer tg.Close()
	tg.AddUser(telegramtest.User{ID: 7, Started: true})
	onTelegram, err := telegram.New(telegram.Config{Token: tg.Token(), APIURL: tg.URL(), Limits: none, Log: log})
	if err != nil {
		return err
	}
	first := &recorder{}
	recorded, err := telegram.New(telegram.Config{Token: tg.Token(), APIURL: tg.URL(), Limits: none, Log: log, HTTP: first.client()})
	if err != nil {
		return err
	}
	if err := l.against("Telegram", onTelegram, recorded, first, "7"); err != nil {
		return err
	}

	sl := unlimitedSlack(0, false)
	defer sl.Close()
	user := sl.AddUser(slacktest.User{ID: "U7", RealName: "L"})
	config := slack.Config{BotToken: sl.BotToken(), SigningSecret: sl.SigningSecret(), APIURL: sl.URL(), Limits: none, Log: log}
	onSlack, err := slack.New(config)
	if err != nil {
		return err
	}
	first = &recorder{}
	config.HTTP = first.client()
	recordedSlack, err := slack.New(config)
	if err != nil {
		return err
	}
	if err := l.against("Slack", onSlack, recordedSlack, first, sl.DM(user)); err != nil {
		return err
	}
	if err := l.againstWeb(); err != nil {
		return err
	}
	return l.against("the terminal", terminal.New("me", "", io.Discard), nil, first, "me")
}

// againstWeb measures the web chat, whose platform is the store.
func (l *lab) againstWeb() error {
	store, err := redis.New(l.db, "adapters")
	if err != nil {
		return err
	}
	if err := store.Share(); err != nil {
		return err
	}
	chat, err := webchat.New(webchat.Config{Pages: store, URL: "http://127.0.0.1", Langs: []string{"en"},
		Words: func(_, key string, _ ...any) string { return key }, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err == nil {
			err = l.db.LPush(r.Context(), "{floor}:page", body).Err()
		}
		if err == nil {
			err = l.db.LTrim(r.Context(), "{floor}:page", 0, 199).Err()
		}
		if err != nil {
			w.WriteHeader(http.StatusInternalServerError)
		}
	}))
	defer server.Close()
	entry := bot.Entry{Chat: "chat", Message: benchMessage}
	body, err := entry.Encoded()
	if err != nil {
		return err
	}
	return l.against("the web chat", chat, nil, &recorder{url: server.URL, body: body, header: http.Header{"Content-Type": {"application/json"}}}, "chat")
}

// against measures one adapter, and the posts that a recorder has seen of one
// like it.
func (l *lab) against(name string, a, recorded bot.Adapter, first *recorder, chat string) error {
	if recorded != nil {
		if o := recorded.Post(context.Background(), bot.Outgoing{Chat: chat, Message: benchMessage, Operation: "first"}); o.Status != bot.Sent {
			return fmt.Errorf("%s: %v: %w", name, o.Status, o.Err)
		}
	}
	var n atomic.Int64
	through, err := l.perSecond(func() error {
		o := a.Post(context.Background(), bot.Outgoing{Chat: chat, Message: benchMessage, Operation: fmt.Sprint(name, n.Add(1))})
		if o.Status != bot.Sent {
			return fmt.Errorf("%s: %v: %w", name, o.Status, o.Err)
		}
		return nil
	})
	if err != nil {
		return err
	}
	plain := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
	defer plain.CloseIdleConnections()
	floor, err := l.perSecond(func() error { return first.again(plain) })
	if err != nil {
		return err
	}
	row("Messages through "+name+", against plain posts of the same bodies", fmt.Sprintf("%.2f (%.0f of %.0f/s)", through/floor, through, floor),
		"≥ 0.60", through/floor >= 0.6)
	return nil
}

// perSecond does something 64 at a time.
func (l *lab) perSecond(one func() error) (float64, error) {
	var n atomic.Int64
	var failed atomic.Pointer[error]
	var wg sync.WaitGroup
	ctx, cancel := context.WithCancel(context.Background())
	for range 64 {
		wg.Go(func() {
			for ctx.Err() == nil {
				if err := one(); err != nil {
					failed.Store(&err)
					return
				}
				n.Add(1)
			}
		})
	}
	time.Sleep(time.Second)
	before, began := n.Load(), time.Now()
	time.Sleep(l.span / 2)
	rate := float64(n.Load()-before) / time.Since(began).Seconds()
	cancel()
	wg.Wait()
	if err := failed.Load(); err != nil {
		return 0, *err
	}
	return rate, nil
}

// recorder keeps the last request that was made through its client.
type recorder struct {
	mu     sync.Mutex
	url    string
	header http.Header
	body   []byte
}

func (r *recorder) client() *http.Client { return &http.Client{Transport: r} }

// RoundTrip implements http.RoundTripper.
func (r *recorder) RoundTrip(req *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(req.Body)
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	r.url, r.header, r.body = req.URL.String(), req.Header.Clone(), body
	r.mu.Unlock()
	copied := req.Clone(req.Context())
	copied.Body, copied.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	return http.DefaultTransport.RoundTrip(copied)
}

// again posts the same bytes.
func (r *recorder) again(client *http.Client) error {
	if r.url == "" {
		return errors.New("nothing was recorded")
	}
	req, err := http.NewRequest(http.MethodPost, r.url, bytes.NewReader(r.body))
	if err != nil {
		return err
	}
	req.Header = r.header
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if _, err := io.Copy(io.Discard, resp.Body); err != nil || resp.StatusCode != http.StatusOK {
		return fmt.Errorf("status %d, %w", resp.StatusCode, err)
	}
	return nil
}
