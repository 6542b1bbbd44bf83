package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// The course that learners of the bench go through: single choices of the usual
// size, so that every press answers one, and a long lesson.
const (
	benchModule    = "bench"
	benchLesson    = "bench-lesson"
	benchQuestions = 100
	benchCards     = 40
)

// writeCourse writes it into a folder of courses.
func writeCourse(folder string) error {
	var questions, cards strings.Builder
	for i := range benchQuestions {
		fmt.Fprintf(&questions, `- id: bench-question-%03d
  module: %s
  kind: single
  stem: 第 %d 题：进入新时代，材料说工会工作面临哪四样“新”？
  options:
    - text: 任务、对象、领域、环境
      right: true
    - text: 目标、章程、名称、机构
    - text: 领域、环境、职级、会址
    - text: 任务、对象、编制、经费
  explanation: 任务、对象、领域、环境都是新的，难题和挑战也跟着来。
  source: 工会的工作面临着新的任务、对象、领域和环境。

`, i, benchModule, i+1)
	}
	for i := range benchCards {
		fmt.Fprintf(&cards, "  - text: 第 %d 张。任务、对象、领域、环境都是新的，难题和挑战也跟着来，所以要深入基层，走近职工，听一听他们的需求。\n", i+1)
	}
	files := map[string]string{
		"course.yaml": "id: bench\ntitle: 量一量\nlang: zh\nsource: 测量\nmodules:\n  - id: " + benchModule + "\n    title: 测量\n",
		"lessons/1.yaml": "id: " + benchLesson + "\nmodule: " + benchModule + "\ntitle: 一课\nminutes: 5\ncards:\n" +
			cards.String() + "learned: 学完了。\n",
		"questions/1.yaml": questions.String(),
	}
	for path, text := range files {
		full := filepath.Join(folder, "bench", path)
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(full, []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}
