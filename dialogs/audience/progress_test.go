package audience

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"cadrebot/bot"
	"cadrebot/content/phrases"
	"cadrebot/dialogs/talk"
)

// What the report says must add up to the audience in every state.
func TestTheReportAddsUp(t *testing.T) {
	catalog, err := phrases.Load()
	if err != nil {
		t.Fatal(err)
	}
	numbers := regexp.MustCompile(`(?m): ([\d,.]+)$`)
	for name, c := range map[string]struct {
		job   bot.Fanout
		tally bot.Tally
	}{
		"just begun": {bot.Fanout{State: bot.JobRunning, Total: 3920}, bot.Tally{}},
		"under way": {bot.Fanout{State: bot.JobRunning, Total: 3920, Copies: 2100, Skipped: 40},
			bot.Tally{Sent: 1300, Blocked: 20, Unknown: 1}},
		"paused":    {bot.Fanout{State: bot.JobPaused, Total: 3920, Copies: 2100, Skipped: 40}, bot.Tally{Sent: 1300}},
		"cancelled": {bot.Fanout{State: bot.JobCancelled, Total: 3920, Copies: 2100, Skipped: 40}, bot.Tally{Sent: 1300, Dropped: 800}},
		"being cancelled": {bot.Fanout{State: bot.JobCancelled, Total: 3920, Copies: 2100, Skipped: 40},
			bot.Tally{Sent: 1300, Dropped: 799}},
		"done": {bot.Fanout{State: bot.JobFanned, Total: 3920, Copies: 3870, Skipped: 40},
			bot.Tally{Sent: 3800, Blocked: 50, Failed: 10, Unknown: 3, Dropped: 7}},
	} {
		for _, lang := range phrases.Langs {
			s := New(&talk.Talk{Phrases: catalog, Lang: lang, Env: &bot.Env{}}, &State{})
			c.job.ID, c.job.What = "n1", Notice
			data, _ := json.Marshal(c.tally)
			s.Env.Provide(bot.Thing{Ref: bot.Ref{Kind: bot.TallyRef, ID: "n1"}, Data: data})
			m := s.progress(c.job)
			sum := 0
			text := strings.ReplaceAll(m.Text, "：", ": ")
			for _, g := range numbers.FindAllStringSubmatch(text, -1) {
				n, err := strconv.Atoi(strings.NewReplacer(",", "", ".", "").Replace(g[1]))
				if err != nil {
					t.Fatal(err)
				}
				sum += n
			}
			if sum != c.job.Total {
				t.Errorf("%s in %s: %d of %d in %q", name, lang, sum, c.job.Total, m.Plain())
			}
		}
	}
}
