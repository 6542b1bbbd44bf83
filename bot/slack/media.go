package slack

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"cadrebot/bot"
	"cadrebot/bot/wire"
)

// maxFile is more than any course has; Slack takes more.
const maxFile = 100 << 20

// shown are the kinds of picture that a message can have in it.
var shown = []string{"image/png", "image/jpeg", "image/gif"}

// inBlock reports whether a picture can stand in the message itself.
func inBlock(m *bot.Media) bool {
	if m.Kind != bot.Picture {
		return false
	}
	if m.URL != "" {
		return len(m.URL) <= blockText
	}
	return asFile(m) && slices.Contains(shown, http.DetectContentType(m.Data))
}

// asFile reports whether there is something to upload.
func asFile(m *bot.Media) bool { return m.URL == "" && len(m.Data) > 0 && len(m.Data) <= maxFile }

// postPicture sends a picture with its words. Where the platform takes it in no
// way, the words go alone, with those that stand for it.
func (a *Adapter) postPicture(ctx context.Context, out bot.Outgoing, p bot.Part) bot.Outcome {
	o := a.withPicture(ctx, p.Media, func(image string) bot.Outcome {
		o := a.say(ctx, out, body{part: p, image: image})
		if o.Status == bot.Sent {
			a.pictures.add(out.Chat, o.Message, image)
		}
		return o
	})
	if o.Status != bot.Rejected {
		return o
	}
	a.log.Warn("slack does not take a picture", "operation", out.Operation, "name", p.Media.FileName(), "error", o.Err)
	return a.inPlaceOf(ctx, out, p)
}

// postFile shares a file, as a message of its own.
func (a *Adapter) postFile(ctx context.Context, out bot.Outgoing, p bot.Part) bot.Outcome {
	if asFile(p.Media) {
		_, o := a.upload(ctx, p.Media, out.Chat)
		if o.Status != bot.Rejected {
			return o
		}
		a.log.Warn("slack does not take a file", "operation", out.Operation, "name", p.Media.FileName(), "error", o.Err)
	}
	return a.inPlaceOf(ctx, out, p)
}

// inPlaceOf says what a file holds, and the words that go with it.
func (a *Adapter) inPlaceOf(ctx context.Context, out bot.Outgoing, p bot.Part) bot.Outcome {
	if p.Text == "" && len(p.Buttons) == 0 && p.Media.Alt+p.Media.URL == "" && out.Message.Plain() != "" {
		return bot.Outcome{Status: bot.Sent} // the words come as the next part
	}
	m := bot.Message{Head: p.Text[:p.Bold], Text: strings.TrimPrefix(p.Text[p.Bold:], "\n"), Media: p.Media}
	c := a.Channel()
	words := c.Whole(m.WithoutMedia(), false)
	words.Buttons = p.Buttons
	return a.say(ctx, out, body{part: words})
}

// withPicture has try use a picture: by its address on the web, or by the name
// that the platform gave its bytes, which are uploaded once for everybody. A
// file is not ready the moment it was uploaded, so what is refused for it is
// tried again a few times.
func (a *Adapter) withPicture(ctx context.Context, m *bot.Media, try func(image string) bot.Outcome) bot.Outcome {
	if m.URL != "" {
		return try(imageBlock(m, ""))
	}
	key := wire.KeyOf("", m.Data)
	for {
		id, done := a.files.Get(ctx, key)
		fresh := id == ""
		if fresh {
			var o bot.Outcome
			id, o = a.upload(ctx, m, "")
			if done(id); id == "" {
				return o
			}
		}
		var o bot.Outcome
		for pause, tries := a.readyPause, 0; tries < 5; pause, tries = 2*pause, tries+1 {
			if o = try(imageBlock(m, id)); !says(o, unreadable...) || !sleep(ctx, pause) {
				break
			}
		}
		if fresh || !says(o, unreadable...) {
			return o
		}
		a.files.Forget(key, id) // the platform does not know it any more
	}
}
