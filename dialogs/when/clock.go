package when

// clock is a time of day as it was said.
type clock struct {
	from, to int // its tokens, the end not included
	h, m     int
	// named is noon or midnight by its name; exact is a time on the 24-hour clock
	// that nothing can make another half of the day: 06:15, 19:00.
	named, exact bool
	// brit is "half eight", which is 8:30 to some and 7:30 to others.
	brit bool
	part *part
	// inherited is a part of the day that was said of a neighbour.
	inherited *part
}

// options are the minutes of the day that a clock can mean.
func (c *clock) options() (minutes []int, why Reason) {
	if c.h > 24 || c.h == 24 && c.m > 0 || c.m > 59 {
		return nil, NotOnCalendar
	}
	hours := []int{c.h % 24}
	switch {
	case c.named:
	case c.part != nil:
		if hours = c.part.hours(c.h); len(hours) == 0 {
			return nil, Contradiction
		}
	case !c.exact && c.h >= 1 && c.h <= 6:
		hours = []int{c.h, c.h + 12}
	}
	for _, h := range hours {
		minutes = append(minutes, h*60+c.m)
		if c.brit {
			minutes = append(minutes, (h*60+c.m+23*60)%(24*60))
		}
	}
	if len(minutes) > 1 {
		why = HalfOfDay
	}
	return minutes, why
}

// agrees tells whether a time lies in a part of the day: 7 pm in the evening.
func (c *clock) agrees(part part) bool {
	minutes, why := c.options()
	if why != Clear {
		return false
	}
	hours := part.hours(minutes[0] / 60)
	return len(hours) == 1 && hours[0] == minutes[0]/60
}

// midnight tells twelve at night and the small hours, of which a named day has two.
func (c *clock) midnight() bool {
	minutes, _ := c.options()
	return len(minutes) == 1 && (minutes[0] < 60 && (c.named || c.h == 24 || c.h == 12 && c.part != nil) ||
		c.part != nil && c.part.late && minutes[0] < 5*60)
}

// earlier takes minutes off: ten to nine.
func (c *clock) earlier(minutes int) {
	total := (c.h%24*60 + c.m - minutes + 24*60) % (24 * 60)
	h := total / 60
	if c.h <= 12 && h == 0 {
		h = 12 // a quarter to one is 12:45
	}
	c.h, c.m = h, total%60
}
