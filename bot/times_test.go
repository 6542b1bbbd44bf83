package bot_test

import (
	"encoding/json"
	"slices"
	"testing"

	"cadrebot/bot"
)

func TestDailyTimesAreReadAsTheyWereKept(t *testing.T) {
	for kept, want := range map[string][]int{
		`{}`:                        nil,
		`{"d":0}`:                   nil,
		`{"d":1}`:                   {0},   // midnight, from the days of one time
		`{"d":481}`:                 {480}, // 08:00
		`{"d":[480]}`:               {480},
		`{"d":[1200,480,480]}`:      {480, 1200},
		`{"d":[-5,480,1440,99999]}`: {480},
		`{"d":[]}`:                  nil,
		`{"d":99999}`:               nil,
	} {
		var p bot.Person
		if err := json.Unmarshal([]byte(kept), &p); err != nil || !slices.Equal([]int(p.Daily), want) {
			t.Errorf("%s is read as %v (%v), want %v", kept, p.Daily, err, want)
		}
		again, err := json.Marshal(p)
		var q bot.Person
		if err != nil || json.Unmarshal(again, &q) != nil || !slices.Equal(p.Daily, q.Daily) {
			t.Errorf("%s is kept as %s", kept, again)
		}
	}
}
