package webchat_test

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// A proxy may call the server by a name of its own, and browsers before 2023 say
// nothing of a request's site but its origin.
func TestAFormThroughAProxyThatRenames(t *testing.T) {
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
