package telegram

import (
	"context"
	"strings"

	"cadrebot/bot"
	"cadrebot/bot/wire"
)

// What the platform takes of a file that a bot uploads.
const (
	maxPhoto = 10 << 20
	maxFile  = 50 << 20
)

// way is a method that sends a file, and the field that carries it.
type way struct{ method, field string }

var asDocument = way{"sendDocument", "document"}

var ways = map[bot.MediaKind]way{
	bot.Picture: {"sendPhoto", "photo"}, bot.Audio: {"sendAudio", "audio"}, bot.Video: {"sendVideo", "video"}, bot.File: asDocument,
}

// waysOf are the ways to try, the best first: what is too much for a photo, or
// is refused as one, may still go as a document.
func waysOf(m *bot.Media) []way {
	best, ok := ways[m.Kind]
	switch {
	case m.URL == "" && (len(m.Data) == 0 || len(m.Data) > maxFile):
		return nil // the file is missing, or nobody would take it
	case !ok, m.URL == "" && m.Kind == bot.Picture && len(m.Data) > maxPhoto:
		return []way{asDocument}
	case m.URL != "", best == asDocument:
		return []way{best}
	}
	return []way{best, asDocument}
}

// tryMedia sends a file. Where the platform takes it in no way, its words go
// alone, with those that stand for it: nobody is left without.
func (a *Adapter) tryMedia(ctx context.Context, out bot.Outgoing, p bot.Part) bot.Outcome {
	for _, w := range waysOf(p.Media) {
		var o bot.Outcome
		if p.Media.URL != "" {
			o = a.sendRef(ctx, out, w, p.Media.URL, p)
		} else {
			o = a.sendFile(ctx, out, w, p)
		}
		if o.Status != bot.Rejected {
			if o.Status == bot.Sent {
				a.captioned.add(out.Chat, o.Message)
			}
			return o
		}
		a.log.Warn("telegram does not take a file", "operation", out.Operation, "as", w.method, "name", p.Media.FileName(), "error", o.Err)
	}
	m := bot.Message{Head: p.Text[:p.Bold], Text: strings.TrimPrefix(p.Text[p.Bold:], "\n"), Media: p.Media}
	if p.Text == "" && p.Media.Alt+p.Media.URL == "" && out.Message.Plain() != "" {
		return bot.Outcome{Status: bot.Sent} // the words come as the next part
	}
	c := a.Channel()
	words := c.Whole(m.WithoutMedia(), false)
	words.Buttons = p.Buttons
	return a.try(ctx, out, words)
}

// sendFile sends bytes: by the name that the platform gave them before, else
// by uploading them. Of many who want to upload the same, one does.
func (a *Adapter) sendFile(ctx context.Context, out bot.Outgoing, w way, p bot.Part) bot.Outcome {
	key := wire.KeyOf(w.field, p.Media.Data)
	for {
		id, done := a.files.Get(ctx, key)
		if id == "" {
			var o bot.Outcome
			o, id = a.upload(ctx, out, w, p)
			done(id)
			return o
		}
		if o := a.sendRef(ctx, out, w, id, p); o.Status != bot.Rejected {
			return o
		}
		a.files.Forget(key, id) // the platform does not know it any more
	}
}
