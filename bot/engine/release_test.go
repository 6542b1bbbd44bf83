package engine_test

import (
	"testing"
	"time"

	"cadrebot/bot"
	"cadrebot/bot/bottest"
)

// TestLateRelease lets messages go that were marked long ago, when the lease may
// be another's.
func TestLateRelease(t *testing.T) {
	bottest.InTime(t, func(t *testing.T) {
		d := newDesk(t)
		ev := bot.Event{Kind: bot.Text, Channel: "tg", Chat: "1", Text: "a", Seen: bot.Seen{Number: 1}}
		release, err := d.engine.Handle(t.Context(), ev)
		if err != nil {
			t.Fatal(err)
		}
		d.Wire.Cut.Store(true)
		time.Sleep(6 * time.Second)
		release()
		time.Sleep(time.Second)
		d.Texts()
		d.Wire.Cut.Store(false)
		time.Sleep(5 * time.Second)
		d.Texts("a 1")
		d.Empty()
	})
}
