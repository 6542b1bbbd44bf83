package storetest

import (
	"regexp"
	"strings"
	"time"
)

var (
	linkCodes  = regexp.MustCompile(`\b[A-Z2-9]{4} [A-Z2-9]{4}\b`)
	classCodes = regexp.MustCompile(`start=([A-Z2-9]{6})`)
)

// play does what a story says, line by line; its head says how they are written.
func (w *town) play(story string) {
	w.Helper()
	var code, class string
	for line := range strings.Lines(story) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		w.said = nil
		who, words, talks := strings.Cut(line, "> ")
		switch verb, rest, _ := strings.Cut(line, " "); {
		case talks:
			words = strings.NewReplacer("{code}", code, "{class}", class).Replace(words)
			if label, ok := strings.CutPrefix(words, "["); ok {
				w.pressLabel(who, strings.TrimSuffix(label, "]"))
			} else {
				w.say(who, words)
			}
		case verb == "+":
			d, err := time.ParseDuration(rest)
			if err != nil {
				w.Fatal(err)
			}
			w.pass(d)
		case verb == "away":
			for chat := range strings.FieldsSeq(rest) {
				w.away[chat] = true
			}
		case verb == "down":
			w.down = true
		default:
			w.Fatalf("%q is not understood", line)
		}
		said := strings.Join(w.said, "\n")
		w.Logf("%s\n%s", line, said)
		if found := linkCodes.FindString(said); found != "" {
			code = found
		}
		if found := classCodes.FindStringSubmatch(said); found != nil {
			class = found[1]
		}
	}
}
