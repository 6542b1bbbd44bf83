package slack

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"

	"cadrebot/bot"
)

// Reread makes an event of what lies in the quarantine, whatever it came by;
// false where it means nothing to the bot. Unlike Decode it may have to ask
// Slack where a command is to be answered.
func (a *Adapter) Reread(ctx context.Context, raw []byte) (bot.Event, bool, error) {
	kind, payload := kindOf(raw)
	ev, ok, err := a.Decode(kind, payload)
	if err != nil || !ok {
		return ev, ok, err
	}
	d := &delivery{kind: kind, ev: ev, ok: ok}
	if err := a.complete(ctx, d); err != nil {
		return d.ev, false, err
	}
	return d.ev, d.ok, nil
}

// kindOf tells what a delivery is by its looks, and takes it out of its
// envelope.
func kindOf(raw []byte) (kind string, payload []byte) {
	if !bytes.HasPrefix(bytes.TrimSpace(raw), []byte("{")) {
		return commands, raw
	}
	var looks struct {
		Envelope string          `json:"envelope_id"`
		Type     string          `json:"type"`
		Payload  json.RawMessage `json:"payload"`
		Command  string          `json:"command"`
		Event    present         `json:"event"`
	}
	var shape *json.UnmarshalTypeError
	if err := json.Unmarshal(raw, &looks); err != nil && !errors.As(err, &shape) {
		return eventsAPI, raw
	}
	switch {
	case looks.Envelope != "" && len(looks.Payload) > 0:
		return looks.Type, looks.Payload
	case looks.Command != "":
		return commands, raw
	case bool(looks.Event), looks.Type == "event_callback":
		return eventsAPI, raw
	}
	return interactive, raw
}
