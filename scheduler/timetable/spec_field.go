package timetable

import (
	"fmt"
	"math/bits"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/robfig/cron/v3"
)

// specField is one of the five parts of a specification.
type specField struct {
	low, high int
	names     []string // for low, low+1, …
	parser    cron.Parser
	pick      func(*cron.SpecSchedule) uint64
}

// specFields stand in the order in which they are written.
var specFields = [5]specField{
	{0, 59, nil, cron.NewParser(cron.Minute), func(s *cron.SpecSchedule) uint64 { return s.Minute }},
	{0, 23, nil, cron.NewParser(cron.Hour), func(s *cron.SpecSchedule) uint64 { return s.Hour }},
	{1, 31, nil, cron.NewParser(cron.Dom), func(s *cron.SpecSchedule) uint64 { return s.Dom }},
	{1, 12, strings.Fields("JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC"), cron.NewParser(cron.Month), func(s *cron.SpecSchedule) uint64 { return s.Month }},
	{0, 6, strings.Fields("SUN MON TUE WED THU FRI SAT"), cron.NewParser(cron.Dow), func(s *cron.SpecSchedule) uint64 { return s.Dow }},
}

const weekdayField = 4

// fieldSet is a field's values, and how they were written where that matters.
type fieldSet struct {
	values   uint64 // bit n: value n
	every    bool   // "*" or "*/1": no restriction
	starStep bool   // has "*/2" or the like in it
}

// specItem is what may stand between commas. The parser would take much more, and
// drop what it does not understand: "*-5" is "*" to it, and "," nothing at all.
var specItem = regexp.MustCompile(`^(?:(\*)|([0-9]{1,6}|[A-Z]{3})(?:-([0-9]{1,6}|[A-Z]{3}))?)(?:/([0-9]{1,6}))?$`)

// foreignItem is what other schedulers understand: ?, L, LW, 5L, 15W, FRI#2, MONL.
var foreignItem = regexp.MustCompile(`^(?:\?|LW?(?:-[0-9]+)?|[0-9]{1,2}[LW]|W|[A-Z]{3}L|(?:[0-9]|[A-Z]{3})#[0-9L]|H(?:/[0-9]+|\([0-9]+-[0-9]+\))?)$`)

// parse reads one part, already in upper case and without spaces.
func (f specField) parse(part string) (fieldSet, *SpecError) {
	set := fieldSet{every: part == "*" || part == "*/1"}
	for item := range strings.SplitSeq(part, ",") {
		if foreignItem.MatchString(item) {
			return set, &SpecError{Reason: ReasonUnsupported, Detail: item, Remedy: f.plainForm(item)}
		}
		m := specItem.FindStringSubmatch(item)
		if m == nil {
			return set, &SpecError{Reason: ReasonSyntax, Detail: item}
		}
		star, from, to, step := m[1] != "", m[2], m[3], m[4]
		if star && part != "*" && step == "" {
			return set, &SpecError{Reason: ReasonSyntax, Detail: part} // a star in a list says everything already
		}
		if err := f.check(item, from, to, step); err != nil {
			return set, err
		}
		values, err := f.library(item)
		if err != nil {
			return set, &SpecError{Reason: ReasonRange, Detail: item}
		}
		set.values |= values
		set.starStep = set.starStep || star && step != "" && step != "1"
	}
	if set.values == 0 {
		return set, &SpecError{Reason: ReasonSyntax, Detail: part}
	}
	return set, nil
}

// check refuses, with a remedy, what the parser would refuse without one or would
// read in its own way.
func (f specField) check(item, from, to, step string) *SpecError {
	if n, _ := strconv.Atoi(step); step != "" && (n < 1 || n > f.high-f.low+1) {
		return &SpecError{Reason: ReasonRange, Detail: item}
	}
	if from == "" {
		return nil
	}
	if to == "" && step != "" {
		remedy := fmt.Sprintf("%s-%d/%s", from, f.high, step)
		return &SpecError{Reason: ReasonUnsupported, Detail: item, Remedy: remedy}
	}
	if to == "" {
		to = from
	}
	low, err := f.value(from)
	if err != nil {
		return err
	}
	high, err := f.value(to)
	if err != nil {
		return err
	}
	if f.isSeven(low) || f.isSeven(high) {
		return &SpecError{Reason: ReasonSunday, Detail: item, Remedy: f.writtenOut(low, high, step)}
	}
	if low > high {
		return &SpecError{Reason: ReasonRange, Detail: item, Remedy: f.writtenOut(low, high, step)}
	}
	return nil
}

func (f specField) isSeven(value int) bool { return value == 7 && f.high == 6 }

// value reads a number or a name; it takes 7 as a weekday only to have it refused well.
func (f specField) value(s string) (int, *SpecError) {
	if i := slices.Index(f.names, s); i >= 0 {
		return f.low + i, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0, &SpecError{Reason: ReasonSyntax, Detail: s}
	}
	if !f.isSeven(n) && (n < f.low || n > f.high) {
		return 0, &SpecError{Reason: ReasonRange, Detail: s}
	}
	return n, nil
}

// writtenOut lists a range that runs over the end of its field.
func (f specField) writtenOut(low, high int, step string) string {
	size := f.high - f.low + 1
	length := high - low
	if length < 0 {
		length += size
	}
	length = min(length, size-1)
	by, _ := strconv.Atoi(step)
	var items []string
	for i := 0; i <= length; i += max(by, 1) {
		value := (low-f.low+i)%size + f.low
		if f.names != nil {
			items = append(items, f.names[value-f.low])
		} else {
			items = append(items, strconv.Itoa(value))
		}
	}
	return strings.Join(items, ",")
}

// plainForm is the standard spelling of a foreign item, where one exists.
func (f specField) plainForm(item string) string {
	if item == "?" {
		return "*"
	}
	return ""
}

// library has one item read by the cron parser. It is handed single items only, in
// a grammar that was checked before; the recover is for what nobody foresaw.
func (f specField) library(item string) (values uint64, err error) {
	defer func() {
		if r := recover(); r != nil {
			values, err = 0, fmt.Errorf("parse %q: panic: %v", item, r)
		}
	}()
	schedule, err := f.parser.Parse(item)
	if err != nil {
		return 0, err
	}
	spec, ok := schedule.(*cron.SpecSchedule)
	if !ok {
		return 0, fmt.Errorf("parse %q: not a list of values", item)
	}
	const starBit = 1 << 63 // the parser's own mark, not a value
	return f.pick(spec) &^ starBit, nil
}

// all tells whether every value of the field is in the set.
func (f specField) all(set fieldSet) bool {
	return bits.OnesCount64(set.values) == f.high-f.low+1
}
