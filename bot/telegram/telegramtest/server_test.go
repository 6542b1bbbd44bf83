package telegramtest_test

import (
	"context"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"cadrebot/bot/telegram/telegramtest"

	"go.uber.org/goleak"
)

func TestShowsEverySendToItsListener(t *testing.T) {
	opts := loose()
	opts.NoHistory = true
	tg := start(t, opts)
	people(tg, 1)
	var seen atomic.Int64
	pressed := make(chan int64, 1)
	tg.OnSend(func(c telegramtest.Call) {
		if seen.Add(1); c.Method == "sendMessage" && c.Text == "question" {
			pressed <- tg.Press(c.ChatID, c.MessageID, c.Buttons[0][0].Data)
		}
	})
	call(t, tg, "sendMessage", `{"chat_id":1,"text":"question","reply_markup":{"inline_keyboard":[[{"text":"A","callback_data":"a"}]]}}`)
	want(t, "press", updates(t, tg, `{}`)[0].ID, <-pressed)
	first := tg.Messages(1)[0].ID
	for range 10 {
		send(t, tg, 1, "next")
	}
	want(t, "seen", seen.Load(), 11)
	want(t, "kept messages", len(tg.Messages(1)), 4)
	want(t, "kept calls", len(tg.Calls()), 0)
	want(t, "counted", tg.Stats().Calls["sendMessage"], 11)
	want(t, "edit of a forgotten one", call(t, tg, "editMessageText", `{"chat_id":1,"message_id":%d,"text":"x"}`, first), "ok")
	want(t, "edit of what never was", call(t, tg, "editMessageText", `{"chat_id":1,"message_id":999,"text":"x"}`), "400 Bad Request: message to edit not found")
}

func TestAwaitSaysWhenTimeIsUp(t *testing.T) {
	tg := start(t, loose())
	if tg.Await(func() bool { return false }, time.Millisecond) {
		t.Error("what never holds was said to hold")
	}
}

func TestCloseLeavesNothingRunning(t *testing.T) {
	before := goleak.IgnoreCurrent()
	opts := loose()
	opts.WebhookRetry = time.Hour
	tg := telegramtest.NewServer(opts)
	polled := make(chan error, 1)
	client := &http.Client{Transport: &http.Transport{}}
	defer client.CloseIdleConnections()
	go func() {
		resp, err := client.Get(tg.URL() + "/bot" + tg.Token() + "/getUpdates?timeout=50")
		if err == nil {
			err = resp.Body.Close()
		}
		polled <- err
	}()
	await(t, tg, "a poll", tg.Polling)
	post, err := http.NewRequestWithContext(context.Background(), http.MethodPost, tg.URL()+"/bot"+tg.Token()+"/setWebhook?url=http://127.0.0.1:1/", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := client.Do(post)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if err := <-polled; err != nil {
		t.Fatal(err)
	}
	tg.Say(1, "hi")
	await(t, tg, "a failed delivery", func() bool { return tg.Stats().FailedDeliveries == 1 })
	tg.Close()
	tg.Close()
	client.CloseIdleConnections()
	goleak.VerifyNone(t, before)
}
