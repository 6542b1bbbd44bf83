package when

// part is a part of the day. It turns an hour as it was said into the hours that
// it can mean; none where the two contradict each other.
type part struct {
	hours func(h int) []int
	// late is a night, which two days share.
	late bool
}

// parts are the parts of the day by their names in the phrases. An hour from 0 to
// 24 goes in.
var parts = map[string]part{
	// dawn: 凌晨12点 is midnight.
	"dawn": {hours: func(h int) []int {
		if h == 12 {
			return []int{0}
		}
		return before(12, h)
	}},
	"morning": {hours: func(h int) []int {
		if h == 12 {
			return []int{12, 0}
		}
		return before(12, h)
	}},
	"noon10":    {hours: func(h int) []int { return noon(10, h) }},
	"noon11":    {hours: func(h int) []int { return noon(11, h) }},
	"afternoon": {hours: afternoon},
	// evening: 1 to 4 in the evening are no hours of an evening.
	"evening": {hours: func(h int) []int {
		if h >= 1 && h <= 4 {
			return []int{h + 12, h}
		}
		return night(h)
	}},
	"night": {hours: night, late: true},
	"late":  {hours: night, late: true},
	"am": {hours: func(h int) []int {
		if h == 12 {
			return []int{0}
		}
		return before(12, h)
	}},
	"pm": {hours: afternoon},
}

func before(end, h int) []int {
	if h >= end {
		return nil
	}
	return []int{h}
}

// noon lasts until 14:59.
func noon(begin, h int) []int {
	switch {
	case h == 1 || h == 2:
		return []int{h + 12}
	case h >= begin && h <= 14:
		return []int{h}
	}
	return nil
}

func afternoon(h int) []int {
	switch {
	case h == 0 || h == 24:
		return nil
	case h < 12:
		return []int{h + 12}
	}
	return []int{h}
}

// night: 5 to 11 are in the evening, 12 is midnight, 1 to 4 come after it.
func night(h int) []int {
	switch {
	case h == 12 || h == 24:
		return []int{0}
	case h >= 5 && h < 12:
		return []int{h + 12}
	case h < 5 || h >= 17:
		return []int{h}
	}
	return nil
}
