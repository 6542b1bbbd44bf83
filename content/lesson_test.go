package content

import (
	"strings"
	"testing"
	"testing/fstest"

	"cadrebot/content/phrases"
)

const wholeCourse = `id: whole
title: {zh: 全, en: Whole, vi: Toàn bộ}
lang: zh
source: 一本书
for: [new]
review: 2027-06-30
modules:
  - id: first
    title: {zh: 第一, en: First}
  - id: second
    title: 第二
`

const wholeLesson = `id: zh-first
module: first
title: {zh: 第一课, en: Lesson one}
minutes: 3
tags: [宪法, law]
cards:
  - text: {zh: 一段话, en: A few words}
    title: {zh: 先看, en: First}
    source: 原文
  - picture: media/map.png
    alt: {zh: 地图, en: A map}
  - audio: https://example.org/x.mp3
    alt: {zh: 录音, en: A recording}
    text: 只有中文
  - link: https://example.org/a
    title: {zh: 网页, en: A page}
  - reading: {zh: [一, 二], en: [one, two]}
  - check: q-check
  - case:
      invented: true
      scenes:
        - id: start
          text: {zh: 开始, en: It begins}
          choices:
            - text: {zh: 听, en: Listen}
              to: second
              right: true
              feedback: {zh: 因为, en: Because}
              source: 原文
            - text: {zh: 走, en: Leave}
              to: bad
        - id: second
          text: {zh: 后来, en: Then}
          choices:
            - {text: {zh: 问, en: Ask}, to: third, right: true}
            - {text: {zh: 走, en: Leave}, to: bad}
        - id: third
          text: {zh: 最后, en: At last}
          choices:
            - {text: {zh: 写, en: Write}, to: good, right: true}
            - {text: {zh: 回, en: Back}, to: start}
        - {id: good, text: {zh: 好, en: Well}, good: true}
        - {id: bad, text: {zh: 坏, en: Badly}}
learned: {zh: 学到了, en: So much}
`

const wholeQuestions = `- id: q-check
  lesson: zh-first
  kind: multiple
  stem: {zh: 哪些？, en: Which?}
  options:
    - text: {zh: 甲, en: A}
      right: true
      feedback: {zh: 对, en: Yes}
    - {id: x2, text: {zh: 乙, en: B}, right: true}
    - text: {zh: 丙, en: C}
  explanation: {zh: 因为, en: Because}
  source: 原文
  difficulty: hard
  tags: [a]
  for: [new, full-time]
  review: 2027-01-31
- {id: q-tf, module: second, kind: truefalse, stem: 对吗？, answer: false, feedback: {true: 不, false: 是}, explanation: 因, source: 文}
- {id: q-typed, module: second, kind: typed, stem: 什么？, answers: [工会, 工*], units: [年], diacritics: optional, mistakes: [{answer: 党, feedback: 不是}], explanation: 因, source: 文}
- {id: q-number, module: second, kind: number, stem: 多少？, answer: 3920, tolerance: 5%, units: [人], explanation: 因, source: 文}
- {id: q-matching, module: second, kind: matching, stem: 配对, pairs: [{left: 一, right: 甲}, {left: 二, right: 乙, id: z}], explanation: 因, source: 文}
- {id: q-ordering, module: second, kind: ordering, stem: {zh: 排序, en: Order}, items: {zh: [一, 二], en: [one, two]}, explanation: {zh: 因, en: E}, source: 文}
- {id: q-blank, module: second, kind: blank, stem: 工____和____, gaps: [{answers: [会]}, {answers: [人]}], explanation: 因, source: 文}
`

func wholeSource() Source {
	return Source{"s", fstest.MapFS{
		"c/course.yaml":       {Data: []byte(wholeCourse)},
		"c/lessons/01.yaml":   {Data: []byte(wholeLesson)},
		"c/questions/01.yaml": {Data: []byte(wholeQuestions)},
		"c/media/page.mp3":    {Data: []byte("<!DOCTYPE html>")},
		"c/media/notes.txt":   {Data: []byte("notes")},
		"c/media/map.png":     {Data: []byte("\x89PNG\r\n\x1a\n")},
		"categories.yaml":     {Data: []byte("- id: new\n  title: {zh: 新, vi: Mới}\n- id: full-time\n  title: Full\n")},
	}}
}

func TestEverythingIsRead(t *testing.T) {
	lib, problems := Load(wholeSource())
	checkProblems(t, problems, nil)
	lesson, ok := lib.Lesson(phrases.EN, "zh-first")
	if !ok || lesson.Title != "Lesson one" || lesson.Minutes != 3 || len(lesson.Cards) != 7 || lesson.Learned != "So much" {
		t.Fatalf("%+v", lesson)
	}
	for i, want := range []Card{
		{Kind: CardText, Title: "First", Text: "A few words", Source: "原文"},
		{Kind: CardPicture, File: "media/map.png", Alt: "A map"},
		{Kind: CardAudio, URL: "https://example.org/x.mp3", Alt: "A recording"},
		{Kind: CardLink, URL: "https://example.org/a", Title: "A page"},
	} {
		got := lesson.Cards[i]
		if got.Kind != want.Kind || got.Title != want.Title || got.Text != want.Text || got.File != want.File || got.URL != want.URL || got.Alt != want.Alt || got.Source != want.Source {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
	if c := lesson.Cards[4]; c.Kind != CardReading || strings.Join(c.Pages, "|") != "one|two" {
		t.Errorf("%+v", c)
	}
	if c := lesson.Cards[5]; c.Kind != CardCheck || c.Check != "q-check" {
		t.Errorf("%+v", c)
	}
	story := lesson.Cards[6].Case
	if story == nil || !story.Invented || len(story.Scenes) != 5 || story.Scenes[0].Choices[0] != (Choice{ID: markOf("听"), Text: "Listen", To: "second", Right: true, Feedback: "Because", Source: "原文"}) || !story.Scenes[3].Good {
		t.Errorf("%+v", story)
	}
	if own, _ := lib.Lesson(phrases.VI, "zh-first"); own.Title != "第一课" || own.Lang != phrases.ZH || len(own.Questions) != 1 {
		t.Errorf("what is not translated reads %+v, want the course’s own language", own)
	}
	if len(lesson.Questions) != 1 || lesson.Questions[0].Stem != "Which?" || lesson.Questions[0].Module != "first" || lesson.Questions[0].Difficulty != 3 {
		t.Errorf("%+v", lesson.Questions)
	}
	q := func(id string) *Question {
		q, ok := lib.Question(phrases.ZH, id)
		if !ok {
			t.Fatalf("%s is not there", id)
		}
		return q
	}
	if o := q("q-tf").Options; o[0].Feedback != "不" || o[1].Feedback != "是" || !o[1].Right {
		t.Errorf("%+v", o)
	}
	if g := q("q-typed").Gaps[0]; len(g.Answers) != 2 || !g.Plain || g.Units[0] != "年" || q("q-typed").Mistakes[0] != (Mistake{"党", "不是"}) {
		t.Errorf("%+v", g)
	}
	if a := q("q-number").Amount; a.Value != 3920 || a.Tolerance != 196 || a.Units[0] != "人" {
		t.Errorf("%+v", a)
	}
	if p := q("q-matching").Pairs; p[0] != (Pair{markOf("一"), "一", "甲"}) || p[1].ID != "z" {
		t.Errorf("%+v", p)
	}
	if q, _ := lib.Question(phrases.EN, "q-ordering"); q.Options[1].Text != "two" || q.Lang != phrases.EN {
		t.Errorf("%+v", q)
	}
	if len(q("q-blank").Gaps) != 2 {
		t.Errorf("%+v", q("q-blank"))
	}
	// A module without a title in a language does not exist in it.
	if m := lib.Modules(phrases.EN); len(m) != 1 || m[0].ID != "first" || len(lib.Questions(phrases.EN, "")) != 1 || len(lib.Questions(phrases.ZH, "second")) != 6 {
		t.Errorf("%+v", m)
	}
	if c, ok := lib.Course(phrases.VI, "whole"); !ok || c.Title != "Toàn bộ" || len(c.Lessons()) != 0 || len(lib.Courses(phrases.VI)) != 0 || len(lib.Modules(phrases.VI)) != 0 {
		t.Errorf("%+v", c)
	}
	if c := lib.Categories(); len(c) != 2 || c[0].Title(phrases.VI) != "Mới" || c[0].Title(phrases.EN) != "新" || c[1].Title(phrases.ZH) != "Full" {
		t.Errorf("%+v", c)
	}
	if raw, err := lib.Asset("whole/media/map.png"); err != nil || len(raw) != 8 {
		t.Error(raw, err)
	}
	for _, name := range []string{"whole/course.yaml", "whole/media/../course.yaml", "whole/media/no.png", "whole/media/page.mp3", "whole/media/notes.txt", "nothing/media/map.png", "", "whole"} {
		if _, err := lib.Asset(name); err == nil {
			t.Errorf("%q is served", name)
		}
	}
}

// A mistake in a lesson leaves its questions serving; they just lead to no lesson.
func TestQuestionsOutliveTheirLesson(t *testing.T) {
	files := wholeSource().FS.(fstest.MapFS)
	put2("c/lessons/01.yaml", "minutes: 3", "minutes: x")(files)
	lib, problems := Load(Source{"s", files})
	if len(problems) != 1 {
		t.Errorf("problems %v", problems)
	}
	if q, ok := lib.Question(phrases.ZH, "q-check"); !ok || q.Lesson != "" || q.Module != "first" || len(lib.Questions(phrases.ZH, "first")) != 1 {
		t.Errorf("%+v", q)
	}
}

// A check that is not translated is no card of the translation.
func TestAChecksLanguage(t *testing.T) {
	files := wholeSource().FS.(fstest.MapFS)
	put2("c/questions/01.yaml", "{zh: 哪些？, en: Which?}", "哪些？")(files)
	lib, problems := Load(Source{"s", files})
	checkProblems(t, problems, nil)
	zh, _ := lib.Lesson(phrases.ZH, "zh-first")
	en, _ := lib.Lesson(phrases.EN, "zh-first")
	if len(zh.Cards) != 7 || len(en.Cards) != 6 || len(en.Questions) != 0 {
		t.Errorf("%d and %d cards", len(zh.Cards), len(en.Cards))
	}
}
