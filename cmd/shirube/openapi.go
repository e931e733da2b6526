package main

import (
	"fmt"

	"github.com/shirube/shirube/internal/server"
)

type openapiCommand struct{}

// Run prints the description of the API. No database is opened.
func (openapiCommand) Run(p *program) error {
	doc, err := server.OpenAPI()
	if err != nil {
		return fmt.Errorf("describe API: %w", err)
	}
	_, err = p.stdout.Write(doc)
	return err
}
