package webchat

import (
	"strconv"
	"strings"
)

// cursor is how far a page was read: the page's birth and its change. A page
// that was forgotten is born again.
type cursor struct {
	birth  string
	change int64
}

func (c cursor) String() string {
	if c.birth == "" {
		return ""
	}
	return c.birth + "." + strconv.FormatInt(c.change, 10)
}

// parseCursor reads what a browser says; what it can't read is the beginning.
func parseCursor(s string) cursor {
	birth, change, _ := strings.Cut(s, ".")
	n, err := strconv.ParseInt(change, 10, 64)
	if err != nil || n < 0 || birth == "" || len(birth) > 32 {
		return cursor{}
	}
	return cursor{birth, n}
}
