// Package demo is the made-up company a newcomer meets first: ひなたワークス hires
// through social media, has two years of daily numbers, and three troubles hidden
// in them that the program is there to find. Beside it stand two small workspaces,
// so that the page of all goals has something to tell.
//
// Company, people and numbers are invented. Everything is a pure function of the
// day and the language: the same day gives the same bytes, and both languages tell
// the same numbers.
package demo

import (
	"fmt"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/template"
	"github.com/shirube/shirube/internal/words"
)

// seed is the luck of the company; another one gives another company with the
// same troubles.
const seed = 20260401

// Workspace is one workspace of the demo: a model and the files its sources name.
type Workspace struct {
	Slug      string // in addresses
	Name      string // of the company or team
	ModelName string
	Files     []template.File // model.yaml first
}

// Workspaces makes up the demo as it stands in the morning of a day: the data end
// on the day before. Names, models and files are in one language; slugs, ids and
// numbers are the same in both.
func Workspaces(today series.Day, lang words.Lang) ([]Workspace, error) {
	company, err := hinata(today, lang)
	if err != nil {
		return nil, err
	}
	shop, err := fromTemplate(today, lang, "hinata-store", words.T("ひなたストア", "Hinata Store"), "sns-sales",
		template.Wishes{KGIName: words.T("SNS経由のショップ売上", "Shop revenue from social media").In(lang), Owner: words.T("中村", "Nakamura").In(lang)})
	if err != nil {
		return nil, err
	}
	office, err := fromTemplate(today, lang, "hinata-sales", words.T("ひなたワークス 法人営業", "Hinata Works Corporate Sales"), "sns-meetings",
		template.Wishes{Owner: words.T("小林", "Kobayashi").In(lang)})
	if err != nil {
		return nil, err
	}
	return []Workspace{company, shop, office}, nil
}

// fromTemplate is a team that began with a template and made it its own.
func fromTemplate(today series.Day, lang words.Lang, slug string, name words.Text, key string, wishes template.Wishes) (Workspace, error) {
	files, err := template.Files(key, lang, template.Options{Today: today, Sample: true})
	if err != nil {
		return Workspace{}, fmt.Errorf("make workspace %q: %w", slug, err)
	}
	text, err := template.Customize(files[0].Data, wishes)
	if err != nil {
		return Workspace{}, fmt.Errorf("customise workspace %q: %w", slug, err)
	}
	files[0].Data = text
	return named(slug, name.In(lang), files)
}

// named reads the model for the name it gives itself.
func named(slug, name string, files []template.File) (Workspace, error) {
	m, err := goal.Parse(template.ModelFile, files[0].Data)
	if err != nil {
		return Workspace{}, fmt.Errorf("parse model of workspace %q: %w", slug, err)
	}
	return Workspace{Slug: slug, Name: name, ModelName: m.Name, Files: files}, nil
}
