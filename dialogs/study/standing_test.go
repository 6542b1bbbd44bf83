package study

import (
	"encoding/json"
	"testing"

	"cadrebot/bot"
	"cadrebot/content/phrases"
	"cadrebot/dialogs/talk"
)

// The middle half of the class is what a score is set beside.
func TestPlacing(t *testing.T) {
	catalog, err := phrases.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		scores map[string]int
		right  int
		want   string
	}{
		{map[string]int{"2": 1, "6": 3, "7": 4, "8": 3, "10": 1}, 8, "Most of your class got 6 to 8."},
		{map[string]int{"2": 1, "6": 3, "7": 4, "8": 3, "10": 1}, 5, ""},
		{map[string]int{"7": 20}, 7, "Most of your class got 7."},
		{map[string]int{"7": 4}, 7, ""},
		{map[string]int{"0": 1, "1": 1, "2": 1, "3": 1, "4": 1}, 1, "Most of your class got 1 to 3."},
		{map[string]int{"x": 9, "-3": 9}, 1, ""},
		{nil, 1, ""},
	} {
		data, _ := json.Marshal(c.scores)
		env := &bot.Env{}
		env.Provide(bot.Thing{Ref: bot.Ref{Kind: bot.MarksRef, ID: "score/ABC/10"}, Data: data})
		tk := learner{Talk: &talk.Talk{Phrases: catalog, Lang: phrases.EN, Env: env, Person: bot.Person{Classes: []string{"ABC"}}}}
		if got := tk.placing(c.right, 10); got != c.want {
			t.Errorf("%d beside %v: %q, want %q", c.right, c.scores, got, c.want)
		}
	}
}
