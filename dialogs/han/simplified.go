package han

import (
	"strings"
	"sync"
	"unicode"

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

// Simplified replaces traditional characters. 着 and 著 stay two.
func Simplified(s string) string { return converted(converter, s) }

func converted(with func() *opencc.OpenCC, s string) string {
	if !Has(s) {
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

// Regional makes the forms one that regions prefer: 裏 and 裡, 衆 and 眾.
func Regional(s string) string { return converted(variants, s) }

// Is reports whether a character is Chinese.
func Is(r rune) bool { return unicode.Is(unicode.Han, r) }

// Has reports whether a text holds a Chinese character.
func Has(s string) bool { return strings.ContainsFunc(s, Is) }
