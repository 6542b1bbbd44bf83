package grading

import (
	"regexp"
	"strings"
)

var (
	clockColon   = regexp.MustCompile(`^(\d{1,2})[:h](\d{2})(?::00)?(?: ?(am|pm|a\.m\.?|p\.m\.?|sáng|chiều|tối))?$`)
	clockWord    = regexp.MustCompile(`^(\d{1,2}) ?(?:h|giờ|am|pm|a\.m\.?|p\.m\.?|o'clock)(?: ?(\d{1,2})(?: phút)?)?(?: (sáng|chiều|tối))?$`)
	chineseClock = regexp.MustCompile(`^(上午|早上|下午|晚上|中午)?(\d{1,2})[点时](?:(\d{1,2})分?|(半)|整|钟)?$`)
)

// clock reads a time of day.
func clock(s string) []reading {
	hour, minute, half := "", "", ""
	s = strings.Replace(s, "giờ rưỡi", "giờ 30", 1)
	if m := clockColon.FindStringSubmatch(s); m != nil {
		hour, minute, half = m[1], m[2], m[3]
	} else if m := chineseClock.FindStringSubmatch(s); m != nil {
		if hour, minute, half = m[2], m[3], m[1]; m[4] != "" {
			minute = "30"
		}
	} else if m := clockWord.FindStringSubmatch(s); m != nil {
		hour, minute, half = m[1], m[2], m[3]
		for _, x := range []string{"am", "pm", "a.m", "p.m"} {
			if strings.Contains(s, x) {
				half = x
			}
		}
	} else {
		return nil
	}
	h, min := part(hour), max(0, part(minute))
	switch half {
	case "pm", "p.m.", "p.m", "chiều", "tối", "下午", "晚上":
		if h < 12 {
			h += 12
		}
	case "am", "a.m.", "a.m":
		if h == 12 {
			h = 0
		}
	}
	if h > 24 || min > 59 {
		return nil
	}
	return []reading{{moment: moment{-1, -1, -1, h, min}}}
}
