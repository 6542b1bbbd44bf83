package class

import (
	"maps"
	"slices"
	"time"
)

// fanReach is how far before and after a session fan-outs and timers about it
// may exist: the earliest reminder, and the early round, with room.
const fanReach = 48 * time.Hour

// carried is what a correction of the timetable or the zone means for single
// sessions.
type carried struct {
	// Fall are changes to sessions that are no longer in the timetable, Stay
	// those that are.
	Fall, Stay []meeting
	// Ended are the sessions, as they were, that have gone or have another start:
	// what is under way about them ends.
	Ended []meeting
}

// carry takes what was changed about single sessions over from the class as it
// was. Whatever ends leaves its revision behind, so that nothing said or timed
// about it is taken for what comes, not even after the correction is taken back.
func (c *Class) carry(before *Class, now time.Time) (k carried) {
	c.Overrides = maps.Clone(before.Overrides)
	if c.Overrides == nil {
		c.Overrides = map[string]Override{}
	}
	end := func(m meeting, o Override) {
		o.Revision, o.Was = m.Revision+1, m.Start.UnixMilli()
		c.Overrides[m.id] = o
		k.Ended = append(k.Ended, m)
	}
	for _, m := range before.touched(now) {
		o := before.Overrides[m.id]
		after, stays := c.find(m.id)
		switch {
		case !stays:
			k.Fall = append(k.Fall, m)
			end(m, Override{})
			continue
		case o.Start != 0 && c.Zone != before.Zone: // the clock in the class stays
			o.Start = inZone(m.Start.In(before.loc()), c.loc()).UnixMilli()
			end(m, o)
		case !after.Start.Equal(m.Start):
			end(m, o)
		}
		k.Stay = append(k.Stay, m)
	}
	if tt := before.timetable(); tt != nil {
		for _, s := range tt.SessionsThrough(before.changes(), now.Add(-fanReach), now.Add(fanReach)) {
			m := before.meeting(s)
			if after, ok := c.find(m.id); m.touched() || ok && after.Start.Equal(m.Start) {
				continue
			}
			end(m, Override{})
		}
	}
	return k
}

// touched are the sessions to come that a coordinator has moved or cancelled.
func (c *Class) touched(now time.Time) (list []meeting) {
	for _, id := range slices.Sorted(maps.Keys(c.Overrides)) {
		if m, ok := c.find(id); ok && m.touched() && m.Start.After(now) {
			list = append(list, m)
		}
	}
	return list
}

func (m meeting) touched() bool { return m.cancelled || m.moved() }

// inZone is the same civil time in another zone.
func inZone(at time.Time, zone *time.Location) time.Time {
	y, m, d := at.Date()
	return time.Date(y, m, d, at.Hour(), at.Minute(), 0, 0, zone)
}

// restore puts changes to single sessions back that a correction has taken away,
// where the timetable has their sessions again and they are still to come.
func (c *Class) restore(fallen map[string]Override, now time.Time) {
	for _, id := range slices.Sorted(maps.Keys(fallen)) {
		m, ok := c.find(id)
		if !ok || m.touched() {
			continue
		}
		o := fallen[id]
		o.Revision = m.Revision + 1
		if at := max(o.Start, m.Start.UnixMilli()); at > now.UnixMilli() {
			c.Overrides[id] = o
		}
	}
}
