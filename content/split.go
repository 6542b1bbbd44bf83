package content

import "strings"

// piece is one item of a list, as text, with the line it begins at. Its dash is
// replaced by a space, so that columns stay true.
type piece struct {
	text string
	line int
}

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
		lines  = strings.Split(text, "\n")
		begin  = -1
	)
	flush := func(end int) {
		if begin < 0 {
			return
		}
		first := lines[begin][:indent] + " " + lines[begin][indent+1:]
		body := first
		if begin+1 < end {
			body += "\n" + strings.Join(lines[begin+1:end], "\n")
		}
		pieces = append(pieces, piece{body + "\n", begin + 1})
		begin = -1
	}
	for i, line := range lines {
		rest := strings.TrimLeft(line, " ")
		at := len(line) - len(rest)
		isDash := rest == "-" || strings.HasPrefix(rest, "- ")
		switch {
		case strings.TrimSpace(rest) == "", rest[0] == '#':
		case isDash && (indent < 0 || at == indent):
			flush(i)
			indent, begin, astray = at, i, false
		case begin >= 0 && (at > indent || rest[0] == '\t'):
		case at == 0 && begin < 0 && strings.TrimRight(line, " ") == "---":
		default:
			flush(i)
			if !astray {
				lost = append(lost, mistake{place{i + 1, at + 1}, "this line belongs to no question", "begin each question with - and indent its lines by two spaces"})
			}
			astray = true
		}
	}
	flush(len(lines))
	return pieces, lost
}
