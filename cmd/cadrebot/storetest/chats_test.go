package storetest

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"cadrebot/bot"
)

// screen is a chat as its person sees it.
type screen struct {
	Messages []message `json:"messages"`
}

type message struct {
	Name    string         `json:"name"` // the platform's
	Text    string         `json:"text"`
	Buttons [][]bot.Button `json:"buttons,omitempty"`
}

func (w *town) screen(channel, chat string) *screen {
	k := channel + ":" + chat
	if w.screens[k] == nil {
		w.screens[k] = &screen{}
	}
	return w.screens[k]
}

// deliver shows what may leave in its chat and acknowledges it, as a sender does.
func (w *town) deliver() (delivered bool) {
	w.Helper()
	for _, c := range channels {
		entries := w.pending(c.Name)
		if len(entries) == 0 {
			continue
		}
		for last := slices.MaxFunc(entries, byNumber); w.popped[c.Name] < last.ID; {
			taken, err := w.store.Await(w.Context(), c.Name, time.Second)
			if err != nil {
				w.Fatal(err)
			}
			if len(taken) == 0 { // it was taken off by the owner before this one
				break
			}
			w.popped[c.Name] = slices.MaxFunc(taken, byNumber).ID
		}
		for _, e := range entries {
			delivered = w.leaves(e) || delivered
		}
	}
	return delivered
}

func byNumber(a, b bot.Entry) int { return int(a.ID - b.ID) }

// pending is a channel's outbox, in order.
func (w *town) pending(channel string) []bot.Entry {
	w.Helper()
	var all []bot.Entry
	err := w.store.Pending(w.Context(), channel, func(page []bot.Entry) error {
		all = append(all, page...)
		return nil
	})
	if err != nil {
		w.Fatal(err)
	}
	slices.SortFunc(all, byNumber)
	return all
}

// nextHeld is when the first entry may leave that may not leave yet.
func (w *town) nextHeld() (at time.Time, ok bool) {
	for _, c := range channels {
		for _, e := range w.pending(c.Name) {
			if until := time.UnixMilli(e.NotBefore); until.After(w.now) && (!ok || until.Before(at)) {
				at, ok = until, true
			}
		}
	}
	return at, ok
}

// leaves shows one entry where it may leave, and takes it off the outbox.
func (w *town) leaves(e bot.Entry) bool {
	w.Helper()
	halts, err := w.store.Halted(w.Context())
	if err != nil {
		w.Fatal(err)
	}
	what, name := "sent", ""
	switch now := w.now.UnixMilli(); {
	case w.away[e.Chat], e.NotBefore > now, e.Fanout != "" && halts[e.Fanout] == bot.HaltPause:
		return false
	case e.Fanout != "" && halts[e.Fanout] == bot.HaltCancel, e.NotAfter > 0 && e.NotAfter < now:
		what = "dropped"
	default:
		name = w.show(e)
	}
	r := bot.Release{Channel: e.Channel, Lane: e.Lane, ID: e.ID, Held: e.NotBefore > 0}
	if r.Fanout = e.Fanout; r.Fanout != "" {
		r.What = what
	}
	if e.Last {
		r.Last = e.Chat
	}
	c := &bot.Commit{Release: []bot.Release{r}, Now: w.now}
	if e.Handle != "" && name != "" && !e.Edit {
		c.Handles = []bot.Handle{{Channel: e.Channel, Chat: e.Chat, Name: e.Handle, Message: name, Lane: e.Lane, Entry: e.ID}}
	}
	if _, err := w.store.Commit(w.Context(), c); err != nil {
		w.Fatal(err)
	}
	return true
}

// show puts an entry onto its screen and returns how the platform calls it.
func (w *town) show(e bot.Entry) string {
	w.Helper()
	s := w.screen(e.Channel, e.Chat)
	text := e.Message.Plain()
	if e.Message.Body != "" {
		body, err := w.store.Text(w.Context(), e.Message.Body)
		if err != nil || body == "" {
			w.Fatalf("the text of a notice is not kept: %v", err)
		}
		e.Message.Text = strings.TrimSpace(body + "\n\n" + e.Message.Text)
		text = e.Message.Plain()
	}
	w.said = append(w.said, e.Channel+":"+e.Chat+"\n"+text)
	if !e.Edit {
		m := message{Name: strconv.Itoa(len(s.Messages) + 1), Text: text, Buttons: e.Message.Buttons}
		s.Messages = append(s.Messages, m)
		return m.Name
	}
	target := e.Target
	if target == "" {
		var err error
		if target, err = w.store.FindHandle(w.Context(), e.Channel, e.Chat, e.Handle, e.ID); err != nil {
			w.Fatal(err)
		}
	}
	i := slices.IndexFunc(s.Messages, func(m message) bool { return m.Name == target })
	if i < 0 {
		w.Fatalf("an edit in %s of %q, which is not there", e.Chat, target)
	}
	s.Messages[i].Text, s.Messages[i].Buttons = text, e.Message.Buttons
	return target
}

// languages are those that the platforms report, where it is not Chinese.
var languages = map[string]string{"k2": "vi", "k4": "en", "k6": "vi", "k8": "en"}

// from is the event of somebody: "lan", "slack.lan", or "group.admin".
func (w *town) from(who string) bot.Event {
	ev := bot.Event{Channel: "telegram", Chat: who, Sender: who, Name: who, Lang: cmp.Or(languages[who], "zh")}
	if chat, ok := strings.CutPrefix(who, "slack."); ok {
		ev.Channel, ev.Chat, ev.Sender, ev.Name = "slack", chat, chat, chat
	}
	if sender, ok := strings.CutPrefix(who, "group."); ok {
		ev.Chat, ev.Sender, ev.Group, ev.Name = "group", sender, true, "group"
	}
	return ev
}

// say has somebody type.
func (w *town) say(who, text string) {
	w.Helper()
	ev := w.from(who)
	ev.Kind, ev.Text = bot.Text, text
	w.hear(ev)
}

// press has somebody press the newest button that is wanted.
func (w *town) press(who, what string, wanted func(bot.Button) bool) {
	w.Helper()
	ev := w.from(who)
	messages := w.screen(ev.Channel, ev.Chat).Messages
	for _, m := range slices.Backward(messages) {
		for _, b := range slices.Concat(m.Buttons...) {
			if wanted(b) {
				ev.Kind, ev.Data, ev.Query, ev.Message = bot.Press, b.Data, "query", m.Name
				w.hear(ev)
				return
			}
		}
	}
	w.Fatalf("%s sees no button %s, but %v", who, what, messages[max(0, len(messages)-1):])
}

func (w *town) pressLabel(who, label string) {
	w.Helper()
	w.press(who, "["+label+"]", func(b bot.Button) bool { return b.Label == label })
}
