package dialogs

import (
	"strings"

	"cadrebot/bot"
	"cadrebot/content"
	"cadrebot/dialogs/talk"
)

// command is what a slash command or its plain words do.
type command struct {
	words string // the phrase that lists its plain words
	do    func(t *step, rest string)
	// personal commands are answered in a group with the way to the private
	// chat; all are.
}

// The tables of what the bot understands. A dialog in a file of its own adds
// its lines here.
var (
	commands map[string]command
	// presses are by the verb before the first colon of a button's data.
	presses map[string]func(t *step, rest string)
	// inputs take the next text, when a dialog has asked for one.
	inputs map[string]func(t *step, text string)
	// timers are by the name before the first colon.
	timers map[string]func(t *step, rest string)
)

func init() {
	commands = map[string]command{
		"start":    {"words.start", (*step).start},
		"help":     {"words.help", (*step).help},
		"stop":     {"words.stop", (*step).stop},
		"cancel":   {"words.cancel", (*step).cancel},
		"quiz":     {"words.quiz", (*step).startQuiz},
		"topics":   {"words.topics", (*step).topics},
		"learn":    {"words.learn", (*step).learn},
		"daily":    {"words.daily", (*step).daily},
		"progress": {"words.progress", func(t *step, _ string) { t.showProgress("") }},
		"language": {"words.language", (*step).language},
		"class":    {"words.class", (*step).class},
		"notice":   {"words.notice", (*step).notice},
		"coming":   {"words.coming", (*step).typeComing},
		"absent":   {"words.absent", (*step).typeAbsent},
		"read":     {"words.read", (*step).typeRead},
		"settings": {"words.settings", (*step).settings},
		"forget":   {"words.forget", (*step).forget},
		"export":   {"words.export", (*step).export},
		"zone":     {"words.zone", (*step).askZone},
		"quiet":    {"words.quiet", (*step).quiet},
		"pause":    {"words.away", (*step).away},
		"compare":  {"words.compare", (*step).compare},
		"link":     {"words.link", (*step).connect},
		"unlink":   {"words.unlink", (*step).unlink},
		"web":      {"words.web", (*step).web},
		"prefer":   {"words.prefer", (*step).prefer},
		"invite":   {"words.invite", (*step).invite},
	}
	presses = map[string]func(*step, string){
		"a":       (*step).pressAnswer,
		"quiz":    (*step).startQuiz,
		"topics":  (*step).topics,
		"learn":   (*step).learn,
		"courses": (*step).courses,
		"course":  (*step).overview,
		"module":  (*step).module,
		"begin":   (*step).beginCourse,
		"lesson":  (*step).pressLesson,
		"card":    (*step).pressCard,
		"enough":  (*step).enough,
		"few":     (*step).quizLesson,
		"cat":     (*step).pressCategory,
		"unit":    (*step).pressUnit,
		"cats":    (*step).askCategory,
		"units":   (*step).askUnit,
		"go":      (*step).backToQuestion,
		"leave":   (*step).leaveQuiz,
		"help":    (*step).help,
		"lang":    (*step).chooseLanguage,
		"langs":   (*step).language,
		"daily":   (*step).pressDaily,
		"prog":    (*step).showProgress,
		"drill":   (*step).drill,
		"zone":    (*step).pressZone,
		"cls":     (*step).pressClass,
		"ntc":     (*step).pressNotice,
		"rsvp":    (*step).pressRSVP,
		"read":    (*step).pressRead,
		"start":   (*step).start,
		"stop":    (*step).stop,
		"set":     (*step).settings,
		"quiet":   (*step).pressQuiet,
		"away":    (*step).pressAway,
		"cmp":     (*step).pressCompare,
		"data":    (*step).data,
		"forget":  (*step).forget,
		"erase":   (*step).pressErase,
		"export":  (*step).export,
		"link":    (*step).pressLink,
		"unlink":  (*step).unlink,
		"prefer":  (*step).prefer,
		"invite":  (*step).invite,
	}
	inputs = map[string]func(*step, string){
		"daily.time": (*step).typeTime,
		"daily.more": (*step).typeMore,
		"daily.zone": (*step).typeZone,
		"unit":       (*step).typeUnit,
		"quiet":      (*step).typeQuiet,
		"away":       (*step).typeAway,
		"class":      (*step).typeClass,
		"notice":     (*step).typeNotice,
		"link":       (*step).typeLink,
		"invite":     (*step).typeInvite,
	}
	timers = map[string]func(*step, string){
		"daily":  (*step).dailyDue,
		"notice": (*step).noticeProgress,
		"away":   (*step).awayOver,
		"code":   (*step).codeOver,

		guestTimer: (*step).guestDue,

		heldTimer:     (*step).heldDue,
		reminderTimer: (*step).reminderDue,
	}
}

// text answers what a person typed: a command, what a dialog has asked for, an
// answer to the question, a button's words, or plain words that mean a command.
func (t *step) text(text string) {
	if name, rest, ok := talk.Slash(text); ok {
		t.Run(name, rest)
		return
	}
	folded := content.Fold(text)
	if t.State.Ask != "" {
		if name := t.Words[folded]; name == "stop" || name == "help" {
			t.Run(name, "")
			return
		}
		if c, ok := t.TypedChoice(folded); ok {
			t.press(c.Data)
			return
		}
		if t.Words[folded] == "cancel" {
			t.cancel("")
			return
		}
		if input := inputs[t.State.Ask]; input != nil {
			input(t, text)
			return
		}
		t.State.Ask = ""
	}
	if t.typedAnswer(text) {
		return
	}
	if c, ok := t.TypedChoice(folded); ok {
		t.press(c.Data)
		return
	}
	if name, rest := t.Plain(folded); name != "" {
		t.Run(name, talk.AsTyped(text, rest))
		return
	}
	if code, ok := asLinkCode(text); ok && t.follows(code) {
		return
	}
	t.WhereAmI()
}

func (t *step) Run(name, rest string) {
	c, ok := commands[name]
	if !ok {
		t.WhereAmI()
		return
	}
	t.State.Ask = ""
	c.do(t, rest)
}

// press does what a button says; one that nobody knows any more gets a kind
// word.
func (t *step) press(data string) {
	verb, rest, _ := strings.Cut(data, ":")
	if do := presses[verb]; do != nil {
		switch verb {
		case "cls", "ntc", "rsvp", "read": // a draft goes on
		default:
			t.State.Ask = ""
		}
		do(t, rest)
		return
	}
	t.Answer(t.Say("old.button"))
}

// woken answers a timer that came due.
func (t *step) woken() {
	name, rest, _ := strings.Cut(t.Ev.Timer, ":")
	if do := timers[name]; do != nil {
		do(t, rest)
	}
}

// gone is told when the chat can't be reached: nothing is said, and timers
// that would only speak to nobody are taken back. Who has another chat goes on
// there.
func (t *step) gone() {
	if _, reachable := t.Person.Reachable(); t.Ev.Kind == bot.Gone && !reachable {
		t.state.Gone = true
		t.Wake("daily", talk.Zero)
	}
}
