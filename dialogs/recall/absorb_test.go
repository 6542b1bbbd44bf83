package recall

import "testing"

func TestTwoMemoriesOfOneLearner(t *testing.T) {
	model := NewModel(Default)
	right, wrong := Answer{Credit: 1}, Answer{}
	var here, there Memory
	here.Plant("only-here-new", 3)
	here.Answer(model, "only-here", 5, right)
	there.Answer(model, "only-there", 6, wrong)
	here.Answer(model, "later-here", 9, right)
	there.Answer(model, "later-here", 7, wrong)
	here.Answer(model, "later-there", 5, right)
	there.Answer(model, "later-there", 8, wrong)
	here.Plant("answered-there", 9)
	there.Answer(model, "answered-there", 4, right)
	here.Answer(model, "answered-here", 4, right)
	there.Plant("answered-here", 9)
	here.Plant("both-new", 9)
	there.Plant("both-new", 2)
	want := map[string]Item{}
	take := func(m *Memory, id string) { want[id], _ = m.Get(id) }
	take(&here, "only-here-new")
	take(&here, "only-here")
	take(&there, "only-there")
	take(&here, "later-here")
	take(&there, "later-there")
	take(&there, "answered-there")
	take(&here, "answered-here")
	take(&there, "both-new")
	here.Absorb(&there)
	if here.Len() != len(want) {
		t.Errorf("%d items, want %d", here.Len(), len(want))
	}
	for id, w := range want {
		if got, ok := here.Get(id); !ok || got != w {
			t.Errorf("%s: %+v, want %+v", id, got, w)
		}
	}
}
