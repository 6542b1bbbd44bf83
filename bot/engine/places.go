package engine

import "cadrebot/bot"

// Sender is what the engine needs of who delivers what is committed for a channel.
type Sender interface {
	// Reserve keeps places for the entries of a commit that may leave as soon as it
	// is done; nil where another instance sends.
	Reserve(entries []bot.Entry) *bot.Reservation
	// Resync makes the sender read the outbox: something may have been committed
	// without its hearing of it.
	Resync()
	// Halt holds back, drops or lets go what a fan-out has in the outbox.
	Halt(h bot.Halt)
	// ForgetChat drops what is held for a chat that was forgotten.
	ForgetChat(chat string)
}

// places is what one sender keeps for a commit, and for which of its entries.
type places struct {
	*bot.Reservation
	of []int
}

// reserve asks the senders which entries may leave at once, under which lease.
func (e *Engine) reserve(c *bot.Commit) (all []places) {
	for channel, of := range byChannel(c.Out) {
		s := e.senders[channel]
		if s == nil {
			continue
		}
		entries := make([]bot.Entry, len(of))
		for i, at := range of {
			entries[i] = c.Out[at]
		}
		r := s.Reserve(entries)
		if r == nil {
			continue
		}
		for i, at := range of {
			c.Out[at].Fly = r.Fly[i]
		}
		if c.Held == nil {
			c.Held = map[string]bot.Lease{}
		}
		c.Held[channel] = r.Lease
		all = append(all, places{r, of})
	}
	return all
}

// byChannel lists the places of entries by their channel, keeping their order.
func byChannel(out []bot.Entry) map[string][]int {
	if len(out) == 0 {
		return nil
	}
	parts := make(map[string][]int, 1)
	for i := range out {
		parts[out[i].Channel] = append(parts[out[i].Channel], i)
	}
	return parts
}

// receipt is what a commit's receipt says of these entries.
func (p *places) receipt(whole bot.Receipt) bot.Receipt {
	var part bot.Receipt
	for _, at := range p.of {
		part.IDs = append(part.IDs, whole.IDs[at])
		part.Flying = append(part.Flying, whole.Flying[at])
		if len(whole.Listed) > 0 {
			part.Listed = append(part.Listed, whole.Listed[at])
		}
	}
	return part
}
