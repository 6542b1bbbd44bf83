package content

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/goccy/go-yaml/parser"
)

// manyQuestions is a source with a number of questions of all kinds, in ten
// courses of a few files, half of them in two languages.
func manyQuestions(n int) Source {
	const courses, files = 10, 4
	fsys := fstest.MapFS{}
	next := 0
	for c := range courses {
		dir := fmt.Sprintf("course-%d", c)
		fsys[dir+"/course.yaml"] = &fstest.MapFile{Data: fmt.Appendf(nil, `id: c%d
title: {zh: 第 %d 门课, en: Course %d}
lang: zh
source: 一本书
modules:
  - id: c%d-one
    title: {zh: 第一单元, en: Module one}
  - id: c%d-two
    title: {zh: 第二单元, en: Module two}
`, c, c, c, c, c)}
		for f := range files {
			var b strings.Builder
			for range n / courses / files {
				b.WriteString(madeQuestion(next, c))
				next++
			}
			fsys[fmt.Sprintf("%s/questions/%d.yaml", dir, f)] = &fstest.MapFile{Data: []byte(b.String())}
		}
	}
	return Source{"made", fsys}
}

func madeQuestion(i, course int) string {
	text := func(zh, en string) string {
		if i%2 == 0 {
			return fmt.Sprintf("\n    zh: %s（第 %d 题）\n    en: %s (number %d)", zh, i, en, i)
		}
		return fmt.Sprintf(" %s（第 %d 题）", zh, i)
	}
	kind := kindNames[i%len(kindNames)]
	var b strings.Builder
	fmt.Fprintf(&b, "- id: made-%d\n  module: c%d-%s\n  kind: %s\n", i, course, []string{"one", "two"}[i%2], kind)
	stem := text("培训的第一部分讲方向与思路，主要围绕什么展开？", "What is the first part of the training about, and in which direction does it lead?")
	if kind == "blank" {
		stem = text("工会工作的____与____是培训的第一部分", "The ____ and the ____ of union work come first")
	}
	fmt.Fprintf(&b, "  stem:%s\n", stem)
	options := []string{"“五个关键”", "“八个坚持”", "“四个意识”", "“五融入”"}
	switch Kind(kind) {
	case Single, Multiple:
		b.WriteString("  options:\n")
		for j, o := range options {
			fmt.Fprintf(&b, "    - text:%s\n", strings.ReplaceAll(text(o, "Answer "+fmt.Sprint(j)), "\n    ", "\n        "))
			if j == i%4 {
				b.WriteString("      right: true\n")
			}
		}
	case TrueFalse:
		b.WriteString("  answer: true\n")
	case Typed:
		b.WriteString("  answers: {zh: [工会, 工*], en: [union, trade union]}\n  diacritics: optional\n")
	case Numeric:
		b.WriteString("  answer: 3920\n  tolerance: 2%\n")
	case Matching:
		b.WriteString("  pairs:\n")
		for j, o := range options {
			fmt.Fprintf(&b, "    - left: {zh: %s, en: Left %d}\n      right: {zh: 第 %d 项, en: Right %d}\n", o, j, j, j)
		}
	case Ordering:
		b.WriteString("  items: {zh: [一, 二, 三, 四], en: [one, two, three, four]}\n")
	case Blank:
		b.WriteString("  gaps:\n    - answers: {zh: [方向], en: [direction]}\n    - answers: {zh: [思路], en: [thinking]}\n")
	}
	fmt.Fprintf(&b, "  explanation:%s\n", text("先弄清朝哪走，再谈怎么干，所以第一部分围绕“八个坚持”一条一条讲方向。", "First comes where to go and then how, so the first part explains the direction step by step."))
	b.WriteString("  source: 工会工作的方向与思路是培训的第一部分,主要围绕“八个坚持”展开。\n  difficulty: easy\n  tags: [方向, law]\n\n")
	return b.String()
}

func BenchmarkLoad10k(b *testing.B) {
	s := manyQuestions(10000)
	b.ReportAllocs()
	for b.Loop() {
		lib, problems := Load(s)
		if _, _, n := lib.Size(); n != 10000 || len(problems) > 0 {
			b.Fatal(n, problems[:min(5, len(problems))])
		}
	}
}

// What the YAML library alone takes for the same bytes.
func BenchmarkYAMLAlone10k(b *testing.B) {
	s := manyQuestions(10000)
	paths, err := fs.Glob(s.FS, "*/*/*.yaml")
	if err != nil || len(paths) == 0 {
		b.Fatal(err)
	}
	total := 0
	for b.Loop() {
		total = 0
		for _, path := range paths {
			raw, err := fs.ReadFile(s.FS, path)
			if err != nil {
				b.Fatal(err)
			}
			if _, err := parser.ParseBytes(raw, 0); err != nil {
				b.Fatal(err)
			}
			total += len(raw)
		}
	}
	b.ReportMetric(float64(total)/(1<<20), "MiB")
}

// What a start costs with the courses that come with the program.
func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		if _, problems := Load(Starter()); len(problems) > 0 {
			b.Fatal(problems)
		}
	}
}
