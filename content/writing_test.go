package content

import (
	"regexp"
	"testing"
)

// dateLike is the one exception from the space between Chinese and digits.
var dateLike = regexp.MustCompile(`(\d+年)?\d+月\d+日`)

func TestFlawsAreSeen(t *testing.T) {
	for _, bad := range []struct {
		lang Lang
		text string
	}{
		{ZH, "方向,思路"}, {ZH, "共3920人"}, {ZH, "方 向"}, {ZH, "好。 再来"}, {ZH, `"好"`},
		{ZH, "好."}, {VI, "đa\u0323o"}, {EN, "two  spaces"},
	} {
		if len(flaws(bad.lang, bad.text)) == 0 {
			t.Errorf("no flaw seen in %q", bad.text)
		}
	}
	for _, good := range []struct {
		lang Lang
		text string
	}{
		{ZH, "11月20日（周五）14:00，约 2 分钟，3,920 人"}, {VI, "đạo"}, {EN, "“Fine.”"},
	} {
		if got := flaws(good.lang, good.text); len(got) > 0 {
			t.Errorf("%q: %v", good.text, got)
		}
	}
}
