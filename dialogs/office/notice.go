package office

import (
	"strconv"
	"strings"
	"time"

	"cadrebot/bot"
	"cadrebot/content/phrases"
	"cadrebot/dialogs/audience"
)

// notice is what is kept of one that was sent, so that its button works for
// months. The text is stored once, under the same identifier.
type notice struct {
	Audience string `json:"a"`
	Author   string `json:"p"`
	From     string `json:"from,omitempty"` // bot.NameKey
	At       int64  `json:"t"`
	Read     bool   `json:"r,omitempty"`
}

// noticeDraft is a notice that is being written.
type noticeDraft struct {
	To   string `json:"a,omitempty"` // the audience
	Text string `json:"x,omitempty"`
	// Plain leaves the button out that asks for "read".
	Plain bool `json:"p,omitempty"`
	// Turn binds the button that sends to what was shown.
	Turn string `json:"t,omitempty"`
}

// maxNotice is how many UTF-16 units a notice may have, so that it stays one
// message on every platform.
const maxNotice = 3000

// notice is /notice: first to whom.
func (t *Talk) notice(string) {
	if !t.Env.Admin {
		t.Answer("")
		t.Send(t.WithSteps(t.Say("notice.admins")))
		return
	}
	t.noticeTo("")
}

// pressNotice answers the buttons of the notice dialogs.
func (t *Talk) pressNotice(data string) {
	verb, rest, _ := strings.Cut(data, ":")
	if !t.Env.Admin {
		t.Answer(t.Say("notice.admins"))
		return
	}
	switch verb {
	case "page":
		t.noticeTo(rest)
	case "to":
		t.askNotice(rest, t.Show)
	case "more": // from the report of one, which stays as it is
		t.askNotice(rest, t.Send)
	case "text", "plain", "send", "drop":
		if t.state.Notice == nil {
			t.Answer(t.Say("notice.gone"))
			return
		}
		t.pressDraft(verb, rest)
	case "none":
		t.Answer("")
		t.Show(t.WithSteps(t.Say("notice.dropped")))
	case "pause":
		t.SteerNotice(rest, bot.JobPaused, bot.HaltPause)
	case "resume":
		t.SteerNotice(rest, bot.JobRunning, bot.HaltNone)
	case "cancel":
		t.SteerNotice(rest, bot.JobCancelled, bot.HaltCancel)
	default:
		t.Answer(t.Say("old.button"))
	}
}

func (t *Talk) pressDraft(verb, turn string) {
	d := t.state.Notice
	switch {
	case turn != d.Turn, d.Text == "" && verb != "drop" && verb != "text":
		t.Answer(t.Say("old.button"))
	case verb == "drop":
		t.Answer("")
		t.state.Notice, t.State.Ask = nil, ""
		t.Show(t.WithSteps(t.Say("notice.dropped")))
	case verb == "text":
		t.askNotice(d.To, t.Show)
	case verb == "plain":
		t.Answer("")
		d.Plain = !d.Plain
		t.previewNotice(d)
	default:
		t.sendNotice(d)
	}
}

// noticeTo asks who is to get it, with numbers.
func (t *Talk) noticeTo(from string) {
	t.Answer("")
	t.state.Notice, t.State.Ask = nil, ""
	start, _ := strconv.Atoi(from)
	part, next := audience.Page(t.Classes(), start)
	m := bot.Message{Text: t.Say("notice.to"), Buttons: [][]bot.Button{
		bot.Row(t.Button("notice.everyone", "ntc:to:"+audience.Everyone, "n", t.Members(audience.Everyone).N))}}
	for _, c := range part {
		n := t.Members(audience.Class + c.ID).N
		m.Buttons = append(m.Buttons, bot.Row(t.Button("notice.class", "ntc:to:class:"+c.ID, "name", c.Name, "n", n)))
	}
	if next > 0 {
		m.Buttons = append(m.Buttons, bot.Row(t.Button("class.more", "ntc:page:"+strconv.Itoa(next))))
	}
	m.Buttons = append(m.Buttons, bot.Row(t.Button("class.leave", "ntc:none")))
	t.Show(m)
}

// askNotice asks for the text.
func (t *Talk) askNotice(audience string, show func(bot.Message)) {
	whom, n, ok := t.whom(audience)
	if !ok {
		t.Answer(t.Say("old.button"))
		return
	}
	t.Answer("")
	if n == 0 {
		show(bot.Message{Text: t.Say("notice.nobody"), Buttons: [][]bot.Button{bot.Row(t.Button("notice.again", "ntc:page:0"))}})
		return
	}
	d := &noticeDraft{To: audience, Turn: t.Turn()}
	if old := t.state.Notice; old != nil && old.To == audience {
		d.Plain = old.Plain
	}
	t.state.Notice = d
	show(bot.Message{Text: t.Say("notice.ask_text", "whom", whom), Buttons: [][]bot.Button{t.leaveNotice()}})
	t.State.Ask = "notice"
}

func (t *Talk) leaveNotice() []bot.Button {
	return bot.Row(t.Button("class.leave", "ntc:drop:"+t.Turn()))
}

// whom names an audience with its size.
func (t *Talk) whom(to string) (name string, n int, ok bool) {
	n = t.Members(to).N
	if to == audience.Everyone {
		return t.Say("notice.whom_everyone", "n", n), n, true
	}
	code, ok := audience.ClassOf(to)
	name, people, exists := t.classes.Named(code)
	if !ok || !exists {
		return "", 0, false
	}
	return t.Say("notice.whom_class", "name", name, "people", people), n, true
}

// typeNotice takes the text of a notice.
func (t *Talk) typeNotice(text string) {
	d := t.state.Notice
	if d == nil || d.To == "" || !t.Env.Admin {
		t.state.Notice, t.State.Ask = nil, ""
		t.WhereAmI()
		return
	}
	if over := units(text) - maxNotice; over > 0 {
		d.Turn = t.Turn()
		t.Send(bot.Message{Text: t.Say("notice.long", "n", over), Buttons: [][]bot.Button{t.leaveNotice()}})
		t.State.Ask = "notice"
		return
	}
	d.Text = text
	t.previewNotice(d)
}

// units counts a text as the platforms do that limit it: in UTF-16.
func units(text string) int {
	n := 0
	for _, r := range text {
		if n++; r > 0xFFFF {
			n++
		}
	}
	return n
}

// previewNotice shows the notice exactly as it will look, then to how many it
// goes and how long that takes.
func (t *Talk) previewNotice(d *noticeDraft) {
	whom, n, ok := t.whom(d.To)
	if !ok || n == 0 {
		t.state.Notice, t.State.Ask = nil, ""
		t.Send(bot.Message{Text: t.Say("notice.nobody"), Buttons: [][]bot.Button{bot.Row(t.Button("notice.again", "ntc:page:0"))}})
		return
	}
	d.Turn = t.Turn()
	m := t.NoticeMessage("", noticeData(t.Person.Name, t.Env.Now, !d.Plain))
	m.Text = d.Text
	t.Send(audience.OnlyShown(m, "read:"+audience.Preview))
	toggle := t.Button("notice.plain", "ntc:plain:"+d.Turn)
	if d.Plain {
		toggle = t.Button("notice.with", "ntc:plain:"+d.Turn)
	}
	t.Send(bot.Message{Text: t.Say("notice.confirm", "whom", whom, "time", phrases.Duration(t.Lang, t.Takes(n))),
		Buttons: [][]bot.Button{
			bot.Row(t.Button("notice.send", "ntc:send:"+d.Turn), t.Button("notice.change", "ntc:text:"+d.Turn)),
			bot.Row(toggle, t.Button("class.leave", "ntc:drop:"+d.Turn))}})
	t.State.Ask = "notice"
}

// noticeData is what the copies of a notice need besides its text.
func noticeData(from string, at time.Time, read bool) map[string]string {
	data := map[string]string{bot.NameKey: from, "at": strconv.FormatInt(at.UnixMilli(), 10)}
	if read {
		data["read"] = "1"
	}
	return data
}

// NoticeMessage is a notice as one recipient sees it. Body names its text.
func (t *Talk) NoticeMessage(id string, data map[string]string) bot.Message {
	from := data[bot.NameKey]
	if from == "" {
		from = t.Say("notice.coordinator")
	}
	at, _ := strconv.ParseInt(data["at"], 10, 64)
	date := phrases.Date(t.Lang, time.UnixMilli(at).In(t.Zone()))
	m := bot.Message{Head: t.Say("notice.head", "from", from, "date", date), Body: id}
	if data["read"] != "" && !t.Person.Group {
		m.Buttons = [][]bot.Button{bot.Row(t.Button("notice.read", "read:"+id))}
	}
	return m
}

// sendNotice begins the fan-out; the audience is fixed now.
func (t *Talk) sendNotice(d *noticeDraft) {
	t.Answer("")
	id := "n" + t.Env.NewID(60)
	now := t.Env.Now
	job := bot.Fanout{ID: id, What: audience.Notice, Object: id, Data: noticeData(t.Person.Name, now, !d.Plain)}
	t.state.Notice, t.State.Ask = nil, ""
	n := t.Fanout(job, d.To, bot.Bulk)
	if n == 0 {
		t.Show(bot.Message{Text: t.Say("notice.nobody"), Buttons: [][]bot.Button{bot.Row(t.Button("notice.again", "ntc:page:0"))}})
		return
	}
	if !d.Plain {
		t.noteNewest(d.To, id)
	}
	t.Effects = append(t.Effects,
		bot.StoreText{ID: id, Text: d.Text},
		bot.Put{Ref: bot.Ref{Kind: bot.NoticeRef, ID: id}, Value: notice{
			Audience: d.To, Author: t.Person.ID, From: t.Person.Name, At: now.UnixMilli(), Read: !d.Plain}},
		bot.Keep{What: "notice", Data: map[string]string{"id": id, "to": d.To, "people": strconv.Itoa(n)}})
	t.Follow(id)
}
