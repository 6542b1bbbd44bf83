package terminal

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"cadrebot/bot/bottest"
)

// The suite that every adapter has to pass.
func TestConformance(t *testing.T) {
	bottest.Adapters(t, func(t *testing.T, _ *bottest.Memory) bottest.Rig {
		s := &sitter{folder: filepath.Join(t.TempDir(), "files")}
		s.keyboard, s.keys = io.Pipe()
		t.Cleanup(func() { s.keys.Close() })
		term := New("", "", s)
		term.Folder = s.folder
		return bottest.Rig{
			Adapter: term,
			Run: func(ctx context.Context, engine bottest.Handler) error {
				return term.Talk(ctx, s.keyboard, engine, func(context.Context) error { return nil })
			},
			Person: func(name, lang string) bottest.Human {
				term.who, term.lang = name, lang
				return s
			},
			Alone: true, Reprints: true, NewestOnly: true, Forgets: true, OneLine: true,
		}
	})
}

// sitter sits before the screen, where all that is printed stays.
type sitter struct {
	keyboard *io.PipeReader
	keys     *io.PipeWriter
	folder   string

	mu     sync.Mutex
	screen []string
	seen   []bottest.Seen
	toasts []string
}

// Write takes what is printed at once: a message, or an answer.
func (s *sitter) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.screen = append(s.screen, string(p))
	if words, ok := strings.CutPrefix(string(p), "· "); ok {
		s.toasts = append(s.toasts, strings.TrimSuffix(words, "\n"))
	} else {
		s.seen = append(s.seen, look(string(p)))
	}
	return len(p), nil
}

func (s *sitter) Type(text string) { _, _ = io.WriteString(s.keys, text+"\n") }

var button = regexp.MustCompile(`^\[(\d+)\] (.+)$|^\[([^:]+)\]$|^(.+): https://example\.org/\S*$`)

// buttons are those that stand on a line; false where it is not one of buttons.
func buttons(line string) (row []string, ok bool) {
	for part := range strings.SplitSeq(line, "   ") {
		found := button.FindStringSubmatch(part)
		if found == nil {
			return nil, false
		}
		row = append(row, found[2]+found[3]+found[4])
	}
	return row, true
}

// Press types the number of a button.
func (s *sitter) Press(label string) {
	numbered := regexp.MustCompile(`(?m)(?:^|   )\[(\d+)\] ` + regexp.QuoteMeta(label) + `(?:   \[|$)`)
	s.mu.Lock()
	number := ""
	for _, p := range slices.Backward(s.screen) {
		if found := numbered.FindStringSubmatch(p); found != nil {
			number = found[1]
			break
		}
	}
	s.mu.Unlock()
	s.Type(number)
}

func (s *sitter) See() []bottest.Seen {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.seen)
}

func (s *sitter) Toasts() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.toasts)
}

var saved = regexp.MustCompile(`(?m)^\[(?:file|picture).*?\] (.*)$`)

// look reads a message as it was printed: its words, and the lines of buttons
// under them.
func look(printed string) (m bottest.Seen) {
	printed, m.Edited = strings.CutPrefix(printed, "\n┄┄┄\n")
	lines := strings.Split(strings.Trim(printed, "\n"), "\n")
	for len(lines) > 0 {
		row, ok := buttons(lines[len(lines)-1])
		if !ok {
			break
		}
		m.Buttons = append(row, m.Buttons...)
		lines = lines[:len(lines)-1]
	}
	m.Text = strings.Join(lines, "\n")
	if file := saved.FindStringSubmatch(m.Text); file != nil {
		m.Data, _ = os.ReadFile(file[1])
	}
	return m
}
