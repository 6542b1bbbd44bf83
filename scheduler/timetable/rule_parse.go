package timetable

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	// maxTimetable bounds what is worth reading, in bytes; the longest honest
	// timetable is far shorter.
	maxTimetable = 1024
	maxRules     = 8
)

// between stands between two rules.
const between = " ; "

// parseRules reads the rules of a timetable, each by itself.
func parseRules(text string) ([]rule, *SpecError) {
	tooLong := &SpecError{Reason: ReasonTooLong, Detail: strconv.Itoa(maxTimetable)}
	if len(text) > maxTimetable {
		return nil, tooLong
	}
	text = strings.ToUpper(strings.Map(typedOnPhones, strings.ToValidUTF8(text, "�")))
	words := strings.Fields(text)
	if len(words) == 0 {
		return nil, &SpecError{Reason: ReasonEmpty}
	}
	for _, word := range words {
		if strings.Contains(word, "TZ=") {
			return nil, &SpecError{Reason: ReasonZoneInside, Detail: brief(word)}
		}
	}
	pieces := strings.Split(text, ";")
	if len(pieces) > maxRules {
		return nil, &SpecError{Reason: ReasonTooMany, Detail: strconv.Itoa(maxRules)}
	}
	rules := make([]rule, len(pieces))
	size := 0
	for i, piece := range pieces {
		words := strings.Fields(piece)
		if len(words) == 0 {
			return nil, &SpecError{Reason: ReasonSyntax, Detail: ";"}
		}
		r, err := parseRule(words)
		if err != nil {
			return nil, err
		}
		rules[i] = *r
		size += len(r.text) + len(between)
	}
	if size-len(between) > maxTimetable {
		return nil, tooLong
	}
	return rules, nil
}

// parseRule reads one rule, already in upper case.
func parseRule(words []string) (*rule, *SpecError) {
	at := slices.IndexFunc(words, func(w string) bool { return clauseForms[w] != "" })
	if at < 0 {
		at = len(words)
	}
	r, single := &rule{}, words[0] == "ON"
	var err *SpecError
	if !single {
		if r.spec, err = parseSpec(words[:at]); err != nil {
			return nil, err
		}
	}
	c, err := splitClauses(words[at:])
	if err != nil {
		return nil, err
	}
	if single {
		err = r.takeDates(c)
	} else {
		err = r.takeCron(c)
	}
	if err != nil {
		return nil, err
	}
	r.text = r.canonical()
	return r, r.meets()
}

// takeDates reads the clauses of single dates.
func (r *rule) takeDates(c clauses) (err *SpecError) {
	for _, key := range []string{"EVERY", "NTH"} {
		if c.has(key) {
			return &SpecError{Reason: ReasonClash, Detail: "on, " + strings.ToLower(key)}
		}
	}
	if r.dates, err = parseDates(c["ON"]); err != nil {
		return err
	}
	if !c.has("AT") {
		return refusedClause("ON", c["ON"])
	}
	if r.minutes, err = parseClocks(c["AT"]); err != nil {
		return err
	}
	return c.apply(r)
}

// takeCron reads the clauses of a cron specification.
func (r *rule) takeCron(c clauses) *SpecError {
	for _, key := range []string{"ON", "AT"} {
		if c.has(key) {
			return &SpecError{Reason: ReasonClash, Detail: brief(r.spec.text) + ", " + strings.ToLower(key)}
		}
	}
	r.minutes = r.spec.minutesOfDay()
	if err := c.apply(r); err != nil {
		return err
	}
	return r.matching()
}

// meets refuses a rule that has no day.
func (r *rule) meets() *SpecError {
	if r.spec != nil && !r.spec.fires() {
		parts := strings.Fields(r.spec.text)
		return &SpecError{Reason: ReasonNeverFires, Detail: parts[2] + " " + parts[3]}
	}
	const fifth = 1 << 5
	if r.nth == fifth && r.spec.month.values == 1<<time.February {
		// Such a 29 February comes every 28 years, if at all.
		return &SpecError{Reason: ReasonNeverFires, Detail: strings.Fields(r.spec.text)[3] + " " + r.nth.String()}
	}
	if r.first == firstDay && r.spec != nil {
		return nil // it met at some time before its end
	}
	if _, ok := r.dayFrom(r.first); !ok {
		return &SpecError{Reason: ReasonNoneLeft, Detail: brief(r.text)}
	}
	return nil
}
