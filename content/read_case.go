package content

import "fmt"

func readCase(r *reader) *Case {
	p := r.node.find("case")
	in := r.inside(caseObject, p.value)
	if in == nil {
		return nil
	}
	c := &Case{Invented: in.truth("invented")}
	in.each("scenes", func(_ int, at *reader) {
		c.Scenes = append(c.Scenes, readScene(at))
		in.join(at)
	})
	for i, s := range c.Scenes {
		for _, choice := range s.Choices {
			if choice.To != "" && c.scene(choice.To) < 0 {
				in.bad(p.at, fmt.Sprintf("scene %d leads to %q, and no scene has this id", i+1, choice.To), "write the id of one of the scenes")
			}
		}
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
	seen := apart{what: "choices"}
	r.each("choices", func(i int, in *reader) {
		c := Choice{ID: in.mark("id", i), Text: in.text("text"), To: in.id("to"), Right: in.truth("right"),
			Feedback: in.text("feedback"), Source: in.text("source")}
		seen.add(in, c.ID, c.Text)
		r.join(in)
		s.Choices = append(s.Choices, c)
	})
	return s
}
