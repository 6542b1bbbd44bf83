package telegram

import (
	"context"
	"crypto/sha256"
	"path"
	"strings"

	"cadrebot/bot"
)

// What the platform takes of a file that a bot uploads, and of the words that
// go with it, in UTF-16 units.
const (
	maxPhoto   = 10 << 20
	maxFile    = 50 << 20
	maxCaption = 1024
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

// pieces are the calls that a message takes: a file goes with the words where
// they fit under it, else before them.
func pieces(m *bot.Message) []piece {
	if m.Media == nil {
		return plainPieces(parts(m.Head, m.Text))
	}
	plain := join(m.Head, m.Text)
	if fitting(plain, maxCaption) == len(plain) {
		return []piece{{part{plain, len(m.Head)}, m.Media}}
	}
	return append([]piece{{media: m.Media}}, plainPieces(parts(m.Head, m.Text))...)
}

func plainPieces(all []part) []piece {
	list := make([]piece, len(all))
	for i, p := range all {
		list[i].part = p
	}
	return list
}

// tryMedia sends a file. Where the platform takes it in no way, its words go
// alone, with those that stand for it: nobody is left without.
func (a *Adapter) tryMedia(ctx context.Context, out bot.Outgoing, p piece, buttons [][]bot.Button) bot.Outcome {
	for _, w := range waysOf(p.media) {
		var o bot.Outcome
		if p.media.URL != "" {
			o = a.sendRef(ctx, out, w, p.media.URL, p.part, buttons)
		} else {
			o = a.sendFile(ctx, out, w, p, buttons)
		}
		if o.Status != bot.Rejected {
			if o.Status == bot.Sent {
				a.captioned.add(out.Chat, o.Message)
			}
			return o
		}
		a.log.Warn("telegram does not take a file", "operation", out.Operation, "as", w.method, "name", fileName(p.media), "error", o.Err)
	}
	if p.text == "" && about(p.media) == "" && out.Message.Plain() != "" {
		return bot.Outcome{Status: bot.Sent} // the words come as the next part
	}
	return a.try(ctx, out, instead(p.media, p.part), buttons)
}

// sendFile sends bytes: by the name that the platform gave them before, else
// by uploading them. Of many who want to upload the same, one does.
func (a *Adapter) sendFile(ctx context.Context, out bot.Outgoing, w way, p piece, buttons [][]bot.Button) bot.Outcome {
	key := fileKey{w.field, sha256.Sum256(p.media.Data)}
	for {
		id, done := a.files.get(ctx, key)
		if id == "" {
			var o bot.Outcome
			o, id = a.upload(ctx, out, w, p, buttons)
			done(id)
			return o
		}
		if o := a.sendRef(ctx, out, w, id, p.part, buttons); o.Status != bot.Rejected {
			return o
		}
		a.files.forget(key, id) // the platform does not know it any more
	}
}

// about says what a file shows and where it is.
func about(m *bot.Media) string { return strings.TrimSpace(m.Alt + "\n" + m.URL) }

// instead are the words that stand for a file, behind the head of those that
// were to go with it.
func instead(m *bot.Media, p part) part {
	head, rest := p.text[:p.bold], strings.TrimPrefix(p.text[p.bold:], "\n")
	words := about(m)
	switch {
	case words == "" && p.text == "":
		words = fileName(m)
	case words == "":
		words = rest
	case rest != "":
		words += "\n\n" + rest
	}
	return shortened(head, words)
}

// fileName is what people see of a file.
func fileName(m *bot.Media) string {
	for _, name := range []string{m.Name, m.Asset} {
		if name != "" {
			return path.Base(name)
		}
	}
	return string(m.Kind)
}
