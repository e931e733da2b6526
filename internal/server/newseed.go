package server

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/template"
	"github.com/shirube/shirube/internal/words"
)

// emptyModel is what a workspace without a template starts from.
const emptyModel = "shirube: 1\nname: x\nlocale: ja\ntimezone: Asia/Tokyo\nfiscal_year_start: 4\n\nkgi:\n  id: kgi\n"

// newSeed writes the model of a new workspace: the template, with what the start
// page asked put in.
func (s *Server) newSeed(in NewWorkspace) (Seed, error) {
	lang := words.ParseLang(in.Locale)
	seed := Seed{Name: in.Name, Note: firstNote(lang, in.Template), Model: []byte(emptyModel)}
	if in.Template != "" {
		today := series.DayOf(s.deps.Clock().In(template.Zone))
		files, err := template.Files(in.Template, lang, template.Options{Today: today, Sample: in.Sample})
		if unknown, ok := errors.AsType[*template.UnknownError](err); ok {
			return Seed{}, front.BadRequest("body.template", words.Text{JA: unknown.In(words.JA), EN: unknown.In(words.EN)})
		}
		if err != nil {
			return Seed{}, err
		}
		seed.Model = files[0].Data
		for _, f := range files[1:] {
			seed.Files = append(seed.Files, SeedFile(f))
		}
	}
	model, err := goal.Parse(modelFile, seed.Model)
	if err != nil {
		return Seed{}, fmt.Errorf("parse template %q: %w", in.Template, err)
	}
	locale := string(lang)
	edits := []goal.Edit{{Op: goal.SetModel, Fields: map[string]*string{"name": &seed.Name, "locale": &locale}}}
	if in.Template == "" {
		// A goal needs a name to be read; the rest is told by the check.
		edits = append(edits, goal.Edit{Op: goal.SetIndicator, ID: model.KGI().ID, Fields: map[string]*string{"name": &seed.Name}})
	}
	edits = append(edits, kgiEdits(model, in.KGI)...)
	seed.Model, err = goal.ApplyEdits(seed.Model, edits)
	return seed, err
}

// kgiEdits puts the answers of the start page into a model.
func kgiEdits(m *goal.Model, in *NewKGI) []goal.Edit {
	if in == nil {
		return nil
	}
	kgi := m.KGI()
	fields := map[string]*string{}
	for key, value := range map[string]string{"name": in.Name, "unit": in.Unit, "owner": in.Owner, "serves": in.Serves} {
		if value != "" {
			fields[key] = &value
		}
	}
	var edits []goal.Edit
	if len(fields) > 0 {
		edits = append(edits, goal.Edit{Op: goal.SetIndicator, ID: kgi.ID, Fields: fields})
	}
	if in.Amount == nil && in.From == nil && in.By == nil && in.Kind == "" {
		return edits
	}
	return append(edits, goal.Edit{Op: goal.SetTarget, ID: kgi.ID, Target: kgiTarget(kgi.Target, in)})
}

// kgiTarget is the template's target with the answers over it.
func kgiTarget(base *goal.Target, in *NewKGI) *goal.TargetEdit {
	out := &goal.TargetEdit{Kind: "total"}
	if base != nil {
		out.Kind, out.Amount = string(base.Kind), strconv.FormatFloat(base.Amount, 'f', -1, 64)
		out.From, out.By = dayText(base.From), dayText(base.By)
		if base.Kind == goal.TargetHold {
			out.Per = base.Per.String()
		}
		if base.Direction == goal.Down {
			out.Direction = "down"
		}
	}
	if in.Kind != "" && in.Kind != out.Kind {
		out.Kind, out.Per = in.Kind, ""
	}
	if in.Per != "" {
		out.Per = in.Per
	}
	if out.Kind == "hold" && out.Per == "" {
		out.Per = "month"
	}
	if in.Amount != nil {
		out.Amount = strconv.FormatFloat(*in.Amount, 'f', -1, 64)
	}
	if in.From != nil {
		out.From = dayText(in.From)
	}
	if in.By != nil {
		out.By = dayText(in.By)
	}
	return out
}

func dayText(d *series.Day) string {
	if d == nil {
		return ""
	}
	return d.String()
}

// slugOf makes the part of an address that names a workspace: the Latin letters
// and digits of its name, or the template's key where it has none.
func slugOf(name, template string) string {
	const longest = 40
	var b strings.Builder
	for _, r := range strings.ToLower(norm.NFKC.String(name)) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	slug := strings.Trim(b.String(), "-")
	if len(slug) > longest {
		slug = strings.Trim(slug[:longest], "-")
	}
	if len(slug) < 2 || strings.Trim(slug, "0123456789-") == "" {
		slug = strings.Trim(template+"-"+slug, "-")
	}
	if slug == "" {
		slug = "team"
	}
	return slug
}
