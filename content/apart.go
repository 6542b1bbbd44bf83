package content

import (
	"fmt"
	"slices"

	"cadrebot/content/phrases"
)

// apart checks that the things of a list differ from one another.
type apart struct {
	what       string
	texts, ids []string
}

func (a *apart) add(r *reader, id, text string) {
	folded := phrases.Fold(text)
	if text != "" && slices.Contains(a.texts, folded) {
		r.bad(r.node.At, "two "+a.what+" say the same", "change one of them")
	}
	if id != "" && slices.Contains(a.ids, id) {
		r.bad(r.node.At, fmt.Sprintf("two %s have the id %q", a.what, id), "give each its own")
	}
	a.texts, a.ids = append(a.texts, folded), append(a.ids, id)
}
