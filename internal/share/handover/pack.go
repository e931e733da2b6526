// Package handover makes the pack that somebody outside needs to begin: what the goal is,
// what leads to it, where the numbers come from, what is weak, what was decided, what they
// are asked to do and what they have to be let into. No person stands in it, inside the
// team or outside: names are taken out of every text, and the data of people is not given
// to this room at all.
package handover

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"html/template"
	"strings"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// Pack is all that goes into it, in one language.
type Pack struct {
	Lang  words.Lang
	Name  string // of the model
	AsOf  series.Day
	Goal  Goal
	Lines []Indicator // the KGI first
	// Sources is where the numbers come from.
	Sources   []Source
	Findings  []Finding // open ones, what costs most first
	Decisions []Decision
	Wishes    []Wish // what the one who gets it is asked to do
	Accesses  []Access
	Model     string // the model file
}

// Goal is where the team wants to go and where it stands.
type Goal struct {
	Name, Serves, Target, Value, State, Chance string
	Agreed                                     string // one sentence
}

// Indicator is one number on the map.
type Indicator struct {
	ID, Name, Unit, Definition, Why string
	Formula                         string
	Value, Target, State            string
	Source                          string
}

// Source is where numbers come from.
type Source struct {
	ID, Kind, From string
	First, Last    string
	Rows           string
	Stale          string // "" = fresh
	Used           string // by which indicators
}

// Finding is something that makes the goal worse than it could be.
type Finding struct{ Title, Sentence, Stake, Mend, Evidence string }

// Decision is something that was settled.
type Decision struct{ On, What, Why string }

// Wish is a piece of work for the one who gets the pack.
type Wish struct{ Name, What, Reason string }

// Access is something they have to be let into.
type Access struct{ What, How string }

// File is one file of the pack.
type File struct {
	Name string
	Body []byte
}

// Hide takes people out of every text of the pack. It is done once, at the very end of
// putting the pack together, so that no text can be forgotten.
func (p *Pack) Hide(h *Hider) {
	each := func(texts ...*string) {
		for _, text := range texts {
			*text = h.Text(*text)
		}
	}
	each(&p.Name, &p.Goal.Name, &p.Goal.Serves, &p.Goal.Target, &p.Goal.Value, &p.Goal.State, &p.Goal.Chance, &p.Goal.Agreed)
	for i := range p.Lines {
		l := &p.Lines[i]
		each(&l.Name, &l.Unit, &l.Definition, &l.Why, &l.Formula, &l.Value, &l.Target, &l.State, &l.Source)
	}
	for i := range p.Sources {
		s := &p.Sources[i]
		each(&s.From, &s.Stale, &s.Used)
	}
	for i := range p.Findings {
		f := &p.Findings[i]
		each(&f.Title, &f.Sentence, &f.Stake, &f.Mend, &f.Evidence)
	}
	for i := range p.Decisions {
		each(&p.Decisions[i].What, &p.Decisions[i].Why)
	}
	for i := range p.Wishes {
		each(&p.Wishes[i].Name, &p.Wishes[i].What, &p.Wishes[i].Reason)
	}
	for i := range p.Accesses {
		each(&p.Accesses[i].What, &p.Accesses[i].How)
	}
	p.Model = h.Model(p.Model)
}

// Files is the pack as files: one page to read, the model to work on, tables to count with.
func (p *Pack) Files() ([]File, error) {
	page, err := p.page()
	if err != nil {
		return nil, err
	}
	say := func(ja, en string) []string { return strings.Split(words.T(ja, en).In(p.Lang), ",") }
	indicators := [][]string{say("ID,名前,単位,何を数えるか,なぜ大切か,式,いまの値,目標,状態,どこから", "id,name,unit,definition,why it matters,formula,value,target,state,source")}
	for _, l := range p.Lines {
		indicators = append(indicators, []string{l.ID, l.Name, l.Unit, l.Definition, l.Why, l.Formula, l.Value, l.Target, l.State, l.Source})
	}
	sources := [][]string{say("ID,種類,どこから,はじめ,おわり,行数,新しさ,使っている指標", "id,kind,from,first,last,rows,freshness,used by")}
	for _, s := range p.Sources {
		sources = append(sources, []string{s.ID, s.Kind, s.From, s.First, s.Last, s.Rows, s.Stale, s.Used})
	}
	findings := [][]string{say("題,文,かかっている量,直し方,根拠", "title,sentence,at stake,what to do,evidence")}
	for _, f := range p.Findings {
		findings = append(findings, []string{f.Title, f.Sentence, f.Stake, f.Mend, f.Evidence})
	}
	files := []File{{"index.html", page}, {"model.yaml", []byte(p.Model)}}
	for _, table := range []struct {
		name string
		rows [][]string
	}{{"indicators.csv", indicators}, {"sources.csv", sources}, {"findings.csv", findings}} {
		body, err := sheet(table.rows)
		if err != nil {
			return nil, fmt.Errorf("write %s: %w", table.name, err)
		}
		files = append(files, File{table.name, body})
	}
	return files, nil
}

// sheet is rows as a spreadsheet reads them: UTF-8 with its mark, and no cell that would be
// worked out.
func sheet(rows [][]string) ([]byte, error) {
	var out bytes.Buffer
	out.WriteString("\uFEFF")
	w := csv.NewWriter(&out)
	for _, row := range rows {
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = words.Cell(cell)
		}
		if err := w.Write(cells); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return out.Bytes(), w.Error()
}

// page is the pack to be read: one file without scripts, that can be printed.
func (p *Pack) page() ([]byte, error) {
	var out bytes.Buffer
	t := func(ja, en string) string { return words.T(ja, en).In(p.Lang) }
	view := struct {
		*Pack
		T map[string]string
	}{p, map[string]string{
		"title": t("引き継ぎパック", "Hand-over pack"), "asof": t("までの数字", "data up to"), "nobody": t("個人の情報は入っていません。", "No personal data is in here."),
		"goal": t("目標", "The goal"), "serves": t("何のために", "What it serves"), "target": t("目標の数", "Target"), "value": t("いま", "Now"), "chance": t("達成できる確率", "Chance of reaching it"), "agreed": t("合意", "Agreement"),
		"wishes": t("お願いしたいこと", "What we ask of you"), "nowishes": t("まだ決めていません。", "Not settled yet."),
		"access": t("入ってもらうところ", "What you have to be let into"), "how": t("どうやって", "How"),
		"map": t("目標につながる数字", "The numbers that lead to it"), "name": t("名前", "Name"), "definition": t("何を数えるか", "What it counts"), "why": t("なぜ大切か", "Why it matters"), "state": t("状態", "State"),
		"sources": t("数字はどこから来るか", "Where the numbers come from"), "from": t("どこから", "From"), "span": t("期間", "Span"), "used": t("使っている指標", "Used by"),
		"findings": t("いま弱いところ", "What is weak now"), "none": t("いまはありません。", "None now."), "mend": t("直し方", "What to do"),
		"decisions": t("これまでに決めたこと", "What was decided"), "files": t("このほかのファイル", "The other files"),
		"filesline": t("model.yaml は地図そのものです。indicators.csv・sources.csv・findings.csv は、このページの表をそのまま入れています。",
			"model.yaml is the map itself. indicators.csv, sources.csv and findings.csv hold the tables of this page."),
	}}
	if err := page.Execute(&out, view); err != nil {
		return nil, fmt.Errorf("write the page of the hand-over pack: %w", err)
	}
	return out.Bytes(), nil
}

var page = template.Must(template.New("page").Parse(`<!doctype html>
<html lang="{{.Lang}}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>{{.T.title}} — {{.Name}}</title>
<style>
body{font:14px/1.75 "Hiragino Sans","Noto Sans JP","Noto Sans CJK JP","Yu Gothic UI",Meiryo,system-ui,sans-serif;color:#1E2126;background:#FBFAF7;margin:0;line-break:strict;overflow-wrap:anywhere}
main{max-width:920px;margin:0 auto;padding:40px 24px 64px}
h1{font-size:28px;line-height:1.4;margin:0}h2{font-size:20px;margin:40px 0 8px}
p{margin:4px 0}.quiet{color:#62615C}.box{background:#fff;border:1px solid #E5E2D9;border-radius:8px;padding:16px 20px;margin:12px 0}
dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 20px;margin:0}dt{color:#62615C}dd{margin:0}
table{width:100%;border-collapse:collapse;background:#fff;font-size:12px}th,td{text-align:left;vertical-align:top;padding:8px 10px;border-bottom:1px solid #E5E2D9}th{color:#3E4145;font-weight:600}
li{margin:8px 0}b{font-weight:600}
@media print{body{background:#fff}main{padding:0;max-width:none}h2{break-after:avoid}tr,li,.box{break-inside:avoid}}
</style></head><body><main>
<p class="quiet">{{.T.title}}</p><h1>{{.Name}}</h1><p class="quiet">{{if eq .Lang "ja"}}{{.AsOf}}{{.T.asof}}{{else}}{{.T.asof}} {{.AsOf}}{{end}} · {{.T.nobody}}</p>
<h2>{{.T.goal}}</h2><div class="box"><p><b>{{.Goal.Name}}</b></p><dl>
{{with .Goal.Serves}}<dt>{{$.T.serves}}</dt><dd>{{.}}</dd>{{end}}{{with .Goal.Target}}<dt>{{$.T.target}}</dt><dd>{{.}}</dd>{{end}}
{{with .Goal.Value}}<dt>{{$.T.value}}</dt><dd>{{.}}{{with $.Goal.State}} · {{.}}{{end}}</dd>{{end}}{{with .Goal.Chance}}<dt>{{$.T.chance}}</dt><dd>{{.}}</dd>{{end}}
{{with .Goal.Agreed}}<dt>{{$.T.agreed}}</dt><dd>{{.}}</dd>{{end}}</dl></div>
<h2>{{.T.wishes}}</h2>{{range .Wishes}}<div class="box"><p><b>{{.Name}}</b></p><p>{{.What}}</p><p class="quiet">{{.Reason}}</p></div>{{else}}<p class="quiet">{{.T.nowishes}}</p>{{end}}
<h2>{{.T.access}}</h2><table><tbody>{{range .Accesses}}<tr><th scope="row">{{.What}}</th><td>{{.How}}</td></tr>{{end}}</tbody></table>
<h2>{{.T.map}}</h2><table><thead><tr><th scope="col">{{.T.name}}</th><th scope="col">{{.T.definition}}</th><th scope="col">{{.T.value}}</th><th scope="col">{{.T.target}}</th><th scope="col">{{.T.state}}</th></tr></thead>
<tbody>{{range .Lines}}<tr><th scope="row">{{.Name}}</th><td>{{.Definition}}{{with .Formula}}<br><span class="quiet">{{.}}</span>{{end}}{{with .Why}}<br><span class="quiet">{{$.T.why}}: {{.}}</span>{{end}}</td><td>{{.Value}}</td><td>{{.Target}}</td><td>{{.State}}</td></tr>{{end}}</tbody></table>
<h2>{{.T.sources}}</h2>{{if .Sources}}<table><thead><tr><th scope="col">{{.T.name}}</th><th scope="col">{{.T.from}}</th><th scope="col">{{.T.span}}</th><th scope="col">{{.T.used}}</th></tr></thead>
<tbody>{{range .Sources}}<tr><th scope="row">{{.ID}}</th><td>{{.From}}</td><td>{{if .First}}{{.First}} – {{.Last}}{{end}}{{with .Stale}}<br><span class="quiet">{{.}}</span>{{end}}</td><td>{{.Used}}</td></tr>{{end}}</tbody></table>{{else}}<p class="quiet">{{.T.none}}</p>{{end}}
<h2>{{.T.findings}}</h2>{{range .Findings}}<div class="box"><p><b>{{.Title}}</b>{{with .Stake}} <span class="quiet">{{.}}</span>{{end}}</p><p>{{.Sentence}}</p>{{with .Mend}}<p class="quiet">{{$.T.mend}}: {{.}}</p>{{end}}</div>{{else}}<p class="quiet">{{.T.none}}</p>{{end}}
<h2>{{.T.decisions}}</h2>{{if .Decisions}}<ul>{{range .Decisions}}<li>{{.On}} — {{.What}}{{with .Why}}<br><span class="quiet">{{.}}</span>{{end}}</li>{{end}}</ul>{{else}}<p class="quiet">{{.T.none}}</p>{{end}}
<h2>{{.T.files}}</h2><p class="quiet">{{.T.filesline}}</p>
</main></body></html>
`))
