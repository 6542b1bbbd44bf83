package dialogs

import (
	"reflect"
	"strings"
	"testing"

	"cadrebot/dialogs/class"
)

// TestNoTwoPartsOfTheStateShareAKey holds the keys of the flat JSON apart: of two
// that are the same none would be kept.
func TestNoTwoPartsOfTheStateShareAKey(t *testing.T) {
	seen := map[string]string{}
	var walk func(part reflect.Type)
	walk = func(part reflect.Type) {
		for i := range part.NumField() {
			f := part.Field(i)
			if f.Anonymous {
				walk(f.Type)
				continue
			}
			key, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			if other := seen[key]; other != "" || key == "" {
				t.Errorf("%s.%s has the key %q of %s", part, f.Name, key, other)
			}
			seen[key] = part.String() + "." + f.Name
		}
	}
	walk(reflect.TypeFor[state]())
	if len(seen) < 20 {
		t.Errorf("only %d keys were looked at", len(seen))
	}
}

// TestNoTwoConversationsShareARoute joins a conversation a second time.
func TestNoTwoConversationsShareARoute(t *testing.T) {
	all, err := joined()
	if err != nil {
		t.Fatal(err)
	}
	if join(all, class.Routes(), func(t *step) *class.Talk { return &t.class }) == nil {
		t.Error("a second conversation takes the same names")
	}
}
