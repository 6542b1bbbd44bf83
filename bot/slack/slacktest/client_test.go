package slacktest_test

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"cadrebot/bot/slack/slacktest"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
)

func TestWorksWithSlackGo(t *testing.T) {
	s := start(t, slacktest.Options{})
	app := serveApp(t, s, nil)
	api, ctx := client(s), t.Context()
	dm := s.AddUser(slacktest.User{ID: "U1", Name: "mai", RealName: "Mai Nguyễn", Locale: "vi-VN", TZ: "Asia/Ho_Chi_Minh"})

	who, err := api.AuthTestContext(ctx)
	if err != nil {
		t.Fatal(err)
	}
	want(t, "auth.test", []string{who.UserID, who.TeamID}, []string{s.BotUserID(), s.TeamID()})

	opened, _, _, err := api.OpenConversationContext(ctx, &slack.OpenConversationParameters{Users: []string{"U1"}})
	if err != nil {
		t.Fatal(err)
	}
	want(t, "opened", opened.ID, dm)

	button := slack.NewButtonBlockElement("answer", "b:1", slack.NewTextBlockObject(slack.PlainTextType, "B & C", false, false))
	_, ts, err := api.PostMessageContext(ctx, dm,
		slack.MsgOptionText("fallback", false),
		slack.MsgOptionBlocks(
			slack.NewSectionBlock(slack.NewTextBlockObject(slack.MarkdownType, "*1 &lt; 2*, <https://a.example/|see>", false, false), nil, nil),
			slack.NewActionBlock("", button)))
	if err != nil {
		t.Fatal(err)
	}
	seen := s.Messages(dm)[0]
	want(t, "seen", []any{seen.TS, seen.Text, seen.Raw, seen.Buttons[0][0].Label, seen.Edited}, []any{ts, "1 < 2, see", "fallback", "B & C", false})

	_, _, err = api.PostMessageContext(ctx, dm, slack.MsgOptionText("too soon", false))
	var limited *slack.RateLimitedError
	if !errors.As(err, &limited) || limited.RetryAfter != time.Second {
		t.Errorf("second message in a second: %v", err)
	}

	press := s.Press("U1", dm, ts, "B & C")
	await(t, s, "the press", func() bool { return s.Delivery(press).Taken })
	var callback slack.InteractionCallback
	if err := json.Unmarshal([]byte((<-app.seen).form(t).Get("payload")), &callback); err != nil {
		t.Fatal(err)
	}
	action := callback.ActionCallback.BlockActions[0]
	want(t, "press", []any{
		callback.Type, callback.User.ID, callback.Team.ID, callback.Channel.ID, callback.Container.MessageTs,
		callback.Message.Timestamp, action.ActionID, action.Value, action.Text.Text, action.BlockID != "",
	}, []any{slack.InteractionTypeBlockActions, "U1", s.TeamID(), dm, ts, ts, "answer", "b:1", "B & C", true})

	if _, _, _, err := api.UpdateMessageContext(ctx, dm, ts, slack.MsgOptionText("_done_ &amp; dusted", false)); err != nil {
		t.Fatal(err)
	}
	seen = s.Messages(dm)[0]
	want(t, "after the edit", []any{seen.Text, len(seen.Buttons), seen.Edited, seen.Edits}, []any{"done & dusted", 0, true, 1})

	said := s.Say("U1", "học <b> & more")
	event, err := slackevents.ParseEvent(json.RawMessage((<-app.seen).body), slackevents.OptionNoVerifyToken())
	if err != nil {
		t.Fatal(err)
	}
	message := event.InnerEvent.Data.(*slackevents.MessageEvent)
	want(t, "said", []string{message.User, message.Channel, message.ChannelType, message.TimeStamp, message.Text, message.BotID},
		[]string{"U1", dm, "im", said, "học &lt;b&gt; &amp; more", ""})

	user, err := api.GetUserInfoContext(ctx, "U1")
	if err != nil {
		t.Fatal(err)
	}
	want(t, "user", []string{user.RealName, user.TZ, user.Locale}, []string{"Mai Nguyễn", "Asia/Ho_Chi_Minh", "vi-VN"})
}
