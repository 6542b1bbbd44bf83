package bottest

import "testing"

func TestMemory(t *testing.T) {
	Stores(t, func(*testing.T) Store { return NewMemory() })
}
