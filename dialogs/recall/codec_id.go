package recall

import "strings"

func keepable(id string) bool {
	if len(id) == 0 || len(id) > idLength {
		return false
	}
	for i := range len(id) {
		if strings.IndexByte(idLetters, id[i]) < 0 {
			return false
		}
	}
	return true
}

// appendLetters writes up to room letters, three to two bytes. A group that is
// not full ends them; where room is left and the last group is full, an empty
// one does.
func appendLetters(out []byte, letters string, room int) []byte {
	for at := 0; at <= len(letters) && at < room; at += 3 {
		code := 0
		for i := at; i < at+3; i++ {
			code *= letterBase
			if i < len(letters) {
				code += strings.IndexByte(idLetters, letters[i]) + 1
			}
		}
		out = append(out, byte(code>>8), byte(code))
	}
	return out
}

// readLetters reads what appendLetters has written, and how many bytes it took.
func readLetters(raw []byte, room int) (letters string, size int, ok bool) {
	var out []byte
	for len(out) < room {
		if len(raw) < size+2 {
			return "", 0, false
		}
		code := int(raw[size])<<8 | int(raw[size+1])
		size += 2
		group := [3]int{code / letterBase / letterBase, code / letterBase % letterBase, code % letterBase}
		for _, c := range group {
			if c >= letterBase {
				return "", 0, false
			}
			if c == 0 {
				return string(out), size, len(out) <= room
			}
			out = append(out, idLetters[c-1])
		}
	}
	return string(out), size, len(out) <= room
}
