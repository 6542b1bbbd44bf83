package bot

import (
	"strconv"
	"strings"
	"unicode"
)

// Part is what one call to a platform carries: a stretch of a message's text,
// of which the first Bold bytes are the message's head, with a file or without.
type Part struct {
	Text    string
	Bold    int
	Media   *Media
	Buttons [][]Button
}

// Parts turns a new message into what the channel can show, as few calls as may
// be: a file with the words where they fit under it, else before them; the
// buttons on the last part. Nothing is lost: buttons that the channel can't
// carry stand in the text with their numbers, and so do labels that are too
// long for a button. Text is valid UTF-8 afterwards.
func (c *Channel) Parts(m Message) []Part {
	m = c.shown(m)
	whole := m.whole()
	if m.Media != nil && c.captioned(whole.Text) {
		whole.Media, whole.Buttons = m.Media, m.Buttons
		return []Part{whole}
	}
	var parts []Part
	if m.Media != nil {
		parts = append(parts, Part{Media: m.Media})
	}
	for _, s := range split(whole.Text, c.Capacity.Unit, c.Capacity.Text) {
		parts = append(parts, Part{Text: whole.Text[s.from:s.to], Bold: max(0, min(s.to, whole.Bold)-s.from)})
	}
	if parts == nil {
		parts = []Part{{}} // the platform says what it thinks of an empty message
	}
	parts[len(parts)-1].Buttons = m.Buttons
	return parts
}

// captioned tells whether words fit under a file.
func (c *Channel) captioned(words string) bool {
	switch {
	case words == "":
		return true
	case c.Capacity.Caption < 0:
		return false
	}
	return c.Capacity.fits(words, c.Capacity.Caption)
}

// Whole turns a message into the one part of an edit. What is too long ends in
// an ellipsis. With captioned set it is the words under a file, which stays as
// it is.
func (c *Channel) Whole(m Message, captioned bool) Part {
	most := c.Capacity.Text
	if captioned {
		most = c.Capacity.Caption
	}
	m = c.shown(m)
	p := m.whole()
	p.Buttons = m.Buttons
	if !c.Capacity.fits(p.Text, most) {
		end := cut(p.Text, fitting(p.Text, c.Capacity.Unit, most-measure("…", c.Capacity.Unit)))
		kept := strings.TrimRightFunc(p.Text[:end], unicode.IsSpace)
		p.Text, p.Bold = kept+"…", min(p.Bold, len(kept))
	}
	return p
}

// WithoutMedia is the message with words in the place of its file: what it holds
// and where it is, or its name where nothing else is said.
func (m Message) WithoutMedia() Message {
	if m.Media == nil {
		return m
	}
	about := strings.TrimSpace(m.Media.Alt + "\n" + m.Media.URL)
	if about == "" && m.Plain() == "" {
		about = m.Media.FileName()
	}
	if about != "" && m.Text != "" {
		about += "\n\n"
	}
	m.Media, m.Text = nil, about+m.Text
	return m
}

func (m Message) whole() Part { return Part{Text: m.Plain(), Bold: len(m.Head)} }

// shown is the message with valid text and the buttons that the channel can
// carry.
func (c *Channel) shown(m Message) Message {
	m.Head, m.Text = strings.ToValidUTF8(m.Head, "\uFFFD"), strings.ToValidUTF8(m.Text, "\uFFFD")
	var lines []string
	m.Buttons, lines = c.keyboard(m)
	if len(lines) > 0 {
		if m.Text != "" {
			m.Text += "\n"
		}
		m.Text += strings.Join(lines, "\n")
	}
	return m
}

// keyboard lays the buttons out as the channel can carry them, and returns the
// lines that stand for what it can't.
func (c *Channel) keyboard(m Message) (rows [][]Button, lines []string) {
	carries := c.carries(m.Buttons)
	n := 0
	for _, row := range m.Buttons {
		var shown []Button
		for _, b := range row {
			b.Label = strings.ToValidUTF8(b.Label, "\uFFFD")
			if b.URL == "" {
				n++
			}
			if !carries {
				lines = append(lines, b.line(n, m.Words))
				continue
			}
			if !c.Capacity.fits(b.Label, c.Capacity.Label) {
				lines = append(lines, b.line(n, m.Words))
				b.Label = c.Capacity.clipped(b.Label)
			}
			if c.Capacity.Row > 0 && len(shown) == c.Capacity.Row {
				rows, shown = append(rows, shown), nil
			}
			shown = append(shown, b)
		}
		if len(shown) > 0 {
			rows = append(rows, shown)
		}
	}
	return rows, lines
}

// carries tells whether the channel can show these as buttons.
func (c *Channel) carries(rows [][]Button) bool {
	n := 0
	for _, row := range rows {
		n += len(row)
		for _, b := range row {
			if c.Capacity.Data > 0 && len(b.Data) > c.Capacity.Data {
				return false
			}
		}
	}
	return c.Buttons && (c.Capacity.Buttons == 0 || n <= c.Capacity.Buttons)
}

// line is a button in words: with the number that presses it, unless what is
// typed next is taken for an answer; then its own words do.
func (b Button) line(n int, worded bool) string {
	switch {
	case b.URL != "":
		return b.Label + ": " + strings.ToValidUTF8(b.URL, "\uFFFD")
	case worded:
		return "· " + b.Label
	}
	return strconv.Itoa(n) + " " + b.Label
}

func (k *Capacity) fits(s string, most int) bool { return most <= 0 || measure(s, k.Unit) <= most }

// clipped is a label that fits onto a button.
func (k *Capacity) clipped(label string) string {
	room := k.Label - measure("…", k.Unit)
	if room <= 0 {
		return label[:fitting(label, k.Unit, k.Label)]
	}
	return strings.TrimRightFunc(label[:whole(label, fitting(label, k.Unit, room))], unicode.IsSpace) + "…"
}
