package main

import (
	"context"
	"strings"
	"time"

	"cadrebot/bot/telegram"
	"cadrebot/content/phrases"
)

// menuCommands are those that the platform's own menu shows, the likeliest
// first.
var menuCommands = []string{"learn", "quiz", "topics", "daily", "progress", "class", "settings", "link", "help", "stop"}

// setMenu tells Telegram the bot's commands in every language. Without it the
// bot works as well, so that a failure is tried again, later and later.
func (a *app) setMenu(ctx context.Context, adapter *telegram.Adapter) {
	menu := a.menu()
	for pause := 5 * time.Second; ; pause = min(2*pause, time.Hour) {
		err := adapter.SetCommands(ctx, telegram.Private, menu)
		if err == nil || ctx.Err() != nil {
			return
		}
		a.log.Warn("the bot's menu is not set", "again", pause, "error", err)
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
		}
	}
}

// menu lists the commands by language; English is for all the others too.
func (a *app) menu() map[string][]telegram.Command {
	menu := map[string][]telegram.Command{}
	for _, lang := range phrases.Langs {
		for _, name := range menuCommands {
			if d := a.describe(lang, name); d != "" {
				menu[string(lang)] = append(menu[string(lang)], telegram.Command{Name: name, Description: d})
			}
		}
	}
	menu[""] = menu[string(phrases.EN)]
	return menu
}

// describe says what a command does as the help does, whose lines begin with
// the plain words for it; else by those words themselves.
func (a *app) describe(lang phrases.Lang, name string) string {
	words := a.phrases.Words(lang, "words."+name)
	if len(words) == 0 {
		return ""
	}
	for line := range strings.Lines(a.phrases.Say(lang, "help.text")) {
		word, rest, ok := strings.Cut(strings.ReplaceAll(line, "：", ":"), ":")
		for _, w := range words {
			if ok && phrases.Fold(word) == phrases.Fold(w) {
				return strings.TrimSpace(rest)
			}
		}
	}
	return words[0]
}
