package dialogs

import (
	"encoding/json"
	"strconv"
	"testing"
	"time"

	"cadrebot/bot"
	"cadrebot/dialogs/audience"
	"cadrebot/dialogs/class"
)

// BenchmarkCopyReminder is the dialog's part of a reminder's fan-out, for a
// member whose zone is not the class's.
func BenchmarkCopyReminder(b *testing.B) {
	w := newWorld(b)
	c := class.Class{ID: "ABC234", Name: "Basics of union work", Zone: "Asia/Ho_Chi_Minh", Spec: "0 14 * * THU", Place: "room 302"}
	start := time.Date(2026, 11, 26, 7, 0, 0, 0, time.UTC)
	env := &bot.Env{Now: start.Add(-24 * time.Hour), Channel: testChannel}
	data, err := json.Marshal(c)
	if err != nil {
		b.Fatal(err)
	}
	env.Provide(bot.Thing{Ref: c.Ref(), Rev: bot.Rev{N: 1}, Data: data}, bot.Thing{Ref: bot.Ref{Kind: bot.MarkRef, ID: "rsvp:ABC234.202611261400/p"}})
	job := bot.Fanout{ID: "r", What: audience.Reminder, Object: c.ID, Session: "2026-11-26T14:00", Data: map[string]string{"start": strconv.FormatInt(start.UnixMilli(), 10)}}
	to := bot.Person{ID: "p", Lang: "zh", Zone: "Asia/Shanghai", Addresses: []bot.Address{{Channel: "telegram", Chat: "9"}}}
	for b.Loop() {
		if len(w.dialogs.Copy(env, job, to)) != 1 {
			b.Fatal("no copy")
		}
	}
}
