package timetable

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// clauseForms shows each keyword as it is to be written. Single dates are two
// clauses without a cron specification.
var clauseForms = map[string]string{
	"ON":     "on 2026-12-05 at 08:00",
	"AT":     "on 2026-12-05 at 08:00",
	"EVERY":  "every 2 weeks from 2026-11-26",
	"NTH":    "nth 1",
	"FROM":   "from 2026-11-26",
	"UNTIL":  "until 2027-06-30",
	"EXCEPT": "except 2026-12-02",
}

// exampleDate is offered for a date that can't be read.
const exampleDate = "2026-12-05"

// maxExcept bounds the days left out of a rule.
const maxExcept = 60

// maxWeeks is the longest rhythm.
const maxWeeks = 8

// clauses are what was written behind each keyword.
type clauses map[string]string

// splitClauses takes the words from the first keyword on apart.
func splitClauses(words []string) (clauses, *SpecError) {
	c := clauses{}
	for len(words) > 0 {
		key, end := words[0], 1
		for end < len(words) && clauseForms[words[end]] == "" {
			end++
		}
		if _, twice := c[key]; twice {
			return nil, refusedClause(key, "")
		}
		c[key] = strings.NewReplacer(", ", ",", " ,", ",").Replace(strings.Join(words[1:end], " "))
		if c[key] == "" {
			return nil, refusedClause(key, "")
		}
		words = words[end:]
	}
	return c, nil
}

func (c clauses) has(key string) bool { return c[key] != "" }

func refusedClause(key, value string) *SpecError {
	return &SpecError{Reason: ReasonClause, Detail: brief(strings.ToLower(strings.TrimSpace(key + " " + value))), Remedy: clauseForms[key]}
}

// brief keeps a refusal from repeating all that was written.
func brief(s string) string {
	const most = 100
	if len(s) > most {
		return strings.ToValidUTF8(s[:most], "") + "…"
	}
	return s
}

// apply reads the clauses into a rule.
func (c clauses) apply(r *rule) (err *SpecError) {
	r.weeks, r.first, r.last = 1, firstDay, lastDay
	if c.has("FROM") {
		if r.first, err = parseDate(c["FROM"]); err != nil {
			return err
		}
	}
	if c.has("UNTIL") {
		if r.last, err = parseDate(c["UNTIL"]); err != nil {
			return err
		}
	}
	if r.except, err = parseDates(c["EXCEPT"]); err != nil {
		return err
	}
	if len(r.except) > maxExcept {
		return &SpecError{Reason: ReasonTooMany, Detail: strconv.Itoa(maxExcept)}
	}
	if c.has("EVERY") {
		number, ok := strings.CutSuffix(c["EVERY"], " WEEKS")
		n, notNumber := strconv.Atoi(number)
		if !ok || notNumber != nil || n < 2 || n > maxWeeks || !c.has("FROM") {
			return refusedClause("EVERY", c["EVERY"])
		}
		r.weeks = n
	}
	return c.applyNth(r)
}

// lastNth is how the last weekday of a month is written.
const lastNth = -1

func (c clauses) applyNth(r *rule) *SpecError {
	if !c.has("NTH") {
		return nil
	}
	for item := range strings.SplitSeq(c["NTH"], ",") {
		k, err := strconv.Atoi(item)
		switch {
		case err != nil || k == 0 || k < lastNth || k > 5:
			return refusedClause("NTH", c["NTH"])
		case k == lastNth:
			r.nth |= 1
		default:
			r.nth |= 1 << k
		}
	}
	return nil
}

// matching refuses clauses that do not go with each other or with the days.
func (r *rule) matching() *SpecError {
	switch {
	case r.nth != 0 && (r.spec.weekday.every || !r.spec.day.every):
		return &SpecError{Reason: ReasonNth, Detail: r.nth.String(), Remedy: "0 15 * * TUE nth 1"}
	case r.nth != 0 && r.weeks > 1:
		return &SpecError{Reason: ReasonClash, Detail: r.rhythm() + ", " + r.nth.String()}
	case r.weeks > 1 && !r.spec.day.every:
		parts := strings.Fields(r.spec.text)
		return &SpecError{Reason: ReasonClash, Detail: brief(strings.Join(parts[2:], " ")) + ", " + r.rhythm()}
	}
	return nil
}

func (n nthSet) String() string {
	var items []string
	for k := 1; k <= 5; k++ {
		if n>>k&1 == 1 {
			items = append(items, strconv.Itoa(k))
		}
	}
	if n&1 == 1 {
		items = append(items, strconv.Itoa(lastNth))
	}
	return "nth " + strings.Join(items, ",")
}

func (r *rule) rhythm() string { return fmt.Sprintf("every %d weeks", r.weeks) }

// canonical writes the rule, and is what it is parsed from again.
func (r *rule) canonical() string {
	var parts []string
	if r.spec != nil {
		parts = append(parts, r.spec.text)
	} else {
		clocks := make([]string, len(r.minutes))
		for i, m := range r.minutes {
			clocks[i] = fmt.Sprintf("%02d:%02d", m/60, m%60)
		}
		parts = append(parts, "on "+joinDates(r.dates)+" at "+strings.Join(clocks, ","))
	}
	if r.weeks > 1 {
		parts = append(parts, r.rhythm())
	}
	if r.nth != 0 {
		parts = append(parts, r.nth.String())
	}
	return strings.Join(append(parts, r.limits()...), " ")
}

// limits writes which days there are at all.
func (r *rule) limits() (parts []string) {
	if r.first != firstDay {
		parts = append(parts, "from "+r.first.String())
	}
	if r.last != lastDay {
		parts = append(parts, "until "+r.last.String())
	}
	if len(r.except) > 0 {
		parts = append(parts, "except "+joinDates(r.except))
	}
	return parts
}

func (d civilDay) String() string { return d.date().Format(time.DateOnly) }

func joinDates(days []civilDay) string {
	list := make([]string, len(days))
	for i, d := range days {
		list[i] = d.String()
	}
	return strings.Join(list, ",")
}

// parseDate reads what String writes, and forgives a missing zero. Nothing before
// 1970 was ever meant.
func parseDate(s string) (civilDay, *SpecError) {
	t, err := time.Parse("2006-1-2", s)
	if err != nil || t.Year() < 1970 {
		return 0, &SpecError{Reason: ReasonDate, Detail: brief(s), Remedy: exampleDate}
	}
	return civilDayOf(t), nil
}

// parseDates reads a list of dates, and puts it in order; "" is none.
func parseDates(s string) ([]civilDay, *SpecError) {
	if s == "" {
		return nil, nil
	}
	var days []civilDay
	for item := range strings.SplitSeq(s, ",") {
		d, err := parseDate(item)
		if err != nil {
			return nil, err
		}
		days = append(days, d)
	}
	slices.Sort(days)
	return slices.Compact(days), nil
}

// parseClocks reads a list of times of day, "08:00,13:30", as minutes in order.
func parseClocks(s string) ([]int, *SpecError) {
	var minutes []int
	for item := range strings.SplitSeq(s, ",") {
		hour, minute, ok := strings.Cut(item, ":")
		h, errH := strconv.ParseUint(hour, 10, 16)
		m, errM := strconv.ParseUint(minute, 10, 16)
		switch {
		case !ok || len(hour) > 2 || len(minute) != 2 || cmp.Or(errH, errM) != nil:
			return nil, &SpecError{Reason: ReasonSyntax, Detail: brief(item)}
		case h > 23 || m > 59:
			return nil, &SpecError{Reason: ReasonRange, Detail: item}
		}
		minutes = append(minutes, int(h)*60+int(m))
	}
	slices.Sort(minutes)
	return slices.Compact(minutes), nil
}
