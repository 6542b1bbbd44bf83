package talk

import "cadrebot/bot"

// WithSteps is a text with two next steps.
func (t *Talk) WithSteps(text string) bot.Message {
	return bot.Message{Text: text, Buttons: t.FirstSteps()}
}

// BackToSettings is the way back from any of them.
func (t *Talk) BackToSettings() bot.Button { return t.Button("settings.back", "set") }

// StepsAndBack are next steps after a setting has changed, with the way back.
func (t *Talk) StepsAndBack() [][]bot.Button {
	return append(t.FirstSteps(), bot.Row(t.BackToSettings()))
}
