package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// crowd measures 2,000 learners by polling over the network, and what they
// cost in memory.
func crowd(l *lab) error {
	fake := unlimited(trip / 2)
	defer fake.Close()
	before := l.redisMemory()
	p, err := l.start(fake, "crowd", free...)
	if err != nil {
		return err
	}
	defer p.stop()
	s := newLearners(fake, 1000, 2000)
	s.begin()
	rate := s.measure(5*time.Second, l.span)
	resident := p.resident()
	s.stopped.Store(true)
	time.Sleep(2 * time.Second)
	row("2,000 learners, polling over 40 ms, of 2,500 updates/s", fmt.Sprintf("%.2f (%.0f/s)", rate/2500, rate), "≥ 0.70", rate >= 0.7*2500)
	row("Resident memory with 2,000 active learners", fmt.Sprintf("%.0f MB", resident), "≤ 80 MB", resident <= 80)
	each := float64(l.redisMemory()-before-l.recordMemory("crowd")) / 2000
	row("Redis memory of a learner, without records", fmt.Sprintf("%.0f bytes", each), "≤ 2,048", each <= 2048)
	return nil
}

func (l *lab) redisMemory() int64 {
	info := l.db.Info(context.Background(), "memory").Val()
	for line := range strings.Lines(info) {
		if v, ok := strings.CutPrefix(strings.TrimSpace(line), "used_memory_dataset:"); ok {
			n, _ := strconv.ParseInt(v, 10, 64)
			return n
		}
	}
	return 0
}

// recordMemory is what the month's records take.
func (l *lab) recordMemory(org string) int64 {
	ctx, sum := context.Background(), int64(0)
	for _, k := range l.db.Keys(ctx, "{"+org+"}:records:*").Val() {
		sum += l.db.MemoryUsage(ctx, k).Val()
	}
	return sum
}

// memory is measured with the crowd; here is what an empty process takes.
func memory(l *lab) error {
	fake := unlimited(0)
	defer fake.Close()
	p, err := l.start(fake, "idle", free...)
	if err != nil {
		return err
	}
	defer p.stop()
	time.Sleep(3 * time.Second)
	row("Resident memory, idle", fmt.Sprintf("%.0f MB", p.resident()), "", true)
	return nil
}

// million measures the cost of an update among 1,000 and 1,000,000 stored
// learners.
func million(l *lab) error {
	rates := [2]float64{}
	for i, n := range []int{1000, 1_000_000} {
		if err := l.populate(fmt.Sprintf("stored%d", i), n); err != nil {
			return err
		}
		rate, err := l.pressRate(fmt.Sprintf("stored%d", i), false, 200)
		if err != nil {
			return err
		}
		rates[i] = rate
	}
	cost := rates[0] / rates[1]
	row("Cost of an update at 1,000,000 stored learners against 1,000", fmt.Sprintf("%.2f ×", cost), "≤ 1.20 ×", cost <= 1.2)
	return nil
}

// populate stores learners as the bot does, one of whom it was told by example.
func (l *lab) populate(org string, n int) error {
	ctx, tag := context.Background(), "{"+org+"}:"
	person := `1 {"n":"L","l":"zh","z":"Asia/Shanghai","a":[{"c":"telegram","t":"%d"}]}`
	ids := strings.Repeat("zh-direction-01 ", 9) + "zh-role-02"
	conversation := `5 {"q":{"i":"abcdef","q":"` + ids + `","n":4,"r":2}}`
	for at := 0; at < n; at += 2000 {
		pipe := l.db.Pipeline()
		for i := at; i < min(n, at+2000); i++ {
			id := fmt.Sprintf("p%011d", i)
			pipe.Set(ctx, fmt.Sprintf("%slink:telegram:%d", tag, 10_000_000+i), id, 0)
			pipe.Set(ctx, tag+"person:"+id, fmt.Sprintf(person, 10_000_000+i), 0)
			pipe.Set(ctx, tag+"conv:"+id, conversation, 0)
		}
		if _, err := pipe.Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}
