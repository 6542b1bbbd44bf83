package telegramtest_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"cadrebot/bot/telegram/telegramtest"

	"github.com/go-telegram/bot/models"
)

// hook is a bot's end of a webhook: it takes what decide lets it take.
type hook struct {
	mu     sync.Mutex
	taken  []models.Update
	header http.Header
	seen   chan models.Update
}

func serveHook(t *testing.T, decide func(models.Update, http.ResponseWriter)) (*hook, string) {
	h := &hook{seen: make(chan models.Update, 100)}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var u models.Update
		raw, _ := io.ReadAll(r.Body)
		if err := json.Unmarshal(raw, &u); err != nil {
			t.Errorf("webhook got %q: %v", raw, err)
		}
		h.mu.Lock()
		h.taken = append(h.taken, u)
		h.header = r.Header
		h.mu.Unlock()
		h.seen <- u
		decide(u, w)
	}))
	t.Cleanup(server.Close)
	return h, server.URL + "/hook"
}

func (h *hook) ids() []int64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return ids(h.taken)
}

func setHook(t *testing.T, tg *telegramtest.Server, url, more string) {
	t.Helper()
	want(t, "setWebhook", call(t, tg, "setWebhook", `{"url":%q%s}`, url, more), "ok")
}

func TestWebhookDelivers(t *testing.T) {
	tg := start(t, loose())
	before := tg.Say(1, "before")
	h, url := serveHook(t, func(models.Update, http.ResponseWriter) {})
	setHook(t, tg, url, `,"secret_token":"s-1_A"`)
	after := tg.Say(1, "after")
	await(t, tg, "both delivered", func() bool { return tg.Pending() == 0 })
	want(t, "in order", h.ids(), []int64{before, after})
	want(t, "secret", h.header.Get("X-Telegram-Bot-Api-Secret-Token"), "s-1_A")
	want(t, "type", h.header.Get("Content-Type"), "application/json")
	want(t, "polling meanwhile", call(t, tg, "getUpdates", `{}`), "409 Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")
	if !tg.Redeliver(before) {
		t.Fatal("no redelivery")
	}
	await(t, tg, "redelivery", func() bool { return tg.Stats().Deliveries == 3 })
	want(t, "again", h.ids(), []int64{before, after, before})
}

func TestWebhookTriesUntilTaken(t *testing.T) {
	opts := loose()
	opts.WebhookRetry = 5 * time.Millisecond
	tg := start(t, opts)
	tries := 0
	h, url := serveHook(t, func(u models.Update, w http.ResponseWriter) {
		if u.Message.Text == "poison" && tries < 3 {
			tries++
			w.WriteHeader(500)
		}
	})
	setHook(t, tg, url, "")
	began := time.Now()
	poison := tg.Say(1, "poison")
	behind := tg.Say(1, "behind it")
	await(t, tg, "all delivered", func() bool { return tg.Pending() == 0 })
	want(t, "attempts", h.ids(), []int64{poison, poison, poison, poison, behind})
	if took := time.Since(began); took < 35*time.Millisecond {
		t.Errorf("three pauses of 5 ms, doubling, took %v", took)
	}
	want(t, "failed", tg.Stats().FailedDeliveries, 3)
}

func TestWebhookOrdersNoPressAgainstAMessage(t *testing.T) {
	tg := start(t, loose())
	hold := make(chan struct{})
	h, url := serveHook(t, func(u models.Update, w http.ResponseWriter) {
		if u.Message != nil && u.Message.Text == "slow" {
			<-hold
		}
	})
	setHook(t, tg, url, "")
	slow := tg.Say(1, "slow")
	want(t, "first", (<-h.seen).ID, slow)
	tg.Say(1, "same chat")
	press := tg.Press(1, 1, "a")
	want(t, "overtakes", (<-h.seen).ID, press)
	close(hold)
	want(t, "last", (<-h.seen).Message.Text, "same chat")
}

func TestWebhookKeepsToItsConnections(t *testing.T) {
	tg := start(t, loose())
	hold := make(chan struct{})
	h, url := serveHook(t, func(models.Update, http.ResponseWriter) { <-hold })
	setHook(t, tg, url, `,"max_connections":2`)
	for id := int64(1); id <= 5; id++ {
		tg.Say(id, "hi")
	}
	<-h.seen
	<-h.seen
	select {
	case <-h.seen:
		t.Error("a third connection was opened")
	case <-time.After(50 * time.Millisecond):
	}
	close(hold)
	await(t, tg, "the rest", func() bool { return tg.Pending() == 0 })
}

func TestWebhookGivesBackWhatWasNotTaken(t *testing.T) {
	opts := loose()
	opts.WebhookRetry = time.Hour
	tg := start(t, opts)
	_, url := serveHook(t, func(_ models.Update, w http.ResponseWriter) { w.WriteHeader(503) })
	setHook(t, tg, url, `,"allowed_updates":["message"]`)
	said := []int64{tg.Say(1, "a"), tg.Say(2, "b"), tg.Say(1, "c")}
	await(t, tg, "failures", func() bool { return tg.Stats().FailedDeliveries == 2 })
	var info models.WebhookInfo
	if err := json.Unmarshal(call(t, tg, "getWebhookInfo", `{}`).Result, &info); err != nil {
		t.Fatal(err)
	}
	want(t, "info", []any{info.URL, info.PendingUpdateCount, info.LastErrorMessage, info.MaxConnections, info.AllowedUpdates},
		[]any{url, 3, "Wrong response from the webhook: 503 Service Unavailable", 40, []string{"message"}})
	want(t, "deleteWebhook", call(t, tg, "deleteWebhook", `{}`), "ok")
	want(t, "by polling", ids(updates(t, tg, `{}`)), said)
}

func TestWebhookEndsAPollAndDropsOnRequest(t *testing.T) {
	tg := start(t, loose())
	ended := make(chan answer, 1)
	go func() {
		a, err := request(tg, "getUpdates", "application/json", `{"timeout":50}`)
		if err != nil {
			t.Error(err)
		}
		ended <- a
	}()
	await(t, tg, "a poll", tg.Polling)
	_, url := serveHook(t, func(_ models.Update, w http.ResponseWriter) { w.WriteHeader(500) })
	setHook(t, tg, url, "")
	want(t, "poll", <-ended, "409 Conflict: terminated by setWebhook request")
	tg.Say(1, "a")
	want(t, "drop", call(t, tg, "deleteWebhook", `{"drop_pending_updates":true}`), "ok")
	want(t, "nothing left", updates(t, tg, `{}`), []models.Update{})
}

func TestWebhookObeysAnAnswerWithAMethod(t *testing.T) {
	tg := start(t, loose())
	_, url := serveHook(t, func(_ models.Update, w http.ResponseWriter) {
		_, _ = io.WriteString(w, `{"method":"sendMessage","chat_id":1,"text":"from the answer"}`)
	})
	setHook(t, tg, url, "")
	tg.Say(1, "hi")
	await(t, tg, "the message", func() bool { m, ok := tg.Last(1); return ok && m.Text == "from the answer" })
}

func TestRefusesBadWebhooks(t *testing.T) {
	tg := start(t, loose())
	for _, body := range []string{
		`{"url":"http://example.com/hook"}`,
		`{"url":"nowhere"}`,
		`{"url":"http://127.0.0.1:1/hook","secret_token":"no spaces"}`,
		`{"url":"http://127.0.0.1:1/hook","max_connections":101}`,
	} {
		want(t, body, call(t, tg, "setWebhook", "%s", body).status, 400)
	}
}
