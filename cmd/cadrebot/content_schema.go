package main

import (
	"context"
	"fmt"

	"cadrebot/content"
)

type contentSchemaCmd struct {
	Kind string `arg:"" enum:"course,lesson,questions,categories" help:"course, lesson, questions or categories."`
}

// Run prints the schema.
func (c contentSchemaCmd) Run(p *Program, _ *context.Context) error {
	schema, err := content.Schema(c.Kind)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.Stdout, "%s\n", schema)
	return err
}
