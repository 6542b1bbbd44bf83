package dialogs

import (
	"slices"

	"cadrebot/bot"
	"cadrebot/content/phrases"
	"cadrebot/dialogs/talk"
)

// language offers the three languages, each in its own words.
func (t *step) language(rest string) {
	t.Answer("")
	if rest != "" {
		if lang, ok := phrases.KnownLang(rest); ok {
			t.chooseLanguage(string(lang))
			return
		}
	}
	var row []bot.Button
	for _, lang := range phrases.Langs {
		row = append(row, bot.Button{Label: t.Phrases.Say(lang, "language.name"), Data: "lang:" + string(lang)})
	}
	t.Send(bot.Message{Text: t.Say("language.choose"), Buttons: talk.Pairs(row)})
}

// chooseLanguage sets the language. A round in another language ends: its
// questions can't be carried over.
func (t *step) chooseLanguage(code string) {
	lang := phrases.Lang(code)
	if !slices.Contains(phrases.Langs, lang) {
		t.Answer(t.Say("old.button"))
		return
	}
	t.Answer("")
	changed := lang != t.Lang
	if t.Person.Zone == usualZone[t.Lang] && changed && len(t.Person.Daily) == 0 {
		t.Person.Zone = usualZone[lang]
	}
	t.Lang, t.Person.Lang, t.Person.LangChosen = lang, string(lang), true
	if changed && t.state.Quiz != nil {
		t.state.Quiz = nil
	}
	t.Show(bot.Message{Text: t.Say("language.done"), Buttons: t.StepsAndBack()})
}
