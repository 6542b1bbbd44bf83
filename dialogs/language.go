package dialogs

import (
	"slices"

	"cadrebot/bot"
	"cadrebot/content"
)

// language offers the three languages, each in its own words.
func (t *talk) language(rest string) {
	t.answer("")
	if rest != "" {
		if lang, ok := content.KnownLang(rest); ok {
			t.chooseLanguage(string(lang))
			return
		}
	}
	var row []bot.Button
	for _, lang := range content.Langs {
		row = append(row, bot.Button{Label: t.phrases.Say(lang, "language.name"), Data: "lang:" + string(lang)})
	}
	t.send(bot.Message{Text: t.say("language.choose"), Buttons: pairs(row)})
}

// chooseLanguage sets the language. A round in another language ends: its
// questions can't be carried over.
func (t *talk) chooseLanguage(code string) {
	lang := content.Lang(code)
	if !slices.Contains(content.Langs, lang) {
		t.answer(t.say("old.button"))
		return
	}
	t.answer("")
	changed := lang != t.lang
	if t.person.Zone == usualZone[t.lang] && changed && len(t.person.Daily) == 0 {
		t.person.Zone = usualZone[lang]
	}
	t.lang, t.person.Lang, t.person.LangChosen = lang, string(lang), true
	if changed && t.state.Quiz != nil {
		t.state.Quiz = nil
	}
	t.show(bot.Message{Text: t.say("language.done"), Buttons: t.stepsAndBack()})
}
