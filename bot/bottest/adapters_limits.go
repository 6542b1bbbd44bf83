package bottest

import (
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"pgregory.net/rapid"

	"cadrebot/bot"
)

// pieces are what random messages are made of.
var pieces = []string{
	"工", "会", "。", "，", "“", "một ", "hai ", "a", "word ", "<b>", "&", "&amp;", "*_~`", "👍🏽", "👩‍👩‍👧‍👦", "e\u0301", "\n", "\n\n", "- ", "@all ",
	"http://example.org/x ", "longwordwithoutanyspace", "𝔘", ":smile:",
}

func randomText(most int) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		n := rapid.SampledFrom([]int{1, 10, most / 2, most - 1, most, most + 1, 2 * most, 3 * most}).Draw(t, "length")
		seed := rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 40).Draw(t, "pieces")
		whole := strings.Repeat(strings.Join(seed, "")+"x", 1+n/len(seed))
		return string([]rune(whole)[:min(n, len([]rune(whole)))])
	})
}

// randomMessage may be anything that a dialog may say: buttons have words, and
// data of 1 to 64 bytes.
func randomMessage(c bot.Capacity) *rapid.Generator[bot.Message] {
	most := c.Text
	if most <= 0 {
		most = 3000
	}
	return rapid.Custom(func(t *rapid.T) bot.Message {
		m := bot.Message{Text: "z" + randomText(most).Draw(t, "text")}
		if rapid.Bool().Draw(t, "with a head") {
			m.Head = "y" + strings.ReplaceAll(randomText(80).Draw(t, "head"), "\n", " ")
		}
		m.Words = rapid.Bool().Draw(t, "words")
		n := rapid.SampledFrom([]int{0, 0, 1, 3, 9, 45, 101}).Draw(t, "buttons")
		for i := range n {
			label := fmt.Sprint("n", i, " ", strings.Join(strings.Fields(randomText(60).Draw(t, "label")), " "))
			b := bot.Button{Label: label, Data: fmt.Sprint(i, strings.Repeat("x", rapid.IntRange(0, 61).Draw(t, "data")))}
			if rapid.IntRange(0, 9).Draw(t, "address") == 0 {
				b.Data, b.URL = "", fmt.Sprint("https://example.org/", i)
			}
			if len(m.Buttons) == 0 || rapid.Bool().Draw(t, "row") {
				m.Buttons = append(m.Buttons, nil)
			}
			last := len(m.Buttons) - 1
			m.Buttons[last] = append(m.Buttons[last], b)
		}
		return m
	})
}

// shownWithin is how long what was taken may be on its way to a screen.
const shownWithin = 3 * time.Second

// limitsKept posts random messages: the platform takes each, and nothing of it
// is lost on the way to the eyes of who reads it.
func limitsKept(a *adapterTest) {
	anna := a.meet("anna", "en")
	anna.settled()
	chat := a.dialog.address("anna").Chat
	var tries atomic.Int64
	before := len(anna.See())
	again := time.NewTicker(time.Millisecond)
	defer again.Stop()
	rapid.Check(a, func(t *rapid.T) {
		m := randomMessage(a.channel.Capacity).Draw(t, "message")
		o := a.rig.Adapter.Post(a.Context(), bot.Outgoing{Chat: chat, Message: m, Operation: fmt.Sprint("random-", tries.Add(1))})
		if o.Status != bot.Sent || o.Message == "" {
			t.Fatalf("%s: %v", o.Status, o.Err)
		}
		var news []Seen
		var lost string
		for end := time.Now().Add(shownWithin); ; <-again.C {
			news = anna.See()[before:]
			if lost = missing(m, news); lost == "" || time.Now().After(end) {
				break
			}
		}
		if lost != "" {
			t.Fatalf("not seen: %q\nin %+v", lost, news)
		}
		before += len(news)
		if !a.channel.Edits {
			return
		}
		edit := randomMessage(a.channel.Capacity).Draw(t, "edit")
		if o := a.rig.Adapter.Post(a.Context(), bot.Outgoing{Chat: chat, Target: o.Message, Message: edit}); o.Status != bot.Sent {
			t.Fatalf("edit: %s: %v", o.Status, o.Err)
		}
		before = len(anna.See())
	})
}

// missing is what is not to be seen of a message, "" for nothing.
func missing(m bot.Message, news []Seen) string {
	var words, all strings.Builder
	for _, p := range news {
		words.WriteString(p.Text)
		all.WriteString(p.Text + strings.Join(p.Buttons, "\n"))
	}
	if want := squeezed(m.Plain()); !strings.HasPrefix(squeezed(words.String()), want) {
		return want
	}
	said := squeezed(all.String())
	for _, button := range slices.Concat(m.Buttons...) {
		if label := squeezed(button.Label); !strings.Contains(said, label) {
			return button.Label
		}
	}
	return ""
}
