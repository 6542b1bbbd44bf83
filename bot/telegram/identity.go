package telegram

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strconv"

	"cadrebot/bot"
)

var number = regexp.MustCompile(`"update_id"\s*:\s*(\d{1,18})`)

// written looks for the number of an update that is not proper JSON, so that
// the polling offset can still move past it.
func written(raw []byte) int64 {
	found := number.FindSubmatch(raw)
	if found == nil {
		return 0
	}
	id, err := strconv.ParseInt(string(found[1]), 10, 64)
	if err != nil {
		return 0
	}
	return id
}

// identity is what an update is known by: its number, or a digest of its bytes
// where that can't be read.
func identity(id int64, raw []byte) bot.Seen {
	if id <= 0 {
		id = written(raw)
	}
	if id > 0 {
		return bot.Seen{Number: id}
	}
	sum := sha256.Sum256(raw)
	return bot.Seen{Text: "sha256:" + hex.EncodeToString(sum[:])}
}
