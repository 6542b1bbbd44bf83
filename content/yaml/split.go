package yaml

import "strings"

// Piece is one item of a list, as text with its dash, and the line it begins at.
type Piece struct {
	Text string
	Line int
}

// Parse parses the item. Mistakes stand where they are in the file.
func (p Piece) Parse(maxTokens int) (*Node, *Mistake) {
	if n, ok := parsePlain(p.Text, p.Line); ok && len(n.Items) == 1 {
		return n.Items[0], nil
	}
	return parseLibrary(p.Item(), p.Line, maxTokens)
}

// Item is the text with a space for the dash, so that columns stay true.
func (p Piece) Item() string { return strings.Replace(p.Text, "-", " ", 1) }

// Split cuts a YAML list at its dashes without parsing the items. That is
// safe because no line of an item may begin at or before its dash. Comments and
// --- lines between items are skipped. Lines that belong to no item are a
// mistake for each run of them; the items are returned all the same.
func Split(text string) ([]Piece, []Mistake) {
	var (
		pieces []Piece
		lost   []Mistake
		indent = -1
		astray = false // the line before belongs to no item
		open   = false // the last piece goes on
		begin  = 0     // where it begins
		at     = 0     // where this line begins
		number = 0
	)
	end := func() {
		if open {
			pieces[len(pieces)-1].Text = text[begin:at]
		}
		open = false
	}
	for line := range strings.Lines(text) {
		number++
		rest := strings.TrimLeft(line, " ")
		depth := len(line) - len(rest)
		rest = strings.TrimRight(rest, " \n")
		switch {
		case rest == "" || strings.TrimSpace(rest) == "", rest[0] == '#':
		case isDash(rest) && (indent < 0 || depth == indent):
			end()
			indent, begin, astray, open = depth, at, false, true
			pieces = append(pieces, Piece{Line: number})
		case open && (depth > indent || rest[0] == '\t'):
		case depth == 0 && !open && rest == "---":
		default:
			end()
			if !astray {
				lost = append(lost, Mistake{Place{number, depth + 1}, "this line belongs to no question", "begin each question with - and indent its lines by two spaces"})
			}
			astray = true
		}
		at += len(line)
	}
	end()
	return pieces, lost
}
