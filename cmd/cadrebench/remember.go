package main

import (
	"context"
	"fmt"
	"os/exec"
	"strings"
	"time"
)

// remember measures what a learner takes in Redis who has been asked a hundred
// questions.
func remember(l *lab) error {
	fake := unlimited(0)
	defer fake.Close()
	const org, people = "remember", 200
	p, err := l.start(fake, org, free...)
	if err != nil {
		return err
	}
	defer p.stop()
	s := newLearners(fake, 1000, people)
	s.begin()
	// Ten rounds of ten; what was not asked lately comes first, so a round more
	// than that leaves nothing out.
	ok := fake.Await(func() bool { return s.presses.Load() >= people*(benchQuestions+30) }, 3*time.Minute)
	s.stopped.Store(true)
	if !ok {
		return fmt.Errorf("only %d presses in time", s.presses.Load())
	}
	time.Sleep(2 * time.Second)
	ctx := context.Background()
	each := map[string]int64{} // bytes by the sort of key
	all := int64(0)
	for _, k := range l.db.Keys(ctx, "{"+org+"}:*").Val() {
		sort := strings.Split(k, ":")[1]
		each[sort] += l.db.MemoryUsage(ctx, k).Val() / people
		if !strings.HasPrefix(sort, "record") {
			all += l.db.MemoryUsage(ctx, k).Val()
		}
	}
	row(fmt.Sprintf("Redis memory of a learner with %d reviewed items, without records (%d bytes of it what is remembered, %d the conversation)",
		benchQuestions, each["memory"], each["conv"]), fmt.Sprintf("%d bytes", all/people), "≤ 4,096", all/people <= 4096)
	return nil
}

// start measures how long the program takes to load the courses that come with
// it, beside one that does nothing.
func start(l *lab) error {
	took := func(args ...string) time.Duration {
		best := time.Hour
		for range 5 {
			began := time.Now()
			cmd := exec.Command(l.binary, args...)
			if err := cmd.Run(); err != nil {
				return 0
			}
			best = min(best, time.Since(began))
		}
		return best
	}
	nothing, loaded := took("version"), took("content", "stats")
	row("Start with the starter courses loaded ("+ms(nothing)+" without)", ms(loaded), "< 200 ms", loaded > 0 && loaded < 200*time.Millisecond)
	return nil
}
