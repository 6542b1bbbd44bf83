//go:build unix

package scheduler

import (
	"context"
	"encoding/json"
	"runtime"
	"strconv"
	"syscall"
	"testing"
	"time"

	"cadrebot/bot"
	"cadrebot/bot/redis"
	"cadrebot/bot/redis/redistest"
)

func mustRedis(b *testing.B) *redis.Store {
	b.Helper()
	s, err := redis.New(redistest.Start(b).Client(), "org")
	if err != nil {
		b.Fatal(err)
	}
	return s
}

// cpu is what this process has used so far.
func cpu() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkFanOutTo3920 is a reminder to a city's cadres: the CPU that this
// process needs until every copy is in the outbox, or beyond.
func BenchmarkFanOutTo3920(b *testing.B) {
	s := mustRedis(b)
	populate(b, s, 3920, "chat", bot.Fanout{ID: "f", Audience: "everyone", Lane: bot.Deadlines})
	first, thing := readJob(b, s, "f")
	c := bot.Channel{Name: "chat"}
	l := newLoop(s, s, c, time.Now)
	before := cpu()
	for b.Loop() {
		for {
			moved, running, err := l.fanner.round(b.Context())
			if err != nil {
				b.Fatal(err)
			}
			if !moved && running {
				release(b, s, "chat")
			}
			if !running {
				break
			}
		}
		release(b, s, "chat")
		_, thing = readJob(b, s, "f")
		mustCommit(b, s, &bot.Commit{Puts: []bot.PutThing{{Ref: thing.Ref, Rev: thing.Rev, Data: mustJSON(b, first)}}})
	}
	b.ReportMetric((cpu()-before).Seconds()/float64(b.N), "cpu-s/op")
}

// BenchmarkFanOutMemory fans out to ever more people, while as much leaves the
// outbox as has come in: the heap and the outbox stay as they are.
func BenchmarkFanOutMemory(b *testing.B) {
	for _, n := range []int{10_000, 1_000_000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			s := mustRedis(b)
			populate(b, s, n, "chat", bot.Fanout{ID: "f", Audience: "everyone", Lane: bot.Bulk})
			first, thing := readJob(b, s, "f")
			var heap uint64
			most := 0
			for b.Loop() {
				l := newLoop(s, s, bot.Channel{Name: "chat"}, time.Now)
				for running := true; running; {
					var moved bool
					var err error
					if moved, running, err = l.fanner.round(b.Context()); err != nil {
						b.Fatal(err)
					}
					if moved || !running {
						continue
					}
					most = max(most, waiting(b, s))
					var m runtime.MemStats
					runtime.GC()
					runtime.ReadMemStats(&m)
					heap = max(heap, m.HeapAlloc)
					release(b, s, "chat")
				}
				release(b, s, "chat")
				_, thing = readJob(b, s, "f")
				mustCommit(b, s, &bot.Commit{Puts: []bot.PutThing{{Ref: thing.Ref, Rev: thing.Rev, Data: mustJSON(b, first)}}})
			}
			b.ReportMetric(float64(heap)/(1<<20), "heap-MB")
			b.ReportMetric(float64(most), "outbox")
			b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "people/s")
		})
	}
}

func waiting(b *testing.B, s *redis.Store) int {
	b.Helper()
	things, err := s.Load(context.Background(), bot.Ref{Kind: bot.DepthRef, ID: "chat"})
	if err != nil {
		b.Fatal(err)
	}
	depth := map[string]int{}
	if err := json.Unmarshal(things[0].Data, &depth); err != nil {
		b.Fatal(err)
	}
	return depth["bulk"]
}
