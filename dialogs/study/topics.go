package study

import (
	"strconv"
	"strings"

	"cadrebot/bot"
)

// topicsAtOnce is how many topics one message lists.
const topicsAtOnce = 8

// topics lists what there is to be quizzed on, a page at a time.
func (t *Talk) topics(from string) {
	t.Answer("")
	topics := t.Library.Modules(t.Lang)
	at, _ := strconv.Atoi(from)
	at = min(max(at, 0), max(0, len(topics)-1))
	rest := len(topics) - at - topicsAtOnce
	topics = topics[at:min(at+topicsAtOnce, len(topics))]
	if len(topics) == 0 {
		t.Send(bot.Message{Text: t.Say("quiz.none"), Buttons: [][]bot.Button{
			bot.Row(t.Button("button.language", "langs")),
		}})
		return
	}
	var buttons [][]bot.Button
	var lines []string
	for _, topic := range topics {
		lines = append(lines, t.Say("topics.line", "topic", topic.Title, "n", topic.Count))
		b := bot.Button{Label: topic.Title, Data: "quiz:" + topic.ID}
		if last := len(buttons) - 1; last >= 0 && len(buttons[last]) < 2 {
			buttons[last] = append(buttons[last], b)
		} else {
			buttons = append(buttons, bot.Row(b))
		}
	}
	if rest > 0 {
		buttons = append(buttons, bot.Row(t.Button("topics.more", "topics:"+strconv.Itoa(at+topicsAtOnce), "n", rest)))
	}
	t.Send(bot.Message{Head: t.Say("topics.head"), Text: strings.Join(lines, "\n"), Buttons: buttons})
}
