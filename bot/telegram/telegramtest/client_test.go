package telegramtest_test

import (
	"errors"
	"net/http"
	"testing"

	"cadrebot/bot/bottest"
	"cadrebot/bot/telegram/telegramtest"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

func TestWorksWithGoTelegram(t *testing.T) {
	tg := start(t, telegramtest.Options{Now: bottest.NewClock().Now})
	ctx := t.Context()
	b, err := bot.New(tg.Token(), bot.WithServerURL(tg.URL()))
	if err != nil {
		t.Fatal(err)
	}
	tg.Say(1, "/start")
	keyboard := models.InlineKeyboardMarkup{InlineKeyboard: [][]models.InlineKeyboardButton{{{Text: "A", CallbackData: "a"}}}}
	sent, err := b.SendMessage(ctx, &bot.SendMessageParams{ChatID: int64(1), Text: "<b>q</b>", ParseMode: models.ParseModeHTML, ReplyMarkup: keyboard})
	if err != nil {
		t.Fatal(err)
	}
	want(t, "sent", []any{sent.ID, sent.Text, sent.Chat.ID, sent.ReplyMarkup.InlineKeyboard[0][0].CallbackData}, []any{2, "q", 1, "a"})
	edited, err := b.EditMessageText(ctx, &bot.EditMessageTextParams{ChatID: int64(1), MessageID: sent.ID, Text: "done"})
	if err != nil {
		t.Fatal(err)
	}
	want(t, "edited", []any{edited.Text, edited.EditDate != 0, edited.ReplyMarkup == nil}, []any{"done", true, true})

	_, err = b.SendMessage(ctx, &bot.SendMessageParams{ChatID: int64(1), Text: "too soon"})
	var tooMany *bot.TooManyRequestsError
	if !errors.As(err, &tooMany) || tooMany.RetryAfter != 1 {
		t.Errorf("second message in a second: %v", err)
	}
	_, err = b.SendMessage(ctx, &bot.SendMessageParams{ChatID: int64(2), Text: "x"})
	if !errors.Is(err, bot.ErrorBadRequest) {
		t.Errorf("unknown chat: %v", err)
	}

	tg.Press(1, sent.ID, "a")
	if ok, err := b.AnswerCallbackQuery(ctx, &bot.AnswerCallbackQueryParams{CallbackQueryID: lastQuery(t, tg), Text: "✅"}); !ok || err != nil {
		t.Errorf("answerCallbackQuery: %v, %v", ok, err)
	}
	_, err = b.SetMyCommands(ctx, &bot.SetMyCommandsParams{
		Commands: []models.BotCommand{{Command: "quiz", Description: "小测"}},
		Scope:    &models.BotCommandScopeAllPrivateChats{}, LanguageCode: "zh",
	})
	if err != nil {
		t.Fatal(err)
	}
	want(t, "commands", tg.Commands("all_private_chats", "zh"), []telegramtest.Command{{Command: "quiz", Description: "小测"}})
	got, err := b.GetMyCommands(ctx, &bot.GetMyCommandsParams{Scope: &models.BotCommandScopeAllPrivateChats{}, LanguageCode: "zh"})
	want(t, "commands got", []any{got, err}, []any{[]models.BotCommand{{Command: "quiz", Description: "小测"}}, nil})
	if _, err = b.SetMyDescription(ctx, &bot.SetMyDescriptionParams{Description: "短课和小测", LanguageCode: "zh"}); err != nil {
		t.Fatal(err)
	}
	if _, err = b.SetMyShortDescription(ctx, &bot.SetMyShortDescriptionParams{ShortDescription: "quiz"}); err != nil {
		t.Fatal(err)
	}
	long, short := tg.Descriptions()
	want(t, "descriptions", []any{long["zh"], short[""]}, []any{"短课和小测", "quiz"})
	if _, err = b.SetChatMenuButton(ctx, &bot.SetChatMenuButtonParams{MenuButton: &models.MenuButtonCommands{Type: "commands"}}); err != nil {
		t.Fatal(err)
	}
	want(t, "menu", tg.MenuButton(0), `{"type":"commands"}`)
	member, err := b.GetChatMember(ctx, &bot.GetChatMemberParams{ChatID: int64(1), UserID: 1})
	want(t, "member", []any{err, err == nil && member.Type == models.ChatMemberTypeMember}, []any{nil, true})
	chat, err := b.GetChat(ctx, &bot.GetChatParams{ChatID: int64(1)})
	want(t, "chat", []any{err, err == nil && chat.Type == models.ChatTypePrivate}, []any{nil, true})
	if ok, err := b.SendChatAction(ctx, &bot.SendChatActionParams{ChatID: int64(1), Action: models.ChatActionTyping}); !ok || err != nil {
		t.Errorf("sendChatAction: %v, %v", ok, err)
	}

	h, url := serveHook(t, func(models.Update, http.ResponseWriter) {})
	if _, err = b.SetWebhook(ctx, &bot.SetWebhookParams{URL: url, SecretToken: "s", MaxConnections: 3, AllowedUpdates: []string{"message"}}); err != nil {
		t.Fatal(err)
	}
	for {
		if u := <-h.seen; u.CallbackQuery == nil && u.Message.Text == "/start" {
			break
		}
	}
	info, err := b.GetWebhookInfo(ctx)
	want(t, "webhook", []any{err, info.URL, info.MaxConnections}, []any{nil, url, 3})
}
