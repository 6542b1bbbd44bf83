package office

import "testing"

func TestWhatIsTypedIsCountedAndPutOnOneLine(t *testing.T) {
	for text, want := range map[string]int{"": 0, "ab": 2, "工会": 2, "😀": 2, "đạo": 3} {
		if got := units(text); got != want {
			t.Errorf("%q counts %d, want %d", text, got, want)
		}
	}
	for text, want := range map[string]string{" Trường  Sơn\n số 2 ": "Trường Sơn số 2", "工会\u200b\u202e办公室": "工会 办公室", "\t": ""} {
		if got := oneLine(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
