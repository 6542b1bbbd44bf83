package telegramtest

import (
	"cadrebot/bot/bottest"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"unicode/utf8"
)

// Command is an entry of the bot's menu of commands.
type Command struct {
	Command     string `json:"command"`
	Description string `json:"description"`
}

// profile is what the bot shows of itself, by language; "" is everyone else's.
type profile struct {
	commands     map[commandKey][]Command
	descriptions map[string]string
	shorts       map[string]string
	menu         map[int64]json.RawMessage
}

type commandKey struct{ scope, language string }

func newProfile() profile {
	return profile{
		commands:     map[commandKey][]Command{},
		descriptions: map[string]string{},
		shorts:       map[string]string{},
		menu:         map[int64]json.RawMessage{},
	}
}

// Commands are those set for a scope and a language. The scope is the
// platform's word, such as default or all_private_chats; scopes of one chat
// go on with /chat id and, for one member, /user id.
func (t *Server) Commands(scope, language string) []Command {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.profile.commands[commandKey{scope, language}])
}

// Descriptions are the bot's long and short texts by language.
func (t *Server) Descriptions() (long, short map[string]string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return maps.Clone(t.profile.descriptions), maps.Clone(t.profile.shorts)
}

// MenuButton is the JSON of a chat's menu button; chat 0 is the default.
func (t *Server) MenuButton(chatID int64) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return string(t.profile.menu[chatID])
}

func (t *Server) getMe(q *request) reply {
	t.mu.Lock()
	defer t.mu.Unlock()
	b := append([]byte(`{"ok":true,"result":`), t.botUser[:len(t.botUser)-1]...)
	b = append(b, `,"can_join_groups":true,"can_read_all_group_messages":`...)
	b = strconv.AppendBool(b, t.opts.SeesAllGroupMessages)
	return t.accept(q, Call{}, append(b, `,"supports_inline_queries":false}}`...))
}

// commandScope reads the scope and language that a call is about.
func commandScope(p *params) (commandKey, *refusal) {
	scope := struct {
		Type   string          `json:"type"`
		ChatID bottest.FlexInt `json:"chat_id"`
		UserID bottest.FlexInt `json:"user_id"`
	}{Type: "default"}
	if bottest.Decode(p.Scope, &scope) != nil {
		return commandKey{}, bad("can't parse BotCommandScope")
	}
	key := commandKey{scope: scope.Type, language: p.LanguageCode}
	switch scope.Type {
	case "default", "all_private_chats", "all_group_chats", "all_chat_administrators":
	case "chat", "chat_administrators", "chat_member":
		key.scope += "/" + strconv.FormatInt(int64(scope.ChatID), 10)
		if scope.UserID != 0 {
			key.scope += "/" + strconv.FormatInt(int64(scope.UserID), 10)
		}
	default:
		return key, bad("can't parse BotCommandScope: unsupported type specified")
	}
	if n := len(key.language); n != 0 && n != 2 {
		return key, bad("invalid language code specified")
	}
	return key, nil
}

func (t *Server) setMyCommands(q *request) reply {
	var commands []Command
	key, refused := commandScope(&q.params)
	switch {
	case refused != nil:
	case bottest.Decode(q.params.Commands, &commands) != nil:
		refused = bad("can't parse commands JSON object")
	case len(commands) > 100:
		refused = bad("BOT_COMMANDS_TOO_MUCH")
	default:
		refused = checkCommands(commands)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if refused != nil {
		return t.deny(refused)
	}
	t.profile.commands[key] = commands
	return t.accept(q, Call{}, answerTrue)
}

func checkCommands(commands []Command) *refusal {
	for _, c := range commands {
		if len(c.Command) < 1 || len(c.Command) > 32 {
			return bad("BOT_COMMAND_INVALID")
		}
		for i := range len(c.Command) {
			if b := c.Command[i]; (b < 'a' || b > 'z') && (b < '0' || b > '9') && b != '_' {
				return bad("BOT_COMMAND_INVALID")
			}
		}
		if n := utf8.RuneCountInString(c.Description); n < 1 || n > 256 {
			return bad("BOT_COMMAND_DESCRIPTION_INVALID")
		}
	}
	return nil
}

func (t *Server) getMyCommands(q *request) reply {
	key, refused := commandScope(&q.params)
	t.mu.Lock()
	defer t.mu.Unlock()
	if refused != nil {
		return t.deny(refused)
	}
	commands := t.profile.commands[key]
	if commands == nil {
		commands = []Command{}
	}
	return t.accept(q, Call{}, result(commands))
}

func (t *Server) deleteMyCommands(q *request) reply {
	key, refused := commandScope(&q.params)
	t.mu.Lock()
	defer t.mu.Unlock()
	if refused != nil {
		return t.deny(refused)
	}
	delete(t.profile.commands, key)
	return t.accept(q, Call{}, answerTrue)
}

func (t *Server) setMyDescription(q *request) reply {
	return t.describe(q, t.profile.descriptions, q.params.Description, 512)
}

func (t *Server) setMyShortDescription(q *request) reply {
	return t.describe(q, t.profile.shorts, q.params.ShortDescription, 120)
}

func (t *Server) describe(q *request, texts map[string]string, text string, most int) reply {
	t.mu.Lock()
	defer t.mu.Unlock()
	if utf8.RuneCountInString(text) > most {
		return t.deny(bad("bot description is too long"))
	}
	texts[q.params.LanguageCode] = text
	return t.accept(q, Call{Text: text}, answerTrue)
}

func (t *Server) setChatMenuButton(q *request) reply {
	t.mu.Lock()
	defer t.mu.Unlock()
	if id := q.params.ChatID; id != 0 {
		if _, refused := t.lookUp(id); refused != nil {
			return t.deny(refused)
		}
	}
	t.profile.menu[int64(q.params.ChatID)] = q.params.MenuButton
	return t.accept(q, Call{ChatID: int64(q.params.ChatID)}, answerTrue)
}
