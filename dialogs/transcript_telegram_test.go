package dialogs

import (
	"bytes"
	"net/http/httptest"
	"strconv"
	"testing"
	"time"

	"cadrebot/bot"
	"cadrebot/bot/bottest"
	"cadrebot/bot/telegram"
	"cadrebot/bot/telegram/telegramtest"
)

// onTelegram is a conversation on a Bot API server, with a webhook.
type onTelegram struct {
	*ear
	adapter *telegram.Adapter
	fake    *telegramtest.Server
	ids     map[string]int64
	known   map[int64]string
	last    int // the newest message that was read
}

func openTelegram(t *testing.T, e *ear) (platform, bot.Channel) {
	fake := telegramtest.NewServer(telegramtest.Options{Username: "cadre_bot",
		Rate: bottest.Unlimited, ChatRate: bottest.Unlimited, GroupRate: bottest.Unlimited})
	t.Cleanup(fake.Close)
	a, err := telegram.New(telegram.Config{Token: fake.Token(), APIURL: fake.URL(), Limits: bot.Limits{ChatEvery: -1}})
	if err != nil {
		t.Fatal(err)
	}
	hook := httptest.NewServer(a.Webhook(e, a.DefaultSecret()))
	t.Cleanup(hook.Close)
	p := &onTelegram{ear: e, adapter: a, fake: fake, ids: map[string]int64{"group": -1}, known: map[int64]string{-1: "group"}}
	e.names = func(address string) string { return p.known[number(address)] }
	fake.AddGroup(telegramtest.Group{ID: -1, Title: "group"})
	fake.Join(-1, p.id("admin"))
	if err := a.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := a.RegisterWebhook(t.Context(), hook.URL, a.DefaultSecret()); err != nil {
		t.Fatal(err)
	}
	p.settle()
	return p, a.Channel()
}

// settle waits until every update is taken.
func (p *onTelegram) settle() {
	p.t.Helper()
	if !p.fake.Await(func() bool { return p.fake.Pending() == 0 }, time.Minute) {
		p.t.Error("an update has not been taken")
	}
}

func number(s string) int64 {
	n, _ := strconv.ParseInt(s, 10, 64)
	return n
}

// id is the number of somebody, who may be new.
func (p *onTelegram) id(name string) int64 {
	if p.ids[name] == 0 {
		p.ids[name] = 1000 + int64(len(p.ids))
		p.known[p.ids[name]] = name
	}
	return p.ids[name]
}

func (p *onTelegram) act(ev bot.Event) {
	chat, who := p.id(ev.Chat), p.id(ev.Sender)
	p.fake.AddUser(telegramtest.User{ID: who, FirstName: ev.Sender, LanguageCode: ev.Lang})
	p.hears(ev, func() {
		switch {
		case ev.Kind == bot.Press:
			p.fake.PressIn(chat, who, int(number(ev.Message)), ev.Data)
		case ev.Group:
			p.fake.SayIn(chat, who, ev.Text)
		default:
			p.fake.Say(who, ev.Text)
		}
		p.settle()
	})
}

func (p *onTelegram) post(chat, target string, m bot.Message) (name, seen string) {
	name = p.sent(p.adapter.Post(p.t.Context(), bot.Outgoing{Chat: strconv.FormatInt(p.id(chat), 10), Target: target, Message: m}), m)
	for _, shown := range p.fake.Messages(p.id(chat)) {
		if target == "" && shown.ID > p.last && shown.From == 0 || target != "" && shown.ID == int(number(target)) {
			if seen != "" {
				seen += "\n\n"
			}
			seen += told(p.file(shown, target, m.Media), shown.Text, rowsOf(shown))
			p.last = max(p.last, shown.ID)
		}
	}
	return name, seen
}

// file is what a message shows of a file, where it is the one that was posted.
func (p *onTelegram) file(shown telegramtest.Message, target string, posted *bot.Media) *bot.Media {
	if shown.Media == "" || target != "" {
		return nil // an edit leaves the file as it was
	}
	kinds := map[bot.MediaKind]string{bot.Picture: "photo", bot.Audio: "audio", bot.Video: "video", bot.File: "document"}
	if posted == nil || shown.Media != kinds[posted.Kind] || shown.FileURL != posted.URL || !bytes.Equal(shown.File, posted.Data) ||
		posted.URL == "" && shown.FileName != posted.FileName() {
		p.t.Errorf("shows %s %s %s, not %+v", shown.Media, shown.FileName, shown.FileURL, posted)
	}
	return posted
}

func rowsOf(shown telegramtest.Message) (rows [][]bot.Button) {
	for _, row := range shown.Buttons {
		var buttons []bot.Button
		for _, b := range row {
			buttons = append(buttons, bot.Button{Label: b.Text})
		}
		rows = append(rows, buttons)
	}
	return rows
}

func (p *onTelegram) answer(_ bot.Event, a bot.Answer) string {
	before := len(p.fake.CallsOf("answerCallbackQuery"))
	if err := p.adapter.Answer(p.t.Context(), p.origin, a); err != nil {
		p.t.Error(err)
	}
	calls := p.fake.CallsOf("answerCallbackQuery")
	switch {
	case len(calls) == before && a.Text == "":
		return "" // one more answer without words does nothing
	case len(calls) != before+1:
		p.t.Errorf("an answer (%s) is shown %d times", a.Text, len(calls)-before)
		return ""
	}
	return calls[before].Text
}
