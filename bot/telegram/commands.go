package telegram

import (
	"context"
	"fmt"

	client "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

// Scope says where a list of commands is shown.
type Scope string

// The scopes of commands.
const (
	Private Scope = "all_private_chats"
	Groups  Scope = "all_group_chats"
)

// Command is one line of the bot's menu: Name without the slash.
type Command struct{ Name, Description string }

// SetCommands sets the menu for each language that is named; "" is for all the
// others, and an empty list takes a menu away.
func (a *Adapter) SetCommands(ctx context.Context, scope Scope, perLang map[string][]Command) error {
	for lang, commands := range perLang {
		if err := a.setCommands(ctx, scope, lang, commands); err != nil {
			return fmt.Errorf("telegram: set commands for %q: %w", lang, a.remedy(err))
		}
	}
	return nil
}

func (a *Adapter) setCommands(ctx context.Context, scope Scope, lang string, commands []Command) error {
	ctx, cancel := context.WithTimeout(ctx, callWithin)
	defer cancel()
	var where models.BotCommandScope = &models.BotCommandScopeAllPrivateChats{}
	if scope == Groups {
		where = &models.BotCommandScopeAllGroupChats{}
	}
	if len(commands) == 0 {
		_, err := a.rare.DeleteMyCommands(ctx, &client.DeleteMyCommandsParams{Scope: where, LanguageCode: lang})
		return err
	}
	list := make([]models.BotCommand, len(commands))
	for i, c := range commands {
		list[i] = models.BotCommand{Command: c.Name, Description: c.Description}
	}
	_, err := a.rare.SetMyCommands(ctx, &client.SetMyCommandsParams{Commands: list, Scope: where, LanguageCode: lang})
	return err
}
