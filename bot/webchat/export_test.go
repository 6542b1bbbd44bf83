package webchat

import "time"

// CompareEvery sets how often open pages are compared, before Run.
func (c *Chat) CompareEvery(d time.Duration) { c.compareEvery = d }

// WriteWithin sets how long a page may take to read what it is told.
func (c *Chat) WriteWithin(d time.Duration) { c.writeWithin = d }

// Open counts the live pages.
func (c *Chat) Open() int {
	c.hub.mu.Lock()
	defer c.hub.mu.Unlock()
	return c.hub.open
}

// Zipped is how many bytes a page's script and style are on the wire.
func Zipped() int { return len(zipped(script)) + len(zipped(style)) }
