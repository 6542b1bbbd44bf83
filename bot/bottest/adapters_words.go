package bottest

import (
	"fmt"
	"slices"
	"strings"

	"cadrebot/bot"
)

// words that platforms would like to make something else of.
var trickyWords = []string{
	"你好，工会！“跳出工会看工会”是什么意思？",
	"Đoàn viên và người lao động được bảo vệ quyền lợi hợp pháp.",
	"Ünïcödé ﷽ עברית العربية हिन्दी ไทย 한국어 日本語",
	"👍🏽 👩‍👩‍👧‍👦 🇻🇳 é é 𝔘𝔫𝔦 ☕️",
	"<b>bold</b> & <script>alert(1)</script> &lt; &amp; &#39;",
	"*stars* _lines_ ~waves~ `ticks` ```code``` > quoted [link](http://example.org) \\ back",
	"<!channel> <@U12345> <#C12345|general> @everyone @cadre #tag :smile:",
	"a/b //c http://example.org/?a=1&b=2#c mail@example.org",
	"“quotes” 'single' \"double\" `back` {braces} $money %s %d 100%",
	"1.5",
}

func wordsAsTheyAre(a *adapterTest) {
	anna := a.meet("anna", "en")
	for _, text := range trickyWords {
		anna.says(text)
		a.equal("heard", a.dialog.event(text).Text, text)
	}
	lines := "First line\nsecond line\n\n- a list\n- of two"
	if !a.rig.OneLine {
		anna.says(lines)
	}
	a.dialog.teach("lines", bot.Message{Head: "A head <b>", Text: lines})
	anna.Type("lines")
	anna.sees("A head <b>\n" + lines)
}

func knownWriters(a *adapterTest) {
	for name, lang := range map[string]string{"anna": "vi", "陈红": "zh"} {
		a.meet(name, lang)
		ev := a.dialog.event("I am " + name)
		if !a.rig.Nameless && ev.Name != name {
			a.Errorf("%s is called %q", name, ev.Name)
		}
		if !strings.HasPrefix(ev.Lang, lang) {
			a.Errorf("%s speaks %q, want %s", name, ev.Lang, lang)
		}
		if ev.Sender == "" || ev.Chat == "" || ev.Group || ev.Channel != a.channel.Name || ev.Seen.IsZero() {
			a.Errorf("%+v", ev)
		}
		if a.rig.Alone {
			return
		}
	}
}

func longTexts(a *adapterTest) {
	var b strings.Builder
	for i := range 400 {
		fmt.Fprintf(&b, "%d. 工会代表职工的利益，依法维护职工的合法权益。Unions <speak> & act for their members 👍.\n", i)
		if i%9 == 8 {
			b.WriteString("\n")
		}
	}
	m := bot.Message{Head: "A long one", Text: b.String(), Buttons: [][]bot.Button{{{Label: "I have read it", Data: "read"}}}}
	a.dialog.teach("long", m)
	anna := a.meet("anna", "en")
	anna.Type("long")
	var parts []Seen
	a.sight("anna", anna.See, "all of it", func(all []Seen) bool {
		parts = all[1+slices.IndexFunc(all, func(m Seen) bool { return m.Text == "Hello anna" }):]
		n := 0
		for _, p := range parts {
			n += len(squeezed(p.Text))
		}
		return n >= len(squeezed(m.Plain()))
	})
	var whole strings.Builder
	for i, p := range parts {
		whole.WriteString(p.Text)
		if i < len(parts)-1 && len(p.Buttons) > 0 {
			a.Errorf("part %d of %d has buttons", i+1, len(parts))
		}
	}
	if got := squeezed(whole.String()); !strings.HasPrefix(got, squeezed(m.Plain())) {
		a.Errorf("of %d bytes these arrived, or in another order: %d", len(squeezed(m.Plain())), len(got))
	}
	anna.Press("I have read it")
	anna.sees("Pressed read")
}

func orderOfMessages(a *adapterTest) {
	anna := a.meet("anna", "en")
	anna.Type("series 12")
	anna.sees("Still 1")
	want := 12
	for _, m := range anna.See() {
		if !strings.HasPrefix(m.Text, "Still ") {
			continue
		}
		a.equal("the next message", m.Text, fmt.Sprint("Still ", want))
		want--
	}
	for i := range 5 {
		anna.Type(fmt.Sprint("and ", i))
	}
	anna.sees("and 4")
	h := anna.settled()
	a.equal("heard in order", h.Texts[len(h.Texts)-5:], []string{"and 0", "and 1", "and 2", "and 3", "and 4"})
}
