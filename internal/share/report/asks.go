package report

import (
	"math"

	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/words"
)

// asks is what the reader is asked to do, at most a handful: what moves the goal most, then
// what only people can settle.
func (w *writer) asks(next insight.Sentence) Section {
	out := Section{
		Title: w.say(words.T("お願いしたいこと", "What we ask of you")), Lines: []Line{},
		None: w.say(words.T("いま、お願いしたいことはありません。", "There is nothing to ask of you now.")),
	}
	first := Line{Kind: "next", Lead: w.say(words.T("次の一手", "Next step")), Text: runs(next)}
	about := ""
	if next.Indicator != nil {
		about = *next.Indicator
		first.Path, first.Button = "/map?open="+about, w.say(words.T("地図で見る", "See it on the map"))
	}
	out.Lines = append(out.Lines, first)
	for _, line := range []*Line{w.askAgreement(), w.askQuestions()} {
		if line != nil {
			out.Lines = append(out.Lines, *line)
		}
	}
	found := 0
	for _, f := range w.Findings {
		// What costs nothing that can be counted is left to the screens; what the next step
		// is about has been said.
		if f.Stake == nil || f.Stake.Amount >= 0 || f.Indicator != nil && *f.Indicator == about || found == mostFindings || len(out.Lines) == mostAsks {
			continue
		}
		found++
		out.Lines = append(out.Lines, Line{
			Kind: "finding", Lead: w.say(words.T("気になること・目標の約%s分", "To look at · about %s of the goal", worth(f.Stake))), Text: Said(f.Sentence), Note: f.Mend,
			Path: "/ask", Button: w.say(words.T("くわしく見る", "See more")),
		})
	}
	return out
}

// worth is what a stake amounts to; nobody counts its tenths.
func worth(s *insight.Stake) words.Amount {
	lost := math.Abs(s.Amount)
	if s.Unit != "%" && lost >= 1 {
		lost = math.Round(lost)
	}
	return words.Amount{Value: lost, Unit: s.Unit}
}

func (w *writer) askAgreement() *Line {
	if !w.Agreement.Asks {
		return nil
	}
	line := &Line{
		Kind: "agreement", Mark: w.Agreement.Mark, Lead: w.say(words.T("合意", "Agreement")), Text: Said(w.Agreement.Sentence), Note: w.Agreement.Mend,
		Path: "/share/agreement", Button: w.say(words.T("合意のページを開く", "Open the page Agreement")),
	}
	if line.Note == "" {
		line.Note = w.say(words.T("この目標をどう理解しているか、ご自分の言葉と数で書いてください。2分で終わります。", "Say in your own words and numbers what this goal means to you. It takes two minutes."))
		line.Button = w.say(words.T("自分の言葉で書く", "Say it in my words"))
	}
	return line
}

func (w *writer) askQuestions() *Line {
	n := len(w.Questions)
	if n == 0 {
		return nil
	}
	oldest := w.Questions[0]
	if w.Nameless { // what people ask one another stays among them
		return &Line{Kind: "question", Lead: w.say(words.T("質問", "Questions")), Text: Said(w.say(words.T("質問が%d件、答えを待っています。", "Questions that wait for an answer: %d.", n)))}
	}
	text := words.T("質問「%s」が答えを待っています。", "The question “%s” waits for an answer.", short(oldest.Text))
	if n > 1 {
		text = words.T("質問が%[2]d件、答えを待っています。いちばん古いのは「%[1]s」です。", "%[2]d questions wait for an answer, the oldest: “%[1]s”.", short(oldest.Text), n)
	}
	line := &Line{Kind: "question", Lead: w.say(words.T("質問", "Questions")), Text: Said(w.say(text)), Path: "/share/questions", Button: w.say(words.T("答える", "Answer"))}
	if oldest.By != "" {
		line.Note = w.say(words.T("%[1]s・%[2]s", "%[1]s, %[2]s", oldest.By, oldest.On))
	}
	return line
}

// short cuts a long text of somebody's.
func short(text string) string {
	const most = 60
	letters := []rune(text)
	if len(letters) <= most {
		return text
	}
	return string(letters[:most-1]) + "…"
}
