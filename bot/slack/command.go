package slack

import (
	"encoding/json"
	"net/url"

	"cadrebot/bot"
)

// command reads a slash command. Which chat it belongs to may have to be asked:
// a channel that the app is not in, or two people's direct message, gets no
// answer; see settleChat.
func (a *Adapter) command(ev *bot.Event, raw []byte) (bool, error) {
	var c command
	if len(raw) > 0 && raw[0] == '{' {
		if err := json.Unmarshal(raw, &c); err != nil {
			return false, err
		}
	} else {
		form, err := url.ParseQuery(string(raw))
		if err != nil {
			return false, err
		}
		c = command{form.Get("command"), form.Get("text"), form.Get("user_id"), form.Get("channel_id"), form.Get("trigger_id")}
	}
	switch {
	case c.TriggerID == "":
		return false, errNoTime
	case c.UserID == "":
		return false, errNobody
	}
	ev.Seen = seen("c:", c.TriggerID)
	text, _ := typed(c.Text, a.self())
	ev.Kind, ev.Sender, ev.Text = bot.Text, c.UserID, slashed(text)
	return true, locate(ev, c.ChannelID)
}
