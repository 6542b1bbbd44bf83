package slack

import (
	"bytes"
	"encoding/json"
)

// The parts of a delivery that matter here. The models of the client library
// know all of it, but one new word in a field that nobody reads makes them
// refuse the whole delivery, and a pressed question comes back with all its
// blocks: what is not read is not decoded.

// outer wraps an event of the Events API.
type outer struct {
	Type           string          `json:"type"`
	Challenge      string          `json:"challenge"`
	EventID        string          `json:"event_id"`
	Authorizations []authorization `json:"authorizations"`
	Event          json.RawMessage `json:"event"`
}

type authorization struct {
	User string `json:"user_id"`
}

// happening is an event itself.
type happening struct {
	Type        string     `json:"type"`
	Subtype     string     `json:"subtype"`
	Hidden      bool       `json:"hidden"`
	User        ref        `json:"user"`
	BotID       string     `json:"bot_id"`
	Text        string     `json:"text"`
	TS          string     `json:"ts"`
	Thread      string     `json:"thread_ts"`
	Parent      string     `json:"parent_user_id"`
	Channel     ref        `json:"channel"`
	ChannelType string     `json:"channel_type"`
	Tab         string     `json:"tab"`
	Files       present    `json:"files"`
	Attachments present    `json:"attachments"`
	Tokens      tokensGone `json:"tokens"`
}

type tokensGone struct {
	Bot []string `json:"bot"`
}

// ref is an identifier, which some events give by itself and others in an
// object that has it.
type ref string

func (r *ref) UnmarshalJSON(raw []byte) error {
	if bytes.HasPrefix(raw, []byte("{")) {
		var named struct {
			ID string `json:"id"`
		}
		err := json.Unmarshal(raw, &named)
		*r = ref(named.ID)
		return err
	}
	var id *string
	if err := json.Unmarshal(raw, &id); err != nil || id == nil {
		return err
	}
	*r = ref(*id)
	return nil
}

// present notes that a field held something, whatever it was.
type present bool

func (p *present) UnmarshalJSON(raw []byte) error {
	*p = string(raw) != "null" && string(raw) != "[]"
	return nil
}

// interaction is a press, or another thing done with what a message shows.
type interaction struct {
	Type      string `json:"type"`
	User      ref    `json:"user"`
	Channel   ref    `json:"channel"`
	Container struct {
		Type      string `json:"type"`
		MessageTS string `json:"message_ts"`
		ChannelID string `json:"channel_id"`
	} `json:"container"`
	Actions []struct {
		ID    string `json:"action_id"`
		Type  string `json:"type"`
		Value string `json:"value"`
		TS    string `json:"action_ts"`
	} `json:"actions"`
	ResponseURL string `json:"response_url"`
}

// command is a slash command, as Socket Mode gives it; over HTTP it is a form
// with the same names.
type command struct {
	Command   string `json:"command"`
	Text      string `json:"text"`
	UserID    string `json:"user_id"`
	ChannelID string `json:"channel_id"`
	TriggerID string `json:"trigger_id"`
}
