package bottest

import (
	"bytes"
	"image"
	"image/png"
	"strings"

	"cadrebot/bot"
)

func aPicture() []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 40, 30))); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// has is whether a message says all of these.
func (m Seen) has(words ...string) bool {
	for _, w := range words {
		if !strings.Contains(m.Text, w) {
			return false
		}
	}
	return true
}

// among is whether all of these are said by messages together.
func among(all []Seen, words ...string) bool {
	var b strings.Builder
	for _, m := range all {
		b.WriteString(m.Text + "\n")
	}
	return Seen{Text: b.String()}.has(words...)
}

// shows is whether one of them shows a file.
func shows(all []Seen, data []byte) bool {
	for _, m := range all {
		if bytes.Equal(m.Data, data) {
			return true
		}
	}
	return false
}

func files(a *adapterTest) {
	anna := a.meet("anna", "en")
	for word, m := range map[string]bot.Media{
		"picture": {Kind: bot.Picture, Name: "map.png", Data: aPicture(), Alt: "A map of the districts"},
		"file":    {Kind: bot.File, Name: "records.csv", Data: []byte("a,b\n1,2\n"), Alt: "All that was learned"},
	} {
		a.dialog.teach(word, bot.Message{Head: "Look", Text: "Here is your " + word + " <b>", Media: &m,
			Buttons: [][]bot.Button{{{Label: "Seen " + word, Data: word}}}})
		anna.Type(word)
		a.sight("anna", anna.See, word, func(all []Seen) bool {
			return among(all, "Look", "Here is your "+word+" <b>") && (shows(all, m.Data) || a.rig.NoFiles && among(all, m.Alt))
		})
		anna.Press("Seen " + word)
		anna.sees("Pressed " + word)
	}
	m := bot.Media{Kind: bot.File, Name: "alone.txt", Data: []byte("alone"), Alt: "A file without words"}
	a.dialog.teach("alone", bot.Message{Media: &m})
	anna.Type("alone")
	a.sight("anna", anna.See, "alone", func(all []Seen) bool {
		return shows(all, m.Data) || a.rig.NoFiles && among(all, m.Alt)
	})
}

// brokenFiles are not there, or are not what they are said to be: a picture that
// is none arrives as a file, or its words do.
func brokenFiles(a *adapterTest) {
	anna := a.meet("anna", "en")
	broken := []byte("this is no picture")
	for word, m := range map[string]bot.Media{
		"missing": {Kind: bot.Picture, Name: "missing.png", Asset: "nowhere/missing.png", Alt: "What the picture shows"},
		"broken":  {Kind: bot.Picture, Name: "broken.png", Data: broken, Alt: "What it would show"},
	} {
		a.dialog.teach(word, bot.Message{Text: "Words of the " + word, Media: &m, Buttons: [][]bot.Button{{{Label: "Seen " + word, Data: word}}}})
		anna.Type(word)
		a.sight("anna", anna.See, word, func(all []Seen) bool {
			return among(all, "Words of the "+word) && (among(all, m.Alt) || shows(all, broken))
		})
		anna.Press("Seen " + word)
		anna.sees("Pressed " + word)
		anna.says("after the " + word)
	}
}
