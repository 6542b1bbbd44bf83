package slack

import (
	"context"

	"cadrebot/bot"
	"cadrebot/bot/wire"
)

// Post sends or edits one message. What is too long for one message is sent as
// several, the buttons on the last, whose identifier is the message's; so is a
// file that can't stand in a message with words, in front of them. An edit is
// cut short instead.
func (a *Adapter) Post(ctx context.Context, out bot.Outgoing) bot.Outcome {
	ctx, cancel := wire.Within(ctx, callWithin)
	defer cancel()
	if out.Target != "" {
		return a.edit(ctx, out)
	}
	c, m := a.Channel(), out.Message
	if m.Media != nil && !inBlock(m.Media) && !asFile(m.Media) {
		m = m.WithoutMedia() // it is missing, or lies on the web where only browsers look
	}
	return a.series.Post(ctx, out.Operation, apart(c.Parts(m)), func(p bot.Part) bot.Outcome {
		switch {
		case p.Media == nil:
			return a.say(ctx, out, body{part: p})
		case inBlock(p.Media):
			return a.postPicture(ctx, out, p)
		}
		return a.postFile(ctx, out, p)
	})
}

// apart gives the words that go with a file a message of their own, which can
// be edited.
func apart(parts []bot.Part) []bot.Part {
	all := make([]bot.Part, 0, len(parts)+1)
	for _, p := range parts {
		if p.Media != nil && !inBlock(p.Media) && (p.Text != "" || len(p.Buttons) > 0) {
			all = append(all, bot.Part{Media: p.Media})
			p.Media = nil
		}
		all = append(all, p)
	}
	return all
}

// say sends a message. Where the platform can't read its blocks they are left
// away, once: a message without its looks is better than none.
func (a *Adapter) say(ctx context.Context, out bot.Outgoing, m body) bot.Outcome {
	return a.orPlain(out, m, func(m body) bot.Outcome {
		request := wire.Take()
		writePost(request, out.Chat, m)
		id, err := a.call(ctx, "chat.postMessage", request, messageID)
		if err != nil {
			return outcome(err)
		}
		return bot.Outcome{Status: bot.Sent, Message: id}
	})
}

// unreadable are the words for blocks that the platform does not take.
var unreadable = []string{"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "block_mismatch"}

// orPlain makes one try, and a second one without blocks where those are what
// is wrong. With a picture they are given back: the picture is at fault.
func (a *Adapter) orPlain(out bot.Outgoing, m body, try func(body) bot.Outcome) bot.Outcome {
	o := try(m)
	if !says(o, unreadable...) || m.image != "" {
		return o
	}
	a.log.Warn("slack can't read a message's blocks, sending it plain", "operation", out.Operation, "error", o.Err)
	return try(body{part: inWords(m.part), plain: true})
}

// inWords has the buttons stand in the text, with their numbers.
func inWords(p bot.Part) bot.Part {
	words := bot.Channel{Capacity: capacity}
	return words.Whole(bot.Message{Text: p.Text, Buttons: p.Buttons}, false)
}
