package dialogs

import (
	"slices"

	"cadrebot/bot"
)

// indexed is one line of the list of classes that coordinators choose from.
type indexed struct {
	ID   string `json:"id"`
	Name string `json:"n"`
}

var classIndex = bot.Ref{Kind: bot.IndexRef, ID: "classes"}

// classes lists the open classes, the newest first.
func (t *step) classes() []indexed {
	var list []indexed
	t.Env.Read(classIndex, &list)
	return list
}

// index enters a class into the list, or takes it out.
func (t *step) index(c *class) {
	list := slices.DeleteFunc(t.classes(), func(x indexed) bool { return x.ID == c.ID })
	if !c.Closed {
		list = slices.Insert(list, 0, indexed{c.ID, c.Name})
	}
	if list == nil {
		list = []indexed{}
	}
	t.Effects = append(t.Effects, bot.Put{Ref: classIndex, Value: list})
}

// rename gives a class of the list its present name.
func (t *step) rename(c *class) {
	list := slices.Clone(t.classes())
	for i, x := range list {
		if x.ID == c.ID && x.Name != c.Name {
			list[i].Name = c.Name
			t.Effects = append(t.Effects, bot.Put{Ref: classIndex, Value: list})
		}
	}
}

// perPage is how many classes stand in one message.
const perPage = 6

// page cuts a list, and tells where the next page begins, or 0.
func page(list []indexed, from int) (part []indexed, next int) {
	from = min(max(from, 0), len(list))
	to := min(from+perPage, len(list))
	if to < len(list) {
		next = to
	}
	return list[from:to], next
}
