package talk

import (
	"strconv"
	"strings"
	"time"

	"cadrebot/bot"
	"cadrebot/content/phrases"
	"cadrebot/dialogs/when"
)

// What people type about time is set only where it is clear. What can mean
// several things is asked back, with the readings as buttons; what lacks
// something, or has words that were not read, is said back with an example.

// back is what the newest message has asked back about.
type back struct {
	Text string      `json:"t"`
	Why  when.Reason `json:"w"`
}

// longestAsked bounds what is put together of several messages.
const longestAsked = 200

// Asking is how the readings of one kind are asked back.
type Asking[T any] struct {
	// words write a reading in the question, label on its button; data is what the
	// button does.
	Words, Label func(T) string
	Data         func(i int, v T) string
	// question is asked where there are several.
	Question string
	// nothing is said where no time was found at all.
	Nothing string
	// example is a text that would be understood, clock one that adds an hour.
	Example, Clock string
}

// mostReadings is how many readings are offered as buttons.
const mostReadings = 4

// AskBack says what is the matter with a reading that is not clear, and offers
// the readings as buttons.
func AskBack[T any](t *Talk, r when.Reading[T], k Asking[T]) (text string, buttons []bot.Button) {
	values := r.Values
	if len(values) > mostReadings || r.Why.Refused() || r.Why == when.Leftover {
		values = nil
	}
	list, question := "", t.Say
	for i, v := range values {
		buttons = append(buttons, bot.Button{Label: phrases.Capital(k.Label(v)), Data: k.Data(i, v)})
		switch word := k.Words(v); i {
		case 0:
			list = word
		case len(values) - 1:
			list = t.Say("when.or", "first", list, "last", word)
		default:
			list = t.Say("when.comma", "first", list, "last", word)
		}
	}
	if len(values) > 1 {
		return question(k.Question, "list", list), buttons
	}
	return t.SaidBack(r.Why, r.Read, r.Left, k.Nothing, k.Example, k.Clock), buttons
}

// ChoiceRows lays readings out, two in a row where they are short, and the way
// out below.
func ChoiceRows(buttons []bot.Button, out bot.Button) [][]bot.Button {
	for _, b := range buttons {
		if !FitsButton(b.Label) {
			return append(onePerRow(buttons), bot.Row(out))
		}
	}
	return append(Pairs(buttons), bot.Row(out))
}

// reasons are the phrases that say what a text lacks, and what to type.
var reasons = map[when.Reason]string{
	when.Leftover:      "when.why_leftover",
	when.HalfOfDay:     "when.why_half_of_day",
	when.WhichHour:     "when.why_which_hour",
	when.NoClock:       "when.why_no_clock",
	when.NoDay:         "when.why_no_day",
	when.NoEnd:         "when.why_no_end",
	when.DayOrMonth:    "when.why_day_or_month",
	when.WhichWeek:     "when.why_which_week",
	when.WhichNight:    "when.why_which_night",
	when.OneOf:         "when.why_one_of",
	when.OddEven:       "when.why_odd_even",
	when.Vague:         "when.why_vague",
	when.Past:          "when.why_past",
	when.NotOnCalendar: "when.why_not_on_calendar",
	when.Contradiction: "when.why_contradiction",
	when.Negated:       "when.why_negated",
}

// SaidBack says what was read and what was not, or what is missing.
func (t *Talk) SaidBack(why when.Reason, read, left, nothing, example, clock string) string {
	key := reasons[why]
	if key == "" || read == "" {
		return nothing
	}
	if why == when.WhichHour || why == when.NoClock {
		example = clock
	}
	if why == when.Past && strings.ContainsAny(read, "0123456789") {
		key = "when.why_past_year" // a date half a year off counts as past
	}
	if why == when.OddEven {
		example = t.Say("when.example_fortnight")
	}
	reason := t.Say
	return reason(key, "read", read, "left", left, "example", example)
}

// Understand reads a text, together with the one that was asked back about where
// it only adds what was missing there: "Friday", and then "3 pm". Where a reading
// of the text alone settles, alone is true. It returns what was read in all.
func Understand[T any](t *Talk, text string, alone bool, read func(string) when.Reading[T]) (when.Reading[T], string) {
	r := read(text)
	b := t.State.Back
	if b == nil || len(b.Text)+len(text) > longestAsked || !t.completes(b.Why, text, r.Why == when.Clear, alone) {
		return r, text
	}
	var several *when.Reading[T]
	heard := text
	for _, joined := range []string{b.Text + " " + text, text + " " + b.Text} {
		switch whole := read(joined); {
		case whole.Why == when.Clear:
			return whole, joined
		case len(whole.Values) > 1 && several == nil:
			several, heard = &whole, joined
		}
	}
	if several != nil {
		return *several, heard
	}
	return r, text
}

// completes tells whether a text may be the missing part of the one before it.
func (t *Talk) completes(why when.Reason, text string, clear, alone bool) bool {
	switch why {
	case when.NoClock, when.WhichHour:
		c := t.Times.Clocks(t.Lang, text)
		return len(c.Values) > 0
	case when.NoDay:
		return !clear || !alone
	case when.HalfOfDay, when.NoEnd:
		return !clear
	}
	return false
}

// KeepAsked keeps what the newest message has asked back about.
func (t *Talk) KeepAsked(heard string, why when.Reason) {
	if len(heard) <= longestAsked {
		t.State.Back = &back{Text: heard, Why: why}
	}
}

// Instead runs a command that was typed in the place of an answer: the whole
// text, or its beginning where there is no time in it at all.
func (t *Talk) Instead(text string, why when.Reason) bool {
	if t.State.Ask == "" {
		return false
	}
	name, rest := t.Plain(phrases.Fold(text))
	if name == "" || rest != "" && why != when.Nothing && name != "stop" && !t.Means(rest, "settings.off_words") {
		return false
	}
	t.Run(name, AsTyped(text, rest))
	return true
}

// InsteadInClass is the same in the course of a draft, where every day may be an
// answer and a command.
func (t *Talk) InsteadInClass(text string, why when.Reason) bool {
	return why == when.Nothing && t.Words[phrases.Fold(text)] != "" && t.Instead(text, why)
}

// Beyond is a text without the command that it begins with, where that is the one
// whose question is open: "quiet hours 10 to 7".
func (t *Talk) Beyond(command, text string) string {
	if name, rest := t.Plain(phrases.Fold(text)); name == command && rest != "" {
		return AsTyped(text, rest)
	}
	return text
}

// DateWords writes a day, with its year where it is another one than now's.
func (t *Talk) DateWords(day, now time.Time) string {
	date := phrases.Date(t.Lang, day)
	if day.Year() == now.Year() {
		return date
	}
	return t.Say("when.date_year", "date", date, "year", strconv.Itoa(day.Year()))
}

// AskingDates is how days are asked back; what their buttons do is to be added.
func (t *Talk) AskingDates(now time.Time, nothing string) Asking[time.Time] {
	words := func(day time.Time) string { return t.DateWords(day, now) }
	example := phrases.Date(t.Lang, now.AddDate(0, 0, 14))
	return Asking[time.Time]{Words: words, Label: words, Question: "when.ask", Nothing: nothing, Example: example, Clock: example}
}
