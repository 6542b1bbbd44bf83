package dialogs

import "cadrebot/scheduler/timetable"

// refusals say why a timetable or a zone was not taken, and what to write.
var refusals = map[timetable.Reason]string{
	timetable.ReasonEmpty:       "class.refused_empty",
	timetable.ReasonTooLong:     "class.refused_long",
	timetable.ReasonFields:      "class.refused_fields",
	timetable.ReasonSyntax:      "class.refused_syntax",
	timetable.ReasonRange:       "class.refused_range",
	timetable.ReasonSunday:      "class.refused_sunday",
	timetable.ReasonAmbiguous:   "class.refused_ambiguous",
	timetable.ReasonUnsupported: "class.refused_unsupported",
	timetable.ReasonNeverFires:  "class.refused_never",
	timetable.ReasonTooOften:    "class.refused_often",
	timetable.ReasonDate:        "class.refused_date",
	timetable.ReasonClause:      "class.refused_clause",
	timetable.ReasonClash:       "class.refused_clash",
	timetable.ReasonNth:         "class.refused_nth",
	timetable.ReasonTooMany:     "class.refused_many",
	timetable.ReasonNoneLeft:    "class.refused_none",
	timetable.ReasonZoneInside:  "class.refused_zone_inside",
	timetable.ReasonZoneUnknown: "class.refused_zone",
}

// refused says in the person's language what is the matter and what to do.
func (t *talk) refused(err error) string {
	var spec *timetable.SpecError
	if !asSpec(err, &spec) {
		return t.say("class.refused_fields")
	}
	reason := t.say
	text := reason(refusals[spec.Reason], "detail", spec.Detail, "n", spec.Detail, "remedy", spec.Remedy)
	if spec.Remedy != "" && spec.Reason != timetable.ReasonZoneUnknown {
		text += " " + t.say("class.refused_write", "remedy", spec.Remedy)
	}
	return text
}
