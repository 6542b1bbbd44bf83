package study

import (
	"strings"
	"time"

	"cadrebot/bot"
	"cadrebot/content"
	"cadrebot/content/phrases"
)

// lessonMessage is the message of a card as the reader sees it now.
func (t *Talk) lessonMessage(l *content.Lesson, card *content.Card, r *reading) bot.Message {
	m := bot.Message{Head: t.lessonHead(l, r)}
	var text []string
	if card.Title != "" {
		text = append(text, card.Title)
	}
	switch card.Kind {
	case content.CardReading:
		text = append(text, t.page(card, r), "", card.Pages[r.Page])
	case content.CardCase:
		return t.caseMessage(m, l, card, r)
	default:
		text = append(text, card.Text)
	}
	m.Text = strings.TrimSpace(strings.Join(text, "\n"))
	m.Media = media(l.Course, card)
	if card.Kind == content.CardLink {
		m.Buttons = append(m.Buttons, bot.Row(bot.Button{Label: t.Say("button.open"), URL: card.URL}))
	}
	next := "button.next"
	if card.Kind == content.CardReading && r.Page >= r.Read {
		next = "button.tick"
	}
	m.Buttons = append(m.Buttons, bot.Row(t.Button(next, cardData(r, moveNext)), t.backButton(l, r)))
	return m
}

// lessonHead is the first line of a card; that of the first one says how long
// the lesson takes.
func (t *Talk) lessonHead(l *content.Lesson, r *reading) string {
	cards := t.cards(l)
	if r.N > 0 || r.Page > 0 || len(r.Way) > 0 {
		return t.Say("lesson.head", "n", r.N+1, "total_n", len(cards), "title", l.Title)
	}
	return t.Say("lesson.first", "n", 1, "total_n", len(cards), "title", l.Title,
		"time", phrases.Duration(t.Lang, time.Duration(l.Minutes)*time.Minute))
}

// page says which page of a reading is open and which are ticked.
func (t *Talk) page(card *content.Card, r *reading) string {
	n, total := r.Page+1, len(card.Pages)
	switch {
	case r.Page < r.Read:
		return t.Say("lesson.page.read", "n", n, "total_n", total)
	case r.Read > 0:
		return t.Say("lesson.page.after", "n", n, "total_n", total, "read_n", r.Read)
	}
	return t.Say("lesson.page", "n", n, "total_n", total)
}

// backButton leads to the page or card before; from the first card to the
// course.
func (t *Talk) backButton(l *content.Lesson, r *reading) bot.Button {
	if r.Page > 0 || before(t.cards(l), r.N) >= 0 {
		return t.Button("button.back", cardData(r, moveBack))
	}
	return t.Button("button.course", "course:"+l.Course)
}

// media is what a card shows besides its text; nil for none.
func media(course string, card *content.Card) *bot.Media {
	kind := map[content.CardKind]bot.MediaKind{
		content.CardPicture: bot.Picture, content.CardAudio: bot.Audio, content.CardVideo: bot.Video,
	}[card.Kind]
	switch {
	case kind == "":
		return nil
	case card.File != "":
		return &bot.Media{Kind: kind, Asset: course + "/" + card.File, Alt: card.Alt}
	}
	return &bot.Media{Kind: kind, URL: card.URL, Alt: card.Alt}
}
