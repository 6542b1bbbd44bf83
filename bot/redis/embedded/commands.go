package embedded

import (
	"strings"

	"github.com/alicebob/miniredis/v2/server"
)

// kind says what the embedded store does with a command.
type kind int

const (
	refused     kind = iota // it would change what the journal cannot repeat
	passing                 // it touches no key: miniredis answers
	reading                 // it waits for the journal to have what it saw
	writing                 // it goes into the journal
	running                 // a script: what it writes goes into the journal
	popping                 // it waits for a list
	transacting             // MULTI and its like
	rewriting               // it makes the journal forget what is no more
)

// rule is what the journal has to know about a command that writes.
type rule struct {
	// idle is the reply that says that nothing changed, or "".
	idle string
	// grows says that somebody may wait in BLPOP for it.
	grows bool
	// expires says that it may set a key's time to go.
	expires bool
	// effect makes the commands for the journal from the words, the command's
	// name first, and the reply; without it the words go in as they are.
	// Each touches one key, or all.
	effect func(words []string, reply []byte) [][]string
}

const (
	replyZero  = ":0\r\n"
	replyNull  = "$-1\r\n"
	replyEmpty = "*0\r\n"
)

// rules holds every command that the journal takes. They are repeatable:
// from the same state they lead to the same state, at any time.
var rules = map[string]rule{
	"APPEND": {}, "INCR": {}, "INCRBY": {}, "DECR": {}, "DECRBY": {},
	"GETSET": {}, "SETBIT": {}, "SETRANGE": {},
	"SETNX":       {idle: replyZero},
	"GETDEL":      {idle: replyNull, effect: asDel},
	"SET":         {expires: true, effect: asSet},
	"MSET":        {effect: asSets},
	"MSETNX":      {idle: replyZero, effect: asSets},
	"INCRBYFLOAT": {effect: asSetText},

	"DEL":       {idle: replyZero, effect: asDels},
	"UNLINK":    {idle: replyZero, effect: asDels},
	"PERSIST":   {idle: replyZero},
	"PEXPIREAT": {idle: replyZero, expires: true},
	"EXPIREAT":  {idle: replyZero, expires: true},

	"HSET": {}, "HMSET": {}, "HINCRBY": {},
	"HSETNX":       {idle: replyZero},
	"HDEL":         {idle: replyZero},
	"HINCRBYFLOAT": {effect: asHsetText},

	"LPUSH":     {grows: true},
	"RPUSH":     {grows: true},
	"LPUSHX":    {idle: replyZero, grows: true},
	"RPUSHX":    {idle: replyZero, grows: true},
	"LINSERT":   {},
	"LSET":      {},
	"LTRIM":     {},
	"LREM":      {idle: replyZero},
	"LPOP":      {idle: replyNull},
	"RPOP":      {idle: replyNull},
	"LMOVE":     {idle: replyNull, grows: true, effect: asMove},
	"RPOPLPUSH": {idle: replyNull, grows: true, effect: asMove},

	"SADD":  {idle: replyZero},
	"SREM":  {idle: replyZero},
	"SMOVE": {idle: replyZero, effect: asSetMove},
	"SPOP":  {idle: replyNull, effect: asSrem},

	"ZADD":             {effect: asZadd},
	"ZINCRBY":          {effect: asZaddText},
	"ZREM":             {idle: replyZero},
	"ZPOPMIN":          {idle: replyEmpty},
	"ZPOPMAX":          {idle: replyEmpty},
	"ZREMRANGEBYLEX":   {idle: replyZero},
	"ZREMRANGEBYRANK":  {idle: replyZero},
	"ZREMRANGEBYSCORE": {idle: replyZero},

	"XADD":  {idle: replyNull, effect: asXadd},
	"XDEL":  {idle: replyZero},
	"XTRIM": {idle: replyZero},

	"FLUSHALL": {effect: asFlush},
	"FLUSHDB":  {effect: asFlush},
}

var otherKinds = map[string]kind{
	"EVAL": running, "EVALSHA": running,
	// These become others, see absolute.
	"EXPIRE": writing, "PEXPIRE": writing, "SETEX": writing, "PSETEX": writing,
	"BLPOP": popping, "BRPOP": popping,
	"BGREWRITEAOF": rewriting,
	"MULTI":        transacting, "EXEC": transacting, "DISCARD": transacting,
	"TIME": reading, "XINFO": reading, "OBJECT": reading, "MEMORY": reading,
	"AUTH": passing, "HELLO": passing, "PING": passing, "ECHO": passing, "QUIT": passing,
	"CLIENT": passing, "COMMAND": passing, "INFO": passing, "CLUSTER": passing,
	"SCRIPT": passing, "WAIT": passing, "UNWATCH": passing,
	"SUBSCRIBE": passing, "UNSUBSCRIBE": passing, "PSUBSCRIBE": passing, "PUNSUBSCRIBE": passing,
	"PUBLISH": passing, "PUBSUB": passing,
}

// kindOf sorts a command, its name first in capitals.
func kindOf(srv *server.Server, words []string) kind {
	name := words[0]
	if _, ok := rules[name]; ok {
		return writing
	}
	if k, ok := otherKinds[name]; ok {
		return k
	}
	switch {
	case name == "SELECT" && len(words) == 2 && words[1] == "0":
		return passing
	case name == "XREAD" && blocks(words):
		return refused
	case srv.IsReadOnlyCommand(name):
		return reading
	case srv.IsRegisteredCommand(name):
		return refused
	}
	return passing // miniredis says that it does not know it
}

// blocks reports whether an XREAD would wait; miniredis would hold up
// everybody else.
func blocks(words []string) bool {
	for _, w := range words[1:] {
		switch strings.ToUpper(w) {
		case "BLOCK":
			return true
		case "STREAMS":
			return false
		}
	}
	return false
}

// refuse is the reply to a command that the embedded store does not keep.
func refuse(name string) string {
	return errorReply("ERR the embedded store has no " + name + ": its journal could not repeat it")
}

func wrongNumber(name string) string {
	return errorReply("ERR wrong number of arguments for '" + strings.ToLower(name) + "' command")
}
