package office

import (
	"strings"
	"time"

	"cadrebot/bot"
	"cadrebot/content/phrases"
	"cadrebot/dialogs/audience"
)

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
func (t *Talk) noteNewest(audience, id string) {
	t.Env.Get(newestRef(audience))
	t.Effects = append(t.Effects, bot.Put{Ref: newestRef(audience), Value: newestNotice{id, t.Env.Now.UnixMilli()}})
}

// typeRead says of the newest notice to the person that they have read it.
func (t *Talk) typeRead(string) {
	var newest newestNotice
	audiences := []string{audience.Everyone}
	for _, code := range t.Person.Classes {
		audiences = append(audiences, audience.Class+code)
	}
	for _, audience := range audiences {
		var n newestNotice
		if t.Env.Read(newestRef(audience), &n) && n.At > newest.At {
			newest = n
		}
	}
	var n notice
	if t.Env.Now.Sub(time.UnixMilli(newest.At)) > newestFor ||
		!t.Env.Read(bot.Ref{Kind: bot.NoticeRef, ID: newest.ID}, &n) {
		t.WhereAmI()
		return
	}
	t.noteRead(newest.ID)
	from := n.From
	if from == "" {
		from = t.Say("notice.coordinator")
	}
	t.Send(bot.Message{Text: t.Say("notice.read_that", "from", from, "date", phrases.Date(t.Lang, time.UnixMilli(n.At).In(t.Zone())))})
}

// noteRead notes once that the person has read a notice.
func (t *Talk) noteRead(id string) {
	object := "notice:" + id
	mark, _ := t.Env.Get(bot.Ref{Kind: bot.MarkRef, ID: object + "/" + t.Person.ID})
	if strings.Trim(string(mark.Data), `"`) != "read" {
		t.Effects = append(t.Effects, bot.Mark{Object: object, Person: t.Person.ID, Value: "read"},
			bot.Keep{What: "acknowledged", Data: map[string]string{"notice": id}})
	}
}
