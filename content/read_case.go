package content

import "cadrebot/content/yaml"

func readCase(r *reader) *Case {
	p := r.node.Find("case")
	in := r.inside(caseObject, p.Value)
	if in == nil {
		return nil
	}
	c := &Case{Invented: in.truth("invented")}
	scenes := in.node.Find("scenes")
	in.each("scenes", func(at *reader) {
		s := readScene(at)
		if s.ID != "" && c.scene(s.ID) >= 0 {
			at.bad(at.place("id"), "two scenes have the id "+quote(s.ID), "give each its own")
		}
		c.Scenes = append(c.Scenes, s)
		in.join(at)
	})
	if in.ok {
		checkWays(in, c, scenes)
	}
	r.join(in)
	return c
}

func (c *Case) scene(id string) int {
	for i := range c.Scenes {
		if c.Scenes[i].ID == id {
			return i
		}
	}
	return -1
}

func readScene(r *reader) Scene {
	s := Scene{ID: r.id("id"), Text: r.text("text"), Good: r.truth("good")}
	if !r.has("choices") {
		return s
	}
	if p := r.node.Find("good"); p != nil {
		r.bad(p.At, "good belongs to an ending, and this scene has choices", "remove it, or remove the choices")
	}
	seen := apart{what: "choices"}
	r.each("choices", func(in *reader) {
		c := Choice{ID: in.mark("text", &seen), Text: in.text("text"), To: in.id("to"), Right: in.truth("right"),
			Feedback: in.text("feedback"), Source: in.text("source")}
		seen.add(in, c.ID, c.Text)
		r.join(in)
		s.Choices = append(s.Choices, c)
	})
	return s
}

// checkWays looks at how the scenes hang together: each can be reached, from each
// an ending can be, and there are enough decisions and endings.
func checkWays(r *reader, c *Case, scenes *yaml.Entry) {
	n := len(c.Scenes)
	ways := make([][]int, n) // the scenes that follow each
	for i, s := range c.Scenes {
		for j, choice := range s.Choices {
			to := c.scene(choice.To)
			if to < 0 {
				at := scenes.Value.Items[i].Find("choices").Value.Items[j].Find("to")
				ids := make([]string, n)
				for k := range c.Scenes {
					ids[k] = c.Scenes[k].ID
				}
				r.strange(at.Value.At, "to", choice.To, ids)
				continue
			}
			ways[i] = append(ways[i], to)
		}
	}
	if !r.ok {
		return
	}
	reach := make([][]bool, n)
	for i := range reach {
		reach[i] = make([]bool, n)
		follow(ways, i, reach[i])
	}
	endings := 0
	for i, s := range c.Scenes {
		if len(s.Choices) == 0 {
			endings++
		}
		at := scenes.Value.Items[i].At
		if i > 0 && !reach[0][i] {
			r.bad(at, "no choice leads to the scene "+quote(s.ID), "let a choice lead to it, or remove it")
		} else if !c.ends(i, reach[i]) {
			r.bad(at, "from the scene "+quote(s.ID)+" no way leads to an ending", "let one of its choices lead on to an ending: a scene without choices")
		}
	}
	if endings < 2 {
		r.bad(scenes.At, "this case has fewer than two endings", "write at least two scenes without choices: one for the good way, one for another")
	}
	if !c.decides(reach) {
		r.bad(scenes.At, "no way through this case has three decisions", "let three scenes with two or more choices follow one another")
	}
}

// follow marks the scenes that can be reached from one by at least one choice.
func follow(ways [][]int, from int, seen []bool) {
	for _, to := range ways[from] {
		if !seen[to] {
			seen[to] = true
			follow(ways, to, seen)
		}
	}
}

// ends says whether a scene is an ending or leads to one.
func (c *Case) ends(i int, reach []bool) bool {
	if len(c.Scenes[i].Choices) == 0 {
		return true
	}
	for j, there := range reach {
		if there && len(c.Scenes[j].Choices) == 0 {
			return true
		}
	}
	return false
}

// decides says whether three different decisions can follow one another.
func (c *Case) decides(reach [][]bool) bool {
	decision := func(i int) bool { return len(c.Scenes[i].Choices) > 1 }
	for a := range c.Scenes {
		for b := range c.Scenes {
			if a == b || !decision(a) || !decision(b) || !reach[a][b] {
				continue
			}
			for d := range c.Scenes {
				if d != a && d != b && decision(d) && reach[b][d] {
					return true
				}
			}
		}
	}
	return false
}
