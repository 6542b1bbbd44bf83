package main

import (
	"context"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cadrebot/bot/redis/redistest"
	"cadrebot/bot/telegram/telegramtest"
)

// patience bounds what a test waits for.
const patience = 20 * time.Second

// running is a program under way.
type running struct {
	t    *testing.T
	errs *output
	addr string
	stop context.CancelFunc
	code chan int
}

// start runs a command in the background until the test stops it. With listening
// it returns once the HTTP server answers.
func start(t *testing.T, listening bool, args ...string) *running {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	r := &running{t: t, errs: &output{}, stop: cancel, code: make(chan int, 1)}
	addr := make(chan string, 1)
	in, held := io.Pipe() // an input that stays open
	p := &Program{Args: args, Stdin: in, Stdout: io.Discard, Stderr: r.errs,
		Listening: func(a string) { addr <- a }}
	go func() { r.code <- p.Run(ctx) }()
	t.Cleanup(func() { r.end(); _ = held.Close() })
	if !listening {
		return r
	}
	select {
	case r.addr = <-addr:
	case code := <-r.code:
		t.Fatalf("%v ended with %d:\n%s", args, code, r.errs)
	case <-time.After(patience):
		t.Fatalf("%v does not listen:\n%s", args, r.errs)
	}
	return r
}

// end asks the program to stop and returns its exit code and how long that took.
func (r *running) end() (int, time.Duration) {
	began := time.Now()
	r.stop()
	select {
	case code := <-r.code:
		r.code <- code // for whoever asks again
		return code, time.Since(began)
	case <-time.After(patience):
		r.t.Errorf("it does not stop:\n%s", r.errs)
		return -1, patience
	}
}

func (r *running) get(path string) (int, string) {
	resp, err := http.Get("http://" + r.addr + path)
	if err != nil {
		return 0, err.Error()
	}
	defer resp.Body.Close()
	body, _ := io.ReadAll(resp.Body)
	return resp.StatusCode, string(body)
}

// await asks until it holds.
func await(t *testing.T, what string, holds func() bool) {
	t.Helper()
	late := time.After(patience)
	again := time.NewTicker(5 * time.Millisecond)
	defer again.Stop()
	for !holds() {
		select {
		case <-late:
			t.Fatalf("waited in vain: %s", what)
		case <-again.C:
		}
	}
}

func mustTelegram(t *testing.T, o telegramtest.Options) *telegramtest.Server {
	t.Helper()
	fake := telegramtest.NewServer(o)
	t.Cleanup(fake.Close)
	t.Setenv("CADREBOT_TELEGRAM_TOKEN", fake.Token())
	t.Setenv("CADREBOT_TELEGRAM_API_URL", fake.URL())
	t.Setenv("CADREBOT_CONTENT", statements(t))
	return fake
}

// statements is a folder with a course of ten statements, each answered by one
// press.
func statements(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs("testdata/statements")
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// quizzed has a person start a quiz and press an answer.
func quizzed(t *testing.T, fake *telegramtest.Server, user int64) {
	t.Helper()
	fake.Say(user, "/quiz st")
	asked := func(n string) func() bool {
		return func() bool {
			m, ok := fake.Last(user)
			return ok && strings.Contains(m.Text, n) && len(m.Buttons) > 0
		}
	}
	if !fake.Await(asked("1/10"), patience) {
		t.Fatalf("no question; the chat: %v", fake.Messages(user))
	}
	m, _ := fake.Last(user)
	fake.Press(user, m.ID, m.Buttons[0][0].Data)
	if !fake.Await(asked("2/10"), patience) {
		t.Fatalf("no second question; the chat: %v", fake.Messages(user))
	}
	if !fake.Await(func() bool { return fake.Messages(user)[1].Edits > 0 }, patience) {
		t.Error("the answered question is not edited")
	}
}

func TestServeByPolling(t *testing.T) {
	bare(t)
	fake := mustTelegram(t, telegramtest.Options{})
	data := t.TempDir()
	r := start(t, true, "--data", data, "serve")
	quizzed(t, fake, 7)
	await(t, "ready", func() bool { code, _ := r.get("/readyz"); return code == http.StatusOK })
	if code, _ := r.get("/healthz"); code != http.StatusOK {
		t.Errorf("/healthz: %d", code)
	}
	await(t, "an empty outbox", func() bool {
		_, metrics := r.get("/metrics")
		return strings.Contains(metrics, `cadrebot_outbox_depth{channel="telegram",lane="replies"} 0`)
	})
	_, metrics := r.get("/metrics")
	contains(t, metrics, `cadrebot_events_total{channel="telegram",kind="press"} 1`,
		"cadrebot_poll_lag_seconds", "go_goroutines", "process_resident_memory_bytes", `cadrebot_channel_owner{channel="telegram"} 1`)
	for _, lang := range []string{"zh", "vi", "en", ""} {
		if !fake.Await(func() bool { return len(fake.Commands("all_private_chats", lang)) > 4 }, patience) {
			t.Errorf("no menu in %q", lang)
		}
	}
	if code, took := r.end(); code != 0 || took > 5*time.Second {
		t.Errorf("exit code %d after %s", code, took)
	}

	// It goes on where it was, at once, and nothing is sent twice.
	before := len(fake.Messages(7))
	start(t, true, "--data", data, "serve")
	fake.Say(7, "what now")
	if !fake.Await(func() bool { m, _ := fake.Last(7); return strings.Contains(m.Text, "question 2 of 10") }, patience) {
		t.Errorf("after the restart the chat is %v", fake.Messages(7))
	}
	if n := len(fake.Messages(7)); n != before+2 {
		t.Errorf("%d messages after the restart, want %d", n, before+2)
	}
}

func TestServeByWebhook(t *testing.T) {
	bare(t)
	fake := mustTelegram(t, telegramtest.Options{WebhookRetry: 20 * time.Millisecond})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	_ = l.Close()
	t.Setenv("CADREBOT_LISTEN", addr)
	t.Setenv("CADREBOT_TELEGRAM_WEBHOOK_URL", "http://"+addr+"/hook/tg")
	r := start(t, true, "--data", t.TempDir(), "serve")
	quizzed(t, fake, 8)
	if fake.Stats().Deliveries == 0 {
		t.Error("nothing was delivered by webhook")
	}
	resp, err := http.Post("http://"+addr+"/hook/tg", "application/json", strings.NewReader(`{"update_id":1}`))
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusUnauthorized {
		t.Errorf("without the secret: %d", resp.StatusCode)
	}
	await(t, "ready", func() bool { code, _ := r.get("/readyz"); return code == http.StatusOK })
	if code, took := r.end(); code != 0 || took > 5*time.Second {
		t.Errorf("exit code %d after %s", code, took)
	}
}

func TestWebhookNeedsItsPort(t *testing.T) {
	bare(t)
	mustTelegram(t, telegramtest.Options{})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	t.Setenv("CADREBOT_LISTEN", l.Addr().String())
	t.Setenv("CADREBOT_TELEGRAM_WEBHOOK_URL", "http://"+l.Addr().String()+"/hook")
	_, errs := mustRun(t, "", 1, "--data", t.TempDir(), "serve")
	contains(t, errs, "CADREBOT_LISTEN")
}

func TestPollingGoesOnWithoutItsPort(t *testing.T) {
	bare(t)
	fake := mustTelegram(t, telegramtest.Options{})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	t.Setenv("CADREBOT_LISTEN", l.Addr().String())
	r := start(t, false, "--data", t.TempDir(), "serve")
	quizzed(t, fake, 9)
	contains(t, r.errs.String(), "CADREBOT_LISTEN")
}

// TestStopWhileTelegramHangs: an answer that does not come holds up no stop, and
// what was not sent is kept.
func TestStopWhileTelegramHangs(t *testing.T) {
	bare(t)
	fake := mustTelegram(t, telegramtest.Options{Latency: 0})
	hang := make(chan struct{})
	gate := newGate(t, fake.URL(), "sendMessage", hang)
	t.Setenv("CADREBOT_TELEGRAM_API_URL", gate.url)
	data := t.TempDir()
	r := start(t, true, "--data", data, "serve")
	fake.Say(7, "/start")
	select {
	case <-gate.reached:
	case <-time.After(patience):
		t.Fatal("nothing is sent")
	}
	if code, took := r.end(); code != 0 || took > 5*time.Second {
		t.Errorf("exit code %d after %s", code, took)
	}
	close(hang)
	start(t, true, "--data", data, "serve")
	if !fake.Await(func() bool { _, ok := fake.Last(7); return ok }, patience) {
		t.Error("the message was lost in the stop")
	}
}

func TestNotReadyWhileRedisIsAway(t *testing.T) {
	bare(t)
	server := redistest.Start(t)
	fake := mustTelegram(t, telegramtest.Options{})
	t.Setenv("CADREBOT_REDIS_URL", "redis://"+server.Addr()+"/0")
	r := start(t, true, "--data", t.TempDir(), "serve")
	quizzed(t, fake, 7)
	await(t, "ready", func() bool { code, _ := r.get("/readyz"); return code == http.StatusOK })
	server.Kill()
	await(t, "not ready", func() bool { code, _ := r.get("/readyz"); return code == http.StatusServiceUnavailable })
	if code, _ := r.get("/healthz"); code != http.StatusOK {
		t.Errorf("/healthz: %d; a restart of the bot would not help", code)
	}
	server.Restart()
	await(t, "ready again", func() bool { code, _ := r.get("/readyz"); return code == http.StatusOK })
	quizzed(t, fake, 8)
}

func TestNotReadyWhileTelegramIsAway(t *testing.T) {
	bare(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	away := "http://" + l.Addr().String()
	_ = l.Close()
	t.Setenv("CADREBOT_TELEGRAM_TOKEN", "1:secret-token")
	t.Setenv("CADREBOT_TELEGRAM_API_URL", away)
	r := start(t, true, "--data", t.TempDir(), "serve")
	code, why := r.get("/readyz")
	if code != http.StatusServiceUnavailable {
		t.Errorf("ready without Telegram: %d %s", code, why)
	}
	await(t, "the reason", func() bool { _, why = r.get("/readyz"); return strings.Contains(why, "network") })
	if code, took := r.end(); code != 0 || took > 5*time.Second {
		t.Errorf("exit code %d after %s", code, took)
	}
	for _, text := range []string{why, r.errs.String()} {
		if strings.Contains(text, "secret-token") {
			t.Errorf("the token is shown:\n%s", text)
		}
	}
}

func TestTokenNobodyKnows(t *testing.T) {
	bare(t)
	mustTelegram(t, telegramtest.Options{})
	t.Setenv("CADREBOT_TELEGRAM_TOKEN", "7000000001:secret-and-wrong")
	_, errs := mustRun(t, "", 1, "--data", t.TempDir(), "serve")
	contains(t, errs, "@BotFather")
	if strings.Contains(errs, "secret-and-wrong") {
		t.Errorf("the token is shown:\n%s", errs)
	}
}

// TestSecretsStayOutOfTheLogs runs with everything logged and things going wrong.
func TestSecretsStayOutOfTheLogs(t *testing.T) {
	bare(t)
	server := redistest.Start(t)
	if err := server.Client().ConfigSet(t.Context(), "requirepass", "hunter2secret").Err(); err != nil {
		t.Fatal(err)
	}
	fake := mustTelegram(t, telegramtest.Options{})
	t.Setenv("CADREBOT_LOG_LEVEL", "debug")
	t.Setenv("CADREBOT_REDIS_URL", "redis://:hunter2secret@"+server.Addr()+"/0")
	r := start(t, true, "--data", t.TempDir(), "serve")
	quizzed(t, fake, 7)
	fake.Close()
	server.Kill()
	await(t, "trouble", func() bool { return strings.Contains(r.errs.String(), "lease") })
	r.end()
	for _, secret := range []string{fake.Token(), "hunter2secret"} {
		if strings.Contains(r.errs.String(), secret) {
			t.Errorf("%q is in the log:\n%s", secret, r.errs)
		}
	}
}

// TestRestartKeepsTheIdentity: a second process on the folder has another one,
// a restart the same.
func TestRestartKeepsTheIdentity(t *testing.T) {
	dir := t.TempDir()
	a := openInstance(dir)
	b := openInstance(dir)
	if a.ID == "" || b.ID == "" || a.ID == b.ID {
		t.Errorf("two processes are %q and %q", a.ID, b.ID)
	}
	a.close()
	c := openInstance(dir)
	defer c.close()
	if c.ID != a.ID {
		t.Errorf("after a restart %q is %q", a.ID, c.ID)
	}
}

// TestChatServesTelegramToo: without a subcommand both are served, and the end
// of the input ends both.
func TestChatServesTelegramToo(t *testing.T) {
	bare(t)
	fake := mustTelegram(t, telegramtest.Options{})
	in, typed := io.Pipe()
	var out, errs output
	code := make(chan int, 1)
	p := &Program{Args: []string{"--data", t.TempDir()}, Stdin: in, Stdout: &out, Stderr: &errs}
	go func() { code <- p.Run(t.Context()) }()
	quizzed(t, fake, 7)
	if _, err := io.WriteString(typed, "/quiz\n"); err != nil {
		t.Fatal(err)
	}
	await(t, "a question in the terminal", func() bool { return strings.Contains(out.String(), "1/10") })
	_ = typed.Close()
	select {
	case c := <-code:
		if c != 0 {
			t.Errorf("exit code %d:\n%s", c, errs.String())
		}
	case <-time.After(5 * time.Second):
		t.Error("the end of the input does not end it within 5 s")
	}
}
