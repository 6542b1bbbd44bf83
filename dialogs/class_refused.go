package dialogs

import "cadrebot/scheduler"

// refusals say why a timetable or a zone was not taken, and what to write.
var refusals = map[scheduler.Reason]string{
	scheduler.ReasonEmpty:       "class.refused_empty",
	scheduler.ReasonTooLong:     "class.refused_long",
	scheduler.ReasonFields:      "class.refused_fields",
	scheduler.ReasonSyntax:      "class.refused_syntax",
	scheduler.ReasonRange:       "class.refused_range",
	scheduler.ReasonSunday:      "class.refused_sunday",
	scheduler.ReasonAmbiguous:   "class.refused_ambiguous",
	scheduler.ReasonUnsupported: "class.refused_unsupported",
	scheduler.ReasonNeverFires:  "class.refused_never",
	scheduler.ReasonTooOften:    "class.refused_often",
	scheduler.ReasonDate:        "class.refused_date",
	scheduler.ReasonClause:      "class.refused_clause",
	scheduler.ReasonClash:       "class.refused_clash",
	scheduler.ReasonNth:         "class.refused_nth",
	scheduler.ReasonTooMany:     "class.refused_many",
	scheduler.ReasonNoneLeft:    "class.refused_none",
	scheduler.ReasonZoneInside:  "class.refused_zone_inside",
	scheduler.ReasonZoneUnknown: "class.refused_zone",
}

// refused says in the person's language what is the matter and what to do.
func (t *talk) refused(err error) string {
	var spec *scheduler.SpecError
	if !asSpec(err, &spec) {
		return t.say("class.refused_fields")
	}
	reason := t.say
	text := reason(refusals[spec.Reason], "detail", spec.Detail, "n", spec.Detail, "remedy", spec.Remedy)
	if spec.Remedy != "" && spec.Reason != scheduler.ReasonZoneUnknown {
		text += " " + t.say("class.refused_write", "remedy", spec.Remedy)
	}
	return text
}
