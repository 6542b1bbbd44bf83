package grading

import (
	"strings"
	"testing"
)

// pairs are answers as people type them, by language: key, what was typed, and
// = for right, ~ with what differs for near, x for wrong. None of an author's
// switches is on.
const pairs = `
zh
# numerals
一百二十|120|=
120|一百二十|=
一百零五|105|=
一百二|120|=
三千五|3500|=
百分之五|5%|=
百分之五|５％|=
5%|百分之五|=
百分之二十五点五|25.5%|=
百分之百|100%|=
千分之三|3‰|=
百分之三|3‰|x
5%|5‰|x
二分之一|1/2|=
三分之二|2/3|=
三分之二|3/2|x
两个|2个|=
两年|二年|=
二〇二五|2025|=
二○二五年|2025年|=
二零二五年|2025年|=
廿五|25|=
卅年|30年|=
10万|十万|=
10万|10 万|=
10万|100,000|=
10万|1万|x
1.5亿|150000000|=
1.5亿|1亿5千万|=
一亿五千万|1.5亿|=
三点五|3.5|=
3.5|35|x
3.5|3,5|x
15|1.5|x
15|1、5|x
八个坚持|8个坚持|=
八个坚持|九个坚持|x
八个坚持|八个保持|x
第三条|第3条|=
第三条|第13条|x
第三条|三|x
十九大|19大|=
二十大|20大|=
二十大|十二大|x
叁佰元|300元|=
万一|10001|x
大陆|大六|x
五一|五·一|=
一二·九运动|一二九运动|=
2018-2023|2018—2023|=
2018-2023|2018～2023|=
2018-2023|2018至2023|=
三至五年|3-5年|=
2018|2O18|x
1925|1952|x
1,000|1000|=
1000|1，000|=
-5|5|x
>5|5|x
3.50|3.5|=
百分之二点五|2.5%|=
两千零二十五年|2025年|=
一十五|15|=
1.2万元|12000元|=
100万|一百万|=
三千万|3000万|=
第十三届|第13届|=
第十三届|第三届|x
二十世纪九十年代|20世纪90年代|=
60%以上|60%|x
60%|60%以上|x
8小时|八个小时|=
3个工作日|3工作日|=
40人|40个人|=
三分之一|⅓|=
五千人|5000人|=
五千人|五十人|x
1:2|1：2|=
# units
3年|3|~unit
3年|3个月|x
3个月|3月|x
3年|13年|x
40个|40|~unit
40|40个|~unit
2018|2018年|~unit
3|3年|x
3|3天|x
5%|5|~unit
3人以上|3人|x
3人以上|3|x
# dates and times
1925年5月1日|1925-5-1|=
1925年5月1日|1925/05/01|=
1925年5月1日|1925.5.1|=
1925年5月1日|一九二五年五月一日|=
1925年5月1日|一九二五年五月一号|=
1925年5月1日|1925年5月|x
1925年5月1日|1925-5-2|x
1925年5月1日|1952-5-1|x
1925年5月1日|1/5/1925|~numeral
1925年5月1日|25-5-1|~numeral
5月1日|五月一日|=
5月1日|5-1|~numeral
5月1日|5.1|x
1925年5月|1925-05|=
15:00|15点|=
15:00|下午三点|=
15:00|下午3:00|=
15:00|3:00|x
15:05|15:5|x
上午九点半|9:30|=
# letters
工会|工　会|=
工会|“工会”|=
工会|「工会」|=
《工会法》|〈工会法〉|=
《工会法》|『工會法』|=
工会|工会\u200b|=
工会|\ufeff工会|=
工会|⼯会|=
GB 50016|ＧＢ５００１６|=
A4纸|a4 纸|=
头发|頭髮|=
发展|發展|=
發展|髮展|x
后来|後來|=
皇后|皇后|=
著名|着名|x
着手|著手|x
乾坤|干坤|x
干杯|乾杯|=
干部|幹部|=
干部|干郡|x
裏面|裡面|=
关系|關係|=
复杂|複雜|=
准备|準備|=
徵求|征求|=
证明|証明|=
群众|羣衆|=
台湾|臺灣|=
了解|瞭解|=
调查研究|調查研究|=
维护、服务|维护服务|=
维护、服务|服务、维护|x
维护；服务。|维护 服务|=
（民主）管理|民主管理|=
民主管理！|民主管理|=
# negation, one character, part of the whole
应当|不应当|x
可以|不可以|x
有|没有|x
有|沒有|x
法定|非法定|x
成年|未成年|x
偿|无偿|x
动|勿动|x
参加|未参加|x
合法|非法|x
职工|职责|x
职工代表大会|职工大会|x
职工代表大会|职代会|x
代表|职工代表|x
民主选举|民主选择|x
维权|维全|x
集体合同|集体协商|x
工会主席|工会副主席|x
基层|基础|x
工人日报|工人|x
，|。|x
。。|。。|=
vi
# letters
công đoàn|CÔNG ĐOÀN|=
công đoàn|cong doan|~diacritics
công đoàn|công doàn|~diacritics
công đoàn|Công  đoàn.|=
công đoàn|“công đoàn”|=
công đoàn|c\u00f4ng \u0111oa\u0300n|=
công đoàn|coˆng đoàn|x
công đoàn|côngđoàn|~spelling
công đoàn|cống đoàn|x
công đoàn|công đoan|~diacritics
công đoàn|công đoán|x
công đoàn|công đoàn viên|x
đoàn viên công đoàn|đoàn viên|x
Đà Nẵng|Ðà Nẵng|=
đường|dường|~diacritics
đường|đượng|x
# tones
khỏe|khoẻ|=
khoẻ mạnh|khỏe mạnh|=
hóa đơn|hoá đơn|=
thủy|thuỷ|=
ủy ban|uỷ ban|=
xòe|xoè|=
ngoại|ngọai|~spelling
quý|qúy|~spelling
hoàn thành|hòan thành|~spelling
tùy|tuy|~diacritics
hóa|hòa|x
má|ma|~diacritics
ma|má|x
lương|luong|~diacritics
bàn|bán|x
thưởng|thương|~diacritics
thường|thưởng|x
# i and y
kỹ thuật|kĩ thuật|~spelling
kỷ luật|kỉ luật|~spelling
y tế|i tế|~spelling
quý III|quí III|~spelling
tai|tay|x
túi|túy|x
# numbers
3.920|3920|=
3.920 học viên|3920 học viên|=
3.920|3,920|~numeral
3.920 học viên|3,920 học viên|~numeral
3,92|3,920|=
3,92|3920|x
3.920|39,20|x
1.500.000|1,500.000|x
3,5|3.5|=
3,5%|3,50 %|=
0,5|,5|x
1.000.000|1,000,000|=
1.000.000|1 000 000|=
1.000.000|1 triệu|~numeral
1,5 triệu|1.500.000|~numeral
ba năm|3 năm|~numeral
3 năm|3 tháng|x
3 năm|3|~unit
3 năm|ba|~unit
40 lớp|bốn mươi lớp|~numeral
25|hai mươi lăm|~numeral
21|hai mươi mốt|~numeral
105|một trăm linh năm|~numeral
100%|một trăm phần trăm|~numeral
2019|hai nghìn không trăm mười chín|~numeral
năm 2019|hai nghìn không trăm mười chín|~unit
2019|hai nghìn không mười chín|x
quý III|quý 3|~numeral
Đại hội XIII|Đại hội 13|~numeral
Đại hội XIII|Đại hội XII|x
Đại hội XIII|Đại hội 12|x
2018|năm 2018|~unit
2018 – 2023|2018-2023|=
nhiệm kỳ 2018 – 2023|nhiệm kì 2018-2023|~spelling
5%|5 phần nghìn|x
3|3 không|x
0|không|x
# dates
28/7/1929|28.7.1929|=
28/7/1929|28/07/1929|=
28/7/1929|1929-07-28|=
28/7/1929|7/28/1929|=
28/7/1929|28 tháng 7, 1929|=
28/7/1929|ngày 28/7/1929|=
28/7/1929|28/7/29|~numeral
28/7/1929|28 tháng Bảy năm 1929|=
28/7/1929|ngày hai mươi tám tháng bảy năm 1929|=
28/7/1929|28 tháng tám năm 1929|x
thứ hai|thứ 2|~numeral
thứ hai|thứ ba|x
24|hai mươi tư|~numeral
1929|một nghìn chín trăm hai mươi chín|~numeral
3.920|3 920|=
28/7/1929|27/8/1929|x
28/7/1929|8/7/1929|x
28/7/1929|28/7/1930|x
28/7/1929|7/1929|x
30/4|30-4|~numeral
30/4|ngày 30 tháng 4|=
1/5|5/1|x
tháng 10/2018|tháng 10 năm 2018|=
tháng 10/2018|10/2018|=
14:00|14h|=
14:00|14h00|=
14:00|14 giờ|=
14:00|2 giờ chiều|=
14:00|4 giờ|x
# negation
được phép|không được phép|x
bắt buộc|không bắt buộc|x
đủ|chưa đủ|x
đủ|chẳng đủ|x
làm|đừng làm|x
được phép|khong duoc phep|x
không được|được|x
không được|khong duoc|~diacritics
chùa|chua|~diacritics
chùa|chưa|x
đừng|dung|~diacritics
đúng|đừng|x
và|&|=
en
# letters
collective bargaining|Collective Bargaining|=
collective bargaining|collective-bargaining|=
collective bargaining|collective bargaining.|=
collective bargaining|collectivebargaining|~spelling
collective bargaining|bargaining|x
collective bargaining|bargaining collective|x
collective bargaining|collective bargaining agreement|x
collective bargaining|collectve bargaining|~spelling
collective bargaining|collective bargianing|~spelling
collective bargaining|collective braganing|x
committee|commitee|~spelling
the union|union|=
union|a union|=
labour|labor|=
labour law|labor law|=
organisation|organization|=
training centre|training center|=
programme|program|=
workers' congress|workers’ congress|=
workers' congress|workers congress|=
workers' congress|worker's congress|~spelling
co-operation|cooperation|~spelling
research and training|research & training|=
it's|its|x
can't|cannot|=
can't|can not|=
don’t|do not|=
ＵＮＩＯＮ|union|=
“union”|union|=
ILO|I.L.O.|=
U.N.|UN|=
email|e-mail|~spelling
a part|apart|x
women’s rights|womens rights|~spelling
health and safety|health & safety|=
organize|organizing|x
organizer|organizers' union|x
# plurals
trade union|trade unions|~plural
policies|policy|~plural
class|classes|~plural
people|person|~plural
news|new|x
3 years|3 year|~plural
bus|bu|x
# other words
employer|employee|x
trainer|trainee|x
county level|country level|x
legal|illegal|x
contract|contrast|x
union|onion|x
union|unison|x
worker|works|x
labor|labour|=
member|members' meeting|x
mandatory|mandate|x
stationary|stationery|x
minority|majority|x
increase|decrease|x
# numbers
1000|1 000|=
1,000,000|1000000|=
1,000,000|one million|~numeral
1.5 million|1500000|~numeral
three years|3 years|~numeral
3 years|three year|~plural
25|twenty-five|~numeral
105|one hundred and five|~numeral
first|1st|~numeral
5%|5 percent|~numeral
5%|five per cent|~numeral
5%|5 %|=
0.5|0.50|=
0.5|5|x
1.5|15|x
10|100|x
level 3|level III|~numeral
level 3|level II|x
3 years|3|~unit
3 years|3 months|x
12|1 2|x
100|1OO|x
# dates
1 May 1925|May 1, 1925|=
1 May 1925|1st of May 1925|=
1 May 1925|1st May, 1925|=
1 May 1925|May 1st 1925|=
1 May 1925|1925-05-01|=
1 May 1925|1/5/1925|~numeral
1 May 1925|5/1/1925|~numeral
1 May 1925|25/5/1925|x
1 May 1925|1-May-1925|=
1 May 1925|the 1st of May, 1925|=
May 1925|5/1925|=
28 July 1929|7/28/1929|=
28 July 1929|28.7.1929|=
28 July 1929|28 Jul 1929|=
28 July 1929|28 June 1929|x
1 May|May 1|=
1 May|1 March|x
May 1925|1925-05|=
14:00|2 pm|=
14:00|2:00 pm|=
14:00|2:00|x
# negation
can|can't|x
can|cannot|x
can|cant|x
must|must not|x
must|mustn't|x
may|may never|x
required|not required|x
members|no members|x
members|non members|x
pay|without pay|x
# wildcards
organi*ation|organisation|=
organi*ation|organi9ation|x
*union|trade union|=
*union|union|=
*allowed|not allowed|x
can*|can't|x
can*|candid|=
union*|onion|x
`

func TestPairs(t *testing.T) {
	lang, n := "", 0
	for line := range strings.Lines(pairs) {
		line = strings.TrimSpace(line)
		parts := strings.Split(line, "|")
		switch {
		case line == "" || line[0] == '#':
			continue
		case len(parts) == 1:
			lang = line
			continue
		case len(parts) != 3:
			t.Fatalf("%q is no pair", line)
		}
		n++
		key, typed := unescape(parts[0]), unescape(parts[1])
		want := Result{}
		switch sign, difference, _ := strings.Cut(parts[2], "~"); {
		case difference != "":
			want.Verdict, want.Difference = Near, Difference(difference)
		case sign == "=":
			want.Verdict = Right
		}
		got := graded().Grade(Gap{Answers: []string{key}}, lang, typed)
		if got.Verdict != want.Verdict || got.Difference != want.Difference {
			t.Errorf("%s %q for %q: %d %q, want %s", lang, typed, key, got.Verdict, got.Difference, parts[2])
		}
	}
	if n < 150 {
		t.Errorf("only %d pairs", n)
	}
	t.Logf("%d pairs", n)
}

func unescape(s string) string {
	return strings.NewReplacer(`\u200b`, "\u200b", `\u00a0`, "\u00a0", `\ufeff`, "\ufeff", `\u00f4`, "\u00f4", `\u0111`, "\u0111", `\u0300`, "\u0300").Replace(s)
}
