package crashtest

import (
	"math/rand/v2"
	"slices"
	"strings"
)

// reply is how a reader means to answer a question: what they press and type,
// one after the other, and what is to become of it.
type reply struct {
	inputs []input
	given  string // as it is recorded
	credit string
	value  string // as it counts for the class
}

// input is the last part of a button's data, or words.
type input struct{ press, words string }

func presses(list ...string) (in []input) {
	for _, data := range list {
		in = append(in, input{press: data})
	}
	return in
}

func words(list ...string) (in []input) {
	for _, w := range list {
		in = append(in, input{words: w})
	}
	return in
}

// replies are ways to answer each question of the course, right, wrong and in
// part.
var replies = map[string][]reply{
	"drill-number": {
		{words("3,920 people"), "3,920 people", "1.00", "right"},
		{words("17"), "17", "0.00", "wrong"},
		{presses("?0"), "?", "0.00", "wrong"},
	},
	"drill-ticks": {
		{presses("+ta", "+tb", "="), "ta tb", "1.00", "right"},
		{presses("+tb", "+tc", "-tc", "="), "tb", "0.50", "part"},
		{presses("+tc", "+td", "="), "tc td", "0.00", "wrong"},
	},
	"drill-one": {
		{presses("oa"), "oa", "1.00", "oa"},
		{presses("ob"), "ob", "0.00", "ob"},
		{words("West"), "oc", "0.00", "oc"},
	},
	"drill-true": {
		{words("yes"), "t", "1.00", "t"},
		{presses("f"), "f", "0.00", "f"},
	},
	"drill-word": {
		{words("Solidarity"), "Solidarity", "1.00", "right"},
		{words("zebra"), "zebra", "0.00", "wrong"},
		{presses("?0"), "?", "0.00", "wrong"},
	},
	"drill-blank": {
		{words("listen", "answer"), "listen; answer", "1.00", "right"},
		{words("listen; answer"), "listen; answer", "1.00", "right"},
		{append(words("listen"), presses("?1")...), "listen", "0.50", "part"},
		{words("zebra", "zebra"), "zebra; zebra", "0.00", "wrong"},
	},
	"drill-match": {
		{presses("ma.ma", "mb.mb"), "ma.ma mb.mb mc.mc", "1.00", "right"},
		{presses("ma.mb", "0", "ma.ma", "mb.mc"), "ma.ma mb.mc mc.mb", "0.33", "part"},
		{presses("ma.mb", "mb.mc"), "ma.mb mb.mc mc.ma", "0.00", "wrong"},
	},
	"drill-order": {
		{presses("0ra", "1rb", "2rc"), "ra rb rc rd", "1.00", "right"},
		{presses("0rd", "0", "0ra", "1rb", "2rd"), "ra rb rd rc", "0.33", "part"},
		{presses("0rd", "1rc", "2rb"), "rd rc rb ra", "0.00", "wrong"},
	},
}

// guessed are the questions whose answers may be guesses: what memory makes of
// them is left to its own tests.
func guessed(id string) bool {
	return !slices.Contains([]string{"drill-number", "drill-word", "drill-blank"}, id)
}

func someReply(question string, rng *rand.Rand) reply {
	list := replies[question]
	return list[rng.IntN(len(list))]
}

func (r reply) mark() string {
	switch {
	case len(r.inputs) == 1 && strings.HasPrefix(r.inputs[0].press, "?"):
		return "🔁" // the answer was asked for
	case r.credit == "1.00":
		return "✅"
	case r.credit == "0.00":
		return "✗"
	}
	return "🔁"
}

// drafted is how many parts of the answer are to be seen after so many inputs.
func (r reply) drafted(inputs int) int {
	n := 0
	for _, in := range r.inputs[:inputs] {
		switch {
		case in.press == "0":
			n = 0
		case strings.HasPrefix(in.press, "-"):
			n--
		default:
			n++
		}
	}
	return n
}

// draftOf reads from a question's buttons how many parts of it are answered.
func draftOf(question string, call sight) int {
	left, minus, gap := 0, 0, 0
	for _, data := range answers(call) {
		switch rest := data[strings.LastIndex(data, ":")+1:]; {
		case rest == "0" || rest == "=":
		case rest[0] == '-':
			minus++
		case rest[0] == '?':
			gap = int(rest[1] - '0')
		default:
			left++
		}
	}
	switch question {
	case "drill-ticks":
		return minus
	case "drill-match":
		return 3 - left
	case "drill-order":
		return 4 - left
	}
	return gap
}

// answers are the data of a question's buttons.
func answers(call sight) (list []string) {
	for _, row := range call.Buttons {
		for _, b := range row {
			if strings.HasPrefix(b.Data, "a:") {
				list = append(list, b.Data)
			}
		}
	}
	return list
}
