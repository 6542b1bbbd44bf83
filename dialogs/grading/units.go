package grading

import (
	"slices"
	"strings"

	"cadrebot/dialogs/han"
)

// withoutUnits are the forms of an answer with and without an author's units
// before or after it.
func withoutUnits(lang, s string, units []string) []string {
	forms := []string{s}
	for _, u := range units {
		u = Normalise(lang, u)
		if u == "" {
			continue
		}
		for _, u := range []string{u, bare(u)} { // a unit is not what is asked for
			if rest, ok := cutAround(s, u); ok && !slices.Contains(forms, rest) {
				forms = append(forms, rest)
			}
		}
	}
	return forms
}

// cutAround takes a word from the end or the beginning of a text. Latin words
// are cut whole.
func cutAround(s, word string) (rest string, ok bool) {
	if rest, ok = strings.CutSuffix(s, word); ok {
		last := rune(0)
		if rest != "" {
			last = lastRune(rest)
		}
		ok = last == ' ' || han.Is(firstRune(word)) || !latin(firstRune(word))
	}
	if !ok {
		if rest, ok = strings.CutPrefix(s, word); ok && latin(firstRune(word)) {
			ok = strings.HasPrefix(rest, " ")
		}
	}
	rest = strings.TrimSpace(rest)
	return rest, ok && rest != ""
}

// expected are units that a bare number may have meant: who is asked "how many
// years" and answers 3 means years.
var expected = map[string][]string{
	"zh": strings.Fields("年 月 日 号 天 周 星期 个月 小时 分钟 秒 岁 元 万元 亿元 % ‰ 个 名 人 位 条 项 次 种 类 家 所 门 节 课 章 期 届 级 点 步 道 题 本 份 场 班 个人 课时 学时 人次 公里 米 平方米 学员 会员 职工 干部"),
	"vi": append(strings.Split("học viên,đoàn viên,cán bộ,công nhân", ","), strings.Fields("năm tháng ngày tuần giờ phút giây tuổi đồng % ‰ người lớp cái lần điều khoản mục môn bước câu bài buổi tiết khóa đợt cấp nhóm")...),
	"en": strings.Fields("year years month months day days week weeks hour hours minute minutes second seconds % ‰ people persons items times class classes course courses lesson lessons level levels learners members workers officers dollars yuan dong"),
}

// harmless are units that say nothing new of a bare number: who adds one to a
// year or to a count of things has answered the same.
var harmless = map[string][]string{
	"zh": strings.Fields("个 名 人 位 条 项 次 种"),
	"vi": strings.Fields("người cái"),
	"en": strings.Fields("people persons items"),
}

// people are the harmless units that count nothing but people.
var people = strings.Fields("人 名 位 người people persons")

// follows reports whether a unit may follow a number though the author named
// others: 个 follows anything, 人 only what is counted in people.
func follows(lang, unit string, units []string) bool {
	if !has(harmless[lang], unit) {
		return false
	}
	return len(units) == 0 || !has(people, unit) || slices.ContainsFunc(units, func(u string) bool { return has(people, u) })
}

var yearWords = map[string]string{"zh": "年", "vi": "năm", "en": "year"}

// unitAside reports whether two texts are one number, with its unit and
// without. 3年 and 3个月 are not: both have one.
func unitAside(lang, key, typed string, units []string) bool {
	if lang != "zh" && lang != "vi" {
		lang = "en"
	}
	for _, u := range expected[lang] {
		if rest, ok := cutAround(key, u); ok && rest == typed && bareNumber(typed) {
			return true
		}
	}
	for _, u := range harmless[lang] {
		if rest, ok := cutAround(typed, u); ok && rest == key && bareNumber(key) && follows(lang, u, units) {
			return true
		}
	}
	rest, ok := cutAround(typed, yearWords[lang])
	return ok && rest == key && bareNumber(key) && len(key) == 4 && (key[0] == '1' || key[0] == '2')
}

// bareNumber reports whether a text in its normal form is a number alone.
func bareNumber(s string) bool {
	for i, r := range s {
		if !digit(r) && (r != point || i == 0) {
			return false
		}
	}
	return s != ""
}
