package timetable

import (
	"strconv"
	"strings"
)

// maxSpec bounds a cron specification, in bytes.
const maxSpec = 256

// spec is a specification that was read.
type spec struct {
	text                              string // five parts, upper case, single spaces
	minute, hour, day, month, weekday fieldSet
}

// specWords are the @ forms that name a timetable completely. They all mean the
// start of their period, so a class on @daily meets at midnight.
var specWords = map[string]string{
	"@YEARLY":   "0 0 1 1 *",
	"@ANNUALLY": "0 0 1 1 *",
	"@MONTHLY":  "0 0 1 * *",
	"@WEEKLY":   "0 0 * * 0",
	"@DAILY":    "0 0 * * *",
	"@MIDNIGHT": "0 0 * * *",
	"@HOURLY":   "0 * * * *",
}

// typedOnPhones undoes what keyboards make of plain characters: full-width forms
// and long dashes.
func typedOnPhones(r rune) rune {
	switch {
	case r >= '！' && r <= '～':
		return r - '！' + '!'
	case r == '–' || r == '—' || r == '−':
		return '-'
	}
	return r
}

// parseSpec reads the five parts, in upper case; it does not yet ask when they fire.
func parseSpec(parts []string) (*spec, *SpecError) {
	whole := strings.Join(parts, " ")
	if len(whole) > maxSpec {
		return nil, &SpecError{Reason: ReasonTooLong, Detail: strconv.Itoa(maxSpec)}
	}
	if strings.HasPrefix(whole, "@") {
		plain, ok := specWords[whole]
		if !ok {
			return nil, &SpecError{Reason: ReasonUnsupported, Detail: strings.ToLower(whole)}
		}
		parts = strings.Fields(plain)
	}
	if len(parts) != len(specFields) {
		return nil, &SpecError{Reason: ReasonFields, Detail: strconv.Itoa(len(parts))}
	}
	s := &spec{text: strings.Join(parts, " ")}
	for i, set := range []*fieldSet{&s.minute, &s.hour, &s.day, &s.month, &s.weekday} {
		var err *SpecError
		if *set, err = specFields[i].parse(parts[i]); err != nil {
			return nil, err
		}
	}
	return s, s.ambiguous(parts[2], parts[3], parts[4])
}

// ambiguous refuses what programs read differently. When days of the month and days
// of the week are both restricted, cron takes a day that matches either ("1,15 * MON":
// the 1st, the 15th and every Monday), and so do we. But a stepped star, and a weekday
// part that lists the whole week, restrict for some programs and not for others.
func (s *spec) ambiguous(day, month, weekday string) *SpecError {
	if s.day.every || s.weekday.every {
		return nil
	}
	refused := &SpecError{Reason: ReasonAmbiguous, Detail: day + " " + month + " " + weekday}
	switch {
	case specFields[weekdayField].all(s.weekday):
		refused.Remedy = day + " " + month + " *"
	case specFields[2].all(s.day):
		refused.Remedy = "* " + month + " " + weekday
	case !s.day.starStep && !s.weekday.starStep:
		return nil
	}
	return refused
}
