package dialogs

import (
	"bytes"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"cadrebot/bot"
	"cadrebot/bot/bottest"
	"cadrebot/bot/slack"
	"cadrebot/bot/slack/slacktest"
)

// onSlack is a conversation in a workspace that delivers over HTTP.
type onSlack struct {
	*ear
	adapter *slack.Adapter
	fake    *slacktest.Server
	users   map[string]string // by name
	known   map[string]string // names, by user and by chat
	last    string            // the newest message that was read
}

// slackGroup is the channel of the conversations in a group.
const slackGroup = "C1"

func openSlack(t *testing.T, e *ear) (platform, bot.Channel) {
	free := bottest.Unlimited
	fake := slacktest.NewServer(slacktest.Options{Rate: free, ChannelRate: free, Tier3: free, Tier4: free, AckTimeout: time.Minute})
	t.Cleanup(fake.Close)
	fake.AddChannel(slacktest.Channel{ID: slackGroup, Name: "group", Member: true})
	a, err := slack.New(slack.Config{BotToken: fake.BotToken(), SigningSecret: fake.SigningSecret(), APIURL: fake.URL(),
		Limits: bot.Limits{PerSecond: -1, ChatEvery: -1}})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	p := &onSlack{ear: e, adapter: a, fake: fake, users: map[string]string{}, known: map[string]string{slackGroup: "group"}}
	e.names = func(address string) string { return p.known[address] }
	app := httptest.NewServer(a.Events(e))
	t.Cleanup(app.Close)
	fake.SetURLs(app.URL, app.URL, app.URL)
	return p, a.Channel()
}

// user is somebody's identifier. Who is new looks at the app before they do
// anything, so that it has time to learn their language.
func (p *onSlack) user(name, lang string) string {
	p.t.Helper()
	if u := p.users[name]; u != "" {
		return u
	}
	u := "U" + strconv.Itoa(1000+len(p.users))
	p.users[name], p.known[u] = u, name
	p.known[p.fake.AddUser(slacktest.User{ID: u, Name: name, Locale: lang})] = name
	for range 50 {
		p.fake.OpenHome(u, "messages")
		p.settle()
		if p.looked().Lang == lang {
			return u
		}
	}
	p.t.Errorf("the language of %s is not known", name)
	return u
}

func (p *onSlack) chat(name string) string {
	if name == "group" {
		return slackGroup
	}
	return p.fake.DM(p.user(name, ""))
}

// settle waits until every delivery is taken.
func (p *onSlack) settle() {
	p.t.Helper()
	if !p.fake.Await(func() bool { return p.fake.Pending() == 0 }, time.Minute) {
		p.t.Error("a delivery has not been taken")
	}
	if failed := p.fake.Stats().Failed; failed > 0 {
		p.t.Errorf("%d deliveries have failed", failed)
	}
}

func (p *onSlack) act(ev bot.Event) {
	who, chat := p.user(ev.Sender, ev.Lang), p.chat(ev.Chat)
	p.hears(ev, func() {
		switch {
		case ev.Kind == bot.Press:
			p.press(who, chat, ev)
		case ev.Group && strings.HasPrefix(ev.Text, "/"):
			p.fake.Mention(chat, who, ev.Text)
		case ev.Group:
			p.fake.SayIn(chat, who, ev.Text)
		default:
			p.fake.Say(who, ev.Text)
		}
		p.settle()
	})
}

// press presses a button that stands on the message, or one that does not any
// more.
func (p *onSlack) press(who, chat string, ev bot.Event) {
	m, _ := p.fake.Message(chat, ev.Message)
	for _, row := range m.Buttons {
		for _, b := range row {
			if b.Value == ev.Data {
				p.fake.Press(who, chat, ev.Message, b.ActionID)
				return
			}
		}
	}
	p.fake.PressStale(who, chat, ev.Message, slacktest.Button{ActionID: "old", Value: ev.Data})
}

func (p *onSlack) post(chat, target string, m bot.Message) (name, seen string) {
	address := p.chat(chat)
	name = p.sent(p.adapter.Post(p.t.Context(), bot.Outgoing{Chat: address, Target: target, Message: m}), m)
	media, text, rows := m.Media, "", [][]bot.Button(nil)
	files := 0
	for _, shown := range p.fake.Messages(address) {
		if target == "" && (shown.TS <= p.last || shown.User != "" || shown.Ephemeral != "") || target != "" && shown.TS != target {
			continue
		}
		p.last = max(p.last, shown.TS)
		files += len(shown.Files)
		for _, f := range shown.Files {
			if target == "" && (media == nil || !bytes.Equal(f.Bytes, media.Data) && f.URL != media.URL && len(f.Bytes) > 0) {
				p.t.Errorf("shows the file %s %s, not %+v", f.Name, f.URL, media)
			}
		}
		if text != "" && shown.Text != "" {
			text += "\n\n"
		}
		text += shown.Text
		for _, row := range shown.Buttons {
			var labels []bot.Button
			for _, b := range row {
				labels = append(labels, bot.Button{Label: b.Label})
			}
			rows = append(rows, labels)
		}
	}
	switch {
	case target != "":
		media = nil // an edit leaves the file as it was
	case media != nil && files == 0:
		instead := strings.TrimSpace(media.Alt + "\n" + media.URL)
		if !strings.Contains(text, instead) {
			p.t.Errorf("%q has neither the file nor words for it", text)
		}
		text = strings.Replace(text, instead, "", 1)
		text = strings.TrimSpace(strings.Replace(text, "\n\n\n", "\n", 1))
	}
	return name, told(media, text, rows)
}

func (p *onSlack) answer(_ bot.Event, a bot.Answer) string {
	address := p.origin.Chat
	before := p.whispers(address)
	if err := p.adapter.Answer(p.t.Context(), p.origin, a); err != nil {
		p.t.Error(err)
	}
	after := p.whispers(address)
	switch {
	case len(after) == len(before):
		return ""
	case len(after) > len(before)+1, after[len(after)-1].Ephemeral != p.origin.Sender:
		p.t.Errorf("an answer is shown to %s as %d messages", after[len(after)-1].Ephemeral, len(after)-len(before))
	}
	return after[len(after)-1].Text
}

// whispers are the messages of a chat that one person alone sees.
func (p *onSlack) whispers(chat string) []slacktest.Message {
	return slices.DeleteFunc(p.fake.Messages(chat), func(m slacktest.Message) bool { return m.Ephemeral == "" })
}
