package content

import "strings"

// piece is one item of a list, as text with its dash, and the line it begins at.
type piece struct {
	text string
	line int
}

// read parses the item. Mistakes stand where they are in the file.
func (p piece) read(maxTokens int) (*node, *mistake) {
	if n, ok := parsePlain(p.text, p.line); ok && len(n.items) == 1 {
		return n.items[0], nil
	}
	return parseLibrary(p.item(), p.line, maxTokens)
}

// item is the text with a space for the dash, so that columns stay true.
func (p piece) item() string { return strings.Replace(p.text, "-", " ", 1) }

// splitList cuts a YAML list at its dashes without parsing the items. That is
// safe because no line of an item may begin at or before its dash. Comments and
// --- lines between items are skipped. Lines that belong to no item are a
// mistake for each run of them; the items are returned all the same.
func splitList(text string) ([]piece, []mistake) {
	var (
		pieces []piece
		lost   []mistake
		indent = -1
		astray = false // the line before belongs to no item
		open   = false // the last piece goes on
		begin  = 0     // where it begins
		at     = 0     // where this line begins
		number = 0
	)
	end := func() {
		if open {
			pieces[len(pieces)-1].text = text[begin:at]
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
			pieces = append(pieces, piece{line: number})
		case open && (depth > indent || rest[0] == '\t'):
		case depth == 0 && !open && rest == "---":
		default:
			end()
			if !astray {
				lost = append(lost, mistake{place{number, depth + 1}, "this line belongs to no question", "begin each question with - and indent its lines by two spaces"})
			}
			astray = true
		}
		at += len(line)
	}
	end()
	return pieces, lost
}
