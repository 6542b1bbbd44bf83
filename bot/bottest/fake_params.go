package bottest

import (
	"bytes"
	"encoding/json"
	"io"
	"strconv"
	"strings"
)

// MaxBody bounds a call, files included.
const MaxBody = 51 << 20

// FlexInt is a number that may come as a string; anything else counts as 0,
// which names no chat and no message.
type FlexInt int64

// UnmarshalJSON never fails.
func (n *FlexInt) UnmarshalJSON(raw []byte) error {
	*n = ParseInt(strings.Trim(string(raw), `"`))
	return nil
}

// ParseInt reads a number; 0 where there is none.
func ParseInt(s string) FlexInt {
	v, _ := strconv.ParseInt(s, 10, 64)
	return FlexInt(v)
}

// FlexBool is a truth that may come as a string; anything else counts as false.
type FlexBool bool

// UnmarshalJSON never fails.
func (f *FlexBool) UnmarshalJSON(raw []byte) error {
	*f = ParseBool(strings.Trim(string(raw), `"`))
	return nil
}

// ParseBool reads a truth; false where there is none.
func ParseBool(s string) FlexBool {
	v, _ := strconv.ParseBool(strings.ToLower(s))
	return FlexBool(v)
}

// ReadAll reads a body whose length is announced, or is not (-1).
func ReadAll(r io.Reader, length int64) ([]byte, error) {
	if length < 0 || length > MaxBody {
		return io.ReadAll(r)
	}
	raw := make([]byte, length)
	_, err := io.ReadFull(r, raw)
	return raw, err
}

// Decode reads a structure, which a client may also send as a string of JSON.
// An absent one leaves into as it is.
func Decode(raw json.RawMessage, into any) error {
	raw = bytes.TrimSpace(raw)
	if len(raw) > 0 && raw[0] == '"' {
		var text string
		if err := json.Unmarshal(raw, &text); err != nil {
			return err
		}
		raw = []byte(text)
	}
	if len(raw) == 0 || string(raw) == "null" {
		return nil
	}
	return json.Unmarshal(raw, into)
}
