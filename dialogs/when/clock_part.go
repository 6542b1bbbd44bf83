package when

import "slices"

// attachParts gives each part of the day to the time beside it: behind it, or in
// Chinese before it.
func (p *parser) attachParts() {
	order := []int{1, -1}
	if p.lang == zh {
		order = []int{-1, 1}
	}
	for _, side := range order {
		for k := range p.clocks {
			if c := &p.clocks[k]; c.part == nil {
				p.attach(c, side)
			}
		}
	}
	for i := range p.tokens {
		t := &p.tokens[i]
		part, ok := t.part()
		if !ok || t.used || p.joinsClocks(i) {
			continue
		}
		if k, ok := p.onlyClock(i); ok {
			if c := &p.clocks[k]; c.part == nil && !c.named {
				c.part, t.used = &part, true
			} else if c.agrees(part) {
				t.used = true
			}
		}
	}
}

// attach takes the part of the day next to a clock on one side.
func (p *parser) attach(c *clock, side int) {
	i := c.to
	if side < 0 {
		i = c.from - 1
	}
	for p.in(i) && !p.tokens[i].used && p.soft(i) {
		i += side
	}
	if !p.in(i) || p.tokens[i].used {
		return
	}
	part, ok := p.tokens[i].part()
	if !ok || side > 0 && p.tokens[i].is("range") && p.startsClock(i+1) {
		return
	}
	if side > 0 && p.lang == zh && p.startsClock(i+1) {
		return
	}
	if side < 0 && p.lang != zh && (p.claimed(i) || p.joinsClocks(i)) {
		return
	}
	c.part = &part
	p.tokens[i].used = true
	if p.in(i+side) && p.tokens[i+side].from == p.tokens[i].from && p.tokens[i+side].weak {
		return
	}
}

// claimed tells that a part of the day stands right behind another clock, whose
// it is.
func (p *parser) claimed(i int) bool {
	for _, c := range p.clocks {
		if c.to == i && c.part == nil {
			return true
		}
	}
	return false
}

// joinsClocks tells a word that may be a part of the day or "to", and is the only
// "to" between two times: 22h toi 6h.
func (p *parser) joinsClocks(i int) bool {
	for k := 1; k < len(p.clocks); k++ {
		if a, b := p.clocks[k-1].to, p.clocks[k].from; p.tokens[i].is("range") && a <= i && i+1 == b {
			return !slices.ContainsFunc(p.tokens[a:i], func(t token) bool { return !t.used && (t.is("range") || t.sign("-")) })
		}
	}
	return false
}

// soft tells tokens that may stand between a clock and its part of the day.
func (p *parser) soft(i int) bool {
	t := &p.tokens[i]
	if _, isPart := t.part(); isPart {
		return false
	}
	return t.is("noise") && !t.is("list") && !t.is("range") && !t.number
}

// onlyClock is the one clock, or the one that a part of the day further off can
// belong to: the next one behind it.
func (p *parser) onlyClock(i int) (int, bool) {
	if len(p.clocks) == 1 {
		return 0, true
	}
	if len(p.clocks) == 0 {
		return 0, false
	}
	for k := range p.clocks {
		if p.clocks[k].from > i {
			return k, p.clocks[k].part == nil
		}
	}
	return 0, false
}
