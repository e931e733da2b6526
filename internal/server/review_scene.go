package server

import (
	"context"
	"strings"

	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/share/review"
	"github.com/shirube/shirube/internal/words"
)

// scene is what is to be seen on a board: in both languages, for minutes are read later and by
// others. It takes as long as looking for all findings twice.
func (b *board) scene(ctx context.Context, opt insight.Options, version int) (review.Scene, error) {
	return waitedFor(ctx, opt, func(opt insight.Options) (review.Scene, error) {
		ja, en := opt, opt
		ja.Lang, en.Lang = words.JA, words.EN
		in, out := insight.NewView(b.fresh(), ja), insight.NewView(b.fresh(), en)
		scene := review.Scene{AsOf: opt.AsOf, Version: version, KGI: b.model.KGI().ID, Measured: !opt.Measuring,
			Lines: []review.Line{}, Readings: []review.Reading{}, Found: []review.Found{}, Roads: []review.Road{}}
		standing, other := in.Status(), out.Status()
		findings, others := in.Check(), out.Check()
		lines, translated := in.Sentences(findings), out.Sentences(others)
		for i, line := range lines {
			one := review.Line{Kind: line.Kind, Text: words.Text{JA: spoken(line), EN: spoken(translated[i])}}
			if line.Mark != nil {
				one.Mark = *line.Mark
			}
			scene.Lines = append(scene.Lines, one)
		}
		for i, r := range standing.Indicators {
			one := review.Reading{ID: r.ID, Name: r.Name, Unit: r.Unit, Value: r.Value, Pace: r.Pace, Status: r.Status, Chance: r.Forecast.PAttain}
			if r.Goal != nil {
				one.Target = words.Text{JA: r.Goal.Label, EN: other.Indicators[i].Goal.Label}
			}
			scene.Readings = append(scene.Readings, one)
		}
		scene.Found = foundIn(in.Review(), out.Review())
		for _, e := range in.Links() {
			if e.Kind == "influence" {
				scene.Roads = append(scene.Roads, b.roadSeen(e))
			}
		}
		return scene, nil
	})
}

func spoken(s insight.Sentence) string {
	var b strings.Builder
	for _, part := range s.Parts {
		b.WriteString(part.Text)
	}
	return b.String()
}

// foundIn puts the findings of both languages together. The same numbers give the same
// findings in the same order; one that had no twin would be told in the language it has.
func foundIn(ja, en []insight.ReviewFinding) []review.Found {
	twins := map[string]insight.ReviewFinding{}
	for _, f := range en {
		twins[f.Key] = f
	}
	out := []review.Found{}
	for _, f := range ja {
		twin, there := twins[f.Key]
		if !there {
			twin = f
		}
		one := review.Found{Key: f.Key, Code: f.Code, Severity: string(f.Severity),
			Title: words.Text{JA: f.Title, EN: twin.Title}, Sentence: words.Text{JA: f.Sentence, EN: twin.Sentence}, Mend: words.Text{JA: f.Mend, EN: twin.Mend}}
		if f.Indicator != nil {
			one.Indicator = *f.Indicator
		}
		if f.Link != nil {
			one.From, one.To = f.Link[0], f.Link[1]
		}
		for i, line := range f.Body {
			text := words.Text{JA: line, EN: line}
			if i < len(twin.Body) {
				text.EN = twin.Body[i]
			}
			one.Body = append(one.Body, text)
		}
		if f.Stake != nil {
			one.Stake = &review.Stake{Amount: f.Stake.Amount, Unit: f.Stake.Unit, Label: words.Text{JA: f.Stake.Label, EN: f.Stake.Label}}
			if twin.Stake != nil {
				one.Stake.Label.EN = twin.Stake.Label
			}
		}
		out = append(out, one)
	}
	return out
}

func (b *board) roadSeen(e insight.LinkEvidence) review.Road {
	road := review.Road{From: e.From, To: e.To, FromName: b.model.Indicator(e.From).Name, ToName: b.model.Indicator(e.To).Name,
		Verdict: e.Verdict, Broken: e.Break != nil, Stale: e.Stale}
	if e.TestedOn != nil {
		road.TestedOn = *e.TestedOn
	}
	if e.DaysNeeded != nil {
		road.Wait = *e.DaysNeeded
	}
	return road
}
