package grading

import (
	"sync"

	"github.com/longbridgeapp/opencc"
)

// converter knows the simplified form of traditional characters and of the
// phrases in which it differs (乾坤 stays, 乾杯 is 干杯). It is embedded in its
// module, and loaded at the first Chinese answer: 2 ms and 0.4 MiB.
//
// The other way, from simplified to traditional, would also tell 皇后 from 皇後,
// but its phrases take 37 ms and 8 MiB. So a traditional answer is read as a
// reader of simplified characters reads it.
var converter = sync.OnceValue(func() *opencc.OpenCC {
	c, err := opencc.New("t2s")
	if err != nil {
		return nil // the module would lack its own dictionary; its tests hold that it does not
	}
	return c
})

// variants makes the forms one that regions prefer (裏 and 裡, 衆 and 眾).
var variants = sync.OnceValue(func() *opencc.OpenCC {
	c, err := opencc.New("t2tw")
	if err != nil {
		return nil
	}
	return c
})

// simplified replaces traditional characters. 着 and 著 stay two.
func simplified(s string) string { return converted(converter, s) }

func converted(with func() *opencc.OpenCC, s string) string {
	if !hasHan(s) {
		return s
	}
	c := with()
	if c == nil {
		return s
	}
	out, err := c.Convert(s)
	if err != nil {
		return s
	}
	return out
}

// overMerged reports whether two texts in traditional characters are one only
// because two characters have one simplified form: 發展 and 髮展.
func overMerged(a, b string) bool {
	x, y := []rune(converted(variants, letters(a))), []rune(converted(variants, letters(b)))
	if len(x) != len(y) {
		return false
	}
	for i := range x {
		if x[i] != y[i] && han(x[i]) && han(y[i]) && traditional(x[i]) && traditional(y[i]) {
			return true
		}
	}
	return false
}

func traditional(r rune) bool { return simplified(string(r)) != string(r) }
