package dialogs

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"cadrebot/bot"
	"cadrebot/content"
)

// command is what a slash command or its plain words do.
type command struct {
	words string // the phrase that lists its plain words
	do    func(t *talk, rest string)
	// personal commands are answered in a group with the way to the private
	// chat; all are.
}

// The tables of what the bot understands. A dialog in a file of its own adds
// its lines here.
var (
	commands map[string]command
	// presses are by the verb before the first colon of a button's data.
	presses map[string]func(t *talk, rest string)
	// inputs take the next text, when a dialog has asked for one.
	inputs map[string]func(t *talk, text string)
	// timers are by the name before the first colon.
	timers map[string]func(t *talk, rest string)
)

func init() {
	commands = map[string]command{
		"start":    {"words.start", (*talk).start},
		"help":     {"words.help", (*talk).help},
		"stop":     {"words.stop", (*talk).stop},
		"cancel":   {"words.cancel", (*talk).cancel},
		"quiz":     {"words.quiz", (*talk).startQuiz},
		"topics":   {"words.topics", (*talk).topics},
		"learn":    {"words.learn", (*talk).learn},
		"daily":    {"words.daily", (*talk).daily},
		"progress": {"words.progress", func(t *talk, _ string) { t.showProgress("") }},
		"language": {"words.language", (*talk).language},
		"class":    {"words.class", (*talk).class},
		"notice":   {"words.notice", (*talk).notice},
		"coming":   {"words.coming", (*talk).typeComing},
		"absent":   {"words.absent", (*talk).typeAbsent},
		"read":     {"words.read", (*talk).typeRead},
		"settings": {"words.settings", (*talk).settings},
		"forget":   {"words.forget", (*talk).forget},
		"export":   {"words.export", (*talk).export},
		"zone":     {"words.zone", (*talk).askZone},
		"quiet":    {"words.quiet", (*talk).quiet},
		"pause":    {"words.away", (*talk).away},
		"compare":  {"words.compare", (*talk).compare},
		"link":     {"words.link", (*talk).connect},
		"unlink":   {"words.unlink", (*talk).unlink},
		"web":      {"words.web", (*talk).web},
		"prefer":   {"words.prefer", (*talk).prefer},
		"invite":   {"words.invite", (*talk).invite},
	}
	presses = map[string]func(*talk, string){
		"a":       (*talk).pressAnswer,
		"quiz":    (*talk).startQuiz,
		"topics":  (*talk).topics,
		"learn":   (*talk).learn,
		"courses": (*talk).courses,
		"course":  (*talk).overview,
		"module":  (*talk).module,
		"begin":   (*talk).beginCourse,
		"lesson":  (*talk).pressLesson,
		"card":    (*talk).pressCard,
		"enough":  (*talk).enough,
		"few":     (*talk).quizLesson,
		"cat":     (*talk).pressCategory,
		"unit":    (*talk).pressUnit,
		"cats":    (*talk).askCategory,
		"units":   (*talk).askUnit,
		"go":      (*talk).backToQuestion,
		"leave":   (*talk).leaveQuiz,
		"help":    (*talk).help,
		"lang":    (*talk).chooseLanguage,
		"langs":   (*talk).language,
		"daily":   (*talk).pressDaily,
		"prog":    (*talk).showProgress,
		"drill":   (*talk).drill,
		"zone":    (*talk).pressZone,
		"cls":     (*talk).pressClass,
		"ntc":     (*talk).pressNotice,
		"rsvp":    (*talk).pressRSVP,
		"read":    (*talk).pressRead,
		"start":   (*talk).start,
		"stop":    (*talk).stop,
		"set":     (*talk).settings,
		"quiet":   (*talk).pressQuiet,
		"away":    (*talk).pressAway,
		"cmp":     (*talk).pressCompare,
		"data":    (*talk).data,
		"forget":  (*talk).forget,
		"erase":   (*talk).pressErase,
		"export":  (*talk).export,
		"link":    (*talk).pressLink,
		"unlink":  (*talk).unlink,
		"prefer":  (*talk).prefer,
		"invite":  (*talk).invite,
	}
	inputs = map[string]func(*talk, string){
		"daily.time": (*talk).typeTime,
		"daily.more": (*talk).typeMore,
		"daily.zone": (*talk).typeZone,
		"unit":       (*talk).typeUnit,
		"quiet":      (*talk).typeQuiet,
		"away":       (*talk).typeAway,
		"class":      (*talk).typeClass,
		"notice":     (*talk).typeNotice,
		"link":       (*talk).typeLink,
		"invite":     (*talk).typeInvite,
	}
	timers = map[string]func(*talk, string){
		"daily":  (*talk).dailyDue,
		"notice": (*talk).noticeProgress,
		"away":   (*talk).awayOver,
		"code":   (*talk).codeOver,

		guestTimer: (*talk).guestDue,

		heldTimer:     (*talk).heldDue,
		reminderTimer: (*talk).reminderDue,
	}
}

// text answers what a person typed: a command, what a dialog has asked for, an
// answer to the question, a button's words, or plain words that mean a command.
func (t *talk) text(text string) {
	if name, rest, ok := slash(text); ok {
		t.run(name, rest)
		return
	}
	folded := content.Fold(text)
	if t.state.Ask != "" {
		if name := t.words[folded]; name == "stop" || name == "help" {
			t.run(name, "")
			return
		}
		if c, ok := t.typedChoice(folded); ok {
			t.press(c.Data)
			return
		}
		if t.words[folded] == "cancel" {
			t.cancel("")
			return
		}
		if input := inputs[t.state.Ask]; input != nil {
			input(t, text)
			return
		}
		t.state.Ask = ""
	}
	if t.typedAnswer(text) {
		return
	}
	if c, ok := t.typedChoice(folded); ok {
		t.press(c.Data)
		return
	}
	if name, rest := t.plain(folded); name != "" {
		t.run(name, asTyped(text, rest))
		return
	}
	if code, ok := asLinkCode(text); ok && t.follows(code) {
		return
	}
	t.whereAmI()
}

// slash splits "/quiz topic"; what follows @ was checked by the adapter.
func slash(text string) (name, rest string, ok bool) {
	if !strings.HasPrefix(text, "/") {
		return "", "", false
	}
	name, rest, _ = strings.Cut(text[1:], " ")
	return strings.ToLower(name), strings.TrimSpace(rest), true
}

// asTyped is the end of a text, given folded, in the letters that were typed.
func asTyped(text, folded string) string {
	words, rest := strings.Fields(text), len(strings.Fields(folded))
	if rest == 0 || rest > len(words) {
		return folded
	}
	if own := strings.Join(words[len(words)-rest:], " "); content.Fold(own) == folded {
		return own
	}
	return folded
}

// plain finds the command that words mean: all of them, or the first ones, as many
// as make one, with a rest.
func (t *talk) plain(folded string) (name, rest string) {
	if name := t.words[folded]; name != "" {
		return name, ""
	}
	for i := range folded {
		if folded[i] != ' ' {
			continue
		}
		if longer := t.words[folded[:i]]; longer != "" {
			name, rest = longer, strings.TrimSpace(folded[i:])
		}
	}
	if name == "" {
		return t.plainHan(folded)
	}
	return name, rest
}

// plainHan finds a wish to stop at the beginning of words without spaces: 停止每日小测.
func (t *talk) plainHan(folded string) (name, rest string) {
	for _, w := range t.phrases.Words(content.ZH, "words.stop") {
		if rest, ok := strings.CutPrefix(folded, w); ok && utf8.RuneCountInString(w) > 1 {
			return "stop", rest
		}
	}
	return "", ""
}

func (t *talk) run(name, rest string) {
	c, ok := commands[name]
	if !ok {
		t.whereAmI()
		return
	}
	t.state.Ask = ""
	c.do(t, rest)
}

// press does what a button says; one that nobody knows any more gets a kind
// word.
func (t *talk) press(data string) {
	verb, rest, _ := strings.Cut(data, ":")
	if do := presses[verb]; do != nil {
		switch verb {
		case "cls", "ntc", "rsvp", "read": // a draft goes on
		default:
			t.state.Ask = ""
		}
		do(t, rest)
		return
	}
	t.answer(t.say("old.button"))
}

// typedChoice finds the button whose words or number were typed; of readings that
// are asked back, also its letter.
func (t *talk) typedChoice(folded string) (choice, bool) {
	for i, c := range t.state.Menu {
		place := folded == strconv.Itoa(i+1) || t.state.Back != nil && folded == content.Fold(letter(i))
		if folded == content.Fold(c.Label) || place && !t.elsewhere(t.state.MenuAt) {
			return c, true
		}
	}
	return choice{}, false
}

// woken answers a timer that came due.
func (t *talk) woken() {
	name, rest, _ := strings.Cut(t.ev.Timer, ":")
	if do := timers[name]; do != nil {
		do(t, rest)
	}
}

// gone is told when the chat can't be reached: nothing is said, and timers
// that would only speak to nobody are taken back. Who has another chat goes on
// there.
func (t *talk) gone() {
	if _, reachable := t.person.Reachable(); t.ev.Kind == bot.Gone && !reachable {
		t.state.Gone = true
		t.wake("daily", zero)
	}
}
