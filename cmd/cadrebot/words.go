package main

import (
	"encoding/json"
	"strings"

	"cadrebot/bot"
)

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

// membersOf reads an audience's size.
func membersOf(t bot.Thing) (m bot.Members) {
	_ = json.Unmarshal(t.Data, &m) // an audience of none has no size
	return m
}

// classTarget reads of a class what a timetable needs.
func classTarget(t bot.Thing) target {
	var class struct {
		Name string `json:"n"`
		Spec string `json:"s"`
		Zone string `json:"z"`
		Last int64  `json:"t"`
	}
	if !t.Exists() || json.Unmarshal(t.Data, &class) != nil {
		return target{}
	}
	return target{text: "class " + class.Name, spec: class.Spec, zone: class.Zone, last: class.Last}
}
