package content

import (
	"io/fs"
	"slices"

	"cadrebot/content/yaml"

	"cadrebot/content/phrases"
)

// categoriesFile lists an org's kinds of cadre, beside the courses' folders.
const categoriesFile = "categories.yaml"

// starterCategories are those that a course may name wherever it is used.
func starterCategories() []Category {
	raw, err := fs.ReadFile(Starter().FS, categoriesFile)
	if err != nil {
		panic(err) // the path is a constant
	}
	list, _ := readCategories(&problemList{}, string(raw))
	return list
}

// readCategories reads the kinds of cadre that a source defines. A category with
// a mistake is left out alone, and whole is false.
func readCategories(problems *problemList, text string) (all []Category, whole bool) {
	root, bad := yaml.Parse(text, 1, maxCourseTokens)
	if bad != nil {
		problems.add(bad.At, bad.Message, bad.Remedy)
		return nil, false
	}
	if root.Kind != yaml.List || len(root.Items) == 0 || len(root.Items) > maxCategories {
		problems.add(root.At, "a list of 1 to 50 categories is expected here", "begin each with - id: and give it a title:")
		return nil, false
	}
	whole = true
	for _, item := range root.Items {
		c, ok := readCategory(problems, item)
		for _, known := range all {
			if ok && known.ID == c.ID {
				problems.add(item.At, "the category id "+quote(c.ID)+" stands here twice", "keep one of them")
				ok = false
			}
		}
		if whole = whole && ok; ok {
			all = append(all, c)
		}
	}
	return all, whole
}

// readCategory reads one category. Its own language is the first that it has; in
// a language that it has not it is called as there.
func readCategory(problems *problemList, item *yaml.Node) (c Category, ok bool) {
	in := &scope{problems: problems, own: phrases.EN}
	if p := item.Find("title"); p != nil {
		for i := len(phrases.Langs) - 1; i >= 0; i-- {
			if p.Value.Find(string(phrases.Langs[i])) != nil {
				in.own = phrases.Langs[i]
			}
		}
	}
	ok = true
	for i, lang := range spoken(item, in.own) {
		problems.again = i > 0
		r := read(in, categoryObject, item, lang)
		if r == nil {
			return c, false
		}
		r.keys()
		c.ID, c.Titles[lang.Index()] = r.id("id"), r.text("title")
		ok = ok && r.ok
	}
	problems.again = false
	for i, title := range c.Titles {
		if title == "" {
			c.Titles[i] = c.Titles[in.own.Index()]
		}
	}
	return c, ok
}

// readSourceCategories reads the categories beside a source's courses. What can
// no longer be read is kept as it was.
func (l *loader) readSourceCategories(s Source) {
	was := l.old.bySource[s.Name]
	if s.FS == nil {
		l.define(s.Name, was)
		return
	}
	if has(s.FS, courseFile) || !has(s.FS, categoriesFile) {
		if _, err := fs.ReadDir(s.FS, "."); err != nil {
			l.define(s.Name, was)
		}
		return
	}
	l.problems.begin(join(s.Name, categoriesFile))
	text, whole := l.file(s.FS, categoriesFile, maxCourseBytes)
	var now []Category
	if whole {
		now, whole = readCategories(&l.problems, text)
	}
	if !whole {
		for _, c := range was {
			if !slices.Contains(idsOfCategories(now), c.ID) {
				now = append(now, c)
			}
		}
	}
	l.define(s.Name, now)
}

func (l *loader) define(source string, list []Category) {
	if len(list) == 0 {
		return
	}
	if l.bySource == nil {
		l.bySource = map[string][]Category{}
	}
	l.bySource[source] = list
	l.categories = list
}

// settleCategories says which categories a course may name: those in use and
// those of the starter, for the courses that come with the program.
func (l *loader) settleCategories() {
	starter := starterCategories()
	if l.categories == nil {
		l.categories = starter
	}
	l.cadres = idsOfCategories(l.categories)
	for _, c := range starter {
		if !slices.Contains(l.cadres, c.ID) {
			l.cadres = append(l.cadres, c.ID)
		}
	}
}

func idsOfCategories(list []Category) []string {
	ids := make([]string, len(list))
	for i, c := range list {
		ids[i] = c.ID
	}
	return ids
}
