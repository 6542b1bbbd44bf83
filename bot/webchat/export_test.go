package webchat

import "time"

// CompareEvery sets how often open pages are compared, before Run.
func (c *Chat) CompareEvery(d time.Duration) { c.compareEvery = d }

// Scripts are what a page loads, for those who count bytes.
func Scripts() (js, css int) { return len(script), len(style) }
