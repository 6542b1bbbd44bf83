package content

import (
	"encoding/json"
	"fmt"

	"cadrebot/content/phrases"
)

// SchemaKinds are the kinds of file that have a schema: course.yaml, a file in
// lessons, a file in questions, categories.yaml.
var SchemaKinds = []string{"course", "lesson", "questions", "categories"}

// Schema is the JSON Schema (draft 7) of a kind of file, made of the same tables
// that the reader works from, so that an editor completes what is read. It says
// what may stand where; what hangs together across files is the reader's.
func Schema(kind string) ([]byte, error) {
	b := &schemaBuilder{definitions: map[string]any{}}
	var root rule
	switch kind {
	case "course":
		root = b.object(courseObject)
	case "lesson":
		root = b.object(lessonObject)
	case "questions":
		root = rule{"type": "array", "items": b.ref(questionObject)}
	case "categories":
		root = rule{"type": "array", "items": b.ref(categoryObject), "minItems": 1, "maxItems": maxCategories}
	default:
		return nil, fmt.Errorf("schema: there is none for %q, only for %v", kind, SchemaKinds)
	}
	root["$schema"] = "http://json-schema.org/draft-07/schema#"
	root["title"] = "cadrebot " + kind
	if len(b.definitions) > 0 {
		root["definitions"] = b.definitions
	}
	return json.MarshalIndent(root, "", "  ")
}

type rule = map[string]any

type schemaBuilder struct{ definitions map[string]any }

func (b *schemaBuilder) ref(o *object) rule {
	if _, known := b.definitions[o.name]; !known {
		b.definitions[o.name] = rule{} // an object may hold itself
		b.definitions[o.name] = b.object(o)
	}
	return rule{"$ref": "#/definitions/" + o.name}
}

// object is the rule of a mapping: one for each kind where it has kinds.
func (b *schemaBuilder) object(o *object) rule {
	if len(o.kinds) == 0 {
		return b.mapping(o)
	}
	var kinds []any
	for _, k := range o.kinds {
		r := b.mapping(o.as(k.name))
		r["description"] = k.doc
		if o.field("kind") != nil {
			r["properties"].(rule)["kind"] = rule{"const": k.name, "description": k.doc}
		}
		kinds = append(kinds, r)
	}
	return rule{"description": o.doc, "type": "object", "anyOf": kinds}
}

func (b *schemaBuilder) mapping(o *object) rule {
	properties, required := rule{}, []string{}
	for _, f := range o.fields {
		properties[f.key] = b.field(f)
		if f.need {
			required = append(required, f.key)
		}
	}
	r := rule{"description": o.doc, "type": "object", "properties": properties, "additionalProperties": false}
	if len(required) > 0 {
		r["required"] = required
	}
	if len(o.either) > 0 {
		var either []any
		for _, key := range o.either {
			either = append(either, rule{"required": []string{key}})
		}
		r["anyOf"] = either
	}
	return r
}

func (b *schemaBuilder) field(f *field) rule {
	r := b.form(f)
	r["description"] = f.doc
	return r
}

// aScalar is what may stand where a text does: 2018 and true are texts too.
var aScalar = []string{"string", "number", "boolean"}

func (b *schemaBuilder) form(f *field) rule {
	switch f.form {
	case aText, aLine:
		return translations(func(lang phrases.Lang) rule { return letters(f, lang, f.need) })
	case texts:
		return translations(func(lang phrases.Lang) rule { return listOf(f, letters(f, lang, true)) })
	case anID:
		return identifier(f, "-")
	case aMark:
		return identifier(f, "")
	case ids:
		r := listOf(f, identifier(f, "-"))
		r["uniqueItems"] = true
		return r
	case tags:
		return listOf(f, letters(f, "", true))
	case aWord:
		return rule{"enum": f.words}
	case aTruth:
		return rule{"type": "boolean"}
	case aWhole:
		return rule{"type": "integer", "minimum": f.least, "maximum": f.most}
	case anAmount:
		return rule{"type": "number"}
	case aShare:
		return rule{"anyOf": []any{rule{"type": "number", "minimum": 0}, rule{"type": "string", "pattern": `^[0-9]+(\.[0-9]+)? *%$`}}}
	case aDate:
		return rule{"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
	case anObject:
		return b.object(f.of)
	case objects:
		return listOf(f, b.ref(f.of))
	case lines:
		text := letters(f.of.field("text"), "", true)
		r := translations(func(lang phrases.Lang) rule { return listOf(f, text) })
		r["anyOf"].([]any)[0] = listOf(f, rule{"anyOf": []any{text, b.ref(f.of)}})
		return r
	}
	panic("a form without a rule")
}

// translations is a thing in the course's language, or in several.
func translations(in func(phrases.Lang) rule) rule {
	langs := rule{}
	for _, lang := range phrases.Langs {
		langs[string(lang)] = in(lang)
	}
	return rule{"anyOf": []any{in(""), rule{"type": "object", "properties": langs, "additionalProperties": false, "minProperties": 1}}}
}

// letters is the rule of a text in one language; "" where it is not known.
func letters(f *field, lang phrases.Lang, need bool) rule {
	r := rule{"type": aScalar, "maxLength": f.most}
	if lang == phrases.ZH && f.mostZH > 0 {
		r["maxLength"] = f.mostZH
	}
	if need {
		r["minLength"] = 1
	} else {
		r["type"] = append([]string{"null"}, aScalar...)
	}
	return r
}

func identifier(f *field, dash string) rule {
	return rule{"type": []string{"string", "integer"}, "pattern": fmt.Sprintf("^[a-z0-9%s]{1,%d}$", dash, f.most)}
}

func listOf(f *field, item rule) rule {
	return rule{"type": "array", "items": item, "minItems": f.few, "maxItems": f.many}
}
