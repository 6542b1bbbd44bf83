package webchat_test

import (
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// visitor is a browser without script.
type visitor struct {
	*office
	client *http.Client
	page   string
	status int
	header http.Header
}

func (o *office) visitor() *visitor { return &visitor{office: o, client: browser()} }

// get loads a page.
func (v *visitor) get(path string) *visitor {
	v.Helper()
	r, err := v.client.Get(v.URL + path)
	if err != nil {
		v.Fatal(err)
	}
	v.read(r)
	return v
}

func (v *visitor) read(r *http.Response) {
	v.Helper()
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		v.Fatal(err)
	}
	v.page, v.status, v.header = string(body), r.StatusCode, r.Header
}

// post sends a form and follows to the page that answers.
func (v *visitor) post(path string, form url.Values) *visitor {
	v.Helper()
	r, err := v.client.PostForm(v.URL+path, form)
	if err != nil {
		v.Fatal(err)
	}
	v.read(r)
	if v.status == http.StatusSeeOther {
		to, _, _ := strings.Cut(v.header.Get("Location"), "#")
		return v.get(to)
	}
	return v
}

var hidden = regexp.MustCompile(`<input type="hidden" name="([a-z]+)" value="([^"]*)">`)

// form is what the form with this action holds, the last one where there are many.
func (v *visitor) form(action string) url.Values {
	v.Helper()
	at := strings.LastIndex(v.page, `action="`+action+`"`)
	if at < 0 {
		v.Fatalf("no form for %s in\n%s", action, v.page)
	}
	body, _, _ := strings.Cut(v.page[at:], "</form>")
	form := url.Values{}
	for _, m := range hidden.FindAllStringSubmatch(body, -1) {
		form.Set(m[1], m[2])
	}
	return form
}

// say types words and sends them.
func (v *visitor) say(text string) *visitor {
	v.Helper()
	form := v.form("/say")
	form.Set("text", text)
	return v.post("/say", form)
}

// press presses a button of the newest message that has any.
func (v *visitor) press(data string) *visitor {
	v.Helper()
	form := v.form("/press")
	form.Set("data", data)
	return v.post("/press", form)
}

// start presses the button of an empty page.
func (v *visitor) start() *visitor {
	v.Helper()
	v.get("/")
	return v.post("/open", v.form("/open"))
}

var tags = regexp.MustCompile(`<[^>]*>`)

// shows wants the page to hold words, tags aside.
func (v *visitor) shows(words ...string) {
	v.Helper()
	plain := tags.ReplaceAllString(v.page, "")
	for _, w := range words {
		if !strings.Contains(plain, w) {
			v.Fatalf("the page does not say %q:\n%s", w, plain)
		}
	}
}

func (v *visitor) hides(words ...string) {
	v.Helper()
	for _, w := range words {
		if strings.Contains(v.page, w) {
			v.Fatalf("the page says %q:\n%s", w, v.page)
		}
	}
}

func TestATalkWithoutScript(t *testing.T) {
	t.Parallel()
	v := open(t).visitor()
	v.get("/").shows("工会学习助手", "开始")
	v.start().shows("每天几分钟", "来一道小测")
	v.press("quiz").shows("跳出工会看工会")
	v.press("q:A").shows("您选了 A，应选 B")
	v.hides("A 多参加工会以外的活动")
	v.say("你好 <b>").shows("你好 &lt;b&gt;", "echo 你好")
	v.press("quiz").shows("跳出工会看工会", "您选了 A，应选 B")
	v.say("lesson").shows("工会是什么")
	if !strings.Contains(v.page, `src="/asset/zh/media/eight.png" alt="四项职能示意图" width="`) {
		t.Error("no picture")
	}
	v.get("/asset/zh/media/eight.png")
	if v.status != 200 || v.header.Get("Content-Type") != "image/png" {
		t.Error(v.status, v.header)
	}
}

// scripted is a request as the script makes it.
func scripted(v *visitor, path string, form url.Values) *http.Request {
	v.Helper()
	form.Set("form", v.form("/say").Get("form"))
	r, err := http.NewRequest(http.MethodPost, v.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		v.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Accept", "application/json")
	return r
}
