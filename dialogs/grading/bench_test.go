package grading

import "testing"

func BenchmarkGradeChinese(b *testing.B) {
	for b.Loop() {
		graded().Grade(Gap{Answers: []string{"职工代表大会"}}, "zh", "職工代表大會。")
	}
}

func BenchmarkGradeEnglish(b *testing.B) {
	for b.Loop() {
		graded().Grade(Gap{Answers: []string{"collective bargaining"}}, "en", "colective bargaining")
	}
}
