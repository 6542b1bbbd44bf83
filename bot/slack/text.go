package slack

import "strings"

var entities = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")

// typed is what a person typed, of a text as the platform carries it: links and
// mentions as they were shown, and no escapes. Mentions of self are taken out;
// mentioned reports that there was one.
func typed(text, self string) (plain string, mentioned bool) {
	if !strings.ContainsAny(text, "<&") {
		return text, false
	}
	var b strings.Builder
	for text != "" {
		from := strings.IndexByte(text, '<')
		to := -1
		if from >= 0 {
			to = strings.IndexByte(text[from:], '>')
		}
		if to < 0 {
			b.WriteString(entities.Replace(text))
			break
		}
		b.WriteString(entities.Replace(text[:from]))
		inner := text[from+1 : from+to]
		text = text[from+to+1:]
		if mentions(inner, self) {
			mentioned = true
			if strings.HasSuffix(b.String(), " ") || b.Len() == 0 {
				text = strings.TrimPrefix(text, " ")
			}
			continue
		}
		b.WriteString(entities.Replace(reference(inner)))
	}
	return b.String(), mentioned
}

func mentions(inner, self string) bool {
	id, _, _ := strings.Cut(inner, "|")
	return self != "" && id == "@"+self
}

// reference is what stands between < and > as a person sees it.
func reference(inner string) string {
	target, label, labelled := strings.Cut(inner, "|")
	switch {
	case target == "":
		return "<" + inner + ">"
	case target[0] == '@', target[0] == '#':
		if labelled && label != "" {
			return target[:1] + strings.TrimLeft(label, "@#")
		}
		return target
	case target[0] == '!':
		if labelled {
			return label
		}
		return "@" + target[1:]
	case labelled && strings.Contains(target, label):
		return label // it was typed, and made a link by itself
	case labelled:
		return label + " " + target
	}
	return target
}

// slashed makes a command of words that were said to the bot in a group, where
// it listens to commands alone; of none the one that helps.
func slashed(words string) string {
	words = strings.TrimSpace(words)
	switch {
	case words == "":
		return "/help"
	case strings.HasPrefix(words, "/"):
		return words
	}
	return "/" + words
}
