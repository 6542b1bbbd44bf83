package webchat

import (
	"bytes"
	"encoding/json"
	"image"
	_ "image/gif" // for their sizes
	_ "image/jpeg"
	_ "image/png"
	"net/http"
	"slices"

	"cadrebot/bot"
)

// kept is a message as the store keeps it.
type kept struct {
	// Own is set where the person said it, Say under which identifier.
	Own bool   `json:"o,omitempty"`
	Say string `json:"i,omitempty"`
	// At is when it was said first, in Unix milliseconds.
	At      int64          `json:"at"`
	Head    string         `json:"h,omitempty"`
	Text    string         `json:"t,omitempty"`
	Media   *keptMedia     `json:"m,omitempty"`
	Buttons [][]bot.Button `json:"b,omitempty"`
	// Past is the data of buttons that it carried before an edit: somebody may
	// press what they still see.
	Past []string `json:"p,omitempty"`
}

// keptMedia is a file as it is shown: on the web, of a course, or the message's
// own, which is kept beside it.
type keptMedia struct {
	Kind  bot.MediaKind `json:"k"`
	Name  string        `json:"n,omitempty"`
	URL   string        `json:"u,omitempty"`
	Asset string        `json:"f,omitempty"`
	Alt   string        `json:"t,omitempty"`
	Size  int           `json:"s,omitempty"`
	Width int           `json:"w,omitempty"`
	High  int           `json:"hh,omitempty"`
}

func (k *kept) encode() ([]byte, error) { return json.Marshal(k) }

func decodeKept(data []byte) (k kept, ok bool) {
	return k, json.Unmarshal(data, &k) == nil
}

// mostPast bounds what is remembered of a message's former buttons.
const mostPast = 64

// outlived are the buttons' data of a message that an edit replaces.
func (k *kept) outlived() []string {
	past := slices.Clone(k.Past)
	for _, row := range k.Buttons {
		for _, b := range row {
			if b.Data != "" && !slices.Contains(past, b.Data) {
				past = append(past, b.Data)
			}
		}
	}
	return past[max(0, len(past)-mostPast):]
}

// carries tells whether a button with this data is or was on the message.
func (k *kept) carries(data string) bool {
	return data != "" && slices.Contains(k.outlived(), data)
}

// mediaOf is what is kept of a file, and its bytes where they are the message's
// own. It is nil where there is nothing to show.
func (c *Chat) mediaOf(m *bot.Media) (*keptMedia, []byte) {
	k := &keptMedia{Kind: m.Kind, Name: m.FileName(), URL: m.URL, Asset: m.Asset, Alt: m.Alt}
	data := m.Data
	if m.Asset != "" && len(data) == 0 && c.assets != nil {
		if found, err := c.assets.Asset(m.Asset); err == nil {
			data = found
		}
	}
	if len(data) == 0 {
		if m.URL == "" || !isWeb(m.URL) {
			return nil, nil
		}
		return k, nil
	}
	k.Size = len(data)
	if m.Kind == bot.Picture {
		if size, _, err := image.DecodeConfig(bytes.NewReader(data)); err == nil {
			k.Width, k.High = size.Width, size.Height
		} else if m.Asset == "" && !shown(data) {
			k.Kind = bot.File
		}
	}
	if m.Asset != "" {
		return k, nil
	}
	return k, data
}

// shown tells whether browsers show these bytes as a picture.
func shown(data []byte) bool {
	switch http.DetectContentType(data) {
	case "image/png", "image/jpeg", "image/gif", "image/webp":
		return true
	}
	return false
}
