package content

import (
	"maps"
	"strings"
	"testing"
	"testing/fstest"
)

// Every mistake in a lesson, a question of some kind or the files around them is
// named with its place and what to write instead.
func TestMistakes(t *testing.T) {
	const lesson, questions, course = "c/lessons/01.yaml", "c/questions/01.yaml", "c/course.yaml"
	for name, c := range map[string]struct {
		file, old, with string
		problem         string // the beginning of one, after the file's name
	}{
		"module of a lesson":     {lesson, "module: first", "module: frist", `:2:9: module cannot be "frist"; did you mean first?`},
		"minutes":                {lesson, "minutes: 3", "minutes: 90", `:4:10: minutes cannot be "90"; write a whole number from 1 to 60`},
		"no minutes":             {lesson, "minutes: 3\n", "", `:1:1: this lesson has no minutes`},
		"no cards":               {lesson, "cards:", "crads:", `:6:1: a lesson has no "crads"; did you mean cards?`},
		"card of no kind":        {lesson, "  - picture: media/map.png", "  - pictrue: media/map.png", `:10:5: a card has no "pictrue"; did you mean picture?`},
		"card of nothing":        {lesson, "  - picture: media/map.png", "  - title: x", `:10:5: this card shows nothing; give it one of the keys text, picture`},
		"key of another kind":    {lesson, "  - check: q-check", "  - check: q-check\n    alt: x", `:19:5: "alt" does not belong to a card of the kind check; remove it; its keys are title, source, check`},
		"two kinds":              {lesson, "  - check: q-check", "  - check: q-check\n    link: https://a.org", `:18:5: "check" does not belong to a card of the kind link`},
		"no alt":                 {lesson, "    alt: {zh: 地图, en: A map}\n", "", `:10:5: this card has no alt; add a line alt:`},
		"a language mistyped":    {lesson, "{zh: 一段话, en: A few words}", "{zh: 一段话, eng: A few words}", `:7:21: text has no language "eng"; did you mean en?`},
		"own language missing":   {lesson, "{zh: 一段话, en: A few words}", "{en: A few words}", `:7:5: text has no zh, the language of the course; add a line zh: …`},
		"a translation too long": {lesson, "en: A few words}", "en: " + strings.Repeat("x", 601) + "}", `:7:25: text has 601 letters; shorten it to 600`},
		"too long in Chinese":    {lesson, "zh: 一段话,", "zh: " + strings.Repeat("工", 281) + ",", `:7:16: text has 281 letters; shorten it to 280`},
		"a file that is missing": {lesson, "media/map.png", "media/mapp.png", `:10:14: there is no file "media/mapp.png"; did you mean media/map.png?`},
		"a file of another kind": {lesson, "media/map.png", "media/map.bmp", `:10:14: picture cannot be "media/map.bmp"; save it as one of: .png .jpg .jpeg`},
		"a file elsewhere":       {lesson, "media/map.png", "../map.png", `:10:14: picture is no file of the course’s folder media; put the file there`},
		"a file that is HTML":    {lesson, "media/map.png", "media/fake.png", `:10:14: "media/fake.png" does not hold what its ending says`},
		"a file that is empty":   {lesson, "media/map.png", "media/empty.png", `:10:14: "media/empty.png" does not hold what its ending says`},
		"a file that is huge":    {lesson, "media/map.png", "media/huge.png", `:10:14: "media/huge.png" is larger than 5 MB`},
		"a file that is none":    {lesson, "media/map.png", "media/dir.png", `:10:14: "media/dir.png" is not a plain file`},
		"http":                   {lesson, "https://example.org/a", "http://example.org/a", `:15:11: link is no address that begins with https://`},
		"no host":                {lesson, "https://example.org/x.mp3", "https://localhost/x.mp3", `:12:12: audio is no address that begins with https://`},
		"an address with a name": {lesson, "https://example.org/a", "https://me@example.org/a", `:15:11: link is no address`},
		"no question":            {lesson, "q-check", "q-chekc", `:18:12: there is no question "q-chekc"; did you mean q-check?`},
		"another's question":     {lesson, "q-check", "q-tf", `:18:12: the question "q-tf" does not name this lesson; write lesson: zh-first in the question`},
		"scene unknown":          {lesson, "to: second", "to: secnd", `:26:19: to cannot be "secnd"; did you mean second?`},
		"scene twice":            {lesson, "- id: third", "- id: second", `:37:15: two scenes have the id "second"; give each its own`},
		"scene not reached":      {lesson, "{zh: 写, en: Write}, to: good", "{zh: 写, en: Write}, to: bad", `:42:12: no choice leads to the scene "good"; let a choice lead to it`},
		"one ending":             {lesson, "        - {id: bad, text: {zh: 坏, en: Badly}}", "        - {id: bad, text: {zh: 坏, en: Badly}, choices: [{text: {zh: 再, en: Again}, to: start}]}", `:21:7: this case has fewer than two endings; write at least two scenes`},
		"two decisions":          {lesson, "            - {text: {zh: 走, en: Leave}, to: bad}\n        - id: third", "        - id: third", `:21:7: no way through this case has three decisions`},
		"good with choices":      {lesson, "          text: {zh: 后来, en: Then}", "          text: {zh: 后来, en: Then}\n          good: true", `:34:11: good belongs to an ending`},
		"no way out": {lesson, "        - {id: bad, text: {zh: 坏, en: Badly}}", "        - {id: bad, text: {zh: 坏, en: Badly}}\n        - {id: loop, text: {zh: 圈, en: Round}, choices: [{text: {zh: 转, en: On}, to: loop}]}",
			`:44:12: no choice leads to the scene "loop"`},
		"a circle": {lesson, "{text: {zh: 回, en: Back}, to: start}\n", "{text: {zh: 回, en: Back}, to: loop}\n        - {id: loop, text: {zh: 圈, en: Round}, choices: [{text: {zh: 转, en: On}, to: loop}]}\n",
			`:42:12: from the scene "loop" no way leads to an ending`},
		"a date that is none":    {lesson, "tags: [宪法, law]", "review: 2027-02-30", `:5:9: review cannot be "2027-02-30"; write a day of the calendar as 2027-06-30`},
		"a tag twice":            {lesson, "tags: [宪法, law]", "tags: 宪法", `:5:1: tags is no list; begin each of its entries with -`},
		"a category mistyped":    {questions, "[new, full-time]", "[nwe, full-time]", `:15:9: for cannot be "nwe"; did you mean new?`},
		"a category twice":       {questions, "[new, full-time]", "[new, new]", `:15:14: "new" stands in for twice`},
		"difficulty":             {questions, "difficulty: hard", "difficulty: hrad", `:13:15: difficulty cannot be "hrad"; did you mean hard?`},
		"lesson of a question":   {questions, "lesson: zh-first", "lesson: zh-frst", `:2:11: lesson cannot be "zh-frst"; did you mean zh-first?`},
		"no place":               {questions, "module: second, kind: truefalse", "kind: truefalse", `:17:4: this question belongs to no lesson; add a line lesson:`},
		"two places":             {questions, "lesson: zh-first", "lesson: zh-first\n  module: second", `:3:11: the lesson of this question belongs to the module "first"; remove this line`},
		"statement":              {questions, "answer: false", "answer: no", `:17:66: answer is neither true nor false`},
		"statement's feedback":   {questions, "true: 不", "ture: 不", `:17:84: a feedback has no "ture"; did you mean true?`},
		"answers no list":        {questions, "answers: [工会, 工*]", "answers: 工会", `:18:57: answers is no list`},
		"answers too many":       {questions, "[工会, 工*]", "[" + strings.Repeat("x, ", 20) + "y]", `:18:57: there are 21 answers; keep 1 to 20`},
		"answer empty":           {questions, "[工会, 工*]", "[工会, '']", `:18:71: an entry of answers is empty`},
		"diacritics":             {questions, "diacritics: optional", "diacritics: true", `:18:100: diacritics cannot be "true"; write one of: optional, required`},
		"a mistake that counts":  {questions, "{answer: 党,", "{answer: 工会,", `:18:130: "工会" is a known mistake and an answer that counts`},
		"number":                 {questions, "answer: 3920", "answer: '3,920'", `:19:67: answer cannot be "3,920"; write digits only`},
		"number with words":      {questions, "answer: 3920", "answer: about 3920", `:19:67: answer cannot be "about 3920"; write digits only`},
		"number in Vietnamese":   {questions, "answer: 3920", "answer: 3.920", `:19:67: answer could be 3920 or a number with decimals; write 3920, or 3.9200 for decimals`},
		"tolerance":              {questions, "tolerance: 5%", "tolerance: -5", `:19:84: tolerance is less than nothing`},
		"one pair":               {questions, ", {left: 二, right: 乙, id: z}", "", `:20:62: there is only one entry in pairs; give 2 to 6`},
		"pairs alike":            {questions, "right: 乙, id: z", "right: 甲, id: z", `:20:92: two right sides say the same`},
		"items not translated":   {questions, "en: [one, two]", "en: [one, two, three]", `:21:103: there are 3 items, and 2 in the language of the course`},
		"items alike":            {questions, "zh: [一, 二]", "zh: [一, 一]", `:21:4: two items say the same`},
		"gaps":                   {questions, "工____和____", "工____和", `:22:60: the stem has 1 gaps (____) and the answers are for 2`},
		"a short gap":            {questions, "工____和____", "工____和__", `:22:52: a gap of the stem is not written as ____`},
		"a key of another kind":  {questions, "kind: multiple", "kind: multiple\n  answers: [x]", `:4:3: "answers" does not belong to a question of the kind multiple`},
		"two right in single":    {questions, "kind: multiple", "kind: single", `:5:3: 2 options are marked as right; keep right: true at one of them, or write kind: multiple`},
		"kind":                   {questions, "kind: ordering", "kind: order", `:21:42: kind cannot be "order"; `},
		"course for nobody":      {course, "for: [new]", "for: []", `:5:1: for is empty; write its entries, or remove the line`},
		"a module's translation": {course, "{zh: 第一, en: First}", "{zh: 第一, en: ''}", `:9:25: title is empty`},
		"a folder mistyped":      {"c/lesson/x.yaml", "", "x", `c/lesson: this folder is not read; did you mean lessons?`},
		"a category's title":     {"categories.yaml", "title: Full", "titel: Full", `:4:3: a category has no "titel"`},
		"a category's id twice":  {"categories.yaml", "id: full-time", "id: new", `:3:3: the category id "new" stands here twice`},
		"categories no list":     {"categories.yaml", "- id: new\n", "id: new\n", `:`},
	} {
		t.Run(name, func(t *testing.T) {
			files := maps.Clone(wholeSource().FS.(fstest.MapFS))
			files["c/media/fake.png"] = &fstest.MapFile{Data: []byte("<!DOCTYPE html>")}
			files["c/media/empty.png"] = &fstest.MapFile{}
			files["c/media/huge.png"] = &fstest.MapFile{Data: append([]byte("\x89PNG"), make([]byte, maxAsset)...)}
			files["c/media/dir.png/x"] = &fstest.MapFile{}
			if c.old != "" {
				put2(c.file, c.old, c.with)(files)
			} else {
				add(c.file, c.with)(files)
			}
			_, problems := Load(Source{"s", files})
			want := "s/" + c.file + c.problem
			if c.old == "" {
				want = "s/" + c.problem
			}
			for _, p := range problems {
				if strings.HasPrefix(p.String(), want) && p.Remedy != "" {
					return
				}
			}
			t.Errorf("problems %v, want %s", problems, want)
		})
	}
}
