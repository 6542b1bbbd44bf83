package embedded

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// office writes a journal of some commits, and returns the folder, the
// journal's text, the length before the last commit and the state then.
func office(t *testing.T) (dir, text string, before int, then, now map[string]string) {
	t.Helper()
	dir = t.TempDir()
	e := mustOpen(t, dir, opening{})
	for n := 1; n <= 5; n++ {
		if n == 5 {
			then = snapshot(t, e.Client())
			before = int(e.journal.size.Load())
		}
		if err := commit(context.Background(), e.Client(), "an", n); err != nil {
			t.Fatal(err)
		}
	}
	now = snapshot(t, e.Client())
	mustClose(t, e)
	data, err := os.ReadFile(filepath.Join(dir, journalName))
	if err != nil {
		t.Fatal(err)
	}
	return dir, string(data), before, then, now
}

// withJournal makes a data folder with this journal.
func withJournal(t *testing.T, text string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, journalName), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// captureLog returns what is logged from here to the end of the test.
func captureLog(t *testing.T) *bytes.Buffer {
	var log bytes.Buffer
	old := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, nil)))
	t.Cleanup(func() { slog.SetDefault(old) })
	return &log
}

func TestATornLastRecordIsCutOffAtEveryByte(t *testing.T) {
	_, text, before, then, now := office(t)
	mark := strings.LastIndex(text, markPrefix)
	log := captureLog(t)
	for cut := before; cut <= len(text); cut++ {
		log.Reset()
		dir := withJournal(t, text[:cut])
		e := mustOpen(t, dir, opening{})
		want := then
		if cut >= mark { // the record itself is whole, only its mark is not
			want = now
		}
		sameState(t, fmt.Sprintf("cut at %d of %d", cut, len(text)), snapshot(t, e.Client()), want)
		whole := cut == before || cut == mark || cut == len(text)
		if told := strings.Contains(log.String(), "torn"); told == whole {
			t.Errorf("cut at %d: the log says %q", cut, log)
		}
		if cut%16 != 0 && !whole {
			mustClose(t, e)
			continue
		}
		// What is written behind the cut is read again.
		mustDo(t, e.Client(), "SET after cut")
		want = snapshot(t, e.Client())
		mustClose(t, e)
		e = mustOpen(t, dir, opening{})
		sameState(t, fmt.Sprintf("cut at %d, and again", cut), snapshot(t, e.Client()), want)
		mustClose(t, e)
		if t.Failed() {
			return
		}
	}
}

func TestZerosThatAPowerCutLeavesAreCutOff(t *testing.T) {
	_, text, before, then, now := office(t)
	for _, kept := range []int{before, before + 1, before + 20, before + 300, len(text) - 5} {
		want := then
		if kept > strings.LastIndex(text, markPrefix) {
			want = now
		}
		for _, zeros := range []int{1, 30, 4096, 300_000} {
			e := mustOpen(t, withJournal(t, text[:kept]+strings.Repeat("\x00", zeros)), opening{})
			sameState(t, fmt.Sprintf("%d bytes and %d zeros", kept, zeros), snapshot(t, e.Client()), want)
			mustClose(t, e)
		}
	}
}

func TestADamagedJournalIsNotOpened(t *testing.T) {
	_, text, before, _, _ := office(t)
	second := strings.Index(text, markPrefix) // behind the header
	third := second + strings.Index(text[second+1:], "MULTI") + 1
	for name, damaged := range map[string]string{
		"a byte of a value":      strings.Replace(text, "0000000002", "0000000003", 1),
		"a length too long":      strings.Replace(text, "$600", "$601", 1),
		"a length too short":     strings.Replace(text, "$600", "$599", 1),
		"a length beyond all":    strings.Replace(text, "$600", "$999999", 1),
		"a count too high":       strings.Replace(text, "*3\r\n$3\r\nSET", "*9\r\n$3\r\nSET", 1),
		"a count beyond all":     strings.Replace(text, "*3\r\n$3\r\nSET", "*999999\r\n$3\r\nSET", 1),
		"no end of a block":      strings.Replace(text, "*1\r\n$4\r\nEXEC\r\n", "", 1),
		"no begin of a block":    strings.Replace(text, "*1\r\n$5\r\nMULTI\r\n", "", 1),
		"a hole of zeros":        text[:third] + strings.Repeat("\x00", 50) + text[third+50:],
		"a missing piece":        text[:third] + text[third+50:],
		"a record taken out":     text[:third] + text[before:],
		"something else":         text[:third] + "garbage\r\n" + text[third:],
		"something else behind":  text + "garbage",
		"an unknown command":     text + string(appendCommand(nil, "EVAL", "return 1", "0")),
		"an impossible command":  text + string(appendCommand(nil, "LPUSH", "{o}:wake", "x")),
		"a command without name": text + "*0\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			if damaged == text {
				t.Fatal("nothing is damaged")
			}
			dir := withJournal(t, damaged)
			_, err := Open(dir)
			var damage *DamagedError
			if !errors.As(err, &damage) {
				t.Fatalf("opened with %v", err)
			}
			path := filepath.Join(dir, journalName)
			for _, word := range []string{path, fmt.Sprintf("byte %d", damage.Offset), fmt.Sprintf("truncate -s %d %s", damage.Offset, path)} {
				if !strings.Contains(err.Error(), word) {
					t.Errorf("the error does not say %q: %v", word, err)
				}
			}
			if after, _ := os.ReadFile(path); string(after) != damaged {
				t.Error("the journal was changed")
			}
			// The remedy works, and the folder is free for it.
			if err := os.Truncate(path, damage.Offset); err != nil {
				t.Fatal(err)
			}
			mustClose(t, mustOpen(t, dir, opening{}))
		})
	}
}

// Whatever single byte changes, nothing is silently lost or altered: the
// journal is refused, or (within the last record) what was whole is there.
func TestAChangedByteIsNoticed(t *testing.T) {
	_, text, before, then, now := office(t)
	step := 7
	if testing.Short() {
		step = 97
	}
	for at := 0; at < len(text); at += 1 + rand.IntN(step) {
		changed := []byte(text)
		changed[at] ^= byte(1 + rand.IntN(255))
		e, err := Open(withJournal(t, string(changed)))
		if err != nil {
			continue
		}
		got := snapshot(t, e.Client())
		mustClose(t, e)
		same := fmt.Sprint(got) == fmt.Sprint(now)
		if at >= before {
			same = same || fmt.Sprint(got) == fmt.Sprint(then)
		}
		if !same && at >= len("*2\r\n$4\r\nECHO\r\n") {
			t.Errorf("byte %d of %d from %q to %q: opened with another state", at, len(text), text[at], changed[at])
		}
	}
}

func TestAJournalOfANewerVersionIsNotOpened(t *testing.T) {
	newer := string(appendCommand(appendCommand(nil, "ECHO", journalFormat+"2"), "SET", "k", "v"))
	dir := withJournal(t, newer)
	_, err := Open(dir)
	var damage *DamagedError
	if err == nil || errors.As(err, &damage) || !strings.Contains(err.Error(), "newer") {
		t.Errorf("opened with %v", err)
	}
}

func TestPlainCommandsAreAJournalToo(t *testing.T) {
	text := string(appendCommand(nil, "SELECT", "0"))
	text += string(appendCommand(nil, "set", "k", "v", "PX", "100000"))
	text += string(appendCommand(nil, "rpush", "l", "a"))
	e := mustOpen(t, withJournal(t, text), opening{})
	if got := mustDo(t, e.Client(), "GET k"); got != "v" {
		t.Errorf("k is %v", got)
	}
	if got := mustDo(t, e.Client(), "PTTL k"); got.(int64) < 50000 {
		t.Errorf("k lives for %v", got)
	}
}
