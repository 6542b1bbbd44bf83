package timetable

import (
	"math/rand/v2"
	"testing"
	"time"
)

// Zones that change their clocks in many ways, and those of most people.
var restZones = []string{"Asia/Shanghai", "Asia/Ho_Chi_Minh", "UTC", "Europe/London", "America/New_York",
	"Australia/Lord_Howe", "Africa/Cairo", "America/St_Johns", "Pacific/Apia", "Asia/Kathmandu"}

func randomRest(rng *rand.Rand, pause bool) Rest {
	r := Rest{Loc: zoneFor(restZones[rng.IntN(len(restZones))])}
	if rng.IntN(5) > 0 {
		r.From = rng.IntN(minutesPerDay)
		r.To = (r.From + 1 + rng.IntN(int(MaxQuiet/time.Minute))) % minutesPerDay
	}
	if pause && rng.IntN(3) == 0 {
		r.Away = civilDay(20000 + rng.IntN(800)).date().Format(time.DateOnly)
	}
	return r
}

func zoneFor(name string) *time.Location {
	loc, err := LoadZone(name)
	if err != nil {
		panic(err)
	}
	return loc
}

// disturbs reads a clock on the wall and a calendar, and nothing else.
func disturbs(r Rest, t time.Time) bool {
	local := t.In(r.Loc)
	if r.Away != "" && local.Format(time.DateOnly) <= r.Away {
		return true
	}
	m := local.Hour()*60 + local.Minute()
	if r.From < r.To {
		return r.From <= m && m < r.To
	}
	return r.From > r.To && (m >= r.From || m < r.To)
}

// someInstant is near a clock change half of the time.
func someInstant(rng *rand.Rand, loc *time.Location) time.Time {
	t := time.Unix(20000*24*3600+rng.Int64N(800*24*3600), rng.Int64N(2)*rng.Int64N(1e9)).In(loc)
	if _, end := t.ZoneBounds(); rng.IntN(2) == 0 && !end.IsZero() {
		t = end.Add(time.Duration(rng.IntN(40*60)-20*60) * time.Minute)
	}
	return t
}

func TestFreeIsTheFirstUndisturbedMinute(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		r := randomRest(rng, false)
		from := someInstant(rng, r.Loc)
		want := from
		for disturbs(r, want) {
			want = want.Truncate(time.Minute).Add(time.Minute)
		}
		if got := r.Free(from); !got.Equal(want) {
			t.Fatalf("%+v from %v: free %v, want %v", r, from, got, want)
		}
	}
}

func TestFreeIsAfterThePause(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 3000 {
		r := randomRest(rng, true)
		from := someInstant(rng, r.Loc)
		free := r.Free(from)
		if disturbs(r, free) || free.Before(from) {
			t.Fatalf("%+v from %v: free %v", r, from, free)
		}
		if before := free.Add(-time.Minute); free.After(from) && !before.Before(from) && !disturbs(r, before) {
			t.Fatalf("%+v from %v: free at %v already", r, from, before)
		}
	}
}

func TestAPushNeverDisturbs(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	early, late, never := 0, 0, 0
	for range 5000 {
		r := randomRest(rng, true)
		due := someInstant(rng, r.Loc)
		last := due.Add(time.Duration(rng.IntN(20*60)) * time.Minute)
		at, ok := r.Push(due, last)
		switch {
		case !ok:
			never++
			if due.After(r.Back()) && !due.Add(-quietLasts).Before(r.Back()) || !disturbs(r, due) {
				t.Fatalf("%+v due %v, last %v: no push", r, due, last)
			}
			continue
		case disturbs(r, at):
			t.Fatalf("%+v due %v: pushed at %v", r, due, at)
		case at.Before(due):
			early++
			if due.Sub(at) > quietLasts {
				t.Fatalf("%+v due %v: pushed as early as %v", r, due, at)
			}
			if begin, ok := r.QuietBegin(at); !ok || begin.Sub(at) != QuietLead {
				t.Fatalf("%+v due %v: pushed at %v, but the quiet hours begin at %v", r, due, at, begin)
			}
			if free := r.Free(due); !free.After(last) {
				t.Fatalf("%+v due %v, last %v: pushed at %v instead of %v", r, due, last, at, free)
			}
		case at.After(due):
			late++
			if at.After(last) {
				t.Fatalf("%+v due %v, last %v: pushed at %v", r, due, last, at)
			}
		}
	}
	if early < 100 || late < 100 || never < 50 {
		t.Errorf("%d early, %d late, %d never: too few to tell", early, late, never)
	}
}

func TestADailyPushComesOnceADay(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	for range 400 {
		r := randomRest(rng, true)
		minutes := rng.IntN(minutesPerDay)
		at := someInstant(rng, r.Loc)
		last := ""
		for range 10 {
			next := r.NextDaily(minutes, at)
			if !next.After(at) || disturbs(r, next) {
				t.Fatalf("%+v at minute %d: after %v comes %v", r, minutes, at, next)
			}
			day := next.In(r.Loc).Format(time.DateOnly)
			if day == last {
				t.Fatalf("%+v at minute %d: twice on %s", r, minutes, day)
			}
			if last != "" && next.Sub(at) > 47*time.Hour && r.Loc.String() != "Pacific/Apia" {
				t.Fatalf("%+v at minute %d: nothing between %v and %v", r, minutes, at, next)
			}
			last, at = day, next
		}
	}
}

func TestPushInWords(t *testing.T) {
	hanoi := zoneFor("Asia/Ho_Chi_Minh")
	night := Rest{From: 22 * 60, To: 7*60 + 30, Loc: hanoi}
	at := func(day, hour, minute int) time.Time { return time.Date(2026, 11, day, hour, minute, 0, 0, hanoi) }
	for name, c := range map[string]struct {
		due, last, want time.Time
	}{
		"by day":              {at(25, 14, 0), at(26, 14, 0), at(25, 14, 0)},
		"after the night":     {at(25, 23, 0), at(26, 14, 0), at(26, 7, 30)},
		"before the night":    {at(26, 6, 0), at(26, 7, 0), at(25, 21, 50)},
		"at the very end":     {at(26, 6, 0), at(26, 7, 30), at(26, 7, 30)},
		"when it just begins": {at(25, 22, 0), at(25, 23, 0), at(25, 21, 50)},
	} {
		got, ok := night.Push(c.due, c.last)
		if !ok || !got.Equal(c.want) {
			t.Errorf("%s: %v %v, want %v", name, got, ok, c.want)
		}
	}
	for minutes, want := range map[int]time.Time{
		8 * 60:  at(26, 8, 0),
		6 * 60:  at(26, 7, 30),
		23 * 60: at(26, 21, 50), // today's went before the night
		0:       at(26, 7, 30),
	} {
		if got := night.NextDaily(minutes, at(25, 22, 30)); !got.Equal(want) {
			t.Errorf("daily at minute %d: %v, want %v", minutes, got, want)
		}
	}
}
