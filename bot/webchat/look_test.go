package webchat_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// TestLook takes pictures of the page for people to look at, into the folder that
// CADREBOT_PICTURES names. Without one it only wants no page to scroll sideways.
func TestLook(t *testing.T) {
	t.Parallel()
	dir := os.Getenv("CADREBOT_PICTURES")
	browser := chromium(t)
	o := open(t)
	var x *tab
	look := func(name string, talk func()) {
		t.Helper()
		talk()
		x.run("document.activeElement.blur()")
		if eval[bool](x, "document.documentElement.scrollWidth > window.innerWidth") {
			t.Errorf("%s scrolls sideways", name)
		}
		if dir == "" {
			return
		}
		x.run("new Promise(function(f){requestAnimationFrame(function(){requestAnimationFrame(f)})})")
		png, err := chromedp.Run(x.ctx, chromedp.CaptureScreenshot())
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, name+".png"), png, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	size := func(width, height int64) {
		_, err := chromedp.Call(x.ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
			Width: width, Height: height, DeviceScaleFactor: 2, Mobile: width < 600})
		if err != nil {
			t.Fatal(err)
		}
		x.run("window.scrollTo(0,1e6)")
	}
	dark := func(on string) {
		_, err := chromedp.Call(x.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: on}}})
		if err != nil {
			t.Fatal(err)
		}
	}
	x = somebody(t, browser, 360, 740).open(o.URL)
	look("01-hello", func() { x.says("每天几分钟") })
	look("02-quiz", func() { x.press("来一道小测"); x.says("跳出工会看工会") })
	look("03-answered", func() { x.press("C"); x.says("应选 B") })
	look("04-lesson", func() { x.say("lesson"); x.says("三场座谈会"); x.run("window.scrollTo(0,1e6)") })
	look("05-lesson-desktop", func() { size(1280, 900) })
	look("06-dark", func() {
		size(360, 740)
		dark("dark")
		x.press("下一页")
		x.says("pressed next")
		x.say("我们单位的工会今年换届，要注意什么？")
		x.says("echo 我们")
	})
	look("07-dark-desktop", func() { size(1280, 800) })
	look("08-file-small", func() { dark("light"); size(320, 568); x.say("file"); x.says("学习记录-2026") })
	look("09-films", func() { size(360, 740); x.say("films"); x.says("职代会怎么开") })
	look("10-long-words", func() {
		size(320, 568)
		x.say("buttons Nguyễn-Thị-Phương-Anh-và-một-từ-rất-dài-không-có-chỗ-ngắt-dòng-nào-cả")
		x.says("evil")
	})
	look("11-vi", func() {
		size(360, 740)
		x.say("lang vi")
		x.until("document.documentElement.lang === 'vi'")
		x.say("Tôi muốn hỏi về bài học hôm nay")
		x.says("echo Tôi muốn")
	})
	look("12-en-menu", func() {
		x.say("lang en")
		x.until("document.documentElement.lang === 'en'")
		x.run("document.querySelector('.menu').open = true")
	})
	look("13-large-text", func() {
		x.run("document.querySelector('.menu').open = false")
		x.say("quiz")
		x.until("document.querySelector('#log > .m:last-child .k')")
		x.run("document.documentElement.style.fontSize='200%';window.scrollTo(0,1e6)")
	})
	look("14-lost", func() {
		x.run("document.documentElement.style.fontSize=''")
		o.cut()
		x.say("this waits for the connection")
		x.until("document.getElementById('state').textContent")
	})
	o.serve()
	x.until("!document.querySelector('.pending')")
	look("15-many", func() { x.say("many line"); x.says("line 5") })
	look("16-nowhere", func() { x.open(o.URL + "/nothing") })
	look("17-enter", func() { x.open(o.URL + "/in/" + o.seal.Token("ABC234", time.Now().Add(time.Hour))) })
	x = somebody(t, browser, 360, 740)
	if _, err := chromedp.Call(x.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	look("18-no-script", func() { x.open(o.URL) })
}
