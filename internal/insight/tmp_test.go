package insight_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/words"
	"github.com/shirube/shirube/internal/goal"
)

func TestTmp(t *testing.T) {
	ev := hinata(t)
	variants := map[string]*goal.Evaluator{"hinata": ev}
	variants["nodata"] = company(t, hinataModel, "2025-04-01..2026-09-08", numbers{})
	variants["vague"] = company(t, strings.Replace(hinataModel, hinataTarget, "target: {direction: up}", 1), "2025-04-01..2026-09-08", numbers{"sns.impressions": constant(20000), "sns.clicks": constant(300), "sns.applications": constant(3), "sns.likes": constant(4)})
	variants["notarget"] = company(t, strings.Replace(hinataModel, hinataTarget, "", 1), "2026-08-01..2026-09-08", numbers{"sns.impressions": constant(20000), "sns.clicks": constant(300), "sns.applications": constant(3), "sns.likes": constant(4)})
	variants["fine"] = company(t, hinataModel, "2025-04-01..2026-09-08", numbers{"sns.impressions": constant(20000), "sns.clicks": constant(320), "sns.applications": constant(3.3), "sns.likes": constant(4)})
	for name, ev := range variants {
		for _, asOf := range []string{"2026-09-08", "2026-04-05", "2027-04-05","2026-03-05"} {
			if name != "hinata" && asOf != "2026-09-08" { continue }
			for _, lang := range []words.Lang{words.JA, words.EN} {
				opt := on(t, asOf); opt.Lang = lang
				v := insight.NewView(ev, opt)
				fmt.Println("=====", name, asOf, lang)
				f := v.Check()
				for _, s := range v.Sentences(f) { fmt.Println(" ", s.Kind, word(s.Mark), s.Text()) }
				for _, s := range v.Smart() { fmt.Println("   ", s.Letter, s.State, s.Title, "|", s.Sentence, "|", s.Hint) }
				for _, x := range f { fmt.Println("     -", x.Severity, x.Code, x.Sentence, "→", x.Mend) }
			}
		}
	}
	x := insight.Explain(ev, "applications", span(t, "2026-07-15..2026-08-11"), span(t, "2026-08-12..2026-09-08"), on(t, "2026-09-08"))
	b, _ := json.MarshalIndent(x, "", " ")
	fmt.Println(string(b))
	w, _ := insight.WhatIf(ev, sets(t, "ctr=*2", "likes=+10%"), on(t, "2026-09-08"))
	b, _ = json.MarshalIndent(w, "", " ")
	fmt.Println(string(b))
	b, _ = json.MarshalIndent(insight.Status(ev, on(t,"2026-09-08")).Indicators[:2], "", " ")
	fmt.Println(string(b))
}
