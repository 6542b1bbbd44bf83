package bottest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
)

// The limits of Block Kit, in characters where nothing else is said. They
// count UTF-16 units, the least favourable reading of the documentation.
const (
	slackMaxBlocks    = 50
	slackMaxBlockText = 13_200
	slackMaxMarkdown  = 12_000
	slackMaxSection   = 3000
	slackMaxField     = 2000
	slackMaxFields    = 10
	slackMaxHeader    = 150
	slackMaxID        = 255
	slackMaxAlt       = 2000
	slackMaxURL       = 3000
	slackMaxActions   = 25
	slackMaxContext   = 10
	slackMaxLabel     = 75
	slackMaxValue     = 2000
)

type slackBlock struct {
	Type      string            `json:"type"`
	BlockID   *string           `json:"block_id"`
	Text      json.RawMessage   `json:"text"`
	Fields    []json.RawMessage `json:"fields"`
	Accessory json.RawMessage   `json:"accessory"`
	Elements  []json.RawMessage `json:"elements"`
	slackImage
}

type slackImage struct {
	ImageURL string          `json:"image_url"`
	AltText  *string         `json:"alt_text"`
	Title    json.RawMessage `json:"title"`
	File     struct {
		ID  string `json:"id"`
		URL string `json:"url"`
	} `json:"slack_file"`
}

// slackReader reads the blocks of one message, noting every breach at once.
type slackReader struct {
	s        *Slack
	problems []string
	text     int // characters of all text
	shown    slackShown
	actions  map[string]bool // action ids of the block at hand
	row      []SlackButton
	out      []byte
}

// readBlocks takes the blocks of a message, gives a name to each that has
// none, and says what a person sees of them. Absent blocks are nil, an empty
// list is not.
func (s *Slack) readBlocks(raw json.RawMessage) ([]byte, slackShown, *slackRefusal) {
	var blocks []json.RawMessage
	if err := decode(raw, &blocks); err != nil {
		return nil, slackShown{}, refused("invalid_blocks_format")
	}
	if len(blocks) == 0 {
		if blocks == nil {
			return nil, slackShown{}, nil
		}
		return []byte{}, slackShown{}, nil
	}
	r := &slackReader{s: s, out: make([]byte, 0, len(raw)+32*len(blocks))}
	if len(blocks) > slackMaxBlocks {
		r.breach("/blocks", "no more than %d items allowed", slackMaxBlocks)
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
		return nil, slackShown{}, &slackRefusal{error: "invalid_blocks", messages: r.problems}
	case r.text > slackMaxBlockText:
		return nil, slackShown{}, refused("msg_blocks_too_long")
	}
	return r.out, r.shown, nil
}

func (r *slackReader) breach(pointer, format string, args ...any) {
	r.problems = append(r.problems, "[ERROR] "+fmt.Sprintf(format, args...)+" [json-pointer:"+pointer+"]")
}

// bound counts a string against its limits; false when it breaks one.
func (r *slackReader) bound(pointer, value string, least, most int) bool {
	switch n := utf16Len(value); {
	case n < least:
		r.breach(pointer, "must be more than %d characters", least-1)
	case n > most:
		r.breach(pointer, "must be less than %d characters", most+1)
	default:
		return true
	}
	return false
}

func (r *slackReader) block(at string, raw json.RawMessage, ids map[string]bool) {
	var b slackBlock
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
		r.bound(at+"/block_id", *b.BlockID, 1, slackMaxID)
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
func (r *slackReader) nameBlock() string {
	id := "b" + strconv.FormatUint(r.s.blockNo.Add(1), 36)
	for i := range r.row {
		r.row[i].BlockID = id
	}
	return id
}

func (r *slackReader) body(at string, b *slackBlock) {
	id := ""
	if b.BlockID != nil {
		id = *b.BlockID
	}
	switch b.Type {
	case "section":
		r.section(at, id, b)
	case "header":
		r.say(r.textObject(at+"/text", b.Text, 1, slackMaxHeader, true))
	case "markdown":
		var text string
		if json.Unmarshal(b.Text, &text) != nil || text == "" {
			r.breach(at, "missing required field: text")
		}
		r.bound(at+"/text", text, 0, slackMaxMarkdown)
		r.text += utf16Len(text)
		r.say(text)
	case "context":
		r.context(at, b)
	case "actions":
		r.list(at+"/elements", len(b.Elements), 1, slackMaxActions)
		for i, element := range b.Elements {
			r.element(at+"/elements/"+strconv.Itoa(i), id, element)
		}
	case "image":
		r.image(at, &b.slackImage)
		if len(b.Title) > 0 {
			r.shown.images[len(r.shown.images)-1].Title = r.textObject(at+"/title", b.Title, 1, slackMaxAlt, true)
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

func (r *slackReader) list(at string, n, least, most int) {
	switch {
	case n < least:
		r.breach(at, "no fewer than %d items allowed", least)
	case n > most:
		r.breach(at, "no more than %d items allowed", most)
	}
}
