package telegramtest_test

import (
	"testing"
	"time"

	"cadrebot/bot/bottest"
	"cadrebot/bot/telegram/telegramtest"
)

// people makes users 1 to n, whom the bot may write to.
func people(tg *telegramtest.Server, n int) {
	for id := 1; id <= n; id++ {
		tg.AddUser(telegramtest.User{ID: int64(id), Started: true})
	}
}

func TestRefusesThe31stSendInAnySecond(t *testing.T) {
	c := bottest.NewClock()
	tg := start(t, telegramtest.Options{Now: c.Now})
	people(tg, 100)
	next := int64(0)
	sendNew := func() answer {
		next++
		return send(t, tg, next, "x")
	}

	// 20 late in one second and 10 early in the next one fill the window.
	c.Move(900 * time.Millisecond)
	for range 20 {
		want(t, "send within the rate", sendNew(), "ok")
	}
	c.Move(300 * time.Millisecond)
	for range 10 {
		want(t, "send within the rate", sendNew(), "ok")
	}
	a := sendNew()
	want(t, "31st send", a, "429 Too Many Requests: retry after 1")
	want(t, "its status", a.status, 429)
	want(t, "its parameter", a.Parameters.RetryAfter, 1)
	want(t, "its header", a.header.Get("Retry-After"), "1")

	// The window itself has room after 700 ms; the penalty lasts its second.
	c.Move(999 * time.Millisecond)
	want(t, "send before the penalty ends", sendNew().status, 429)
	c.Move(time.Millisecond)
	for range 30 {
		want(t, "send after the penalty", sendNew(), "ok")
	}
	want(t, "counts", tg.Stats().TooMany, telegramtest.Refusals{Global: 1, Penalty: 1})
}

func TestWindowOpensExactlyOneSecondLater(t *testing.T) {
	for _, test := range []struct {
		after time.Duration
		want  int
	}{{time.Second - time.Nanosecond, 429}, {time.Second, 200}} {
		c := bottest.NewClock()
		tg := start(t, telegramtest.Options{Now: c.Now})
		people(tg, 31)
		for id := int64(1); id <= 30; id++ {
			send(t, tg, id, "x")
		}
		c.Move(test.after)
		want(t, test.after.String(), send(t, tg, 31, "x").status, test.want)
	}
}

func TestEditsCountForTheBotAndAnswersToPressesDoNot(t *testing.T) {
	c := bottest.NewClock()
	tg := start(t, telegramtest.Options{Now: c.Now})
	people(tg, 40)
	send(t, tg, 1, "question")
	id := tg.Messages(1)[0].ID
	for i := range 29 {
		want(t, "edit", call(t, tg, "editMessageText", `{"chat_id":1,"message_id":%d,"text":"%d"}`, id, i), "ok")
	}
	want(t, "edit past the rate", call(t, tg, "editMessageText", `{"chat_id":1,"message_id":%d,"text":"z"}`, id).status, 429)
	tg.Press(1, id, "a")
	want(t, "answer to a press", call(t, tg, "answerCallbackQuery", `{"callback_query_id":%q}`, lastQuery(t, tg)), "ok")
}

func lastQuery(t *testing.T, tg *telegramtest.Server) string {
	t.Helper()
	all := updates(t, tg, `{}`)
	if len(all) == 0 || all[len(all)-1].CallbackQuery == nil {
		t.Fatalf("no press at the end of %d updates", len(all))
	}
	return all[len(all)-1].CallbackQuery.ID
}

func TestTakesOneNewMessageASecondInAPrivateChat(t *testing.T) {
	c := bottest.NewClock()
	tg := start(t, telegramtest.Options{Now: c.Now})
	people(tg, 2)
	want(t, "first", send(t, tg, 1, "a"), "ok")
	id := tg.Messages(1)[0].ID
	want(t, "edit in the same second", call(t, tg, "editMessageText", `{"chat_id":1,"message_id":%d,"text":"b"}`, id), "ok")
	c.Move(999 * time.Millisecond)
	want(t, "second too early", send(t, tg, 1, "b").status, 429)
	want(t, "another chat meanwhile", send(t, tg, 2, "b"), "ok")
	want(t, "edit in the penalty", call(t, tg, "editMessageText", `{"chat_id":1,"message_id":%d,"text":"c"}`, id).status, 429)
	c.Move(time.Second)
	want(t, "second in time", send(t, tg, 1, "b"), "ok")
	want(t, "counts", tg.Stats().TooMany, telegramtest.Refusals{Chat: 1, Penalty: 1})
	want(t, "total", tg.Stats().TooMany.Total(), tg.Stats().Refused[429])
}

func TestCanCountEditsForAPrivateChat(t *testing.T) {
	c := bottest.NewClock()
	tg := start(t, telegramtest.Options{Now: c.Now, ChatRateCountsEdits: true})
	people(tg, 1)
	send(t, tg, 1, "a")
	id := tg.Messages(1)[0].ID
	want(t, "edit in the same second", call(t, tg, "editMessageText", `{"chat_id":1,"message_id":%d,"text":"b"}`, id).status, 429)
}

func TestTakes20AMinuteInAGroup(t *testing.T) {
	c := bottest.NewClock()
	tg := start(t, telegramtest.Options{Now: c.Now})
	tg.AddGroup(telegramtest.Group{ID: -7, Title: "Class"})
	tg.Join(-7, 1)
	for range 20 {
		want(t, "send within the rate", send(t, tg, -7, "x"), "ok")
		c.Move(time.Second)
	}
	a := send(t, tg, -7, "x")
	want(t, "21st", a.Parameters.RetryAfter, 40)
	c.Move(40 * time.Second)
	want(t, "after the penalty", send(t, tg, -7, "x"), "ok")
	want(t, "counts", tg.Stats().TooMany, telegramtest.Refusals{Group: 1})
}

func TestRatesCanBeChangedAndSwitchedOff(t *testing.T) {
	c := bottest.NewClock()
	opts := loose()
	opts.Now = c.Now
	tg := start(t, opts)
	people(tg, 1)
	for range 100 {
		want(t, "send without rates", send(t, tg, 1, "x"), "ok")
	}
	opts.Rate, opts.RetryAfter = bottest.Rate{N: 2, Per: time.Minute}, 7
	tg = start(t, opts)
	people(tg, 1)
	send(t, tg, 1, "x")
	send(t, tg, 1, "x")
	want(t, "with a penalty of its own", send(t, tg, 1, "x").Parameters.RetryAfter, 7)
}
