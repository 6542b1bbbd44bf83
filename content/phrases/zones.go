package phrases

import (
	"fmt"
	"strings"
	"time"
)

// InZone writes the time of day of t in a class's zone and, where the person's
// own clock then shows something else, that too: 14:00（河内时间，您那里 15:00）.
// When the person's day is another one, it is named. A nil zone is UTC.
func InZone(lang Lang, t time.Time, zone, own *time.Location) string {
	there, here, differ := clocks(t, zone, own)
	if !differ {
		return Clock(there)
	}
	name := ZoneName(lang, there.Location())
	mine := ownClock(lang, there, here)
	switch lang {
	case ZH:
		return Clock(there) + "（" + name + "，" + mine + "）"
	case VI:
		return Clock(there) + " (" + name + "; " + mine + ")"
	}
	return Clock(there) + " " + name + " (" + mine + ")"
}

// DateTimeInZone is DateTime of t in a class's zone, with the person's own
// clock as InZone shows it.
func DateTimeInZone(lang Lang, t time.Time, zone, own *time.Location) string {
	there, here, differ := clocks(t, zone, own)
	if !differ {
		return DateTime(lang, there)
	}
	if lang == VI { // the day follows the time, so the brackets close the whole
		return DateTime(lang, there) + " (" + ZoneName(lang, there.Location()) + "; " + ownClock(lang, there, here) + ")"
	}
	return dated(lang, there, InZone(lang, t, zone, own))
}

func clocks(t time.Time, zone, own *time.Location) (there, here time.Time, differ bool) {
	if zone == nil {
		zone = time.UTC
	}
	if own == nil {
		own = zone
	}
	there, here = t.In(zone), t.In(own)
	_, a := there.Zone()
	_, b := here.Zone()
	return there, here, a != b
}

// ownClock says what the person's clock shows, with the day if it is another.
func ownClock(lang Lang, there, here time.Time) string {
	clock := Clock(here)
	if !sameDay(there, here) {
		clock = DateTime(lang, here)
		if lang == ZH { // brackets within brackets are hard to read
			clock = fmt.Sprintf("%d月%d日 %s", int(here.Month()), here.Day(), Clock(here))
		}
	}
	switch lang {
	case ZH:
		return "您那里 " + clock
	case VI:
		return "chỗ anh/chị là " + clock
	}
	return clock + " for you"
}

// ZoneName names a zone by the city people know it by: 河内时间, giờ Hà Nội,
// Hanoi time. A zone that is not in the table goes by the city of its IANA
// name, a fixed offset by that offset. Nil is UTC.
func ZoneName(lang Lang, zone *time.Location) string {
	if zone == nil {
		zone = time.UTC
	}
	name := zone.String()
	if same, ok := sameCity[name]; ok {
		name = same
	}
	if cities, ok := zoneCities[name]; ok {
		return zoneWord(lang, cities[lang.Index()])
	}
	if name == "UTC" || name == "Etc/UTC" {
		return [3]string{"UTC 时间", "giờ UTC", "UTC"}[lang.Index()]
	}
	if name == "Local" {
		return [3]string{"当地时间", "giờ địa phương", "local time"}[lang.Index()]
	}
	if slash := strings.LastIndexByte(name, '/'); slash >= 0 && !strings.HasPrefix(name, "Etc/") {
		return zoneWord(lang, strings.ReplaceAll(name[slash+1:], "_", " "))
	}
	return zoneWord(lang, offset(zone))
}

func zoneWord(lang Lang, city string) string {
	switch lang {
	case ZH:
		if city != "" && city[len(city)-1] < 0x80 {
			return city + " 时间"
		}
		return city + "时间"
	case VI:
		return "giờ " + city
	}
	return city + " time"
}

// offset names a zone without a city: UTC+7, UTC+5:30.
func offset(zone *time.Location) string {
	_, seconds := time.Unix(0, 0).In(zone).Zone()
	sign := '+'
	if seconds < 0 {
		sign, seconds = '-', -seconds
	}
	if minutes := seconds / 60 % 60; minutes != 0 {
		return fmt.Sprintf("UTC%c%d:%02d", sign, seconds/3600, minutes)
	}
	return fmt.Sprintf("UTC%c%d", sign, seconds/3600)
}

// zoneCities are the zones of the people this is for, in the order zh, vi, en.
var zoneCities = map[string][3]string{
	"Asia/Ho_Chi_Minh":    {"河内", "Hà Nội", "Hanoi"},
	"Asia/Shanghai":       {"北京", "Bắc Kinh", "Beijing"},
	"Asia/Urumqi":         {"乌鲁木齐", "Urumqi", "Urumqi"},
	"Asia/Hong_Kong":      {"香港", "Hồng Kông", "Hong Kong"},
	"Asia/Macau":          {"澳门", "Ma Cao", "Macau"},
	"Asia/Taipei":         {"台北", "Đài Bắc", "Taipei"},
	"Asia/Singapore":      {"新加坡", "Singapore", "Singapore"},
	"Asia/Kuala_Lumpur":   {"吉隆坡", "Kuala Lumpur", "Kuala Lumpur"},
	"Asia/Bangkok":        {"曼谷", "Băng Cốc", "Bangkok"},
	"Asia/Vientiane":      {"万象", "Viêng Chăn", "Vientiane"},
	"Asia/Phnom_Penh":     {"金边", "Phnôm Pênh", "Phnom Penh"},
	"Asia/Jakarta":        {"雅加达", "Jakarta", "Jakarta"},
	"Asia/Manila":         {"马尼拉", "Manila", "Manila"},
	"Asia/Tokyo":          {"东京", "Tokyo", "Tokyo"},
	"Asia/Seoul":          {"首尔", "Seoul", "Seoul"},
	"Asia/Kolkata":        {"新德里", "New Delhi", "Delhi"},
	"Europe/London":       {"伦敦", "London", "London"},
	"Europe/Paris":        {"巴黎", "Paris", "Paris"},
	"Europe/Berlin":       {"柏林", "Berlin", "Berlin"},
	"Europe/Prague":       {"布拉格", "Praha", "Prague"},
	"Europe/Moscow":       {"莫斯科", "Mát-xcơ-va", "Moscow"},
	"Africa/Cairo":        {"开罗", "Cairo", "Cairo"},
	"America/New_York":    {"纽约", "New York", "New York"},
	"America/Los_Angeles": {"洛杉矶", "Los Angeles", "Los Angeles"},
	"Australia/Sydney":    {"悉尼", "Sydney", "Sydney"},
	"Australia/Lord_Howe": {"豪勋爵岛", "đảo Lord Howe", "Lord Howe"},
}

// sameCity are other names of zones in the table.
var sameCity = map[string]string{
	"Asia/Saigon":    "Asia/Ho_Chi_Minh",
	"Asia/Chongqing": "Asia/Shanghai",
	"Asia/Harbin":    "Asia/Shanghai",
	"PRC":            "Asia/Shanghai",
	"Asia/Calcutta":  "Asia/Kolkata",
	"UCT":            "UTC",
	"Zulu":           "UTC",
	"Universal":      "UTC",
	"Etc/Universal":  "UTC",
	"Etc/Zulu":       "UTC",
}

// zonesByCity is zoneCities read the other way: by each city in each language,
// folded, alone and as ZoneName writes it.
var zonesByCity = func() map[string]string {
	zones := map[string]string{}
	for zone, cities := range zoneCities {
		for i, city := range cities {
			zones[Fold(city)] = zone
			zones[Fold(zoneWord(Langs[i], city))] = zone
		}
	}
	return zones
}()

// ZoneOf is the IANA name of the zone that people know by a city of our table,
// typed in any of the languages: 东京, Hà Nội, Beijing time.
func ZoneOf(typed string) (name string, ok bool) {
	name, ok = zonesByCity[Fold(typed)]
	return name, ok
}
