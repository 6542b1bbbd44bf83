package class

import (
	"slices"

	"cadrebot/bot"
	"cadrebot/dialogs/audience"
)

// index enters a class into the list, or takes it out.
func (t *classes) index(c *Class) {
	list := slices.DeleteFunc(t.Classes(), func(x audience.Indexed) bool { return x.ID == c.ID })
	if !c.Closed {
		list = slices.Insert(list, 0, audience.Indexed{ID: c.ID, Name: c.Name})
	}
	if list == nil {
		list = []audience.Indexed{}
	}
	t.Effects = append(t.Effects, bot.Put{Ref: audience.ClassIndex, Value: list})
}

// rename gives a class of the list its present name.
func (t *classes) rename(c *Class) {
	list := slices.Clone(t.Classes())
	for i, x := range list {
		if x.ID == c.ID && x.Name != c.Name {
			list[i].Name = c.Name
			t.Effects = append(t.Effects, bot.Put{Ref: audience.ClassIndex, Value: list})
		}
	}
}
