package slack

import (
	"encoding/json"
	"errors"
	"net/url"
	"strings"

	"cadrebot/bot"
)

// interaction reads a press; whatever else can be done with a message means
// nothing to the bot.
func (a *Adapter) interaction(ev *bot.Event, raw []byte) (bool, error) {
	var in interaction
	if err := json.Unmarshal(raw, &in); err != nil {
		return false, err
	}
	if in.Type != "block_actions" || in.Container.Type != "" && in.Container.Type != "message" {
		return false, nil // a shortcut, a view: not the bot's
	}
	chat := string(in.Channel)
	if chat == "" {
		chat = in.Container.ChannelID
	}
	switch {
	case len(in.Actions) == 0:
		return false, errors.New("a press of nothing")
	case in.User == "":
		return false, errNobody
	}
	if err := locate(ev, chat); err != nil {
		return false, err
	}
	pressed := in.Actions[0]
	ev.Kind, ev.Sender, ev.Data, ev.Message = bot.Press, string(in.User), pressed.Value, in.Container.MessageTS
	ev.Seen = seen("p:", chat, ev.Message, pressed.TS, ev.Sender)
	ev.Query = ev.Seen.Text
	if strings.HasPrefix(pressed.ID, opens) || pressed.Type != "" && pressed.Type != "button" {
		return false, nil // it opened an address
	}
	if to := a.replyAddress(in.ResponseURL); to != nil {
		a.replies.add(chat, ev.Message, ev.Query, to, a.now())
	}
	return true, nil
}

// replyAddress is a response_url, if it is one of the platform's.
func (a *Adapter) replyAddress(text string) *url.URL {
	to, err := url.Parse(text)
	if err != nil || to.Host == "" {
		return nil
	}
	if to.Host != a.host && (to.Scheme != "https" || !strings.HasSuffix(to.Hostname(), ".slack.com") && !strings.HasSuffix(to.Hostname(), ".slack-gov.com")) {
		return nil
	}
	return to
}
