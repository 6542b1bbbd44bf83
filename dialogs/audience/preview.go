package audience

import "cadrebot/bot"

// OnlyShown makes the buttons of a message do nothing but say so.
func OnlyShown(m bot.Message, data string) bot.Message {
	rows := make([][]bot.Button, len(m.Buttons))
	for i, row := range m.Buttons {
		for _, b := range row {
			rows[i] = append(rows[i], bot.Button{Label: b.Label, Data: data})
		}
	}
	m.Buttons = rows
	return m
}

// Preview is the data of buttons that are only shown.
const Preview = "p"
