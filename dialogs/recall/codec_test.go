package recall

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func stored(t interface{ Fatal(...any) }, m *Memory, w Weights) []byte {
	data, err := json.Marshal(m.Keep(w))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// drawMemory is a memory as learners may come to have one.
func drawMemory(r *rapid.T) *Memory {
	m := &Memory{}
	for _, id := range rapid.SliceOfN(rapid.OneOf(
		rapid.StringMatching(`[a-z0-9-]{1,24}`),
		rapid.StringMatching(`zh-direction-[0-9]{1,3}`),
		rapid.StringMatching(`a{0,24}`)), 0, 40).Draw(r, "ids") {
		if id == "" {
			continue
		}
		item := Item{Day: rapid.IntRange(epoch, epoch+dayMax).Draw(r, "day")}
		if rapid.Bool().Draw(r, "answered") {
			item.Stability = math.Exp(rapid.Float64Range(math.Log(shortest), math.Log(longest)).Draw(r, "stability"))
			item.Difficulty = rapid.Float64Range(1, 10).Draw(r, "difficulty")
		}
		m.set(id, item)
	}
	return m
}

func TestMemoryReadsWhatItKept(t *testing.T) {
	model := NewModel(Default)
	rapid.Check(t, func(r *rapid.T) {
		m := drawMemory(r)
		data := stored(r, m, Default)
		again := Read(data, model)
		if again.Len() != m.Len() {
			r.Fatalf("%d items, were %d", again.Len(), m.Len())
		}
		for id, want := range m.All() {
			got, ok := again.Get(id)
			if !ok || got.Day != want.Day || got.New() != want.New() {
				r.Fatalf("%s: %+v, was %+v", id, got, want)
			}
			if want.New() {
				continue
			}
			if math.Abs(math.Log(got.Stability/want.Stability)) > 0.0022 || math.Abs(got.Difficulty-want.Difficulty) > 0.009 {
				r.Fatalf("%s: %+v, was %+v", id, got, want)
			}
		}
		// What was rounded once is not rounded again.
		if twice := stored(r, again, Default); string(twice) != string(data) {
			r.Fatalf("kept again otherwise:\n%s\n%s", data, twice)
		}
	})
}

func TestDamagedMemoryIsReadUpToTheDamage(t *testing.T) {
	model := NewModel(Default)
	rapid.Check(t, func(r *rapid.T) {
		m := drawMemory(r)
		data := stored(r, m, Default)
		var k kept
		if err := json.Unmarshal(data, &k); err != nil {
			r.Fatal(err)
		}
		at := rapid.IntRange(0, len(k.Items)).Draw(r, "at")
		cut, _ := json.Marshal(kept{k.Weights, k.Items[:at]})
		for id, got := range Read(cut, model).All() {
			if want, ok := m.Get(id); !ok || want.Day != got.Day {
				r.Fatalf("cut at %d: %s is %+v, was %+v %v", at, id, got, want, ok)
			}
		}
	})
}

func FuzzRead(f *testing.F) {
	model := NewModel(Default)
	m := Memory{}
	for i := range 5 {
		m.Plant(fmt.Sprintf("zh-direction-%d", i), 20000)
		m.Answer(model, fmt.Sprintf("vi-class-%d", i), 20000+i, Answer{Credit: 1})
	}
	f.Add(stored(f, &m, Default))
	f.Add([]byte(`{"w":"6.0","i":"AAAAAAAA"}`))
	f.Add([]byte(`{"i":"A00000000000X02YX0000000nyBY00000a0Ua00000280EA00000B100000000000YBA"}`)) // an identifier too long
	f.Add([]byte(`[]`))
	f.Add([]byte(nil))
	f.Fuzz(func(t *testing.T, data []byte) {
		m := Read(data, model)
		for id, i := range m.All() {
			if !keepable(id) || i.Day < epoch || i.Day > epoch+dayMax {
				t.Errorf("%q %+v", id, i)
			}
			if !i.New() && !(i.Stability >= shortest*0.999 && i.Stability <= longest*1.001 && i.Difficulty >= 1 && i.Difficulty <= 10) {
				t.Errorf("%q %+v", id, i)
			}
			m.Answer(model, id, i.Day+3, Answer{Credit: 0.5})
		}
		if again := Read(stored(t, m, Default), model); again.Len() != m.Len() {
			t.Errorf("%d items after %d", again.Len(), m.Len())
		}
	})
}

// TestMemoryOfAHundredItemsIsSmall holds what a learner may take: all else that
// is kept of one takes some 900 bytes, together they are to fit into 4,096.
func TestMemoryOfAHundredItemsIsSmall(t *testing.T) {
	model, r := NewModel(Default), rand.New(rand.NewPCG(1, 2))
	var course, worst Memory
	for i := range 100 {
		course.Answer(model, fmt.Sprintf("zh-direction-section-%02d", i+1), 20700+i, Answer{Credit: 1})
		id := make([]byte, idLength)
		for j := range id {
			id[j] = idLetters[r.IntN(len(idLetters))]
		}
		worst.Answer(model, string(id), 20700+i, Answer{Credit: 1})
	}
	if n := len(stored(t, &course, Default)); n > 1200 {
		t.Errorf("items of a course take %d bytes", n)
	}
	if n := len(stored(t, &worst, Default)); n > 2850 {
		t.Errorf("items that share nothing take %d bytes", n)
	}
}

// other are weights of another version, as a later set will be.
var other = Weights{"test", func() [21]float64 {
	w := Default.W
	w[4], w[5], w[20] = 7.4, 0.6, 0.3
	return w
}()}

func TestMemoryIsCarriedOverToOtherWeights(t *testing.T) {
	known = append(known, other)
	defer func() { known = known[:len(known)-1] }()
	old, model := NewModel(Default), NewModel(other)
	var m Memory
	m.Answer(old, "right", 20000, Answer{Credit: 1})
	m.Answer(old, "wrong", 20000, Answer{})
	m.Plant("later", 20001)
	carried := Read(stored(t, &m, Default), model)
	if ids := slices.Collect(func(yield func(string) bool) {
		for id := range carried.All() {
			if !yield(id) {
				return
			}
		}
	}); !slices.Equal(ids, []string{"later", "right", "wrong"}) {
		t.Fatal(ids)
	}
	for id, first := range map[string]float64{"right": 1, "wrong": 0} {
		was, _ := m.Get(id)
		is, _ := carried.Get(id)
		fresh := model.Next(Item{}, 20000, Answer{Credit: first})
		if math.Abs(is.Difficulty-fresh.Difficulty) > 0.03 {
			t.Errorf("%s has difficulty %.3f, under the new weights it would have begun with %.3f", id, is.Difficulty, fresh.Difficulty)
		}
		if math.Abs(math.Log(is.Stability/was.Stability)) > 0.0022 || is.Day != was.Day {
			t.Errorf("%s: %+v, was %+v", id, is, was)
		}
		// Both say that recall has fallen to 90% on the same day.
		if a, b := old.Due(was, 0.9), model.Due(is, 0.9); a != b {
			t.Errorf("%s is due on day %d, was on %d", id, b, a)
		}
	}
	// Kept again, it names the weights that it is now written under.
	var k kept
	if err := json.Unmarshal(stored(t, carried, other), &k); err != nil || k.Weights != "test" {
		t.Error(k.Weights, err)
	}
	// Weights that nobody knows any more cost nobody their memory.
	lost := Read([]byte(string(stored(t, &m, Weights{Name: "lost"}))), model)
	if lost.Len() != 3 {
		t.Errorf("%d items", lost.Len())
	}
}
