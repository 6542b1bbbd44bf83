package redis

import (
	"bytes"
	"cadrebot/bot/redis/embedded"
	"testing"
)

func TestTheSecretIsTheSameForAll(t *testing.T) {
	dir := t.TempDir()
	secret := func() []byte {
		e, err := embedded.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		defer e.Close()
		var keys [][]byte
		for range 2 {
			s, err := New(e.Client(), "org")
			if err != nil {
				t.Fatal(err)
			}
			key, err := s.Secret(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			keys = append(keys, key)
		}
		if len(keys[0]) < 32 || !bytes.Equal(keys[0], keys[1]) {
			t.Errorf("secrets of %d bytes that differ", len(keys[0]))
		}
		return keys[0]
	}
	if before := secret(); !bytes.Equal(before, secret()) {
		t.Error("it is another one after a restart")
	}
}
