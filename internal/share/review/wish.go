package review

import "github.com/shirube/shirube/internal/words"

// Wish is what somebody put on the next review by hand: a finding, an indicator, or words of
// their own.
type Wish struct {
	Finding   string `json:"finding,omitempty"` // key of a finding
	Indicator string `json:"indicator,omitempty"`
	From      string `json:"from,omitempty"` // of a link
	To        string `json:"to,omitempty"`
	// Title and Sentence are the finding's as it was told then: it may be gone by the day.
	Title    words.Text `json:"title"`
	Sentence words.Text `json:"sentence"`
	Text     string     `json:"text,omitempty"` // words of their own
}

// About is what a wish is about: two people who wish for the same make it one item. "" for
// words of one's own, which are never the same.
func (w Wish) About() string {
	switch {
	case w.Finding != "":
		return "finding:" + w.Finding
	case w.Text == "" && w.From != "":
		return "road:" + w.From + ">" + w.To
	case w.Text == "" && w.Indicator != "":
		return "indicator:" + w.Indicator
	}
	return ""
}

// Check looks whether a wish says anything.
func (w Wish) Check() *Fault {
	switch {
	case w.Finding == "" && w.Indicator == "" && w.Text == "":
		return &Fault{"text", words.T("何について話したいかを書いてください。", "Please say what you would like to talk about.")}
	case len([]rune(w.Text)) > MostWish:
		return &Fault{"text", words.T("%d文字までで書いてください。", "Please keep it within %d characters.", MostWish)}
	}
	return nil
}
