package telegramtest_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"cadrebot/bot/bottest"
	"cadrebot/bot/telegram/telegramtest"

	"github.com/go-telegram/bot/models"
)

// patience bounds every wait for something that must happen.
const patience = 10 * time.Second

func start(t *testing.T, opts telegramtest.Options) *telegramtest.Server {
	t.Helper()
	tg := telegramtest.NewServer(opts)
	t.Cleanup(tg.Close)
	return tg
}

// loose is a fake without rates, for tests of something else.
func loose() telegramtest.Options {
	return telegramtest.Options{
		Rate:      bottest.Unlimited,
		ChatRate:  bottest.Unlimited,
		GroupRate: bottest.Unlimited,
	}
}

type answer struct {
	status int
	header http.Header
	raw    string

	OK          bool            `json:"ok"`
	Result      json.RawMessage `json:"result"`
	ErrorCode   int             `json:"error_code"`
	Description string          `json:"description"`
	Parameters  struct {
		RetryAfter int   `json:"retry_after"`
		MigrateTo  int64 `json:"migrate_to_chat_id"`
	} `json:"parameters"`
}

// String is what a table compares: the result's kind or the error in full.
func (a answer) String() string {
	if a.OK {
		return "ok"
	}
	return fmt.Sprintf("%d %s", a.ErrorCode, a.Description)
}

func request(tg *telegramtest.Server, method, contentType, body string) (answer, error) {
	resp, err := http.Post(tg.URL()+"/bot"+tg.Token()+"/"+method, contentType, strings.NewReader(body))
	if err != nil {
		return answer{}, err
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		return answer{}, err
	}
	a := answer{status: resp.StatusCode, header: resp.Header, raw: string(raw)}
	if strings.HasPrefix(resp.Header.Get("Content-Type"), "application/json") {
		err = json.Unmarshal(raw, &a)
	}
	return a, err
}

func call(t *testing.T, tg *telegramtest.Server, method, body string, args ...any) answer {
	t.Helper()
	a, err := request(tg, method, "application/json", fmt.Sprintf(body, args...))
	if err != nil {
		t.Fatalf("%s: %v", method, err)
	}
	return a
}

func send(t *testing.T, tg *telegramtest.Server, chat int64, text string) answer {
	t.Helper()
	return call(t, tg, "sendMessage", `{"chat_id":%d,"text":%q}`, chat, text)
}

func updates(t *testing.T, tg *telegramtest.Server, body string, args ...any) []models.Update {
	t.Helper()
	a := call(t, tg, "getUpdates", body, args...)
	var got []models.Update
	if err := json.Unmarshal(a.Result, &got); err != nil {
		t.Fatalf("getUpdates answered %s: %v", a.raw, err)
	}
	return got
}

func want(t *testing.T, what string, got, want any) {
	t.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%s:\n got %v\nwant %v", what, got, want)
	}
}

func await(t *testing.T, tg *telegramtest.Server, what string, cond func() bool) {
	t.Helper()
	if !tg.Await(cond, patience) {
		t.Fatalf("waited in vain: %s", what)
	}
}
