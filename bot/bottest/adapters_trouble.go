package bottest

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

func severalPeople(a *adapterTest) {
	var people []*someone
	for i := range 5 {
		people = append(people, a.meet(fmt.Sprint("p", i), "en"))
	}
	var all sync.WaitGroup
	for _, s := range people {
		all.Go(func() {
			for i := range 4 {
				s.Type(fmt.Sprint(s.name, " says ", i))
			}
		})
	}
	all.Wait()
	for _, s := range people {
		s.sees(s.name + " says 3")
		want := []string{"I am " + s.name}
		for i := range 4 {
			want = append(want, fmt.Sprint(s.name, " says ", i))
		}
		a.equal(s.name, s.settled().Texts, want)
	}
}

func outOfOrder(a *adapterTest) {
	var people []*someone
	for i := range 4 {
		people = append(people, a.meet(fmt.Sprint("p", i), "en"))
	}
	a.rig.Reorder(len(people))
	for _, s := range people {
		s.Type("mixed up")
	}
	for _, s := range people {
		s.sees("mixed up")
	}
	a.rig.Reorder(2)
	people[0].Type("one")
	people[0].Type("two")
	people[0].sees("one")
	people[0].sees("two")
	a.rig.Reorder(0)
	a.equal("heard", len(people[0].settled().Texts), 4)
}

func redelivered(a *adapterTest) {
	anna := a.meet("anna", "en")
	anna.says("only once")
	anna.ask()
	anna.Press("Blue")
	anna.sees("You chose blue")
	anna.settled()
	before := a.count("events_seen_total")
	a.rig.Redeliver()
	a.until("the repeats", func() bool { return a.count("events_seen_total") >= before+4 })
	anna.says("after")
	h := anna.settled()
	a.equal("texts", h.Texts, []string{"I am anna", "only once", "ask", "after"})
	a.equal("presses", h.Presses, []string{"c:blue"})
	a.equal("answered", anna.times("only once"), 1)
}

func garbage(a *adapterTest) {
	anna := a.meet("anna", "en")
	anna.Type("before")
	a.rig.Garbage()
	anna.says("after")
	anna.sees("before")
	a.until("it is in quarantine", func() bool {
		list, err := a.store.Quarantined(a.Context())
		return err == nil && len(list) == 1 && len(list[0].Raw) > 0 && list[0].Error != ""
	})
	if a.rig.Pending != nil {
		a.until("it is acknowledged", func() bool { return a.rig.Pending() == 0 })
	}
}

var errStoreDown = errors.New("the store is down")

// commitsFirst has the store fail longer than an engine tries, where what was
// not committed comes again.
func commitsFirst(a *adapterTest) {
	anna := a.meet("anna", "en")
	anna.settled()
	var down atomic.Bool
	var failed atomic.Int32
	down.Store(true)
	a.store.Fail(func(method string) error {
		if method == "Commit" && down.Load() {
			failed.Add(1)
			return errStoreDown
		}
		return nil
	})
	typed := make(chan struct{})
	go func() {
		defer close(typed)
		anna.Type("patience")
	}()
	want := int32(9)
	if a.rig.Forgets {
		want = 2 // the engine tries four times, and then it is lost
	}
	a.until("tries", func() bool { return failed.Load() >= want })
	if a.rig.Pending != nil && a.rig.Pending() == 0 {
		a.Error("it was acknowledged before it was committed")
	}
	a.equal("seen", anna.times("patience"), 0)
	down.Store(false)
	anna.sees("patience")
	<-typed
	anna.says("next")
	if a.rig.Pending != nil {
		a.until("all is acknowledged", func() bool { return a.rig.Pending() == 0 })
	}
	a.equal("texts", anna.settled().Texts, []string{"I am anna", "patience", "next"})
	a.equal("answered", anna.times("patience"), 1)
}

func refusals(a *adapterTest) {
	anna := a.meet("anna", "en")
	anna.settled()
	a.rig.Refuse(1)
	began := time.Now()
	anna.Type("series 3")
	anna.sees("Still 3")
	if took := time.Since(began); took < time.Second || took > 5*time.Second {
		a.Errorf("it was asked to wait a second, and came after %s", took)
	}
	anna.sees("Still 1")
	var order []string
	for _, m := range anna.See()[1:] {
		order = append(order, m.Text)
	}
	a.equal("order", order, []string{"Still 3", "Still 2", "Still 1"})
	anna.settled()
	a.equal("in doubt", a.count("unknown_total"), 0)
}

func lostAnswers(a *adapterTest) {
	anna := a.meet("anna", "en")
	anna.settled()
	a.rig.LoseAnswer()
	anna.Type("twice perhaps")
	a.until("a second copy", func() bool { return anna.times("twice perhaps") == 2 })
	anna.settled()
	a.equal("in doubt", a.count("unknown_total"), 1)
	a.rig.LoseAnswer()
	anna.Type("once only this")
	anna.sees("only this")
	anna.says("after")
	anna.settled()
	a.equal("copies", anna.times("only this"), 1)
	a.equal("in doubt", a.count("unknown_total"), 2)
}

func hangUps(a *adapterTest) {
	anna := a.meet("anna", "en")
	for i := range 3 {
		a.rig.HangUp()
		anna.says(fmt.Sprint("still there ", i))
	}
	anna.ask()
	a.rig.HangUp()
	anna.Press("Blue")
	anna.sees("You chose blue")
	a.equal("heard", len(anna.settled().Texts), 5)
}

func blocks(a *adapterTest) {
	anna, bob := a.meet("anna", "en"), a.meet("bob", "en")
	a.rig.Block(bob.Human)
	for i := range 3 {
		anna.Type(fmt.Sprint("tell bob part ", i))
	}
	anna.says("and I go on")
	a.until("the bot knows", func() bool { return bob.state().Gone > 0 })
	anna.settled()
	a.equal("bob sees", bob.times("part 1"), 0)
	a.rig.Unblock(bob.Human)
	bob.says("here again")
	anna.Type("tell bob welcome")
	bob.sees("welcome")
}

// cleanStops has the program stop while somebody writes, and another start.
func cleanStops(a *adapterTest) {
	anna := a.meet("anna", "en")
	var want []string
	typed := make(chan struct{})
	for i := range 8 {
		want = append(want, fmt.Sprint("word ", i))
	}
	go func() {
		defer close(typed)
		for _, w := range want {
			anna.Type(w)
		}
	}()
	a.until("a beginning", func() bool { return len(anna.state().Texts) > 2 })
	a.stop()
	a.start()
	<-typed
	a.until("all words", func() bool { return len(anna.state().Texts) > len(want) })
	heard := anna.settled().Texts[1:]
	a.equal("heard", slices.Sorted(slices.Values(heard)), want)
	if a.rig.Late == nil {
		a.equal("heard in order", heard, want)
	} else {
		late := a.rig.Late(anna.Human)
		punctual := func(words []string) []string {
			return slices.DeleteFunc(slices.Clone(words), func(w string) bool { return slices.Contains(late, w) })
		}
		a.equal("heard in order", punctual(heard), punctual(want))
	}
	anna.sees(heard[len(heard)-1])
	var seen []string
	for _, m := range anna.See() {
		if slices.Contains(want, m.Text) {
			seen = append(seen, m.Text)
		}
	}
	a.equal("seen", seen, heard)
}
