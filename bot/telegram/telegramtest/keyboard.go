package telegramtest

import (
	"cadrebot/bot/bottest"
	"encoding/json"
)

// Button is a button under a message: its label and what it does.
type Button struct {
	Text     string
	Data     string
	URL      string
	WebApp   string
	CopyText string
}

const maxButtons = 100

type markupJSON struct {
	Inline *[][]buttonJSON `json:"inline_keyboard"`
}

type buttonJSON struct {
	Text     string  `json:"text"`
	Data     *string `json:"callback_data"`
	URL      string  `json:"url"`
	Switch   *string `json:"switch_inline_query"`
	SwitchIn *string `json:"switch_inline_query_current_chat"`
	WebApp   struct {
		URL string `json:"url"`
	} `json:"web_app"`
	CopyText struct {
		Text string `json:"text"`
	} `json:"copy_text"`
}

// readKeyboard takes the inline keyboard of a call; markup of another kind,
// such as a reply keyboard, is taken without being kept.
func readKeyboard(raw json.RawMessage) ([][]Button, *refusal) {
	if len(raw) == 0 {
		return nil, nil
	}
	var markup markupJSON
	if err := bottest.Decode(raw, &markup); err != nil {
		return nil, bad("can't parse reply keyboard markup JSON object")
	}
	if markup.Inline == nil {
		return nil, nil
	}
	rows := make([][]Button, 0, len(*markup.Inline))
	total := 0
	for _, row := range *markup.Inline {
		if len(row) == 0 {
			continue
		}
		buttons := make([]Button, 0, len(row))
		for _, b := range row {
			button, refused := b.read()
			if refused != nil {
				return nil, refused
			}
			buttons = append(buttons, button)
		}
		total += len(buttons)
		rows = append(rows, buttons)
	}
	if total > maxButtons {
		return nil, bad("reply markup is too long")
	}
	return rows, nil
}

func (b *buttonJSON) read() (Button, *refusal) {
	button := Button{Text: b.Text}
	if b.Text == "" {
		return button, bad("can't parse inline keyboard button: Field \"text\" must be non-empty")
	}
	// Some clients send every field of a button; the first that means
	// something decides, in the platform's order.
	switch {
	case b.URL != "":
		button.URL = b.URL
	case b.Data != nil:
		if len(*b.Data) < 1 || len(*b.Data) > 64 {
			return button, bad("BUTTON_DATA_INVALID")
		}
		button.Data = *b.Data
	case b.WebApp.URL != "":
		button.WebApp = b.WebApp.URL
	case b.CopyText.Text != "":
		button.CopyText = b.CopyText.Text
	case b.Switch != nil, b.SwitchIn != nil:
	default:
		return button, bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
	}
	return button, nil
}

func sameKeyboard(a, b [][]Button) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if len(a[i]) != len(b[i]) {
			return false
		}
		for j := range a[i] {
			if a[i][j] != b[i][j] {
				return false
			}
		}
	}
	return true
}
