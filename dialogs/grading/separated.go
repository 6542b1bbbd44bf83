package grading

import (
	"bytes"
	"unicode"

	"cadrebot/dialogs/han"
)

// separated drops punctuation, which nobody is asked for, and reads the
// numbers, in which it has a meaning. Signs that change a meaning stay: % ‰ < >
// + = and the like, a colon, slash or dash between digits, the sign of a
// negative number.
func separated(lang, s string) string {
	in := []rune(s)
	out := make([]byte, 0, len(s))
	for i := 0; i < len(in); {
		if n := numberLength(in, i); n > 0 {
			if i > 0 && latin(in[i-1]) {
				out = append(out, ' ') // GB50016
			}
			if i > 0 && in[i-1] == ':' {
				out = append(out, string(in[i:i+n])...) // 15:05
			} else {
				out = append(out, number(lang, in[i:i+n])...)
			}
			if i+n < len(in) && latin(in[i+n]) {
				out = append(out, ' ') // 3h
			}
			i += n
			continue
		}
		kept := sign(in, i, in[i])
		i++
		if between(in, i-1, kept) {
			out = bytes.TrimRight(out, " ")
			for i < len(in) && in[i] == ' ' {
				i++
			}
		}
		out = append(out, kept...)
	}
	return string(out)
}

func latin(r rune) bool { return unicode.IsLetter(r) && !han.Is(r) }

// between reports whether a sign that is kept binds two numbers: 3 - 5.
func between(in []rune, i int, kept string) bool {
	return (kept == "-" || kept == "/" || kept == ":") && numeral(neighbour(in, i, -1))
}

// sign is what becomes of one rune outside a number.
func sign(in []rune, i int, r rune) string {
	before, after := neighbour(in, i, -1), neighbour(in, i, +1)
	switch r {
	case '-':
		switch {
		case numeral(before) && numeral(after), len(in) == 2 && i == 1 && latin(in[0]): // A-
			return "-"
		case digit(after) && (i == 0 || in[i-1] == ' ') && i+1 < len(in) && in[i+1] != ' ':
			return "-"
		}
		return " "
	case '/', ':':
		if numeral(before) && numeral(after) {
			return string(r)
		}
		return " "
	case '.':
		if i > 0 && latin(in[i-1]) && (i == 1 || !latin(in[i-2])) && i+1 < len(in) && latin(in[i+1]) {
			return "" // I.L.O.
		}
		return " "
	case '\'':
		if i > 0 && i+1 < len(in) && unicode.IsLetter(in[i-1]) && unicode.IsLetter(in[i+1]) {
			return "'"
		}
		return " "
	case '·', '・', '•':
		if numeral(before) && numeral(after) && !digit(before) {
			return "" // 五·一, 一二·九
		}
		return " "
	case '&':
		return " & "
	case '%', '‰', '#', '@', '°', '§', point, anything:
		return string(r)
	}
	if unicode.IsPunct(r) || unicode.Is(unicode.So, r) || unicode.Is(unicode.Sk, r) {
		return " "
	}
	return string(r)
}

// neighbour is the next rune in a direction that is not a space.
func neighbour(in []rune, i, step int) rune {
	for i += step; i >= 0 && i < len(in); i += step {
		if in[i] != ' ' {
			return in[i]
		}
	}
	return 0
}

// numeral reports whether a rune is a digit, Arabic or Chinese.
func numeral(r rune) bool { return digit(r) || han.Digit(r) }
