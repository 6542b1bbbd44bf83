package sender_test

import (
	"time"

	"cadrebot/bot"
)

// send is a new message; edit an edit of a message.
func send(chat, text string) bot.Entry {
	return bot.Entry{Chat: chat, Message: bot.Message{Text: text}}
}

func edit(chat, target, text string) bot.Entry {
	return bot.Entry{Chat: chat, Edit: true, Target: target, Message: bot.Message{Text: text}}
}

func bulk(chat, text string) bot.Entry {
	e := send(chat, text)
	e.Lane = bot.Bulk
	return e
}

func steady(d time.Duration) func() time.Duration {
	return func() time.Duration { return d }
}
