package dialogs

import (
	"context"
	"io"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"cadrebot/bot"
	"cadrebot/bot/terminal"
)

// onTerminals is a conversation in which each person sits at a terminal.
type onTerminals struct {
	*ear
	seats map[string]*seat
}

// seat is one person's terminal.
type seat struct {
	*terminal.Terminal
	keys   *io.PipeWriter
	idle   chan struct{}
	screen strings.Builder // what was printed since it was last read
	files  string
	// numbered is what was printed of each message, by its name.
	printed map[string]string
}

func openTerminals(t *testing.T, e *ear) (platform, bot.Channel) {
	e.names, e.numbers = func(address string) string { return address }, true
	return &onTerminals{ear: e, seats: map[string]*seat{}}, terminal.New("me", "", io.Discard).Channel()
}

// at is somebody's terminal, which is switched on the first time.
func (p *onTerminals) at(who, lang string) *seat {
	if s := p.seats[who]; s != nil {
		return s
	}
	s := &seat{idle: make(chan struct{}), printed: map[string]string{}, files: p.t.TempDir()}
	s.Terminal = terminal.New(who, lang, &s.screen)
	s.Folder = s.files
	p.seats[who] = s
	keyboard, keys := io.Pipe()
	s.keys = keys
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		err := s.Talk(context.WithoutCancel(p.t.Context()), keyboard, p.ear, func(context.Context) error {
			s.idle <- struct{}{}
			return nil
		})
		if err != nil {
			p.t.Errorf("the talk of %s has ended: %v", who, err)
		}
	}()
	p.t.Cleanup(func() { keys.Close(); <-ended })
	return s
}

func (p *onTerminals) act(ev bot.Event) {
	s := p.at(ev.Sender, ev.Lang)
	line := ev.Text
	if ev.Kind == bot.Press {
		if line = s.number(p.history(ev.Chat), ev); line == "" {
			ev.Channel, ev.Name = p.channel.Name, ""
			p.hears(ev, func() { _, _ = p.Handle(context.Background(), ev) }) // no number reaches it
			return
		}
	}
	p.hears(ev, func() {
		if _, err := io.WriteString(s.keys, line+"\n"); err != nil {
			p.t.Error(err)
		}
		<-s.idle
	})
}

// number is what has to be typed to press a button, as it was printed under the
// newest message that has any; "" where a number would not reach it.
func (s *seat) number(h *history, ev bot.Event) string {
	for i := len(h.messages) - 1; i >= 0; i-- {
		m := h.messages[i]
		if len(m.Buttons) == 0 {
			continue
		}
		if m.name != ev.Message || m.Words {
			return ""
		}
		for _, row := range m.Buttons {
			for _, b := range row {
				if b.Data != ev.Data {
					continue
				}
				number := regexp.MustCompile(`(?m)(?:^|   )\[(\d+)\] ` + regexp.QuoteMeta(b.Label) + `(?:$|   \[)`)
				if found := number.FindStringSubmatch(s.printed[m.name]); found != nil {
					return found[1]
				}
			}
		}
		return ""
	}
	return ""
}

func (p *onTerminals) post(chat, target string, m bot.Message) (name, seen string) {
	s := p.at(chat, "")
	name = p.sent(s.Post(p.t.Context(), bot.Outgoing{Chat: chat, Target: target, Message: m}), m)
	printed := s.read()
	s.printed[name] = printed
	mark := "\n"
	if target != "" {
		mark = "\n┄┄┄\n"
	}
	printed, marked := strings.CutPrefix(printed, mark)
	if !marked {
		p.t.Errorf("begins otherwise: %q", printed)
	}
	return name, s.told(strings.TrimRight(printed, "\n"), m)
}

// told is what was printed as the files tell it: a file's line, the words, and
// each button on a line of its own without its number.
func (s *seat) told(printed string, m bot.Message) string {
	var lines []string
	for line := range strings.SplitSeq(printed, "\n") {
		switch {
		case m.Media != nil && len(lines) == 0:
			line = s.file(line)
		case numbered.MatchString(line) && len(m.Buttons) > 0:
			for i, b := range strings.Split(line, "   [") {
				if i > 0 {
					b = "[" + b
				}
				lines = append(lines, numbered.ReplaceAllString(b, "[")+"]")
			}
			continue
		case strings.HasPrefix(line, "[") && strings.HasSuffix(line, "]"):
			line = strings.ReplaceAll(line, "]   [", "]\n[")
		}
		for _, row := range m.Buttons {
			for _, b := range row {
				if b.URL != "" && line == b.Label+": "+b.URL {
					line = "[" + b.Label + "]"
				}
			}
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

var (
	numbered  = regexp.MustCompile(`^\[\d+\] `)
	mediaLine = regexp.MustCompile(`^\[(\w+): (.*?)\] (.*)$`)
)

// file is the line of a file as the files tell it.
func (s *seat) file(line string) string {
	found := mediaLine.FindStringSubmatch(line)
	if found == nil {
		return line
	}
	where := found[3]
	if filepath.Dir(where) == s.files {
		where = filepath.Base(where)
	}
	return "{" + found[1] + " " + where + ": " + found[2] + "}"
}

func (s *seat) read() string {
	printed := s.screen.String()
	s.screen.Reset()
	return printed
}

func (p *onTerminals) answer(press bot.Event, a bot.Answer) string {
	s := p.at(press.Chat, press.Lang)
	if err := s.Answer(p.t.Context(), press, a); err != nil {
		p.t.Error(err)
	}
	printed := s.read()
	if printed == "" {
		return ""
	}
	words, marked := strings.CutPrefix(printed, "· ")
	if !marked {
		p.t.Errorf("an answer begins otherwise: %s", strconv.Quote(printed))
	}
	return strings.TrimSuffix(words, "\n")
}
