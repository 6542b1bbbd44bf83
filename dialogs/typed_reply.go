package dialogs

import (
	"strings"
	"time"

	"cadrebot/bot"
	"cadrebot/content"
)

// A reminder or a notice comes without a step of its reader's conversation, so
// its buttons are not among those that can be typed. Their words are plain words
// of their own: they mean the next session, and the newest notice.

// typeComing and typeAbsent answer for the next session of the person's classes.
func (t *talk) typeComing(string) { t.answerNext("yes") }
func (t *talk) typeAbsent(string) { t.answerNext("no") }

func (t *talk) answerNext(value string) {
	var next meeting
	for _, code := range t.person.Classes {
		c, ok := t.readClass(code)
		if !ok || c.Closed {
			continue
		}
		if m, ok := c.upcoming(t.env.Now); ok && (next.class == nil || m.start.Before(next.start)) {
			next = m
		}
	}
	if next.class == nil {
		t.mine("")
		return
	}
	t.effects = append(t.effects, bot.Mark{Object: next.object(), Person: t.person.ID, Value: value})
	t.send(bot.Message{Head: t.say("reminder.class", "name", next.class.Name), Text: t.noted(next, value),
		Buttons: t.rsvpButtons(next, value, ".l")})
}

// newestNotice names the newest notice to an audience that asks to be read.
type newestNotice struct {
	ID string `json:"i"`
	At int64  `json:"t"`
}

// newestFor is how long a notice is the one that a typed word means.
const newestFor = 90 * 24 * time.Hour

func newestRef(audience string) bot.Ref {
	return bot.Ref{Kind: bot.IndexRef, ID: "notice:" + audience}
}

// noteNewest remembers a notice as the newest to its audience.
func (t *talk) noteNewest(audience, id string) {
	t.env.Get(newestRef(audience))
	t.effects = append(t.effects, bot.Put{Ref: newestRef(audience), Value: newestNotice{id, t.env.Now.UnixMilli()}})
}

// typeRead says of the newest notice to the person that they have read it.
func (t *talk) typeRead(string) {
	var newest newestNotice
	audiences := []string{everyone}
	for _, code := range t.person.Classes {
		audiences = append(audiences, classAudience+code)
	}
	for _, audience := range audiences {
		var n newestNotice
		if t.env.Read(newestRef(audience), &n) && n.At > newest.At {
			newest = n
		}
	}
	var n notice
	if t.env.Now.Sub(time.UnixMilli(newest.At)) > newestFor ||
		!t.env.Read(bot.Ref{Kind: bot.NoticeRef, ID: newest.ID}, &n) {
		t.whereAmI()
		return
	}
	t.noteRead(newest.ID)
	from := n.From
	if from == "" {
		from = t.say("notice.coordinator")
	}
	t.send(bot.Message{Text: t.say("notice.read_that", "from", from, "date", content.Date(t.lang, time.UnixMilli(n.At).In(t.zone())))})
}

// noteRead notes once that the person has read a notice.
func (t *talk) noteRead(id string) {
	object := "notice:" + id
	mark, _ := t.env.Get(bot.Ref{Kind: bot.MarkRef, ID: object + "/" + t.person.ID})
	if strings.Trim(string(mark.Data), `"`) != "read" {
		t.effects = append(t.effects, bot.Mark{Object: object, Person: t.person.ID, Value: "read"},
			bot.Keep{What: "acknowledged", Data: map[string]string{"notice": id}})
	}
}
