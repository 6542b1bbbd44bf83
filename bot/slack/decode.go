package slack

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"cadrebot/bot"
)

// The kinds of delivery, as Socket Mode names them.
const (
	eventsAPI   = "events_api"
	interactive = "interactive"
	commands    = "slash_commands"
)

// Subscribed are the events that the app has to be subscribed to.
var Subscribed = []string{
	"app_home_opened", "app_mention", "app_uninstalled", "channel_archive", "channel_deleted", "channel_left", "group_archive",
	"group_deleted", "group_left", "member_joined_channel", "message.channels", "message.groups", "message.im", "tokens_revoked",
}

// Scopes are what the app's token has to allow.
var Scopes = []string{
	"app_mentions:read", "channels:history", "channels:read", "chat:write", "commands", "files:write", "groups:history",
	"groups:read", "im:history", "im:write", "users:read",
}

var (
	errNoChat = errors.New("it names no chat")
	errNoTime = errors.New("it has no identifier")
	errNobody = errors.New("it names nobody")
)

// Decode makes an event of the JSON of a delivery (over HTTP a command's form);
// false where it means nothing to the bot. After an error the event still has
// what is known of the delivery's identity, for the quarantine. Raw is kept,
// not copied.
func (a *Adapter) Decode(kind string, raw []byte) (bot.Event, bool, error) {
	ev := bot.Event{Channel: Name, Raw: raw, Seen: digest(raw)}
	var ok bool
	var err error
	switch kind {
	case eventsAPI:
		ok, err = a.wrapped(&ev, raw)
	case interactive:
		ok, err = a.interaction(&ev, raw)
	case commands:
		ok, err = a.command(&ev, raw)
	default:
		err = errors.New("a kind of delivery that is not known")
	}
	if err != nil {
		return ev, false, fmt.Errorf("slack: decode %s: %w", kind, a.scrub(err))
	}
	return ev, ok, nil
}

func (a *Adapter) wrapped(ev *bot.Event, raw []byte) (bool, error) {
	var o outer
	if err := json.Unmarshal(raw, &o); err != nil {
		return false, err
	}
	switch {
	case o.Type != "event_callback":
		return false, nil // app_rate_limited and the like: nothing that a person did
	case o.EventID == "":
		return false, errNoTime
	}
	ev.Seen = seen("e:", o.EventID)
	var h happening
	if err := json.Unmarshal(o.Event, &h); err != nil {
		return false, err
	}
	self := a.self()
	if self == "" && len(o.Authorizations) > 0 {
		self = o.Authorizations[0].User
	}
	return a.happened(ev, &h, self)
}

func (a *Adapter) happened(ev *bot.Event, h *happening, self string) (bool, error) {
	switch h.Type {
	case "message", "app_mention":
		return message(ev, h, self)
	case "app_home_opened":
		if h.Tab != "messages" {
			return false, nil
		}
		ev.Kind, ev.Sender = bot.Open, string(h.User)
		return true, locate(ev, string(h.Channel))
	case "member_joined_channel", "member_left_channel":
		if self == "" || string(h.User) != self {
			return false, nil
		}
		ev.Kind = bot.Join
		if h.Type == "member_left_channel" {
			ev.Kind = bot.Gone
		}
		return true, locate(ev, string(h.Channel))
	case "channel_left", "group_left", "channel_archive", "group_archive", "channel_deleted", "group_deleted":
		ev.Kind = bot.Gone
		return true, locate(ev, string(h.Channel))
	case "app_uninstalled", "tokens_revoked":
		if h.Type == "app_uninstalled" || len(h.Tokens.Bot) > 0 {
			a.putOut(h.Type)
		}
	}
	return false, nil
}

// putOut notes that the app was taken out of its workspace.
func (a *Adapter) putOut(how string) {
	err := fmt.Errorf("%w (%s)", ErrToken, how)
	a.health.removed(err)
	a.log.Error("slack has put the app out of the workspace", "event", how)
}

// spoken are the subtypes of messages that are somebody's own words.
var spoken = map[string]bool{"": true, "file_share": true, "thread_broadcast": true, "me_message": true}

// message makes an event of words. A mention in a group comes twice, as one and
// as a message: both make the same event.
func message(ev *bot.Event, h *happening, self string) (bool, error) {
	if !spoken[h.Subtype] || h.Hidden || h.BotID != "" || h.User == "USLACKBOT" || self != "" && string(h.User) == self {
		return false, nil
	}
	switch {
	case h.TS == "":
		return false, errNoTime
	case h.User == "":
		return false, errNobody
	}
	ev.Kind, ev.Sender = bot.Text, string(h.User)
	if err := locate(ev, string(h.Channel)); err != nil {
		return false, err
	}
	ev.Seen = seen("m:", ev.Chat, h.TS)
	text, mentioned := typed(h.Text, self)
	mentioned = mentioned || h.Type == "app_mention"
	ev.Text = text
	if !ev.Group {
		return true, nil // a file alone, too: who sent it waits for an answer
	}
	ev.Reply = self != "" && h.Parent == self
	if mentioned {
		ev.Text = slashed(text)
	}
	return mentioned || ev.Reply || strings.HasPrefix(text, "/"), nil
}

// locate fills in where an event came from: a direct message, or a group.
func locate(ev *bot.Event, channel string) error {
	if channel == "" {
		return errNoChat
	}
	ev.Chat, ev.Group = channel, channel[0] != 'D'
	return nil
}
