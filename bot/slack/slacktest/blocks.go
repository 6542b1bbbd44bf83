package slacktest

import (
	"bytes"
	"cadrebot/bot/bottest"
	"encoding/json"
	"fmt"
	"strconv"
)

// The limits of Block Kit, in characters where nothing else is said. They
// count UTF-16 units, the least favourable reading of the documentation.
const (
	maxBlocks    = 50
	maxBlockText = 13_200
	maxMarkdown  = 12_000
	maxSection   = 3000
	maxField     = 2000
	maxFields    = 10
	maxHeader    = 150
	maxID        = 255
	maxAlt       = 2000
	maxURL       = 3000
	maxActions   = 25
	maxContext   = 10
	maxLabel     = 75
	maxValue     = 2000
)

type block struct {
	Type      string            `json:"type"`
	BlockID   *string           `json:"block_id"`
	Text      json.RawMessage   `json:"text"`
	Fields    []json.RawMessage `json:"fields"`
	Accessory json.RawMessage   `json:"accessory"`
	Elements  []json.RawMessage `json:"elements"`
	image
}

type image struct {
	ImageURL string          `json:"image_url"`
	AltText  *string         `json:"alt_text"`
	Title    json.RawMessage `json:"title"`
	File     struct {
		ID  string `json:"id"`
		URL string `json:"url"`
	} `json:"slack_file"`
}

// reader reads the blocks of one message, noting every breach at once.
type reader struct {
	s        *Server
	problems []string
	text     int // characters of all text
	shown    shown
	actions  map[string]bool // action ids of the block at hand
	row      []Button
	out      []byte
}

// readBlocks takes the blocks of a message, gives a name to each that has
// none, and says what a person sees of them. Absent blocks are nil, an empty
// list is not.
func (s *Server) readBlocks(raw json.RawMessage) ([]byte, shown, *refusal) {
	var blocks []json.RawMessage
	if err := bottest.Decode(raw, &blocks); err != nil {
		return nil, shown{}, refused("invalid_blocks_format")
	}
	if len(blocks) == 0 {
		if blocks == nil {
			return nil, shown{}, nil
		}
		return []byte{}, shown{}, nil
	}
	r := &reader{s: s, out: make([]byte, 0, len(raw)+32*len(blocks))}
	if len(blocks) > maxBlocks {
		r.breach("/blocks", "no more than %d items allowed", maxBlocks)
	}
	ids := map[string]bool{}
	r.out = append(r.out, '[')
	for i, block := range blocks {
		if i > 0 {
			r.out = append(r.out, ',')
		}
		r.block("/blocks/"+strconv.Itoa(i), block, ids)
	}
	r.out = append(r.out, ']')
	switch {
	case len(r.problems) > 0:
		return nil, shown{}, &refusal{error: "invalid_blocks", messages: r.problems}
	case r.text > maxBlockText:
		return nil, shown{}, refused("msg_blocks_too_long")
	}
	return r.out, r.shown, nil
}

func (r *reader) breach(pointer, format string, args ...any) {
	r.problems = append(r.problems, "[ERROR] "+fmt.Sprintf(format, args...)+" [json-pointer:"+pointer+"]")
}

// bound counts a string against its limits; false when it breaks one.
func (r *reader) bound(pointer, value string, least, most int) bool {
	switch n := bottest.UTF16Len(value); {
	case n < least:
		r.breach(pointer, "must be more than %d characters", least-1)
	case n > most:
		r.breach(pointer, "must be less than %d characters", most+1)
	default:
		return true
	}
	return false
}

func (r *reader) block(at string, raw json.RawMessage, ids map[string]bool) {
	var b block
	if err := json.Unmarshal(raw, &b); err != nil {
		r.breach(at, "failed to match all allowed schemas")
		return
	}
	r.actions, r.row = nil, nil
	r.body(at, &b)
	if len(r.row) > 0 {
		r.shown.buttons = append(r.shown.buttons, r.row)
	}
	raw = bytes.TrimSpace(raw)
	if b.BlockID != nil && *b.BlockID != "" {
		r.bound(at+"/block_id", *b.BlockID, 1, maxID)
		if ids[*b.BlockID] {
			r.breach(at+"/block_id", "`block_id` %s already exists", *b.BlockID)
		}
		ids[*b.BlockID] = true
		r.out = append(r.out, raw...)
		return
	}
	r.out = append(append(append(r.out, `{"block_id":"`...), r.nameBlock()...), '"')
	if len(raw) > 2 {
		r.out = append(r.out, ',')
	}
	r.out = append(r.out, raw[1:]...)
}

// nameBlock names the block at hand, and those of its buttons so far.
func (r *reader) nameBlock() string {
	id := "b" + strconv.FormatUint(r.s.blockNo.Add(1), 36)
	for i := range r.row {
		r.row[i].BlockID = id
	}
	return id
}

func (r *reader) body(at string, b *block) {
	id := ""
	if b.BlockID != nil {
		id = *b.BlockID
	}
	switch b.Type {
	case "section":
		r.section(at, id, b)
	case "header":
		r.say(r.textObject(at+"/text", b.Text, 1, maxHeader, true))
	case "markdown":
		var text string
		if json.Unmarshal(b.Text, &text) != nil || text == "" {
			r.breach(at, "missing required field: text")
		}
		r.bound(at+"/text", text, 0, maxMarkdown)
		r.text += bottest.UTF16Len(text)
		r.say(text)
	case "context":
		r.context(at, b)
	case "actions":
		r.list(at+"/elements", len(b.Elements), 1, maxActions)
		for i, element := range b.Elements {
			r.element(at+"/elements/"+strconv.Itoa(i), id, element)
		}
	case "image":
		r.image(at, &b.image)
		if len(b.Title) > 0 {
			r.shown.images[len(r.shown.images)-1].Title = r.textObject(at+"/title", b.Title, 1, maxAlt, true)
		}
	case "rich_text":
		r.richText(b.Elements)
	case "divider":
	case "":
		r.breach(at, "missing required field: type")
	default:
		r.breach(at+"/type", "unsupported type: %s", b.Type)
	}
}

func (r *reader) list(at string, n, least, most int) {
	switch {
	case n < least:
		r.breach(at, "no fewer than %d items allowed", least)
	case n > most:
		r.breach(at, "no more than %d items allowed", most)
	}
}
