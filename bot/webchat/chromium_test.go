package webchat_test

import (
	"context"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// anyName is a name of this machine that browsers trust no more than any other.
const anyName = "office.test"

// chromium starts a browser of the test's own, or says loudly that there is none.
// With -short it skips the test.
func chromium(t testing.TB) context.Context {
	t.Helper()
	if testing.Short() {
		t.Skip("a real browser: not with -short")
	}
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		t.Skip("MISSING: chromium is not on the PATH; install it (apt-get install chromium) to run the tests in a browser")
	}
	dir, err := os.MkdirTemp("", "webchat")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { // what is left of the browser may write for a moment still
		for range 100 {
			if os.RemoveAll(dir) == nil {
				return
			}
			time.Sleep(50 * time.Millisecond)
		}
	})
	opts := []chromedp.ExecAllocatorOption{chromedp.ExecPath(path), chromedp.UserDataDir(dir), chromedp.WSURLReadTimeout(time.Minute)}
	for _, flag := range []string{"headless", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "no-default-browser-check",
		"disable-background-networking", "disable-component-update", "disable-sync", "disable-dev-shm-usage", "hide-scrollbars", "mute-audio"} {
		opts = append(opts, chromedp.Flag(flag, true))
	}
	opts = append(opts, chromedp.Flag("host-resolver-rules", "MAP "+anyName+" 127.0.0.1"))
	ctx, cancel := context.WithTimeout(context.Background(), 4*time.Minute)
	t.Cleanup(cancel)
	ctx, stop := chromedp.NewExecAllocator(ctx, opts...)
	t.Cleanup(stop)
	ctx, quit := chromedp.NewContext(ctx)
	t.Cleanup(quit)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("start chromium: %v", err)
	}
	return ctx
}

// tab is one page in a browser.
type tab struct {
	testing.TB
	ctx context.Context

	mu    sync.Mutex
	wrong []string
}

// somebody opens a tab in a browser that has no cookies yet.
func somebody(t testing.TB, browser context.Context, width, height int64) *tab {
	t.Helper()
	return newTab(t, browser, width, height, chromedp.WithNewBrowserContext())
}

// second opens one more tab of the same browser.
func (x *tab) second(width, height int64) *tab {
	x.Helper()
	return newTab(x, x.ctx, width, height)
}

func newTab(t testing.TB, parent context.Context, width, height int64, opts ...chromedp.ContextOption) *tab {
	t.Helper()
	ctx, stop := chromedp.NewContext(parent, opts...)
	t.Cleanup(stop)
	x := &tab{TB: t, ctx: ctx}
	err := chromedp.Listen(ctx, func(ev any) {
		if e, ok := ev.(*runtime.EventExceptionThrown); ok {
			x.mu.Lock()
			defer x.mu.Unlock()
			x.wrong = append(x.wrong, e.ExceptionDetails.Text)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
		Width: width, Height: height, DeviceScaleFactor: 2, Mobile: width < 600}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		x.mu.Lock()
		defer x.mu.Unlock()
		if len(x.wrong) > 0 {
			t.Errorf("the script failed: %s", strings.Join(x.wrong, "\n"))
		}
	})
	return x
}

func (x *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	x.Helper()
	if err := chromedp.Do(x.ctx, steps...); err != nil {
		x.Fatal(err)
	}
}

func (x *tab) open(address string) *tab {
	x.Helper()
	x.do(chromedp.Navigate(address))
	return x
}

// eval runs a bit of script in the page.
func eval[T any](x *tab, script string) T {
	x.Helper()
	v, err := chromedp.Run(x.ctx, chromedp.Evaluate[T](script))
	if err != nil {
		x.Fatalf("%s: %v", script, err)
	}
	return v
}

func (x *tab) run(script string) {
	x.Helper()
	eval[chromedp.Void](x, script)
}

// until waits for a bit of script to be true.
func (x *tab) until(script string) {
	x.Helper()
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		so, err := chromedp.Run(x.ctx, chromedp.Evaluate[bool]("!!("+script+")"))
		if err == nil && so {
			return
		}
		if time.Now().After(end) || x.ctx.Err() != nil {
			page, _ := chromedp.Run(x.ctx, chromedp.Evaluate[string]("document.body.innerText"))
			x.Fatalf("waited in vain for %s (%v); the page says:\n%s", script, err, page)
		}
	}
}

func quoted(s string) string { return strconv.Quote(s) }

// says waits for words in the log.
func (x *tab) says(words string) {
	x.Helper()
	x.until("document.getElementById('log').innerText.includes(" + quoted(words) + ")")
}

// typed puts words where the focus is.
func (x *tab) typed(words string) {
	x.Helper()
	if _, err := chromedp.Call(x.ctx, input.InsertText, input.InsertTextParams{Text: words}); err != nil {
		x.Fatal(err)
	}
}

// key presses a key as a keyboard does; shift holds the other one down.
func (x *tab) key(name string, code int64, shift bool) {
	x.Helper()
	p := input.DispatchKeyEventParams{Key: name, Code: name, WindowsVirtualKeyCode: code, NativeVirtualKeyCode: code}
	if shift {
		p.Modifiers = 8
	}
	p.Type = input.DispatchKeyEventTypeRawKeyDown
	if name == "Enter" {
		p.Type, p.Text = input.DispatchKeyEventTypeKeyDown, "\r"
	}
	if _, err := chromedp.Call(x.ctx, input.DispatchKeyEvent, p); err != nil {
		x.Fatal(err)
	}
	p.Type, p.Text = input.DispatchKeyEventTypeKeyUp, ""
	if _, err := chromedp.Call(x.ctx, input.DispatchKeyEvent, p); err != nil {
		x.Fatal(err)
	}
}

func (x *tab) enter() { x.Helper(); x.key("Enter", 13, false) }
func (x *tab) next()  { x.Helper(); x.key("Tab", 9, false) }

// say types words and sends them with Enter.
func (x *tab) say(words string) {
	x.Helper()
	x.do(chromedp.Focus(chromedp.ID("text")))
	x.typed(words)
	x.enter()
}

// press presses the newest button with these words.
func (x *tab) press(label string) {
	x.Helper()
	x.until(`(function(){var b=[].slice.call(document.querySelectorAll('.k .btn')).filter(function(b){return b.textContent===` + quoted(label) + `}).pop();if(!b)return false;b.click();return true})()`)
}
