package report

import (
	"slices"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// Bounds of the page: what does not fit into a minute is left to the screens.
const (
	mostRows     = 6
	mostReasons  = 3
	mostAsks     = 4
	mostDecided  = 4
	mostFindings = 2
)

// Write writes the page.
func Write(f Facts) Sheet {
	w := &writer{Facts: f, model: f.Ev.Model()}
	w.kgi = w.model.KGI()
	w.reading = f.View.Status().Reading(w.kgi.ID)
	sentences := f.View.Sentences(f.View.Check())
	s := Sheet{
		Form: Form, Lang: f.Lang, Title: w.say(f.Rhythm.Title()), Workspace: f.Workspace, Model: w.model.Name, Version: f.Version,
		AsOf: f.AsOf, Today: f.Today, Mark: w.reading.Status, Headline: runs(sentences[0]),
	}
	if s.Mark == "" || w.reading.Value == nil {
		s.Mark = markOr(w.reading)
	}
	s.MarkWord = w.say(MarkWord(s.Mark))
	s.Dates = w.say(words.T("%[1]sまでの数字・地図の第%[2]d版", "Numbers up to %[1]s · version %[2]d of the map", Weekday(f.AsOf), f.Version))
	s.Goal = w.goal()
	s.Changed = w.changed(sentences[1])
	s.Numbers = w.numbers()
	s.Decided = w.decided()
	s.Asks = w.asks(sentences[2])
	s.Together = w.together()
	s.Terms = w.terms()
	return s
}

// writer holds what the parts of a page share.
type writer struct {
	Facts
	model   *goal.Model
	kgi     *goal.Indicator
	reading *insight.Reading
}

func (w *writer) say(t words.Text) string { return t.In(w.Lang) }

// markOr is the status of a reading, with a word where it has none of its own.
func markOr(r *insight.Reading) string {
	switch {
	case r.Value == nil:
		return insight.StatusNoData
	case r.Status == "":
		return insight.StatusTooEarly
	}
	return r.Status
}

func runs(s insight.Sentence) []Run {
	out := make([]Run, len(s.Parts))
	for i, p := range s.Parts {
		out[i] = Run(p)
	}
	return out
}

// Weekday is a day with its weekday: 11月21日(土).
func Weekday(d series.Day) words.Text {
	n := int(d.Weekday())
	return words.T("%[1]s("+string([]rune("日月火水木金土")[n])+")", d.Weekday().String()[:3]+", %[1]s", d)
}

// changed is what moved the goal, and why.
func (w *writer) changed(s insight.Sentence) Section {
	out := Section{Title: w.say(words.T("変わったこと", "What changed")), Lines: []Line{}}
	line := Line{Kind: "changed", Text: runs(s)}
	if s.Mark != nil {
		line.Mark = *s.Mark
	}
	if s.Indicator != nil {
		line.Path, line.Button = "/map?open="+*s.Indicator, w.say(words.T("地図で見る", "See it on the map"))
	}
	out.Lines = append(out.Lines, line)
	return w.reasons(out)
}

// explainedDays are four whole weeks, as in the sentences of the map.
const explainedDays = 28

// reasons adds where the change of the goal came from; nothing where there is nothing to
// explain.
func (w *writer) reasons(out Section) Section {
	now := series.Span{From: w.AsOf - explainedDays + 1, To: w.AsOf}
	x := w.View.Explain(w.kgi.ID, now.Before(explainedDays), now)
	if x.Change == nil || *x.Change == 0 {
		return out
	}
	lead := w.say(words.T("なぜ", "Why"))
	if x.Worth != nil && !x.Worth.Unusual {
		if x.Worth.Sentence != "" {
			out.Lines = append(out.Lines, Line{Kind: "why", Lead: lead, Text: Said(x.Worth.Sentence)})
		}
		return out
	}
	for _, p := range x.Parts {
		if p.Sentence == "" || p.Contribution == nil || *p.Contribution == 0 || p.ID == w.kgi.ID || len(out.Lines) > mostReasons {
			continue
		}
		out.Lines = append(out.Lines, Line{Kind: "why", Lead: lead, Text: Said(p.Sentence), Path: "/map?open=" + p.ID})
	}
	return out
}

// decided is what was settled lately.
func (w *writer) decided() Section {
	out := Section{
		Title: w.say(words.T("決まったこと", "What was decided")), Lines: []Line{},
		None: w.say(words.T("この間に記録された決定はありません。", "No decision was recorded in this time.")),
	}
	for _, d := range w.Decisions[:min(len(w.Decisions), mostDecided)] {
		line := Line{Kind: "decided", Lead: d.On.In(w.Lang), Text: Said(d.What), Note: d.Why, Path: d.Path}
		if d.By != "" && !w.Nameless {
			line.Lead = words.T("%s・%s", "%s · %s", d.On, d.By).In(w.Lang)
		}
		out.Lines = append(out.Lines, line)
	}
	return out
}

// together is who agreed to the goal, and what the team watches now.
func (w *writer) together() Section {
	out := Section{Title: w.say(words.T("みんなの足並み", "Are we together?")), Lines: []Line{}}
	if !w.Agreement.Asks { // else it stands among what is asked
		out.Lines = append(out.Lines, Line{
			Kind: "agreement", Mark: w.Agreement.Mark, Lead: w.say(words.T("合意", "Agreement")), Text: Said(w.Agreement.Sentence), Path: "/share/agreement",
		})
	}
	var names []words.Text
	for _, id := range w.Focus {
		if ind := w.model.Indicator(id); ind != nil {
			names = append(names, words.Text{JA: ind.Name, EN: ind.Name})
		}
	}
	if len(names) > 0 {
		out.Lines = append(out.Lines, Line{Kind: "focus", Lead: w.say(words.T("注力", "Focus")), Text: []Run{
			{Text: w.say(words.T("この四半期は", "This quarter we watch "))},
			{Text: w.say(words.Join(names, "・", ", ")), Strong: true},
			{Text: w.say(words.T("を見ます。", "."))},
		}, Path: "/map"})
	}
	if w.NextReview != nil {
		out.Lines = append(out.Lines, Line{Kind: "review", Lead: w.say(words.T("次の点検", "Next review")), Text: []Run{{Text: w.say(Weekday(*w.NextReview)), Strong: true}}, Path: "/share/reviews"})
	}
	return out
}

// terms are the words of the page that an outsider cannot know.
func (w *writer) terms() Section {
	out := Section{Title: w.say(words.T("このページの読み方", "How to read this page")), Lines: []Line{}}
	add := func(lead, text words.Text) {
		out.Lines = append(out.Lines, Line{Kind: "term", Lead: w.say(lead), Text: Said(w.say(text))})
	}
	if w.kgi.Definition != "" {
		add(words.Text{JA: w.kgi.Name, EN: w.kgi.Name}, words.Text{JA: w.kgi.Definition, EN: w.kgi.Definition})
	}
	add(words.T("目安", "Pace"), words.T("目標に届くには、今日までにこのくらい要る、という数です。季節や休日の波も入っています。", "What is needed by today to reach the target; seasons and holidays are counted in."))
	add(words.T("届く見込み", "Probability"), words.T("これまでの動きから先行きを千通り引き、目標に届いた割合です。約束ではありません。", "A thousand ways ahead are drawn from how things have gone; this is the share that reaches the target. It is no promise."))
	add(words.T("8割の幅", "80% range"), words.T("千通りのうち、まん中の8割がこの間に入ります。", "The middle eight of ten of these ways end within it."))
	add(words.T("しるし", "Marks"), words.T("◎ 達成　○ 順調　△ 遅れ　× 未達　… 判定前", "◎ reached　○ on track　△ behind　× missed　… too early"))
	return out
}

// watched tells whether an indicator is in the focus.
func (w *writer) watched(id string) bool { return slices.Contains(w.Focus, id) }
