// Package slacktest plays Slack on loopback, with its real limits, for tests,
// load generators and crowds: Server is one workspace with one app in it.
//
// It judges only what arrives over the wire: it must never import the adapter
// that it stands for, know another platform, reach beyond loopback, or be linked
// into the shipped binary.
package slacktest
