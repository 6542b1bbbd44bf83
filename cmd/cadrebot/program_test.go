package main

import (
	"bytes"
	"context"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// output is what a program has written, safe to read while it runs.
type output struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.String()
}

// bare takes everything out of the environment that would set something.
func bare(t *testing.T) {
	t.Helper()
	for _, line := range os.Environ() {
		if name, _, _ := strings.Cut(line, "="); strings.HasPrefix(name, "CADREBOT_") {
			t.Setenv(name, "")
			_ = os.Unsetenv(name)
		}
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		t.Setenv(name, "")
	}
	t.Setenv("CADREBOT_LISTEN", "127.0.0.1:0")
}

// mustRun runs a command to its end and returns what it printed.
func mustRun(t *testing.T, input string, want int, args ...string) (stdout, stderr string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	var out, errs output
	p := &Program{Args: args, Stdin: strings.NewReader(input), Stdout: &out, Stderr: &errs}
	if code := p.Run(ctx); code != want {
		t.Fatalf("%v: exit code %d, want %d\n%s\n%s", args, code, want, out.String(), errs.String())
	}
	return out.String(), errs.String()
}

func mustWrite(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func contains(t *testing.T, text string, words ...string) {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(text, w) {
			t.Errorf("%q is not in:\n%s", w, text)
		}
	}
}

func TestPipe(t *testing.T) {
	bare(t)
	data := t.TempDir()
	t.Setenv("CADREBOT_CONTENT", statements(t))
	out, errs := mustRun(t, "/start\n/quiz st\n1\n", 0, "--data", data)
	contains(t, out, "❓ 1/10", "❓ 2/10")
	if !strings.Contains(out, "✗ 1/10") && !strings.Contains(out, "✅ 1/10") {
		t.Errorf("the answer is not marked:\n%s", out)
	}
	if !regexp.MustCompile(`^Web chat: http://127\.0\.0\.1:\d+\n$`).MatchString(errs) {
		t.Errorf("a chat begins otherwise than with the address of the page:\n%s", errs)
	}

	// The conversation is where it was, and nothing is said twice.
	out, _ = mustRun(t, "what now\n", 0, "--data", data)
	contains(t, out, "question 2 of 10")
	if strings.Contains(out, "❓ 2/10") {
		t.Errorf("what was said before the restart is said again:\n%s", out)
	}
}

func TestPipeLanguage(t *testing.T) {
	bare(t)
	t.Setenv("LANG", "zh_CN.UTF-8")
	out, _ := mustRun(t, "小测\n", 0, "--data", t.TempDir())
	if !regexp.MustCompile(`❓ 1/10.*\p{Han}`).MatchString(out) {
		t.Errorf("not in Chinese:\n%s", out)
	}
	out, _ = mustRun(t, "/quiz\n", 0, "--data", t.TempDir(), "talk", "--lang", "vi")
	if !regexp.MustCompile(`(?s)❓ 1/10.*[ạảấầẩậắằặẹẻếềểệịọỏốồổộớờởợụủứừửựđ]`).MatchString(out) {
		t.Errorf("not in Vietnamese:\n%s", out)
	}
}

func TestTalkAsSomebody(t *testing.T) {
	bare(t)
	data := t.TempDir()
	mustRun(t, "/quiz\n", 0, "--data", data)
	out, _ := mustRun(t, "what now\n", 0, "--data", data, "talk", "--as", "lan")
	if strings.Contains(out, "question 1 of 10") {
		t.Errorf("lan is in somebody else's quiz:\n%s", out)
	}
	_, errs := mustRun(t, "", 1, "--data", data, "talk", "--as", "a b")
	contains(t, errs, "--as")
	_, errs = mustRun(t, "", 1, "--data", data, "talk", "--lang", "xx")
	contains(t, errs, `--lang "xx": want zh, vi or en`)
	out, _ = mustRun(t, strings.Repeat("x", 2<<20)+"\n/quiz\n", 0, "--data", t.TempDir())
	contains(t, out, "too long for me", "1/10")
}

func TestTalkTravels(t *testing.T) {
	bare(t)
	data := t.TempDir()
	t.Setenv("CADREBOT_CONTENT", statements(t)) // where words are asked for, "what now" is an answer
	mustRun(t, "/quiz st\n", 0, "--data", data)
	out, errs := mustRun(t, "what now\n/stop\n", 0, "--data", data, "talk", "--at", "+36h")
	contains(t, out, "question 1 of 10")
	contains(t, errs, "Nothing that happens here is kept")
	out, _ = mustRun(t, "what now\n", 0, "--data", data)
	contains(t, out, "question 1 of 10")
	_, errs = mustRun(t, "", 1, "--data", data, "talk", "--at", "soon")
	contains(t, errs, "2026-11-27T08:00")
}

func TestOwnTerminalIsACoordinators(t *testing.T) {
	bare(t)
	out, _ := mustRun(t, "/help\n", 0, "--data", t.TempDir())
	contains(t, out, "send a notice")
	out, _ = mustRun(t, "/help\n", 0, "--data", t.TempDir(), "--admins", "telegram:1")
	if strings.Contains(out, "send a notice") {
		t.Errorf("who is not named is a coordinator:\n%s", out)
	}
	out, _ = mustRun(t, "/help\n", 0, "--data", t.TempDir(), "--admins", "terminal:lan", "talk", "--as", "lan")
	contains(t, out, "send a notice")
}

func TestServeNeedsAChannel(t *testing.T) {
	bare(t)
	_, errs := mustRun(t, "", 1, "--data", t.TempDir(), "--no-web", "serve")
	contains(t, errs, "CADREBOT_TELEGRAM_TOKEN", "CADREBOT_WEB")
	for _, one := range [][2]string{
		{"CADREBOT_SLACK_BOT_TOKEN", "CADREBOT_SLACK_SIGNING_SECRET"}, {"CADREBOT_SLACK_APP_TOKEN", "CADREBOT_SLACK_BOT_TOKEN is missing"},
	} {
		t.Run(one[0], func(t *testing.T) {
			t.Setenv(one[0], "xoxb-secret")
			_, errs := mustRun(t, "", 2, "--data", t.TempDir(), "serve")
			contains(t, errs, one[1])
			if strings.Contains(errs, "secret\"") || strings.Contains(errs, "xoxb-secret") {
				t.Errorf("it says the token: %s", errs)
			}
		})
	}
}

// TestATakenPortCostsThePageAlone lets somebody else have the port.
func TestATakenPortCostsThePageAlone(t *testing.T) {
	bare(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	out, errs := mustRun(t, "/start\n", 0, "--data", t.TempDir(), "--listen", l.Addr().String())
	contains(t, out, "Start a quiz")
	contains(t, errs, "No web chat: ", l.Addr().String(), "CADREBOT_LISTEN")
}

func TestVersion(t *testing.T) {
	bare(t)
	out, _ := mustRun(t, "", 0, "version")
	contains(t, out, "cadrebot ", "go1.")
}
