package han

import "testing"

func TestNumbers(t *testing.T) {
	for text, want := range map[string]string{
		"一百二十":      "120",
		"一九二五年":     "1925年",
		"十万":        "100000",
		"百分之八十五":    "85%",
		"二分之一":      "1/2",
		"三点五":       "3" + string(Point) + "5",
		"三点十分":      "3点10分",
		"两三天":       "两三天", // a few
		"万一":        "万一",
		"廿五":        "25",
		"no number": "no number",
	} {
		if got := Numbers(text); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func TestValue(t *testing.T) {
	for text, want := range map[string]int{"二十三": 23, "二〇二六": 2026, "十": 10, "两": 2, "零五": 5, "廿五": 25} {
		runes := []rune(text)
		if n := Digits(runes); n != len(runes) {
			t.Errorf("%s: %d characters of a numeral", text, n)
		}
		if got, ok := Value(runes); !ok || got != want {
			t.Errorf("%s: %d, %v, want %d", text, got, ok, want)
		}
	}
	for _, text := range []string{"两三", "七八"} {
		if got, ok := Value([]rune(text)); ok {
			t.Errorf("%s is %d", text, got)
		}
	}
	if n := Digits([]rune("八点")); n != 1 {
		t.Errorf("八点 begins with a numeral of %d characters", n)
	}
}

func TestSimplified(t *testing.T) {
	for text, want := range map[string]string{"集體協商": "集体协商", "下週二晚上八點": "下周二晚上八点", "乾坤": "乾坤", "plain": "plain"} {
		if got := Simplified(text); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
	if !Has("a工b") || Has("ab") || !Is('工') || Is('a') || !Digit('五') || Digit('十') {
		t.Error("characters are not told apart")
	}
}
