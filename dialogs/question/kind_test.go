package question

import (
	"testing"

	"cadrebot/content"
)

// TestEveryKindIsAsked holds the table to what authors may write.
func TestEveryKindIsAsked(t *testing.T) {
	for _, kind := range content.Kinds {
		if kinds[kind] == nil {
			t.Errorf("nobody asks questions of the kind %s", kind)
		}
	}
}
