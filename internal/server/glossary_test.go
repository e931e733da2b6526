package server

import (
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/template"
	"github.com/shirube/shirube/internal/words"
)

// Of every template each number is explained, in both languages, and every road ends at the KGI.
func TestGlossaryOfTemplates(t *testing.T) {
	t.Parallel()
	for _, key := range template.Keys() {
		for _, lang := range []words.Lang{words.JA, words.EN} {
			files, err := template.Files(key, lang, template.Options{Today: series.Date(2026, 9, 9)})
			if err != nil {
				t.Fatal(err)
			}
			m, err := goal.Parse(files[0].Name, files[0].Data)
			if err != nil {
				t.Fatal(err)
			}
			b := newBoard(m, nil, nil, dataKey{}, newGround())
			told := b.glossary(moment{lookAt: lookAt{lang: lang}, opt: insight.Options{AsOf: series.Date(2026, 9, 8), Today: series.Date(2026, 9, 9), Lang: lang}})
			if len(told.Indicators) != len(m.Indicators) || !told.Indicators[0].IsKGI || len(told.Words) == 0 {
				t.Fatalf("%s: %d indicators", key, len(told.Indicators))
			}
			for _, e := range told.Indicators {
				if n := len(e.Road); e.Matters == "" || n == 1 || n > 0 && (e.Road[0] != e.Name || e.Road[n-1] != told.Indicators[0].Name) {
					t.Errorf("%s: %s: %q %v", key, e.ID, e.Matters, e.Road)
				}
			}
		}
	}
}

func TestGlossary(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.plant("small", smallModel, smallFiles())
	told := func(url string, parts ...string) {
		a := r.do("GET", url, nil)
		for _, part := range parts {
			if a.status != 200 || !strings.Contains(a.text, part) {
				t.Errorf("%s: %d, without %s: %s", url, a.status, part, a.text)
			}
		}
	}
	told("/api/workspaces/small/glossary", `"model":"採用SNS","version":1`, `"owner":"田中"`, `"formula":"訪問数 × 応募率"`, `"target":"年100件"`,
		`"measured":"訪問"`, `"sources":["ファイル「web.csv」"]`, `"road":["訪問数","応募数"]`)
	told("/api/workspaces/small/glossary?lang=en", `"term":"Pace"`, `"road":[]`)
	made := r.must(201, "POST", "/api/workspaces/small/views", map[string]any{"shows": []string{"glossary"}})
	told("/api/views/"+made["token"].(string), `"shows":["glossary"]`, `"owner":""`, `"sentences":[]`, `"formula":"訪問数 × 応募率"`)
}
