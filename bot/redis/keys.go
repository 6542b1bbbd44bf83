package redis

import (
	"strconv"
	"strings"
	"time"

	"cadrebot/bot"
	"cadrebot/bot/redis/embedded"
)

// Every key of cadrebot is made here. The org is the hash tag, so all keys of
// an org share one slot and may meet in one script.
//
//	{org}:layout                  the layout of all that follows, see layout.go; without it, 1
//	{org}:seq                     counter: entries of the outbox, members of audiences
//	{org}:person:ID …             a versioned thing: "REVISION.TAG OWNER JSON", see head.go
//	{org}:link:CHANNEL:CHAT       the person to whom a chat belongs
//	{org}:seen:CHANNEL:N          bitmap of 65,536 update numbers
//	{org}:seen:CHANNEL:=TEXT      one event known by a text
//	{org}:wakes                   sorted set: timer → when (Unix milliseconds)
//	{org}:members:AUDIENCE        sorted set: person → sequence number
//	{org}:mark:OBJECT             hash: person → value
//	{org}:marks:OBJECT            hash: value → how many
//	{org}:tally:FANOUT            hash: outcome → how many
//	{org}:fanouts                 set of the fan-outs that are under way
//	{org}:halts                   hash: fan-out → pause or cancel
//	{org}:text:ID                 a text stored once
//	{org}:records:2026-11         stream of the month's records
//	{org}:records:by:ID           list: where a person's newest records are, see whereabouts
//	{org}:trail:ID                list: "a AUDIENCE" and "m OBJECT" that hold a person, and
//	                              "t KIND:ID NAME" for things that name them so, "p ID" for
//	                              who turned into them
//	{org}:secret                  the key that signs what people carry between platforms
//	{org}:erasing                 counter: erasures that the append-only file may still tell of
//	{org}:quarantine              hash: identifier → event that could not be handled
//	{org}:lease:CHANNEL           "EPOCH INSTANCE SESSION", expires
//	{org}:epoch:CHANNEL           counter of the lease's changes of hands
//	{org}:out:CHANNEL:LANE        hash: entry → message, the outbox
//	{org}:held:CHANNEL:LANE       sorted set: entry → before when it may not leave (Unix milliseconds)
//	{org}:flight:CHANNEL          hash: entry → epoch under which it was sent
//	{org}:ready:CHANNEL           list of LANE:ENTRY that the owner has not seen yet
//	{org}:listed:CHANNEL          the newest entry that was put onto the ready list
//	{org}:pause:CHANNEL           hash: chat → not before (Unix milliseconds)
//	{org}:handles:CHANNEL:CHAT    hash: name → ENTRY=MESSAGE of the last three, newest first
//	{org}:page:CHAT               hash: what was said in a chat that cadrebot shows, see page.lua; expires
//	{org}:page:CHAT:order         sorted set: message → its last change; expires
//	{org}:pages                   channel: the chats whose page changes
//
// Whoever is forgotten is found in them so: the profile, the conversation, the
// memory, records:by and trail by their identifier; links, handles, pages and
// pauses by their chats; members, mark and the things that name them by the trail; their timers in wakes, their
// entries in the outbox and their events in quarantine by reading these through.
// Somebody who turned into another person has nothing of their own any more, see
// merge.go. Streams keep the identifier alone. Nothing else may hold a person's identifier
// or chat: what is added here is added to erase.go.
type keys struct{ tag string }

func newKeys(org string) keys { return keys{"{" + org + "}:"} }

func (k keys) layout() string         { return k.tag + "layout" }
func (k keys) seq() string            { return k.tag + "seq" }
func (k keys) wakes() string          { return k.tag + "wakes" }
func (k keys) fanouts() string        { return k.tag + "fanouts" }
func (k keys) halts() string          { return k.tag + "halts" }
func (k keys) quarantine() string     { return k.tag + "quarantine" }
func (k keys) text(id string) string  { return k.tag + "text:" + id }
func (k keys) lease(ch string) string { return k.tag + "lease:" + ch }
func (k keys) epoch(ch string) string { return k.tag + "epoch:" + ch }
func (k keys) flight(ch string) string {
	return k.tag + "flight:" + ch
}
func (k keys) ready(ch string) string  { return k.tag + "ready:" + ch }
func (k keys) listed(ch string) string { return k.tag + "listed:" + ch }
func (k keys) pause(ch string) string  { return k.tag + "pause:" + ch }
func (k keys) handles(ch, chat string) string {
	return k.tag + "handles:" + ch + ":" + chat
}
func (k keys) page(chat string) string      { return k.tag + "page:" + chat }
func (k keys) pageOrder(chat string) string { return k.page(chat) + ":order" }
func (k keys) pageNews() string             { return k.tag + "pages" }
func (k keys) members(a string) string      { return k.tag + "members:" + a }
func (k keys) mark(object string) string    { return k.tag + "mark:" + object }
func (k keys) marks(object string) string {
	return k.tag + "marks:" + object
}
func (k keys) tally(f string) string { return k.tag + "tally:" + f }
func (k keys) out(ch string, l bot.Lane) string {
	return k.tag + "out:" + ch + ":" + l.String()
}
func (k keys) held(ch string, l bot.Lane) string {
	return k.tag + "held:" + ch + ":" + l.String()
}
func (k keys) link(ch, chat string) string { return k.tag + "link:" + ch + ":" + chat }
func (k keys) thing(r bot.Ref) string      { return k.tag + string(r.Kind) + ":" + r.ID }
func (k keys) records(t time.Time) string {
	return k.tag + "records:" + t.UTC().Format("2006-01")
}
func (k keys) recordsBy(person string) string { return k.tag + "records:by:" + person }
func (k keys) trail(person string) string     { return k.tag + "trail:" + person }
func (k keys) secret() string                 { return k.tag + "secret" }
func (k keys) erasing() string                { return k.tag + embedded.Erasing }

// seenBits is how many update numbers share one bitmap: 8 KiB at most.
const seenBits = 1 << 16

func (k keys) seen(ch string, s bot.Seen) (key string, bit int64) {
	if s.Text != "" {
		return k.tag + "seen:" + ch + ":=" + s.Text, -1
	}
	page := s.Number / seenBits
	bit = s.Number % seenBits
	if bit < 0 {
		page, bit = page-1, bit+seenBits
	}
	return k.tag + "seen:" + ch + ":" + strconv.FormatInt(page, 10), bit
}

// timer is the member under which a wake stands in the sorted set.
func timer(target bot.Ref, name string) string {
	return string(target.Kind) + "|" + target.ID + "|" + name
}

func parseTimer(member string) (bot.Ref, string, bool) {
	kind, rest, ok := strings.Cut(member, "|")
	id, name, ok2 := strings.Cut(rest, "|")
	return bot.Ref{Kind: bot.RefKind(kind), ID: id}, name, ok && ok2
}
