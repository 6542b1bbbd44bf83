package bot

import "slices"

// Person is a cadre, lecturer or coordinator, or a group chat, which has a
// profile of the same shape. The identifier is opaque: nothing about the
// person can be read from it.
type Person struct {
	ID    string `json:"-"`
	Group bool   `json:"g,omitempty"`
	Name  string `json:"n,omitempty"`
	Lang  string `json:"l,omitempty"`
	// LangChosen is set once the person has chosen the language themselves.
	LangChosen bool   `json:"lc,omitempty"`
	Zone       string `json:"z,omitempty"`
	// Addresses are the chats in which the person can be reached, the one used
	// last first.
	Addresses []Address `json:"a,omitempty"`
	// Prefer is the channel on which the person wants to be reached, if they have
	// said so.
	Prefer string `json:"pf,omitempty"`
	// Stopped is set by /stop: nothing is pushed until the person comes back.
	Stopped bool `json:"s,omitempty"`
	// Daily are the times at which the daily quiz comes; none means that it
	// was not asked for.
	Daily Times `json:"d,omitempty"`
	// Category is the kind of cadre, one of the content's categories; Unit the
	// union in which they work, in their own words. Both may be empty.
	Category string `json:"k,omitempty"`
	Unit     string `json:"u,omitempty"`
	// Course is the course that the person is learning.
	Course string `json:"co,omitempty"`
	// Quiet are the hours in which nothing is pushed.
	Quiet Quiet `json:"q,omitzero"`
	// Away is the last date (2026-12-31, the person's own) of a pause in which
	// nothing is pushed; "" for none.
	Away string `json:"w,omitempty"`
	// Alone is set by who does not want to be compared with others.
	Alone bool `json:"o,omitempty"`
	// Told are the reminders that came before their time, because their own
	// time lies in quiet hours that last too long; those of the past are
	// forgotten.
	Told []string `json:"t,omitempty"`
	// Classes are the identifiers of the classes that the person has joined.
	Classes []string `json:"c,omitempty"`
}

// Quiet is a part of the day, in minutes since midnight by the person's clock:
// From up to but without To, past midnight where To is smaller. The zero value
// is none.
type Quiet struct {
	From int `json:"f"`
	To   int `json:"t"`
}

// Address is one chat on a channel.
type Address struct {
	Channel string `json:"c"`
	Chat    string `json:"t"`
	// Gone is set when the platform says that the chat can't be reached, and
	// cleared by the next event from it.
	Gone bool `json:"x,omitempty"`
	// User is who the platform says the person is there, where that is not the
	// chat's own address.
	User string `json:"u,omitempty"`
	// Silent is set where nothing rings: see Channel.
	Silent bool `json:"s,omitempty"`
}

// Reachable returns where a push goes, of the addresses that are not gone: the
// one on the channel that is preferred, else the one used last, of those that
// ring before those that don't.
func (p *Person) Reachable() (Address, bool) {
	best, rank := Address{}, 0
	for _, a := range p.Addresses {
		r := 2
		switch {
		case a.Gone:
			continue
		case a.Channel == p.Prefer:
			r = 3
		case a.Silent:
			r = 1
		}
		if r > rank {
			best, rank = a, r
		}
	}
	return best, rank > 0
}

// Used puts an address first.
func (p *Person) Used(i int) {
	a := p.Addresses[i]
	copy(p.Addresses[1:i+1], p.Addresses[:i])
	p.Addresses[0] = a
}

// address returns the index of the person's address, or -1.
func (p *Person) AddressIndex(channel, chat string) int {
	return slices.IndexFunc(p.Addresses, func(a Address) bool {
		return a.Channel == channel && a.Chat == chat
	})
}

// Clone copies the person so that a step can change the copy freely.
func (p Person) Clone() Person {
	p.Addresses = slices.Clone(p.Addresses)
	p.Classes = slices.Clone(p.Classes)
	p.Daily = slices.Clone(p.Daily)
	p.Told = slices.Clone(p.Told)
	return p
}
