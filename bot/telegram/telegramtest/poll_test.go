package telegramtest_test

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"cadrebot/bot/bottest"
	"cadrebot/bot/telegram/telegramtest"

	"github.com/go-telegram/bot/models"
)

func ids(all []models.Update) []int64 {
	got := []int64{}
	for _, u := range all {
		got = append(got, u.ID)
	}
	return got
}

func TestKeepsUpdatesUntilTheOffsetConfirmsThem(t *testing.T) {
	tg := start(t, loose())
	first := tg.Say(1, "a")
	tg.Say(1, "b")
	tg.Say(2, "c")
	want(t, "all", ids(updates(t, tg, `{}`)), []int64{first, first + 1, first + 2})
	want(t, "again", ids(updates(t, tg, `{"offset":%d}`, first)), []int64{first, first + 1, first + 2})
	want(t, "limited", ids(updates(t, tg, `{"offset":%d,"limit":1}`, first+1)), []int64{first + 1})
	want(t, "without an offset", ids(updates(t, tg, `{}`)), []int64{first + 1, first + 2})
	want(t, "the last", ids(updates(t, tg, `{"offset":-1}`)), []int64{first + 2})
	want(t, "pending", tg.Pending(), 1)
	want(t, "all confirmed", ids(updates(t, tg, `{"offset":%d}`, first+3)), []int64{})
	want(t, "pending", tg.Pending(), 0)
	for range 150 {
		tg.Say(1, "x")
	}
	want(t, "at most", len(updates(t, tg, `{"limit":1000}`)), 100)
}

func TestPollWaitsForAnUpdate(t *testing.T) {
	tg := start(t, loose())
	got := make(chan []models.Update, 1)
	go func() { got <- updates(t, tg, `{"timeout":50}`) }()
	await(t, tg, "a poll", tg.Polling)
	id := tg.Say(1, "hi")
	want(t, "updates", ids(<-got), []int64{id})
	want(t, "timed out", updates(t, tg, `{"timeout":1,"offset":%d}`, id+1), []models.Update{})
}

func TestNewerPollEndsTheOlder(t *testing.T) {
	opts := loose()
	opts.ConflictDelay = 300 * time.Millisecond
	tg := start(t, opts)
	polls := make(chan answer, 3)
	poll := func(timeout string) {
		a, err := request(tg, "getUpdates", "application/json", `{"timeout":`+timeout+`}`)
		if err != nil {
			t.Error(err)
		}
		polls <- a
	}
	go poll("50")
	await(t, tg, "the first poll", tg.Polling)
	go poll("50")
	conflict := "409 Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
	want(t, "older", <-polls, conflict)
	await(t, tg, "the second poll", tg.Polling)
	began := time.Now()
	poll("0")
	poll2 := <-polls
	want(t, "newest", poll2, "ok")
	want(t, "second 409", <-polls, conflict)
	if late := time.Since(began); late < opts.ConflictDelay {
		t.Errorf("a repeated 409 came after %v, want it %v late", late, opts.ConflictDelay)
	}
	want(t, "refused", tg.Stats().Refused[409], 2)
}

func TestForgetsAPollWhoseBotIsGone(t *testing.T) {
	tg := start(t, loose())
	client := &http.Client{Timeout: 50 * time.Millisecond}
	if _, err := client.Get(tg.URL() + "/bot" + tg.Token() + "/getUpdates?timeout=50"); err == nil {
		t.Fatal("a long poll without updates has answered")
	}
	await(t, tg, "the poll's end", func() bool { return !tg.Polling() })
	tg.Say(1, "hi")
	want(t, "next poll", len(updates(t, tg, `{"timeout":50}`)), 1)
	want(t, "conflicts", tg.Stats().Refused[409], 0)
}

func TestRemembersWhichUpdatesAreWanted(t *testing.T) {
	tg := start(t, loose())
	updates(t, tg, `{"allowed_updates":["callback_query"]}`)
	updates(t, tg, `{}`)
	want(t, "message", tg.Say(1, "hi"), 0)
	if tg.Press(1, 1, "a") == 0 {
		t.Error("a wanted press was dropped")
	}
	updates(t, tg, `{"allowed_updates":[]}`)
	if tg.Say(1, "hi") == 0 {
		t.Error("a message was dropped though the default is back")
	}
}

func TestDropsWhatNobodyFetchesInTime(t *testing.T) {
	c := bottest.NewClock()
	opts := loose()
	opts.Now = c.Now
	tg := start(t, opts)
	tg.Press(1, 1, "a")
	said := tg.Say(1, "hi")
	c.Move(150 * time.Second)
	want(t, "after the press is void", ids(updates(t, tg, `{}`)), []int64{said})
	c.Move(24 * time.Hour)
	want(t, "after a day", ids(updates(t, tg, `{}`)), []int64{})
	want(t, "expired", tg.Stats().Expired, 2)
}

func TestRedeliversOnDemand(t *testing.T) {
	tg := start(t, loose())
	first := tg.Say(1, "a")
	updates(t, tg, `{"offset":%d}`, first+1)
	second := tg.Say(1, "b")
	if !tg.Redeliver(first) || tg.Redeliver(1) {
		t.Fatal("Redeliver does not know what was sent")
	}
	want(t, "with the repeat", ids(updates(t, tg, `{"offset":%d}`, first+1)), []int64{first, second})
	want(t, "once", ids(updates(t, tg, `{"offset":%d}`, first+1)), []int64{second})
}

func TestSendsRawUpdatesAsTheyStand(t *testing.T) {
	tg := start(t, loose())
	id := tg.Raw(`{"chat_boost":{"boost":{"source":{"source":"martian"}}}}`)
	tg.Raw(`{"update_id":7,"message":5}`)
	var got []json.RawMessage
	a := call(t, tg, "getUpdates", `{}`)
	if err := json.Unmarshal(a.Result, &got); err != nil || len(got) != 2 {
		t.Fatalf("got %s, %v", a.raw, err)
	}
	var u models.Update
	if err := json.Unmarshal(got[0], &u); err == nil {
		t.Error("an update with an unknown word was decoded")
	}
	want(t, "id", u.ID, id)
	want(t, "as it stands", string(got[1]), `{"update_id":7,"message":5}`)
	want(t, "as sent", string(tg.Update(7)), `{"update_id":7,"message":5}`)
}

func TestNumbersMayRestart(t *testing.T) {
	tg := start(t, loose())
	old := tg.Say(1, "a")
	updates(t, tg, `{"offset":%d}`, old+1)
	tg.SetNextUpdateID(5)
	tg.Say(1, "b")
	want(t, "with the old offset", ids(updates(t, tg, `{"offset":%d}`, old+1)), []int64{5})
}

func TestPeopleLookReal(t *testing.T) {
	tg := start(t, loose())
	tg.AddUser(telegramtest.User{ID: 8, FirstName: "Lan", Username: "lan", LanguageCode: "vi"})
	tg.Say(8, "😀 /quiz@other_bot x /học /start CODE")
	call(t, tg, "sendMessage", `{"chat_id":8,"text":"câu hỏi","reply_markup":{"inline_keyboard":[[{"text":"A","callback_data":"q1"}]]}}`)
	if !tg.Tap(8, "A") || tg.Tap(8, "B") {
		t.Fatal("Tap does not find buttons by their labels")
	}
	tg.Press(8, 4321, "old")
	tg.Block(8)
	want(t, "said while blocked", tg.Say(8, "x"), 0)
	tg.Unblock(8)

	all := updates(t, tg, `{}`)
	m := all[0].Message
	want(t, "person", []any{m.From.ID, m.From.FirstName, m.From.LanguageCode, m.Chat.Type, m.Chat.ID}, []any{8, "Lan", "vi", "private", 8})
	want(t, "commands", []any{len(m.Entities), m.Entities[0], m.Entities[1]}, []any{2,
		models.MessageEntity{Type: "bot_command", Offset: 3, Length: 15},
		models.MessageEntity{Type: "bot_command", Offset: 26, Length: 6}})
	press := all[1].CallbackQuery
	last, _ := tg.Last(8)
	pressed := press.Message.Message
	want(t, "press", []any{press.Data, press.From.ID, pressed.ID, pressed.Text, pressed.Date != 0, pressed.ReplyMarkup.InlineKeyboard[0][0].CallbackData},
		[]any{"q1", 8, last.ID, "câu hỏi", true, "q1"})
	gone := all[2].CallbackQuery.Message.InaccessibleMessage
	want(t, "press on what is not shown", []any{gone.MessageID, gone.Chat.ID}, []any{4321, 8})
	want(t, "block", []any{all[3].MyChatMember.OldChatMember.Type, all[3].MyChatMember.NewChatMember.Type, all[3].MyChatMember.From.ID}, []any{"member", "kicked", 8})
	want(t, "unblock", all[4].MyChatMember.NewChatMember.Type, "member")
}

func TestGroupsHaveTheirPrivacy(t *testing.T) {
	tg := start(t, loose())
	tg.AddGroup(telegramtest.Group{ID: -5, Title: "Lớp"})
	tg.Join(-5, 1)
	send(t, tg, -5, "hello")
	own, _ := tg.Last(-5)
	want(t, "talk", tg.SayIn(-5, 1, "what is /quiz ?"), 0)
	want(t, "another bot's", tg.SayIn(-5, 1, "/quiz@other_bot"), 0)
	theirs := tg.Messages(-5)
	want(t, "reply to a person", tg.ReplyIn(-5, 2, theirs[len(theirs)-1].ID, "ok"), 0)
	tg.SayIn(-5, 1, "/quiz@"+tg.Username())
	tg.SayIn(-5, 1, "/quiz")
	tg.ReplyIn(-5, 1, own.ID, "an answer")
	tg.PressIn(-5, 2, own.ID, "a")

	all := updates(t, tg, `{}`)
	want(t, "updates", len(all), 6)
	want(t, "joined", []any{all[0].MyChatMember.Chat.Title, all[0].MyChatMember.NewChatMember.Type}, []any{"Lớp", "member"})
	want(t, "service message", all[1].Message.NewChatMembers[0].ID, tg.BotID())
	want(t, "command", []any{all[3].Message.Chat.ID, all[3].Message.Chat.Type, all[3].Message.From.ID}, []any{-5, "group", 1})
	want(t, "reply", []any{all[4].Message.Text, all[4].Message.ReplyToMessage.ID}, []any{"an answer", own.ID})
	want(t, "press", []any{all[5].CallbackQuery.From.ID, all[5].CallbackQuery.Message.Message.Chat.ID}, []any{2, -5})
}

func TestNumbersMessagesAsThePlatform(t *testing.T) {
	tg := start(t, loose())
	tg.AddGroup(telegramtest.Group{ID: -5, Title: "basic"})
	tg.AddGroup(telegramtest.Group{ID: -1000000000007, Title: "super", Supergroup: true})
	tg.Join(-5, 1)
	tg.Join(-1000000000007, 1)
	tg.Say(1, "a")
	tg.Say(2, "b")
	for chat, last := range map[int64]int{-5: 1, 1: 2, 2: 3, -1000000000007: 1} {
		all := tg.Messages(chat)
		want(t, "last id", all[len(all)-1].ID, last)
	}
}
