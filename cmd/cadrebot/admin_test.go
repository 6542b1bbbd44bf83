package main

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"cadrebot/bot"
	"cadrebot/bot/slack/slacktest"
	"cadrebot/bot/telegram/telegramtest"
)

// mustOpen opens the store of a data folder.
func mustOpen(t *testing.T, data string) *database {
	t.Helper()
	db, err := openDatabase(&Config{Data: data, Org: "org"}, true)
	if err != nil {
		t.Fatal(err)
	}
	return db
}

// TestQuarantine puts in what the bot could not read, and takes it out in each
// of the ways there are.
func TestQuarantine(t *testing.T) {
	bare(t)
	fake := mustTelegram(t, telegramtest.Options{})
	fake.AddUser(telegramtest.User{ID: 7, FirstName: "Lan", Started: true})
	data := t.TempDir()
	db := mustOpen(t, data)
	at := time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC)
	update := `{"update_id":5,"message":{"message_id":1,"date":1,"chat":{"id":7,"type":"private"},"from":{"id":7,"first_name":"Lan"},"text":"/quiz"}}`
	_, err := db.Commit(t.Context(), &bot.Commit{Now: at, Quarantine: []bot.Poison{
		{ID: "one", Channel: "telegram", Raw: []byte(update), Error: "step panicked: on purpose\nstack", At: at},
		{ID: "two", Channel: "telegram", Raw: []byte("{"), Error: "not JSON", At: at.Add(time.Hour)},
	}})
	if err != nil {
		t.Fatal(err)
	}
	_ = db.close()

	out, _ := mustRun(t, "", 0, "--data", data, "quarantine")
	contains(t, out, "one  2026-11-20T14:00:00Z  telegram  step panicked: on purpose\n", "two ")
	out, _ = mustRun(t, "", 0, "--data", data, "quarantine", "show", "one")
	contains(t, out, update, "stack")
	_, errs := mustRun(t, "", 1, "--data", data, "quarantine", "show", "three")
	contains(t, errs, `"three"`, "quarantine list")
	_, errs = mustRun(t, "", 1, "--data", data, "quarantine", "replay", "two")
	contains(t, errs, "replay two")
	out, _ = mustRun(t, "", 0, "--data", data, "quarantine", "replay", "one")
	contains(t, out, "replayed one")
	out, _ = mustRun(t, "", 0, "--data", data, "quarantine", "drop", "two")
	contains(t, out, "dropped two")
	out, _ = mustRun(t, "", 0, "--data", data, "quarantine")
	contains(t, out, "empty")

	start(t, true, "--data", data, "serve")
	if !fake.Await(func() bool { m, _ := fake.Last(7); return strings.Contains(m.Text, "1/10") }, patience) {
		t.Errorf("what was replayed is not answered: %v", fake.Messages(7))
	}
}

func TestSchedule(t *testing.T) {
	bare(t)
	data := t.TempDir()
	out, _ := mustRun(t, "", 0, "--data", data, "schedule")
	contains(t, out, "No timer is set")
	db := mustOpen(t, data)
	soon := time.Now().Add(90 * time.Minute)
	class, err := json.Marshal(map[string]any{
		"n": "Night school", "z": "America/New_York", "s": "30 2 * * *", "t": time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC).UnixMilli()})
	if err != nil {
		t.Fatal(err)
	}
	ref := bot.Ref{Kind: bot.ClassRef, ID: "k"}
	person, err := json.Marshal(bot.Person{Name: "Lan", Zone: "Asia/Ho_Chi_Minh"})
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.Commit(t.Context(), &bot.Commit{
		Now:  time.Now(),
		Puts: []bot.PutThing{{Ref: ref, Data: class}, {Ref: bot.Ref{Kind: bot.PersonRef, ID: "p"}, Data: person}},
		Wakes: []bot.Timer{
			{Target: ref, Timer: "remind", At: soon.UnixMilli()},
			{Target: bot.Ref{Kind: bot.ConversationRef, ID: "p"}, Timer: "daily", At: soon.Add(time.Hour).UnixMilli()},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	_ = db.close()
	out, _ = mustRun(t, "", 0, "--data", data, "schedule", "--explain")
	contains(t, out, "class Night school  remind", "last 2026-11-20 07:00:00 -05:00", "person Lan  daily", "+07:00",
		"30 2 * * * in America/New_York", "T02:30", "UTC")
	if n := strings.Count(out, "T02:30"); n != 10 {
		t.Errorf("%d sessions are explained, want 10:\n%s", n, out)
	}
}

// TestScheduleReadsAClass makes one as a coordinator would, so that what the
// dialogs keep of a class and what is read of it here stay the same.
func TestScheduleReadsAClass(t *testing.T) {
	bare(t)
	data := t.TempDir()
	mustRun(t, "/class new\nNight school\nAsia/Ho_Chi_Minh\n0 14 * * 4\nSave\nRoom 302\nA pen\n", 0, "--data", data, "talk", "--lang", "en")
	out, _ := mustRun(t, "", 0, "--data", data, "schedule", "--explain")
	contains(t, out, "class Night school", "0 14 * * 4 in Asia/Ho_Chi_Minh", "Thu 14:00 +07 = ")
	if strings.Contains(out, "no more sessions") {
		t.Errorf("a timetable without an end ends:\n%s", out)
	}
}

// TestScheduleSaysWhereATimetableEnds explains two rules, one of single dates.
func TestScheduleSaysWhereATimetableEnds(t *testing.T) {
	bare(t)
	data := t.TempDir()
	next := time.Now().AddDate(1, 0, 0).Format("2006-01-02")
	spec := "on " + next + " at 08:00,13:30 ; 0 14 * * THU until 2020-01-30"
	mustRun(t, "/class new\nTwo days\nAsia/Ho_Chi_Minh\n"+spec+"\nSave\nRoom 302\nA pen\n", 0, "--data", data, "talk", "--lang", "en")
	out, _ := mustRun(t, "", 0, "--data", data, "schedule", "--explain")
	contains(t, out, spec+" in Asia/Ho_Chi_Minh", next+"T08:00", next+"T13:30", "no more sessions")
	if n := strings.Count(out, " UTC"); n != 2 {
		t.Errorf("%d sessions are explained, want 2:\n%s", n, out)
	}
	out, _ = mustRun(t, "", 0, "schedule", "--help")
	contains(t, strings.Join(strings.Fields(out), " "), "every 2 weeks from 2026-11-26", "nth 1,-1", "until", "except", " at 08:00,13:30")
}

// TestQuarantineOfOtherPlatforms replays what came from Slack and from the page.
func TestQuarantineOfOtherPlatforms(t *testing.T) {
	bare(t)
	workspace := slacktest.NewServer(slacktest.Options{SocketMode: true})
	t.Cleanup(workspace.Close)
	t.Setenv("CADREBOT_SLACK_BOT_TOKEN", workspace.BotToken())
	t.Setenv("CADREBOT_SLACK_APP_TOKEN", workspace.AppToken())
	t.Setenv("CADREBOT_SLACK_API_URL", workspace.URL())
	chat := workspace.AddUser(slacktest.User{ID: "U7", RealName: "Lan"})
	data := t.TempDir()
	db := mustOpen(t, data)
	at := time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC)
	message := `{"type":"event_callback","event_id":"Ev1","event":{"type":"message","channel":"` + chat +
		`","channel_type":"im","user":"U7","text":"quiz","ts":"1700000000.000100"}}`
	_, err := db.Commit(t.Context(), &bot.Commit{Now: at, Quarantine: []bot.Poison{
		{ID: "slack", Channel: "slack", Raw: []byte(message), Error: "on purpose", At: at},
		{ID: "web", Channel: "web", Raw: []byte(`{"kind":"text","channel":"web","chat":"of-a-browser","sender":"of-a-browser","text":"quiz"}`), Error: "on purpose", At: at},
	}})
	if err != nil {
		t.Fatal(err)
	}
	_ = db.close()
	out, _ := mustRun(t, "", 0, "--data", data, "quarantine", "replay", "--all")
	contains(t, out, "replayed slack", "replayed web")
	start(t, true, "--data", data, "serve")
	if !workspace.Await(func() bool { m, _ := workspace.Last(chat); return strings.Contains(m.Text, "1/10") }, patience) {
		t.Errorf("what was replayed is not answered: %v", workspace.Messages(chat))
	}
}
