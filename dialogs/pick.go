package dialogs

import "cadrebot/bot"

// pick is one of several things to choose from: its name, the line that tells
// about it, the mark before that line, and what its button does.
type pick struct{ name, line, mark, data string }

// lay lays things out: short names as buttons, two in a row; where one is too
// long for a button, letters in one row, and the lines carry the letters.
func lay(picks []pick) (lines []string, buttons [][]bot.Button) {
	letters := lettered(picks)
	for i, p := range picks {
		b := bot.Button{Label: p.name, Data: p.data}
		line, width := p.line, 2
		if letters {
			b.Label, width = letter(i), len(picks)
			line = letter(i) + " " + line
		}
		if p.mark != "" {
			line = p.mark + " " + line
		}
		lines = append(lines, line)
		if i%width == 0 {
			buttons = append(buttons, nil)
		}
		buttons[len(buttons)-1] = append(buttons[len(buttons)-1], b)
	}
	return lines, buttons
}

// lettered reports whether a name is too long for a button.
func lettered(picks []pick) bool {
	for _, p := range picks {
		if !fitsButton(p.name) {
			return true
		}
	}
	return false
}

// fitsButton reports whether a text fits on a button: 20 letters, or 12 Chinese
// characters.
func fitsButton(text string) bool {
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
