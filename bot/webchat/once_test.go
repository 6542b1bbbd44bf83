package webchat_test

import (
	"net/url"
	"strings"
	"sync"
	"testing"

	"cadrebot/bot"
)

func TestWhatComesAgainHasItsEffectOnce(t *testing.T) {
	t.Parallel()
	o := open(t)
	v := o.visitor().start()
	form := v.form("/say")
	form.Set("text", "only once")
	var together sync.WaitGroup
	for range 8 { // a browser that lost the answers
		together.Go(func() {
			r, err := v.client.PostForm(o.URL+"/say", form)
			if err != nil {
				t.Error(err)
				return
			}
			r.Body.Close()
		})
	}
	together.Wait()
	until(t, "the answer", func() bool { return strings.Contains(v.get("/").page, "echo only once") })
	if n := strings.Count(v.page, "only once"); n != 2 {
		t.Errorf("said and answered: %d times, want 2\n%s", n, v.page)
	}

	v.press("quiz")
	quiz := v.form("/press")
	quiz.Set("data", "q:A")
	v.post("/press", quiz).shows("您选了 A")
	v.post("/press", quiz) // the button of before
	quiz.Set("data", "q:B")
	v.post("/press", quiz).shows("您选了 B") // another button of before is another press
	for _, data := range []string{"q:E", "/link ABC234", ""} {
		quiz.Set("data", data)
		if v.post("/press", quiz); v.status != 400 {
			t.Errorf("a button that never was, %q: %d", data, v.status)
		}
		v.get("/")
	}
	quiz.Set("data", "q:A")
	for _, message := range []string{"0", "-1", "99", "x", "2"} {
		quiz.Set("message", message)
		if v.post("/press", quiz); v.status != 400 {
			t.Errorf("a button of message %s: %d", message, v.status)
		}
		v.get("/")
	}
}

func TestAPostThatIsTriedAgainAddsNothing(t *testing.T) {
	t.Parallel()
	o := open(t)
	v := o.visitor().start()
	_, chat := v.cookie()
	out := bot.Outgoing{Chat: chat, Message: bot.Message{Text: "tried twice"}, Operation: "web-4711"}
	first := o.chat.Post(t.Context(), out)
	second := o.chat.Post(t.Context(), out)
	if first.Status != bot.Sent || second.Status != bot.Sent || first.Message != second.Message {
		t.Error(first, second)
	}
	if n := strings.Count(v.get("/").page, "tried twice"); n != 1 {
		t.Errorf("it stands there %d times", n)
	}
	// What a browser calls its words is no operation of the bot's.
	form := v.form("/say")
	form.Set("id", "web-4711")
	form.Set("text", "mine")
	v.post("/say", form).shows("mine", "tried twice")
	for _, target := range []string{"999", "x", "-1"} {
		out.Target = target
		if o := o.chat.Post(t.Context(), out); o.Status != bot.Rejected {
			t.Errorf("an edit of %s: %v", target, o)
		}
	}
	own := bot.Outgoing{Chat: chat, Target: "3", Message: bot.Message{Text: "put into one’s mouth"}}
	if o := o.chat.Post(t.Context(), own); o.Status != bot.Rejected {
		t.Errorf("an edit of what the person said: %v", o)
	}
}

func TestAnswersToPresses(t *testing.T) {
	t.Parallel()
	v := open(t).visitor().start().say("buttons here")
	v.press("toast")
	if !strings.Contains(v.page, `<p id="toast" role="status">已保存</p>`) {
		t.Errorf("no answer in\n%s", v.page)
	}
	if v.get("/"); strings.Contains(v.page, "已保存") {
		t.Error("the answer stays")
	}
	r, err := v.client.Do(scripted(v, "/press", url.Values{"message": {"3"}, "data": {"toast"}, "id": {"fresh"}}))
	if err != nil {
		t.Fatal(err)
	}
	if v.read(r); v.status != 200 || v.page != `{"words":"已保存"}` {
		t.Error(v.status, v.page)
	}
}

func TestWhatIsForgottenIsGone(t *testing.T) {
	t.Parallel()
	v := open(t).visitor().start().say("my secret").say("forget")
	v.shows("forgotten")
	v.hides("my secret", "来一道小测")
	v.say("hello again").shows("echo hello again")
}

func TestALinkWithACode(t *testing.T) {
	t.Parallel()
	v := open(t).visitor()
	v.get("/?start=CLASS-2_a")
	v.post("/open", v.form("/open")).shows("[CLASS-2_a]")
	v.get("/?start=CLASS3") // who is here already has a button for it
	v.post("/open", v.form("/open")).shows("[CLASS3]")
	if v.get("/?start=%3Cb%3E"); strings.Contains(v.page, "<b>") {
		t.Error("a code is no code")
	}
}
