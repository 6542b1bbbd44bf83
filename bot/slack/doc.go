// Package slack is the adapter for Slack: it receives over HTTP, signed, or
// over Socket Mode, sends and edits through the Web API, and keeps the promises
// that bot makes about both.
package slack
