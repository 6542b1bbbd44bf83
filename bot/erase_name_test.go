package bot_test

import (
	"encoding/json"
	"testing"

	"cadrebot/bot"
)

// A coordinator may be called like a word that means something to a fan-out.
func TestANameIsTakenOutWhereItIsOne(t *testing.T) {
	for _, name := range []string{"notice", "running", "everyone"} {
		job := bot.Fanout{ID: "x", What: "notice", State: bot.JobRunning, Audience: "everyone", Data: map[string]string{bot.NameKey: name, "by": "p1"}}
		data, err := json.Marshal(job)
		if err != nil {
			t.Fatal(err)
		}
		if data, err = (bot.Naming{Person: "p1", Name: name}).Unname(data); err != nil {
			t.Fatal(err)
		}
		var got bot.Fanout
		if err := json.Unmarshal(data, &got); err != nil {
			t.Fatal(err)
		}
		if got.What != "notice" || got.State != bot.JobRunning || got.Audience != "everyone" {
			t.Errorf("of %q is left %s", name, data)
		}
		if got.Data[bot.NameKey] != "" || got.Data["by"] != "" {
			t.Errorf("%q still stands in %s", name, data)
		}
	}
}
