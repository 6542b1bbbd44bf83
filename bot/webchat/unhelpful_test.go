package webchat_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// A proxy may call the server by a name of its own, and browsers before 2023 say
// nothing of a request's site but its origin.
func TestAFormThroughAProxyThatRenames(t *testing.T) {
	t.Parallel()
	o := open(t)
	v := o.visitor().start()
	form := v.form("/out")
	r, _ := http.NewRequest(http.MethodPost, o.URL+"/out", strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", "http://127.0.0.1:8080") // the page's own, as it was set up
	answer, err := v.client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	if answer.Body.Close(); answer.StatusCode != http.StatusOK {
		t.Errorf("%d", answer.StatusCode)
	}
}

// openLine goes by a name without TLS, where a browser sends no Sec-Fetch-Site:
// the forms that need no script must work all the same.
func (o *office) openLine(x *tab) {
	_, port, _ := strings.Cut(o.addr, ":")
	at := "http://" + anyName + ":" + port
	x.open(at + "/in/" + o.seal.Token("ABC234", time.Now().Add(time.Hour)))
	x.run("document.querySelector('.go').click()")
	x.until("document.getElementById('log') && document.getElementById('log').innerText.includes('echo /link ABC234')")
	x.run("document.querySelector('.menu').open=true;document.querySelector('#out button').click()")
	x.until("document.body.className === 'note'")
	if page := eval[string](x, "document.body.innerText"); !strings.Contains(page, "You are signed out") {
		x.Errorf("signing out says\n%s", page)
	}
}

// noCookies has a browser that keeps none: it is told, and does not load the
// page for ever.
func (o *office) noCookies(x *tab) {
	var loads atomic.Int64
	chat := o.chat.Handler(o.engine)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Header.Del("Cookie")
		if r.URL.Path == "/" {
			loads.Add(1)
		}
		chat.ServeHTTP(w, r)
	}))
	defer s.Close()
	x.open(s.URL)
	x.until("document.getElementById('toast').textContent !== ''")
	if n := loads.Load(); n > 2 {
		x.Errorf("the page was loaded %d times", n)
	}
	x.open("about:blank")
}

// fullStore has a browser whose memory takes nothing more, as in a private
// window of some.
func (o *office) fullStore(x *tab) {
	x.open(o.URL)
	x.says("每天几分钟")
	x.run(`(function(){for(var s='x'.repeat(1<<20),i=0;s;i++){try{localStorage.setItem('full'+i,s)}catch(e){s=s.slice(0,s.length>>1)}}})()`)
	x.say("into a full store")
	x.says("echo into a full store")
	x.press("来一道小测")
	x.says("跳出工会看工会")
}

// refusedWords has words come back that were not taken, while the next ones are
// being written.
func (o *office) refusedWords(x *tab) {
	x.open(o.URL)
	x.says("每天几分钟")
	x.run(`window.fetch=function(){return new Promise(function(done){window.refuse=function(){done(new Response('{"words":"no"}',{status:400}))}})}`)
	x.say("the first thought")
	x.do(chromedp.Focus(chromedp.ID("text")))
	x.typed("the second one")
	x.run("window.refuse()")
	x.until("document.getElementById('toast').textContent === 'no'")
	if s := eval[string](x, "document.getElementById('text').value"); s != "the first thought\nthe second one" {
		x.Errorf("the field says %q", s)
	}
}
