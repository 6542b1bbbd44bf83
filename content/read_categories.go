package content

// categoriesFile lists an org's kinds of cadre, beside the courses' folders.
const categoriesFile = "categories.yaml"

// readCategories reads the kinds of cadre that a source defines. A category with
// a mistake is left out alone.
func (l *loader) readCategories(text string) []Category {
	root, bad := parseYAML(text, 1, maxCourseTokens)
	if bad != nil {
		l.problems.add(bad.at, bad.message, bad.remedy)
		return nil
	}
	if root.kind != list || len(root.items) == 0 || len(root.items) > maxCategories {
		l.problems.add(root.at, "a list of 1 to 50 categories is expected here", "begin each with - id: and give it a title:")
		return nil
	}
	var all []Category
	for _, item := range root.items {
		var c Category
		ok := true
		own := EN
		for _, lang := range Langs {
			if p := item.find("title"); p != nil && p.value.find(string(lang)) != nil {
				own = lang
				break
			}
		}
		for i, lang := range spoken(item, own) {
			l.problems.again = i > 0
			r := read(&l.problems, categoryObject, item, lang, own)
			if r == nil {
				ok = false
				break
			}
			r.keys()
			c.ID, c.Titles[lang.index()] = r.id("id"), r.text("title")
			ok = ok && r.ok
		}
		l.problems.again = false
		for _, known := range all {
			if ok && known.ID == c.ID {
				l.problems.add(item.at, "the category id "+quote(c.ID)+" stands here twice", "keep one of them")
				ok = false
			}
		}
		if !ok {
			continue
		}
		for i, title := range c.Titles {
			if title == "" {
				c.Titles[i] = c.Titles[own.index()]
			}
		}
		all = append(all, c)
	}
	return all
}
