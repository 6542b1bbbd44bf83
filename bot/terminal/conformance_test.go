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
}

// Write takes what is printed at once: a message, or an answer.
func (s *sitter) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.screen = append(s.screen, string(p))
	return len(p), nil
}

func (s *sitter) printed() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.screen)
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
	number := ""
	for _, p := range s.printed() {
		if found := regexp.MustCompile(`(?m)(?:^|   )\[(\d+)\] ` + regexp.QuoteMeta(label) + `(?:   \[|$)`).FindStringSubmatch(p); found != nil {
			number = found[1]
		}
	}
	s.Type(number)
}

func (s *sitter) See() (all []bottest.Seen) {
	for _, p := range s.printed() {
		if strings.HasPrefix(p, "· ") {
			continue
		}
		var m bottest.Seen
		p, m.Edited = strings.CutPrefix(p, "\n┄┄┄\n")
		lines := strings.Split(strings.Trim(p, "\n"), "\n")
		for len(lines) > 0 {
			row, ok := buttons(lines[len(lines)-1])
			if !ok {
				break
			}
			m.Buttons = append(row, m.Buttons...)
			lines = lines[:len(lines)-1]
		}
		m.Text = strings.Join(lines, "\n")
		for _, f := range regexp.MustCompile(`(?m)^\[(?:file|picture).*?\] (.*)$`).FindAllStringSubmatch(m.Text, -1) {
			m.Data, _ = os.ReadFile(f[1])
		}
		all = append(all, m)
	}
	return all
}

func (s *sitter) Toasts() (all []string) {
	for _, p := range s.printed() {
		if words, ok := strings.CutPrefix(p, "· "); ok {
			all = append(all, strings.TrimSuffix(words, "\n"))
		}
	}
	return all
}
