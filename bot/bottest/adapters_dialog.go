package bottest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"cadrebot/bot"
)

// parrot is the conversation that the suite of adapters holds. It says again
// what it hears, and does what some words ask for.
type parrot struct {
	mu     sync.Mutex
	names  map[string]bot.Address
	events []bot.Event
	// tells holds messages that words of a test ask for.
	tells map[string]bot.Message
}

// heard is what the parrot keeps of a conversation: what has had its effect.
type heard struct {
	Texts    []string          `json:"texts,omitempty"`
	Presses  []string          `json:"presses,omitempty"`
	Votes    map[string]string `json:"votes,omitempty"`
	Answered bool              `json:"answered,omitempty"`
	// Offer is what the numbers press, where the channel has no buttons.
	Offer []string `json:"offer,omitempty"`
	Gone  int      `json:"gone,omitempty"`
	Back  int      `json:"back,omitempty"`
}

// address is where somebody is whom the parrot has met.
func (p *parrot) address(name string) bot.Address {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.names[name]
}

// event is the newest event with a text.
func (p *parrot) event(text string) bot.Event {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, ev := range slices.Backward(p.events) {
		if ev.Text == text {
			return ev
		}
	}
	return bot.Event{}
}

// teach has a word answered by a message.
func (p *parrot) teach(word string, m bot.Message) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.tells == nil {
		p.tells = map[string]bot.Message{}
	}
	p.tells[word] = m
}

func (p *parrot) note(ev bot.Event) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.events = append(p.events, ev)
	if name, ok := strings.CutPrefix(ev.Text, "I am "); ok && ev.Kind == bot.Text {
		if p.names == nil {
			p.names = map[string]bot.Address{}
		}
		p.names[name] = bot.Address{Channel: ev.Channel, Chat: ev.Chat}
	}
}

// Step implements bot.Dialog.
func (p *parrot) Step(env *bot.Env, ev bot.Event) bot.Result {
	p.note(ev)
	var h heard
	if env.State != nil {
		if err := json.Unmarshal(env.State, &h); err != nil {
			panic(err)
		}
	}
	if n, err := strconv.Atoi(ev.Text); err == nil && !env.Channel.Buttons && n >= 1 && n <= len(h.Offer) {
		ev.Kind, ev.Data = bot.Press, h.Offer[n-1]
	}
	var effects []bot.Effect
	switch ev.Kind {
	case bot.Text:
		h.Texts = append(h.Texts, ev.Text)
		effects = p.spoken(ev)
	case bot.Press:
		h.Presses = append(h.Presses, ev.Data)
		effects = h.pressed(env, ev)
	case bot.Gone:
		h.Gone++
	case bot.Join:
		h.Back++
	}
	if !env.Channel.Buttons {
		h.offer(effects)
	}
	state, err := json.Marshal(h)
	if err != nil {
		panic(err)
	}
	return bot.Result{State: state, Effects: effects}
}

// Copy implements bot.Dialog.
func (p *parrot) Copy(*bot.Env, bot.Fanout, bot.Person) []bot.Effect { return nil }

func (p *parrot) spoken(ev bot.Event) []bot.Effect {
	word, rest, _ := strings.Cut(ev.Text, " ")
	p.mu.Lock()
	taught, known := p.tells[ev.Text]
	p.mu.Unlock()
	switch {
	case known:
		return []bot.Effect{bot.Send{Message: taught}}
	case strings.HasPrefix(ev.Text, "I am "):
		return saying("Hello " + ev.Text[len("I am "):])
	case ev.Group && word != "/poll":
		return nil
	}
	switch word {
	case "ask", "/poll":
		return []bot.Effect{bot.Send{Message: question()}}
	case "progress":
		return []bot.Effect{
			bot.Send{Handle: "p", Message: bot.Message{Text: "Begun", Buttons: [][]bot.Button{{{Label: "Cancel", Data: "cancel"}}}}},
			bot.Edit{Handle: "p", Message: bot.Message{Text: "Half done"}},
			bot.Edit{Handle: "p", Message: bot.Message{Text: "Done"}},
		}
	case "series":
		var all []bot.Effect
		for n, _ := strconv.Atoi(rest); n > 0; n-- {
			all = append(all, bot.Send{Message: bot.Message{Text: "Still " + strconv.Itoa(n)}})
		}
		return all
	case "tell":
		name, text, _ := strings.Cut(rest, " ")
		return []bot.Effect{bot.Send{To: p.address(name), Message: bot.Message{Text: text}}}
	case "once":
		return []bot.Effect{bot.Send{Drop: true, Message: bot.Message{Text: rest}}}
	}
	return saying(ev.Text)
}

func saying(text string) []bot.Effect {
	return []bot.Effect{bot.Send{Message: bot.Message{Text: text}}}
}

func question() bot.Message {
	return bot.Message{Head: "Question 1 <of> 2", Text: "Which one?", Buttons: [][]bot.Button{
		{{Label: "Red & <b>", Data: "c:red"}, {Label: "Blue", Data: "c:blue"}},
		{{Label: "Neither of the two", Data: "c:none"}},
	}}
}

// pressed answers a press. A question is answered once by a person; in a group
// each member has a vote.
func (h *heard) pressed(env *bot.Env, ev bot.Event) []bot.Effect {
	choice, asked := strings.CutPrefix(ev.Data, "c:")
	if !asked {
		return append(saying("Pressed "+ev.Data), bot.Answer{})
	}
	m := bot.Message{Text: "You chose " + choice, Buttons: [][]bot.Button{{{Label: "Again", Data: "again"}}}}
	switch {
	case ev.Group:
		if h.Votes == nil {
			h.Votes = map[string]string{}
		}
		if h.Votes[ev.Sender] != "" {
			return []bot.Effect{bot.Answer{Text: "You voted before"}}
		}
		h.Votes[ev.Sender] = choice
		m = question()
		m.Head = fmt.Sprintf("Votes: %d", len(h.Votes))
	case h.Answered:
		return []bot.Effect{bot.Answer{Text: "Answered before"}}
	default:
		h.Answered = true
	}
	change := bot.Effect(bot.Edit{Target: ev.Message, Message: m})
	if !env.Channel.Edits {
		change = bot.Send{Message: m}
	}
	return []bot.Effect{bot.Answer{Text: "Noted: " + choice}, change}
}

// offer notes what the numbers under the newest message press.
func (h *heard) offer(effects []bot.Effect) {
	for _, e := range effects {
		s, ok := e.(bot.Send)
		if !ok || len(s.Message.Buttons) == 0 {
			continue
		}
		h.Offer = nil
		for _, b := range slices.Concat(s.Message.Buttons...) {
			if b.URL == "" && !s.Message.Words {
				h.Offer = append(h.Offer, b.Data)
			}
		}
	}
}
