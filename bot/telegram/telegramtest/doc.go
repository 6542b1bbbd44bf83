// Package telegramtest plays Telegram on loopback, with its real limits, for
// tests, load generators and crowds: Server is a Bot API server for one bot.
//
// It judges only what arrives over the wire: it must never import the adapter
// that it stands for, know another platform, reach beyond loopback, or be linked
// into the shipped binary.
package telegramtest
