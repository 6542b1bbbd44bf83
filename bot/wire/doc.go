// Package wire carries the calls of which an adapter makes thousands a second:
// POSTs over warm HTTP/1.1 connections, in buffers that are used again, which
// say for certain when nothing has left. It knows no platform.
package wire
