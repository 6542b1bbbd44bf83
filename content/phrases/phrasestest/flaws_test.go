package phrasestest

import (
	"testing"
)

func TestFlawsAreSeen(t *testing.T) {
	for _, bad := range []struct {
		lang string
		text string
	}{
		{"zh", "方向,思路"}, {"zh", "共3920人"}, {"zh", "方 向"}, {"zh", "好。 再来"}, {"zh", `"好"`},
		{"zh", "好."}, {"vi", "đa\u0323o"}, {"en", "two  spaces"},
	} {
		if len(Flaws(bad.lang, bad.text)) == 0 {
			t.Errorf("no flaw seen in %q", bad.text)
		}
	}
	for _, good := range []struct {
		lang string
		text string
	}{
		{"zh", "11月20日（周五）14:00，约 2 分钟，3,920 人"}, {"vi", "đạo"}, {"en", "“Fine.”"},
	} {
		if got := Flaws(good.lang, good.text); len(got) > 0 {
			t.Errorf("%q: %v", good.text, got)
		}
	}
}
