// Package webchat is the chat page that cadrebot serves itself: the same
// conversations in any browser, those inside other apps included.
//
// The platform here is we ourselves, so what was said is kept: each chat has a
// page in the store, and a browser is told what has changed on it. Whoever holds
// a browser's cookie is that chat; nobody else reads it.
//
// It must make nobody on a GET: crawlers and link previews fetch pages too. It
// must never put words into HTML but through a template, and never put a cookie,
// a token or what was said into a log.
package webchat
