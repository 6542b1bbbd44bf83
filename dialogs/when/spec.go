package when

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

var cronDays = [...]string{"SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"}

// spec writes a plan as a specification. Choice says which half of the day an
// open hour means; halves tells that there is one.
func (p *planner) spec(plan *plan, choice int) (text string, halves bool, why Reason) {
	var rules []string
	for _, r := range plan.rules {
		var minutes []int
		for k := range r.clocks {
			options, why := r.clocks[k].choices()
			if why != Clear && why != HalfOfDay {
				return "", false, why
			}
			halves = halves || why == HalfOfDay
			minutes = append(minutes, options[min(choice, len(options)-1)])
		}
		slices.Sort(minutes)
		minutes = slices.Compact(minutes)
		lines, why := p.ruleSpecs(plan, r.days, minutes)
		if why != Clear {
			return "", false, why
		}
		rules = append(rules, lines...)
	}
	return strings.Join(rules, " ; "), halves, Clear
}

func (p *planner) ruleSpecs(plan *plan, days []day, minutes []int) (lines []string, why Reason) {
	weekly := slices.ContainsFunc(days, func(d day) bool { return d.weekdays != nil })
	dated := slices.ContainsFunc(days, func(d day) bool { return d.weekdays == nil })
	switch {
	case plan.monthly && !weekly:
		return p.monthly(plan, days, minutes)
	case plan.monthly && dated:
		return nil, OneOf
	case weekly && dated:
		return p.weekdayOfDate(plan, days, minutes)
	case dated:
		return p.single(plan, days, minutes)
	}
	var weekdays, nth []int
	if len(days) > 1 { // each day, of those that were named
		days = slices.DeleteFunc(slices.Clone(days), func(d day) bool { return len(d.weekdays) == 7 })
	}
	for _, d := range days {
		weekdays = append(weekdays, d.weekdays...)
		nth = append(nth, d.nth...)
		if (len(d.nth) > 0) != plan.monthly {
			return nil, OneOf
		}
	}
	slices.Sort(weekdays)
	weekdays = slices.DeleteFunc(slices.Compact(weekdays), func(d int) bool { return slices.Contains(plan.never, d) })
	if len(weekdays) == 0 {
		return nil, Contradiction
	}
	clauses := ""
	if len(nth) > 0 {
		if len(days) > 1 || plan.every > 1 {
			return nil, OneOf
		}
		clauses += " nth " + join(nth)
	}
	from := plan.from
	if plan.every > 1 {
		clauses += fmt.Sprintf(" every %d weeks from %s", plan.every, p.first(weekdays, minutes, from).Format(time.DateOnly))
		from = time.Time{}
	}
	names := "*"
	if len(weekdays) < 7 {
		var list []string
		for _, d := range weekdays {
			list = append(list, cronDays[d])
		}
		names = strings.Join(list, ",")
	}
	tail, why := p.tail(plan, from)
	for _, at := range byMinute(minutes) {
		lines = append(lines, at+" * * "+names+clauses+tail)
	}
	return lines, why
}

// monthly is days of each month.
func (p *planner) monthly(plan *plan, days []day, minutes []int) (lines []string, why Reason) {
	var numbers []int
	for i, d := range days {
		if d.relative || d.m != 0 || d.d == 0 || plan.every > 1 || len(plan.never) > 0 {
			return nil, OneOf
		}
		if i > 0 && days[i-1].span {
			for n := days[i-1].d + 1; n < d.d; n++ {
				numbers = append(numbers, n)
			}
		}
		if d.d > 31 {
			return nil, NotOnCalendar
		}
		numbers = append(numbers, d.d)
	}
	slices.Sort(numbers)
	tail, why := p.tail(plan, plan.from)
	for _, at := range byMinute(minutes) {
		lines = append(lines, at+" "+join(slices.Compact(numbers))+" * *"+tail)
	}
	return lines, why
}

// weekdayOfDate is a date that is named with its weekday.
func (p *planner) weekdayOfDate(plan *plan, days []day, minutes []int) ([]string, Reason) {
	if len(days) != 2 {
		return nil, OneOf
	}
	p.days = days
	d, why := p.oneDay()
	if why != Clear {
		return nil, why
	}
	return p.single(plan, []day{*d}, minutes)
}

// single is sessions on single dates.
func (p *planner) single(plan *plan, days []day, minutes []int) ([]string, Reason) {
	if plan.every > 1 {
		return nil, OneOf
	}
	dates, why := p.spanDates(days)
	if why != Clear {
		return nil, why
	}
	dates = slices.DeleteFunc(dates, func(t time.Time) bool {
		return slices.Contains(plan.never, int(t.Weekday())) || slices.ContainsFunc(plan.except, t.Equal)
	})
	h, m, _ := p.now.Clock()
	if len(dates) == 0 || len(dates) == 1 && dates[0].Equal(p.today()) && slices.Max(minutes) <= h*60+m {
		return nil, Past
	}
	if len(dates) > 60 {
		return nil, OneOf
	}
	var clocks []string
	for _, m := range minutes {
		clocks = append(clocks, fmt.Sprintf("%02d:%02d", m/60, m%60))
	}
	return []string{"on " + joinDates(dates) + " at " + strings.Join(clocks, ",")}, Clear
}

// tail are the clauses that bound a rule.
func (p *planner) tail(plan *plan, from time.Time) (text string, why Reason) {
	if !from.IsZero() {
		text += " from " + from.Format(time.DateOnly)
	}
	if !plan.until.IsZero() {
		if plan.until.Before(p.today()) {
			return "", Past
		}
		text += " until " + plan.until.Format(time.DateOnly)
	}
	if len(plan.except) > 0 {
		text += " except " + joinDates(plan.except)
	}
	return text, Clear
}

// byMinute writes times of day as the first two parts of cron lines.
func byMinute(minutes []int) (lines []string) {
	hours := map[int][]int{}
	var order []int
	for _, m := range minutes {
		if _, seen := hours[m%60]; !seen {
			order = append(order, m%60)
		}
		hours[m%60] = append(hours[m%60], m/60)
	}
	for _, minute := range order {
		lines = append(lines, strconv.Itoa(minute)+" "+join(hours[minute]))
	}
	return lines
}

func join(numbers []int) string {
	var list []string
	for _, n := range numbers {
		list = append(list, strconv.Itoa(n))
	}
	return strings.Join(list, ",")
}

func joinDates(dates []time.Time) string {
	var list []string
	for _, t := range dates {
		list = append(list, t.Format(time.DateOnly))
	}
	return strings.Join(list, ",")
}
