// Package telegram carries a bot's conversations over the Telegram Bot API: it
// makes events of updates, fetched or delivered, posts messages, and says of
// each post what became of it.
//
// It must never tell Telegram that an update was received before the engine
// has committed or quarantined it, never decide by itself to send anything
// twice, and never let the bot's token into an error or a log.
package telegram
