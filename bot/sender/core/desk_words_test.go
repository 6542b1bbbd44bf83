package core

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"cadrebot/bot"
)

// entries reads what a commit is to hold.
func (d *desk) entries(list string) (entries []bot.Entry) {
	for part := range strings.SplitSeq(list, " | ") {
		entries = append(entries, d.entry(part))
	}
	return entries
}

func (d *desk) entry(text string) bot.Entry {
	var e bot.Entry
	words := strings.Fields(text)
	for ; len(words) > 0; words = words[1:] {
		key, value, ok := strings.Cut(words[0], "=")
		switch {
		case key == "chat":
			e.Chat = value
		case key == "lane":
			e.Lane = bot.Lane(slices.Index(bot.Lanes[:], value))
		case key == "edit" && strings.HasPrefix(value, "m"):
			e.Edit, e.Target = true, value
		case key == "edit":
			e.Edit, e.Handle = true, value
		case key == "name":
			e.Handle = value
		case key == "in":
			e.NotBefore = d.now.Add(d.span(value)).UnixMilli()
		case key == "within":
			e.NotAfter = d.now.Add(d.span(value)).UnixMilli()
		case key == "of":
			e.Fanout = value
		case key == "group":
			e.Group = true
		case key == "drop":
			e.Drop = true
		case ok:
			d.t.Fatalf("what is %q?", words[0])
		default:
			e.Message.Text = strings.Join(words, " ")
			return e
		}
	}
	return e
}

func (d *desk) outcome(it *Item, args []string) bot.Outcome {
	switch strings.Join(args[:1], "") {
	case "sent":
		return bot.Outcome{Message: cmp.Or(strings.Join(args[1:], ""), fmt.Sprint("m", it.ID))}
	case "429":
		return bot.Outcome{Status: bot.Retry, RetryAfter: d.span(args[1])}
	case "not":
		return bot.Outcome{Status: bot.Retry}
	case "silence":
		return bot.Outcome{Status: bot.Unknown}
	case "gone":
		return bot.Outcome{Status: bot.GoneChat}
	case "moved":
		return bot.Outcome{Status: bot.Migrated, Chat: args[1]}
	case "rejected":
		return bot.Outcome{Status: bot.Rejected}
	}
	d.t.Fatalf("what is the answer %q?", args)
	return bot.Outcome{}
}

func (d *desk) channel(args []string) {
	of := bot.Channel{Name: "tg"}
	for _, arg := range args {
		switch key, value, _ := strings.Cut(arg, "="); key {
		case "rate":
			of.Limits.PerSecond = d.number(value)
		case "every":
			of.Limits.ChatEvery = d.span(value)
		case "group":
			of.Limits.GroupPerMinute = d.number(value)
		case "in-order":
			of.InOrder = true
		default:
			d.t.Fatalf("what is %q?", arg)
		}
	}
	d.s = New(of)
}
