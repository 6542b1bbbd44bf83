package talk

import (
	"slices"

	"cadrebot/bot"
)

// Letter names the i-th of several things: A, B, C.
func Letter(i int) string { return string(rune('A' + i)) }

func onePerRow(buttons []bot.Button) (rows [][]bot.Button) {
	for _, b := range buttons {
		rows = append(rows, bot.Row(b))
	}
	return rows
}

// Pairs puts buttons into rows of two.
func Pairs(buttons []bot.Button) [][]bot.Button {
	var rows [][]bot.Button
	for row := range slices.Chunk(buttons, 2) {
		rows = append(rows, row)
	}
	return rows
}

// Pick is one of several things to choose from: its name, the line that tells
// about it, the mark before that line, and what its button does.
type Pick struct{ Name, Line, Mark, Data string }

// Lay lays things out: short names as buttons, two in a row; where one is too
// long for a button, letters in one row, and the lines carry the letters.
func Lay(picks []Pick) (lines []string, buttons [][]bot.Button) {
	letters := Lettered(picks)
	for i, p := range picks {
		b := bot.Button{Label: p.Name, Data: p.Data}
		line, width := p.Line, 2
		if letters {
			b.Label, width = Letter(i), len(picks)
			line = Letter(i) + " " + line
		}
		if p.Mark != "" {
			line = p.Mark + " " + line
		}
		lines = append(lines, line)
		if i%width == 0 {
			buttons = append(buttons, nil)
		}
		buttons[len(buttons)-1] = append(buttons[len(buttons)-1], b)
	}
	return lines, buttons
}

// Lettered reports whether a name is too long for a button.
func Lettered(picks []Pick) bool {
	for _, p := range picks {
		if !FitsButton(p.Name) {
			return true
		}
	}
	return false
}

// FitsButton reports whether a text fits on a button: 20 letters, or 12 Chinese
// characters.
func FitsButton(text string) bool {
	width := 0
	for _, r := range text {
		if r > 0x2e80 {
			width += 5
		} else {
			width += 3
		}
	}
	return width <= 60
}

// InPairs adds a button to rows of two.
func InPairs(rows [][]bot.Button, b bot.Button) [][]bot.Button {
	if last := len(rows) - 1; last >= 0 && len(rows[last]) == 1 {
		rows[last] = append(rows[last], b)
		return rows
	}
	return append(rows, bot.Row(b))
}
