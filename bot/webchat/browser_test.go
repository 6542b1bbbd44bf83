package webchat_test

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"cadrebot/bot"
)

// count is how often words stand in the log.
func (x *tab) count(words string) int {
	x.Helper()
	return strings.Count(eval[string](x, "document.getElementById('log').innerText"), words)
}

// same wants the page to show what a reload shows.
func (x *tab) same() {
	x.Helper()
	const shown = `[].slice.call(document.querySelectorAll('#log > *')).map(function(m){return m.outerHTML}).join('\n')`
	x.until("!document.querySelector('.pending') && document.getElementById('typing').hidden")
	before := eval[string](x, shown)
	x.do(chromedp.Reload())
	x.until("document.readyState === 'complete'")
	if after := eval[string](x, shown); before != after {
		x.Fatalf("the page was\n%s\na reload shows\n%s", before, after)
	}
}

func TestInABrowser(t *testing.T) {
	t.Parallel()
	browser, shared := chromium(t), open(t)
	for _, test := range []struct {
		name          string
		do            func(*office, *tab)
		width, height int64
		cut           bool // it cuts its office off, which nobody shares then
	}{
		{"a talk", (*office).talk, 360, 740, false},
		{"a lost connection", (*office).lost, 360, 740, true},
		{"two tabs", (*office).tabs, 1000, 700, true},
		{"a small phone", (*office).phone, 320, 568, false},
		{"the keyboard alone", (*office).keyboard, 1000, 700, false},
		{"what is typed stays", (*office).typed, 360, 740, false},
		{"unread", (*office).unread, 360, 740, false},
		{"forgotten", (*office).forgotten, 360, 740, false},
		{"an open line", (*office).openLine, 360, 740, false},
		{"no cookies", (*office).noCookies, 360, 740, false},
		{"a full store", (*office).fullStore, 360, 740, false},
		{"refused words", (*office).refusedWords, 360, 740, false},
		{"policy", (*office).policy, 360, 740, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			o := shared
			if test.cut {
				o = open(t)
			}
			test.do(o, somebody(t, browser, test.width, test.height))
		})
	}
}

// talk is a lesson, a quiz and words.
func (o *office) talk(x *tab) {
	x.open(o.URL + "/?start=CLASS2")
	x.says("[CLASS2]")
	x.until("location.search === ''")
	x.press("看看课程")
	x.says("三场座谈会")
	x.until("document.querySelector('.pic img').complete && document.querySelector('.pic img').naturalWidth > 0")
	x.press("来一道小测")
	x.says("跳出工会看工会")
	x.press("A")
	x.says("您选了 A，应选 B")
	if x.count("D 把工会工作交给其他部门") != 0 {
		x.Error("the question was not edited in place")
	}
	x.say("谢谢 <b>您</b>")
	x.says("echo 谢谢 <b>您</b>")
	x.say("buttons x")
	x.says("fine")
	x.press("toast")
	x.until("document.getElementById('toast').textContent === '已保存'")
	x.says("pressed toast")
	x.same()
}

// lost cuts the connection while people write and press, and another message
// comes meanwhile.
func (o *office) lost(x *tab) {
	x.open(o.URL)
	x.says("每天几分钟")
	x.press("来一道小测")
	x.says("跳出工会看工会")
	chat := o.chatOf(x)
	o.cut()
	x.say("written without a connection")
	x.press("B")
	x.say("and one more")
	x.until("document.getElementById('state').textContent !== ''")
	if n := eval[int](x, "document.querySelectorAll('.pending').length"); n != 2 {
		x.Errorf("%d messages wait, want 2", n)
	}
	out := o.chat.Post(x.Context(), bot.Outgoing{Chat: chat, Message: bot.Message{Text: "came meanwhile"}, Operation: "meanwhile"})
	if out.Status != bot.Sent {
		x.Fatal(out)
	}
	o.serve()
	x.says("came meanwhile")
	x.says("echo written without a connection")
	x.says("您选了 B")
	x.says("echo and one more")
	x.until("document.getElementById('state').textContent === ''")
	if n := x.count("written without a connection"); n != 2 { // said, answered
		x.Errorf("said %d times", n)
	}
	x.same()
}

// chatOf is the chat of a tab's cookie.
func (o *office) chatOf(x *tab) string {
	x.Helper()
	cookies, err := chromedp.Call(x.ctx, network.GetCookies, network.GetCookiesParams{})
	if err != nil {
		x.Fatal(err)
	}
	for _, c := range cookies.Cookies {
		if c.Name == "chat" {
			chat, _, _ := strings.Cut(c.Value, ".")
			return chat
		}
	}
	x.Fatal("no cookie")
	return ""
}

func (o *office) tabs(x *tab) {
	x.open(o.URL)
	x.says("每天几分钟")
	y := x.second(1000, 700)
	y.open(o.URL)
	y.says("每天几分钟")
	x.say("from the first")
	y.says("echo from the first")
	y.press("来一道小测")
	x.says("跳出工会看工会")
	x.press("D")
	y.says("应选 B")
	o.cut()
	x.say("waits in both")
	y.until("document.querySelector('.pending') && document.querySelector('.pending').innerText.includes('waits in both')")
	o.serve()
	x.says("echo waits in both")
	y.says("echo waits in both")
	if n, m := x.count("waits in both"), y.count("waits in both"); n != 2 || m != 2 {
		x.Errorf("said and answered: %d and %d times", n, m)
	}
	x.same()
	y.same()
}

func (o *office) phone(x *tab) {
	x.open(o.URL)
	x.says("每天几分钟")
	x.say("lesson")
	x.says("三场座谈会")
	x.say("buttons một từ rất dài")
	x.says("evil")
	x.say("file")
	x.says("学习记录")
	const small = `[].slice.call(document.querySelectorAll('button,a.btn,summary,textarea,a.file')).filter(function(b){
		var r=b.getBoundingClientRect();return r.width>0&&(r.height<44||r.width<44)}).map(function(b){return b.outerHTML})`
	if list := eval[[]string](x, small); len(list) > 0 {
		x.Errorf("too small for a thumb: %s", strings.Join(list, "\n"))
	}
	for _, size := range []string{"", "200%"} {
		x.run("document.documentElement.style.fontSize=" + quoted(size))
		if eval[bool](x, "document.documentElement.scrollWidth > window.innerWidth") {
			x.Errorf("the page scrolls sideways at text of %s", size)
		}
		x.run("window.scrollTo(0, 1e6)")
		if !eval[bool](x, `(function(){var r=document.getElementById('say').getBoundingClientRect();return r.bottom<=window.innerHeight+1&&r.top>window.innerHeight/3})()`) {
			x.Errorf("the field is not at hand at text of %s", size)
		}
	}
}

// keyboard gets through a quiz without a pointer.
func (o *office) keyboard(x *tab) {
	x.open(o.URL)
	x.says("每天几分钟")
	focus := func() string {
		return eval[string](x, "document.activeElement.textContent.trim()||document.activeElement.id||document.activeElement.tagName")
	}
	tabTo := func(words string) {
		x.Helper()
		for range 12 {
			if x.next(); focus() == words {
				if eval[string](x, "getComputedStyle(document.activeElement).outlineStyle") == "none" {
					x.Errorf("nobody sees that %q has the focus", words)
				}
				return
			}
		}
		x.Fatalf("Tab never reaches %q", words)
	}
	tabTo("来一道小测")
	x.enter()
	x.says("跳出工会看工会")
	tabTo("C")
	x.enter()
	x.says("应选 B")
	if !eval[bool](x, "document.getElementById('log').contains(document.activeElement)") {
		x.Error("the focus was lost with the edit")
	}
	tabTo("下一题")
	tabTo("text")
	x.typed("first line")
	x.key("Enter", 13, true)
	x.typed("second line")
	if eval[string](x, "document.getElementById('text').value") != "first line\nsecond line" {
		x.Error("Shift+Enter breaks no line")
	}
	x.enter()
	x.says("echo first line")
	if eval[string](x, "document.getElementById('text').value") != "" || focus() != "text" {
		x.Error("the field is not ready for more")
	}
	// Enter that chooses among characters sends nothing.
	if _, err := chromedp.Call(x.ctx, input.ImeSetComposition, input.ImeSetCompositionParams{Text: "ni hao"}); err != nil {
		x.Fatal(err)
	}
	for _, typ := range []input.DispatchKeyEventType{input.DispatchKeyEventTypeRawKeyDown, input.DispatchKeyEventTypeKeyUp} {
		if _, err := chromedp.Call(x.ctx, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: typ, Key: "Enter", Code: "Enter", WindowsVirtualKeyCode: 229}); err != nil {
			x.Fatal(err)
		}
	}
	x.typed("你好")
	if x.enter(); x.count("ni hao") != 0 {
		x.Error("half a word was sent")
	}
	x.says("echo 你好")
}

// typed reloads with a draft and with words that were not sent.
func (o *office) typed(x *tab) {
	x.open(o.URL)
	x.says("每天几分钟")
	x.do(chromedp.Focus(chromedp.ID("text")))
	x.typed("a thought that is not")
	x.do(chromedp.Reload())
	x.until("document.getElementById('text').value === 'a thought that is not'")
	x.do(chromedp.Focus(chromedp.ID("text")))
	x.typed(" finished")
	// What was on its way when the browser crashed is sent by the next page.
	x.run(`(function(){var f=window.fetch;window.fetch=function(){return new Promise(function(){})}})()`)
	x.enter()
	x.until("document.querySelector('.pending')")
	x.do(chromedp.Reload())
	x.until("document.querySelector('.pending') || document.querySelector('[data-say]')")
	x.says("echo ")
	if n := x.count("finished"); n != 2 {
		x.Errorf("said and answered: %d times", n)
	}
	if v := eval[string](x, "document.getElementById('text').value"); v != "" {
		x.Errorf("the field still says %q", v)
	}
	x.same()
}

// unread counts what comes while nobody looks.
func (o *office) unread(x *tab) {
	x.open(o.URL)
	x.says("每天几分钟")
	chat := o.chatOf(x)
	x.run(`Object.defineProperty(document,'hidden',{configurable:true,get:function(){return window.away}});window.away=true`)
	for _, words := range []string{"one", "two"} {
		o.chat.Post(x.Context(), bot.Outgoing{Chat: chat, Message: bot.Message{Text: words}, Operation: words})
		x.says(words)
	}
	x.until("document.title.indexOf('(2) ') === 0 && document.querySelectorAll('.new').length === 1")
	x.run(`window.away=false;document.dispatchEvent(new Event('visibilitychange'))`)
	x.until("document.title.indexOf('(') < 0")
	x.say("seen")
	x.until("!document.querySelector('.new')")
	// Who reads above is not torn away.
	x.say("many line")
	x.says("line 5")
	x.say("lesson")
	x.says("三场座谈会")
	x.run("window.scrollTo(0,0)")
	o.chat.Post(x.Context(), bot.Outgoing{Chat: chat, Message: bot.Message{Text: "below"}, Operation: "below"})
	x.until("!document.getElementById('down').hidden")
	if eval[float64](x, "window.pageYOffset") != 0 {
		x.Error("the page jumped")
	}
	x.do(chromedp.Click(chromedp.ID("down")))
	x.until("document.getElementById('down').hidden && document.documentElement.scrollHeight-window.innerHeight-window.pageYOffset < 2")
}

func (o *office) forgotten(x *tab) {
	x.open(o.URL)
	x.says("每天几分钟")
	x.say("a secret of mine")
	x.says("echo a secret")
	x.say("forget")
	x.says("forgotten")
	x.until("document.body.innerHTML.indexOf('a secret') < 0")
	x.do(chromedp.Focus(chromedp.ID("text")))
	x.typed("draft to leave")
	x.run("document.querySelector('.menu').open=true;document.querySelector('#out button').click()")
	x.until("document.body.className === 'note'")
	if left := eval[string](x, "JSON.stringify(localStorage)"); strings.Contains(left, "draft") {
		x.Errorf("the browser keeps %s", left)
	}
}

// policy has the browser itself refuse what does not belong on the page.
func (o *office) policy(x *tab) {
	x.open(o.URL)
	x.says("每天几分钟")
	x.run(`window.broken=[];document.addEventListener('securitypolicyviolation',function(e){window.broken.push(e.violatedDirective)})`)
	x.say("lesson")
	x.says("三场座谈会")
	x.say("buttons <img src=x onerror=alert(1)>")
	x.says("onerror")
	x.until("document.querySelector('.pic img').naturalWidth > 0")
	if n := eval[int](x, "window.broken.length"); n != 0 {
		x.Errorf("the page breaks its own policy %d times", n)
	}
	x.run(`var s=document.createElement('script');s.textContent='window.evil=1';document.body.appendChild(s)`)
	x.until("window.broken.length > 0 && !window.evil")
}
