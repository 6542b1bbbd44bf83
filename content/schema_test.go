package content

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
)

func TestStarterCoursesFitTheSchema(t *testing.T) {
	checkFiles(t, Starter().FS)
	checkFiles(t, wholeSource().FS)
	checkFiles(t, manyQuestions(400).FS)
}

func checkFiles(t *testing.T, fsys fs.FS) {
	t.Helper()
	seen := 0
	err := fs.WalkDir(fsys, ".", func(path string, d fs.DirEntry, err error) error {
		kind := schemaOf(path)
		if err != nil || kind == "" {
			return err
		}
		raw, err := fs.ReadFile(fsys, path)
		if err != nil {
			return err
		}
		seen++
		for _, flaw := range schemaFlaws(t, kind, raw) {
			t.Errorf("%s: %s", path, flaw)
		}
		return nil
	})
	if err != nil || seen == 0 {
		t.Fatal(seen, err)
	}
}

// What the reader refuses in one file the schema refuses too, as far as it is a
// matter of keys, forms and limits.
func TestTheSchemaRefusesMistakes(t *testing.T) {
	const lesson, questions, course = "c/lessons/01.yaml", "c/questions/01.yaml", "c/course.yaml"
	for _, c := range []struct{ file, old, with string }{
		{lesson, "minutes: 3", "minutes: 90"},
		{lesson, "minutes: 3\n", ""},
		{lesson, "cards:", "crads:"},
		{lesson, "- check: q-check", "- check: q-check\n    alt: x"},
		{lesson, "    alt: {zh: 地图, en: A map}\n", ""},
		{lesson, "{zh: 一段话, en: A few words}", "{zh: 一段话, eng: A few words}"},
		{lesson, "zh: 一段话,", "zh: " + strings.Repeat("工", 281) + ","},
		{lesson, "to: second", "to: Second"},
		{lesson, "review", "rewiev"},
		{questions, "difficulty: hard", "difficulty: hrad"},
		{questions, "kind: multiple", "kind: multipel"},
		{questions, "kind: multiple", "kind: multiple\n  answers: [x]"},
		{questions, "answer: false", "answer: no"},
		{questions, "answers: [工会, 工*]", "answers: []"},
		{questions, ", {left: 二, right: 乙, id: z}", ""},
		{questions, "tolerance: 5%", "tolerance: about 5"},
		{questions, "  lesson: zh-first\n", ""},
		{questions, "id: x2", "id: X 2"},
		{course, "lang: zh", "lang: fr"},
		{course, "id: whole", "id: The whole"},
		{course, "title: 第二", "titel: 第二"},
		{"categories.yaml", "id: new\n", "id: new\n  x: y\n"},
	} {
		files := maps.Clone(wholeSource().FS.(fstest.MapFS))
		if c.old == "review" {
			put2(c.file, "tags: [宪法, law]", "rewiev: 2027-01-01")(files)
		} else {
			put2(c.file, c.old, c.with)(files)
		}
		if flaws := schemaFlaws(t, schemaOf(c.file), files[c.file].Data); len(flaws) == 0 {
			t.Errorf("%s for %s is allowed", c.with, c.old)
		}
		if _, problems := Load(Source{"s", files}); len(problems) == 0 {
			t.Errorf("%s for %s is read", c.with, c.old)
		}
	}
}

func schemaOf(path string) string {
	switch {
	case strings.HasSuffix(path, courseFile):
		return "course"
	case strings.HasSuffix(path, categoriesFile):
		return "categories"
	case strings.Contains(path, lessonFolder+"/") && strings.HasSuffix(path, ".yaml"):
		return "lesson"
	case strings.Contains(path, questionFolder+"/") && strings.HasSuffix(path, ".yaml"):
		return "questions"
	}
	return ""
}

func schemaFlaws(t *testing.T, kind string, raw []byte) []string {
	t.Helper()
	text, err := Schema(kind)
	if err != nil {
		t.Fatal(err)
	}
	var c schemaCheck
	if err := json.Unmarshal(text, &c.root); err != nil {
		t.Fatal(err)
	}
	var value any
	if err := yaml.Unmarshal(raw, &value); err != nil {
		t.Fatal(err)
	}
	return c.flaws(c.root, value, "")
}

// schemaCheck knows the words that Schema uses, and panics at others.
type schemaCheck struct{ root map[string]any }

func (c *schemaCheck) flaws(r map[string]any, v any, at string) (found []string) {
	bad := func(format string, args ...any) { found = append(found, at+": "+fmt.Sprintf(format, args...)) }
	for word, says := range r {
		switch word {
		case "$schema", "title", "description", "definitions":
		case "$ref":
			name := strings.TrimPrefix(says.(string), "#/definitions/")
			found = append(found, c.flaws(c.root["definitions"].(map[string]any)[name].(map[string]any), v, at)...)
		case "type":
			if !hasType(says, v) {
				bad("%v is no %v", v, says)
			}
		case "enum":
			if !slices.Contains(says.([]any), v) {
				bad("%v is none of %v", v, says)
			}
		case "const":
			if says != v {
				bad("%v is not %v", v, says)
			}
		case "anyOf":
			var all []string
			for _, one := range says.([]any) {
				flaws := c.flaws(one.(map[string]any), v, at)
				if len(flaws) == 0 {
					all = nil
					break
				}
				all = append(all, flaws...)
			}
			found = append(found, all...)
		case "required":
			for _, key := range says.([]any) {
				if m, ok := v.(map[string]any); ok && !has2(m, key.(string)) {
					bad("no %s", key)
				}
			}
		case "properties":
			m, _ := v.(map[string]any)
			for key, value := range m {
				if rule, ok := says.(map[string]any)[key]; ok {
					found = append(found, c.flaws(rule.(map[string]any), value, at+"."+key)...)
				} else if r["additionalProperties"] == false {
					bad("no key %s", key)
				}
			}
		case "additionalProperties":
		case "minProperties":
			if m, ok := v.(map[string]any); ok && len(m) == 0 {
				bad("it is empty")
			}
		case "items":
			list, _ := v.([]any)
			for i, item := range list {
				found = append(found, c.flaws(says.(map[string]any), item, fmt.Sprintf("%s[%d]", at, i))...)
			}
		case "minItems", "maxItems":
			list, ok := v.([]any)
			if n := float64(len(list)); ok && (word == "minItems" && n < says.(float64) || word == "maxItems" && n > says.(float64)) {
				bad("%d items", len(list))
			}
		case "minLength", "maxLength":
			s, ok := v.(string)
			if n := float64(utf8.RuneCountInString(s)); ok && (word == "minLength" && n < says.(float64) || word == "maxLength" && n > says.(float64)) {
				bad("%v letters", n)
			}
		case "minimum", "maximum":
			if n, ok := number(v); ok && (word == "minimum" && n < says.(float64) || word == "maximum" && n > says.(float64)) {
				bad("%v", v)
			}
		case "pattern":
			if s, ok := v.(string); ok && !regexp.MustCompile(says.(string)).MatchString(s) {
				bad("%q does not fit %s", s, says)
			}
		case "uniqueItems":
			seen := map[string]bool{}
			list, _ := v.([]any)
			for _, item := range list {
				if seen[fmt.Sprint(item)] {
					bad("%v twice", item)
				}
				seen[fmt.Sprint(item)] = true
			}
		default:
			panic("the schema says " + word)
		}
	}
	return found
}

func has2(m map[string]any, key string) bool { _, ok := m[key]; return ok }

func number(v any) (float64, bool) {
	switch v := v.(type) {
	case uint64:
		return float64(v), true
	case int64:
		return float64(v), true
	case float64:
		return v, true
	}
	return 0, false
}

func hasType(says, v any) bool {
	if list, ok := says.([]any); ok {
		return slices.ContainsFunc(list, func(one any) bool { return hasType(one, v) })
	}
	_, isNumber := number(v)
	_, isFloat := v.(float64)
	switch says {
	case "string":
		_, ok := v.(string)
		return ok
	case "boolean":
		_, ok := v.(bool)
		return ok
	case "number":
		return isNumber
	case "integer":
		return isNumber && !isFloat
	case "null":
		return v == nil
	case "array":
		_, ok := v.([]any)
		return ok
	case "object":
		_, ok := v.(map[string]any)
		return ok
	}
	panic(says)
}
