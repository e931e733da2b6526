package server

import (
	"fmt"

	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/words"
)

func findingViews(findings []insight.Finding) []FindingView {
	views := make([]FindingView, len(findings))
	for i, f := range findings {
		views[i] = FindingView{
			Code: f.Code, Severity: string(f.Severity), Indicator: f.Indicator, Link: []string{},
			Sentence: f.Sentence, Mend: f.Mend,
		}
		if f.Link != nil {
			views[i].Link = f.Link[:]
		}
	}
	return views
}

// codesByIndicator lists the codes of the findings about each indicator, each
// once.
func codesByIndicator(findings []insight.Finding) map[string][]string {
	codes := map[string][]string{}
	seen := map[[2]string]bool{}
	for _, f := range findings {
		if f.Indicator == nil || seen[[2]string{*f.Indicator, f.Code}] {
			continue
		}
		seen[[2]string{*f.Indicator, f.Code}] = true
		codes[*f.Indicator] = append(codes[*f.Indicator], f.Code)
	}
	return codes
}

func smartLines(lines []insight.SmartLine) []SmartLine {
	views := make([]SmartLine, len(lines))
	for i, l := range lines {
		views[i] = SmartLine(l)
	}
	return views
}

// links are the roads of the map with what is known of each.
func (b *board) links(evidence []insight.LinkEvidence, lang words.Lang) []MapLink {
	views := make([]MapLink, len(evidence))
	for i, e := range evidence {
		views[i] = MapLink{
			From: e.From, To: e.To, FromName: b.model.Indicator(e.From).Name, ToName: b.model.Indicator(e.To).Name,
			Kind: e.Kind, Verdict: e.Verdict, Grade: e.Grade, GradeLabel: e.GradeLabel, Because: front.OrNull(e.Because),
			Effect: e.Effect, DaysNeeded: e.DaysNeeded, Break: e.Break, Sentence: e.Sentence,
			LagDays: e.LagDays, NDays: e.NDays, TestedAt: e.TestedAt, TestedOn: e.TestedOn, Stale: e.Stale, Why: e.Why,
			Method: e.Method, Proposal: e.Proposal, Tracking: e.Tracking, Profile: e.Profile, Strength: e.Strength,
		}
		views[i].LagRange, views[i].Span = e.LagRange, e.Span
		views[i].Controls = []string{}
		for _, id := range e.Controls {
			if control := b.model.Indicator(id); control != nil {
				views[i].Controls = append(views[i].Controls, control.Name)
			}
		}
		if e.Lag != nil {
			views[i].Lag = front.OrNull(fmt.Sprintf("%d..%d", e.Lag[0], e.Lag[1]))
		}
		if pill := e.Pill(); !pill.Zero() {
			views[i].Label = front.OrNull(pill.In(lang))
		}
	}
	return views
}

func sentenceViews(sentences [3]insight.Sentence) []MapSentence {
	views := make([]MapSentence, len(sentences))
	for i, s := range sentences {
		views[i] = MapSentence{Kind: s.Kind, Mark: s.Mark, Indicator: s.Indicator, Parts: make([]SentencePart, len(s.Parts))}
		for j, part := range s.Parts {
			views[i].Parts[j] = SentencePart(part)
		}
	}
	return views
}
