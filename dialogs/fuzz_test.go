package dialogs

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"cadrebot/bot"
	"cadrebot/content"
	"cadrebot/content/phrases"
	"cadrebot/dialogs/question"
)

// FuzzStep holds the promise that a step is total: for any state and any event
// it does not panic, its state marshals and is read again, its messages are
// such as can be sent, and a person who writes is never left without an answer.
func FuzzStep(f *testing.F) {
	w := newWorldOf(f, content.Starter(), smallCourses(), testCourses("kinds"))
	quizState := `{"q":{"i":"abcdef","q":"zh-none x","n":1}}`
	for _, state := range []string{"", "{}", "nonsense", quizState, `{"a":"class","c":{}}`, `{"a":"notice","n":{}}`,
		`{"a":"daily.time","m":[{"l":"08:00","d":"daily:at:480"}]}`, `{"q":{"n":-3}}`, `{"a":"quiet"}`, `{"a":"away","p":[{"f":"x","t":"y"}]}`,
		`{"er":{"t":"x","a":1795161600000}}`, `{"er":{"t":"x","s":true,"a":1795161600000}}`, `{"q":{"n":99,"q":"a"}}`} {
		for _, text := range []string{"/learn", "学习 1", "/start", "/start ABC", "/quiz", "/class new", "/notice", "1", "小测", "7:45", "22-7", "2026-12-01", "/export", "/forget", "/settings", ""} {
			f.Add(state, string(bot.Text), text, "zh", false, false)
		}
		for verb := range w.dialogs.routes.Presses {
			f.Add(state, string(bot.Press), verb+":x", "vi", true, false)
			f.Add(state, string(bot.Press), verb, "en", true, true)
		}
		for timer := range w.dialogs.routes.Timers {
			f.Add(state, string(bot.Wake), timer+":x", "en", false, false)
		}
		f.Add(state, string(bot.Gone), "", "en", false, false)
		f.Add(state, string(bot.Join), "", "en", true, true)
	}
	for _, r := range []string{`{"i":"talks-case","n":1,"s":"talk","w":"door.a x","t":3}`, `{"i":"talks-rules","p":7,"r":-2,"t":3}`,
		`{"i":"talks-ask","n":2,"t":3,"c":"x","l":"en"}`, `{"i":"talks-note","n":-4,"t":3,"l":"vi"}`, `{"i":"none","t":3}`} {
		state := `{"ls":[{"i":"talks-ask"},` + r + `],"t":3,"fi":"AbCdE"}`
		for _, lesson := range []string{"talks-case", "talks-rules", "talks-ask", "talks-note", "none"} {
			for _, move := range []string{"next", "back", "other", "a", "b", ""} {
				f.Add(state, string(bot.Press), "card:"+lesson+":3:"+move, "en", false, false)
			}
			f.Add(state, string(bot.Press), "lesson:"+lesson, "zh", false, false)
		}
		f.Add(state, string(bot.Press), "lesson", "zh", false, false)
		f.Add(state, string(bot.Text), "hello", "zh", false, false)
		for _, data := range []string{"begin:talks", "begin:talks:none", "course:talks:9", "module:act:-1", "courses:all", "courses:-5",
			"cat:new:first", "cat:none:x", "unit:", "enough"} {
			f.Add(state, string(bot.Press), data, "vi", false, false)
		}
	}
	for _, d := range []string{`"s":"spec"`, `"s":"spec","i":"ABC234","d":"spec"`, `"s":"fix","i":"ABC234","d":"zone"`, `"s":"fix","d":"none"`,
		`"s":"when","i":"ABC234","e":"2026-11-26T14:00","d":"mv","o":["x"]`, `"s":"exam","i":"ABC234","o":["x","2026-12-01"]`} {
		state := `{"a":"class","bk":{"t":"Thursday","w":"no_clock"},"c":{"t":"AAAAAA",` + d + `}}`
		for _, text := range []string{"at 3", "周四 3点", "next week", "9 to 5", "progress", "b", "yes", "改回原来的时间", "thôi giữ như cũ"} {
			f.Add(state, string(bot.Text), text, "en", true, true)
		}
		for _, data := range []string{"pick:AAAAAA:0", "pick:AAAAAA:9", "fixdo:AAAAAA", "fixtell:AAAAAA", "none:AAAAAA", "fix:ABC234.zone", "unfix:ABC234.1", "resume:AAAAAA"} {
			f.Add(state, string(bot.Press), "cls:"+data, "zh", true, true)
		}
	}
	linkable := `"lk":{"c":"BBBBCCCC","u":1795161600000,"j":"AAAABBBB","t":"x","n":4,"s":1795161000000}`
	for _, state := range []string{"", `{"a":"link"}`, `{"a":"invite"}`, "{" + linkable + "}", `{"fi":"AbCdE",` + linkable + `}`,
		`{"q":{"i":"abcdef","q":"zh-none x","n":1,"at":"slack:9"},"f":[{}],"ls":[{"i":"none","t":3}],"p":[{"f":"x","t":"y"}],` + linkable + `}`} {
		for _, text := range []string{"aaaa bbbb", "/link AAAA-BBBB", "/link CCCCDDDD", "ccccdddd", "/web", "/unlink", "/invite Ann ABC234", "Ann", "0"} {
			f.Add(state, string(bot.Text), text, "vi", false, false)
			f.Add(state, string(bot.Text), text, "en", true, true)
		}
		for _, data := range []string{"link:x", "link:no", "unlink:x", "prefer:last", "prefer:telegram", "prefer:x"} {
			f.Add(state, string(bot.Press), data, "zh", true, false)
		}
		f.Add(state, string(bot.Wake), "code:BBBBCCCC", "en", false, false)
		f.Add(state, string(bot.Open), "", "en", false, true)
		f.Add(state, string(bot.Open), "ABC234", "en", false, false)
	}
	for _, text := range []string{"\u0007", "学习", strings.Repeat("x", 200), "A union"} {
		f.Add(`{"a":"unit"}`, string(bot.Text), text, "en", false, false)
	}
	for _, q := range w.dialogs.library.Load().Questions(phrases.EN, "") {
		if !strings.HasPrefix(q.ID, "k-") {
			continue
		}
		for _, round := range []string{`"q":{"i":"abcdef","q":"` + q.ID + ` x","n":0,"h":"` + question.Stamp(q) + `"%s}`,
			`"qc":{"i":"~bcdef","q":"` + q.ID + `","n":0,"l":"door"%s},"qk":true`} {
			for _, draft := range []string{"", `,"a":["listen"]`, `,"a":["a","a","x","x","x","x"]`, `,"a":["` + strings.Join(idsOf(q), `","`) + `"]`} {
				state := "{" + strings.Replace(round, "%s", draft, 1) + "}"
				for _, text := range []string{"b", "1", "1B 2A", "BACD", "60", "don’t know", "done", "start over", "listen; ask", "help"} {
					f.Add(state, string(bot.Text), text, "en", false, false)
				}
				id := idsOf(q)[0]
				for _, data := range []string{id, "+" + id, "-" + id, "0" + id, "1" + id, id + "." + id, "=", "0", "?0", "?1", ""} {
					f.Add(state, string(bot.Press), "a:abcdef.0:"+question.Stamp(q)+":"+data, "en", false, false)
					f.Add(state, string(bot.Press), "a:~bcdef.0:"+question.Stamp(q)+":"+data, "vi", false, false)
				}
			}
		}
	}
	f.Fuzz(func(t *testing.T, state, kind, input, lang string, admin, group bool) {
		ev := bot.Event{Kind: bot.Kind(kind), Channel: "telegram", Chat: "1", Sender: "1", Lang: lang, Group: group}
		switch ev.Kind {
		case bot.Press:
			ev.Data, ev.Query, ev.Message = input, "q", "5"
		case bot.Wake:
			ev = bot.Event{Kind: bot.Wake, Target: bot.Ref{Kind: bot.ConversationRef, ID: "p"}, Timer: input}
		case bot.Text, bot.Join, bot.Open, bot.Gone, bot.Migrate:
			ev.Text = input
		default:
			return
		}
		env := &bot.Env{Now: time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC), Seed: 7, Channel: testChannel, Admin: admin,
			Person: bot.Person{ID: "p", Group: group, Lang: lang, Zone: lang, Away: input,
				Quiet: bot.Quiet{From: len(input)*397%1600 - 50, To: len(state) * 211 % 1500}, Told: []string{input}, Addresses: []bot.Address{{Channel: "telegram", Chat: "1"}}},
			NewID: func(n int) string { return "newid" + strings.Repeat("x", 1+n%5) },
			Web:   "https://learn.example.org/in/TOKEN", Links: map[string]string{"telegram": "https://t.me/x?start=CODE", "slack": "CODE"}}
		// Whom a code leads to has the same state, and nothing else in the store exists.
		env.Provide(bot.Thing{Ref: codeRef("AAAABBBB"), Rev: bot.Rev{N: 1}, Data: []byte(`{"p":"other","u":1800000000000,"c":"ABC234"}`)},
			bot.Thing{Ref: bot.Ref{Kind: bot.PersonRef, ID: "other"}, Rev: bot.Rev{N: 1}, Data: []byte(`{"a":[{"c":"slack","t":"9"}],"d":[480],"c":["ABC234"]}`)},
			bot.Thing{Ref: bot.Ref{Kind: bot.ConversationRef, ID: "other"}, Rev: bot.Rev{N: 1}, Data: []byte(state)})
		if state != "" {
			env.State = []byte(state)
		}
		r := w.dialogs.Step(env, ev)
		for missing := env.Missing(); len(missing) > 0; missing = env.Missing() {
			for _, ref := range missing {
				env.Provide(bot.Thing{Ref: ref})
			}
			r = w.dialogs.Step(env, ev)
		}
		var again conversation
		if err := json.Unmarshal(r.State, &again); err != nil {
			t.Fatalf("the state is not read again: %v", err)
		}
		heard := false
		for _, e := range r.Effects {
			switch x := e.(type) {
			case bot.Send:
				heard = true
				sendable(t, x.Message)
			case bot.Edit:
				heard = true
				sendable(t, x.Message)
				if x.Target == "" && x.Handle == "" {
					t.Error("an edit of nothing")
				}
			case bot.Answer:
				heard = heard || ev.Kind == bot.Press
			}
		}
		if !heard && !group && (ev.Kind == bot.Text || ev.Kind == bot.Press) {
			t.Errorf("no answer to %s %q in %s", kind, input, state)
		}
	})
}

type conversation = state

// idsOf are the options or pairs of a question; at least one.
func idsOf(q *content.Question) []string {
	var ids []string
	for _, o := range q.Options {
		ids = append(ids, o.ID)
	}
	for _, p := range q.Pairs {
		ids = append(ids, p.ID)
	}
	return append(ids, "none")
}
