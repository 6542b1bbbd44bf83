package grading

import "testing"

// What an author may switch on, and what stays wrong all the same.
func TestSwitches(t *testing.T) {
	year := Gap{Answers: []string{"1925"}, Units: []string{"年"}}
	learners := Gap{Answers: []string{"3.920"}, Units: []string{"học viên", "người"}}
	plain := Gap{Answers: []string{"công đoàn cơ sở"}, Plain: true}
	either := Gap{Answers: []string{"集体协商", "工资协商"}}
	for _, x := range []struct {
		gap         Gap
		lang, typed string
		want        Result
	}{
		{year, "zh", "一九二五年", Result{Right, None, "1925"}},
		{year, "zh", "1925", Result{Right, None, "1925"}},
		{year, "zh", "1925月", Result{Wrong, None, "1925"}},
		{year, "zh", "年", Result{Wrong, None, "1925"}},
		{learners, "vi", "3920 người", Result{Right, None, "3.920"}},
		{learners, "vi", "3.920 HỌC VIÊN", Result{Right, None, "3.920"}},
		{learners, "vi", "3920 lớp", Result{Wrong, None, "3.920"}},
		{plain, "vi", "cong doan co so", Result{Right, None, "công đoàn cơ sở"}},
		{plain, "vi", "công doan cơ so", Result{Right, None, "công đoàn cơ sở"}},
		{plain, "vi", "cống đoàn cơ sở", Result{Wrong, None, "công đoàn cơ sở"}},
		{plain, "vi", "khong cong doan co so", Result{Wrong, None, "công đoàn cơ sở"}},
		{plain, "vi", "cong doan", Result{Wrong, None, "công đoàn cơ sở"}},
		{Gap{Answers: []string{"không được"}, Plain: true}, "vi", "duoc", Result{Wrong, None, "không được"}},
		{Gap{Answers: []string{"được"}, Plain: true}, "vi", "khong duoc", Result{Wrong, None, "được"}},
		{Gap{Answers: []string{"đào tạo*"}, Plain: true}, "vi", "dao tao can bo", Result{Right, None, "đào tạo*"}},
		{either, "zh", "工資協商", Result{Right, None, "工资协商"}},
		{either, "zh", "协商", Result{Wrong, None, "集体协商"}},
		{Gap{}, "en", "anything", Result{}},
	} {
		if got := graded().Grade(x.gap, x.lang, x.typed); got != x.want {
			t.Errorf("%q for %v: %+v, want %+v", x.typed, x.gap, got, x.want)
		}
	}
}

func TestNumber(t *testing.T) {
	people := Amount{Value: 3920, Units: []string{"học viên", "người"}}
	about := Amount{Value: 100, Tolerance: 5}
	months := Amount{Value: 3, Units: []string{"个月"}}
	share := Amount{Value: 85, Units: []string{"%"}}
	half := Amount{Value: 0.5}
	for _, x := range []struct {
		amount      Amount
		lang, typed string
		want        Verdict
	}{
		{people, "vi", "3920", Right},
		{people, "vi", "3.920 học viên", Right},
		{people, "vi", "khoảng 3920", Right},
		{people, "vi", "ba nghìn chín trăm hai mươi", Right},
		{people, "vi", "3,920", Near},
		{people, "vi", "3,921", Wrong},
		{people, "vi", "3,920,5", Unclear},
		{Amount{Value: 3.92}, "vi", "3,920", Right},
		{people, "vi", "3921", Wrong},
		{people, "vi", "3920 lớp", Wrong},
		{people, "vi", "3920 hay 4000", Unclear},
		{people, "vi", "không biết", Unclear},
		{people, "vi", "không 3920", Unclear},
		{people, "vi", "", Unclear},
		{about, "en", "95", Right},
		{about, "en", "105.0", Right},
		{about, "en", "94.9", Wrong},
		{about, "en", "one hundred", Right},
		{about, "en", "about a hundred and two", Unclear},
		{about, "en", "-100", Wrong},
		{about, "en", "1e2", Unclear},
		{about, "en", "Inf", Unclear},
		{about, "en", "100 days", Right},
		{about, "en", "100 or more", Unclear},
		{months, "zh", "三个月", Right},
		{months, "zh", "3", Right},
		{months, "zh", "３", Right},
		{months, "zh", "3年", Wrong},
		{months, "zh", "约3个月", Right},
		{months, "zh", "3个月以上", Unclear},
		{share, "zh", "百分之八十五", Right},
		{share, "zh", "85％", Right},
		{share, "zh", "85", Right},
		{share, "zh", "0.85", Near},
		{share, "zh", "850‰", Near},
		{share, "zh", "85‰", Wrong},
		{half, "en", ".5", Right},
		{half, "en", "1/2", Right},
		{half, "en", "½", Right},
		{half, "vi", "0,5", Right},
		{half, "zh", "二分之一", Right},
		{half, "zh", "50%", Near},
		{half, "en", "1/0", Unclear},
		{Amount{Value: 100000}, "zh", "10万", Right},
		{Amount{Value: 1500000}, "vi", "1,5 triệu", Right},
		{Amount{Value: 12}, "en", "twelve", Right},
		{Amount{Value: 12}, "en", "a dozen", Unclear},
		{Amount{Value: -5}, "en", "−5", Right},
		{Amount{Value: 0}, "vi", "0", Right},
	} {
		if got := Number(x.amount, x.lang, x.typed); got.Verdict != x.want {
			t.Errorf("%q for %v: %d, want %d", x.typed, x.amount, got.Verdict, x.want)
		}
	}
}
