package audience

import "cadrebot/bot"

// Indexed is one line of the list of classes that coordinators choose from.
type Indexed struct {
	ID   string `json:"id"`
	Name string `json:"n"`
}

// ClassIndex is where the open classes are listed.
var ClassIndex = bot.Ref{Kind: bot.IndexRef, ID: "classes"}

// Classes lists the open classes, the newest first.
func (t *Reach) Classes() []Indexed {
	var list []Indexed
	t.Env.Read(ClassIndex, &list)
	return list
}

// perPage is how many classes stand in one message.
const perPage = 6

// Page cuts a list, and tells where the next page begins, or 0.
func Page(list []Indexed, from int) (part []Indexed, next int) {
	from = min(max(from, 0), len(list))
	to := min(from+perPage, len(list))
	if to < len(list) {
		next = to
	}
	return list[from:to], next
}
