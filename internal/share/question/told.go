package question

import (
	"time"

	"github.com/shirube/shirube/internal/words"
)

// Told is what people hear of a thread, in a mail or where they read.
type Told struct {
	Title  words.Text
	Points []words.Text
	Foot   words.Text
	Button words.Text
}

// quoteRunes is how much of a message is told.
const quoteRunes = 400

// Announce is what is told of a message; called is for whoever is called in it by name.
func Announce(h Head, m Message, called bool) Told {
	who := m.By.In()
	t := Told{Points: []words.Text{same(Line(m.Text, quoteRunes))}, Button: words.T("開いて答える", "Open and answer")}
	switch {
	case m.Number == 1 && called:
		t.Title = words.T("%[1]sがあなたに質問しています: %[2]s", "%[1]s asks you: %[2]s", who, h.About())
	case m.Number == 1:
		t.Title = words.T("%[1]sの質問: %[2]s", "%[1]s asks: %[2]s", who, h.About())
	case called:
		t.Title = words.T("%[1]sがあなたを呼んでいます: %[2]s", "%[1]s called you: %[2]s", who, h.About())
		t.Button = words.T("開いて読む", "Open and read")
	default:
		t.Title = words.T("%[1]sが答えました: %[2]s", "%[1]s answered: %[2]s", who, h.About())
		t.Button = words.T("開いて読む", "Open and read")
	}
	if m.Number == 1 {
		if h.Quote != "" {
			t.Points = append(t.Points, words.T("聞いたときの表示: %s", "It said then: %s", h.Quote))
		}
		t.Foot = words.T("分かる人が答えてください。分からないときは、知っている人を @ で呼べます。",
			"Whoever knows, please answer. If you do not, call somebody who does with @.")
	} else {
		t.Points = append(t.Points, words.T("質問: %s", "The question: %s", h.Summary))
	}
	if m.Number == 1 && h.Asked.Outside {
		t.Foot = words.T("ワークスペースの外の人からの質問です。答えは、その人の画面にも出ます。",
			"Somebody outside of the workspace asks. They see the answer on their page.")
	}
	return t
}

// Settled is what is told once a question counts as answered, or does not any more.
func Settled(h Head, by Voice, answer string) Told {
	t := Told{Button: words.T("開いて読む", "Open and read"), Foot: words.T("まだ聞きたいことがあれば、同じところに書けます。", "If something is still open, write in the same place.")}
	if !h.Settled {
		t.Title = words.T("質問がもう一度開かれました: %s", "A question is open again: %s", h.About())
		t.Points = []words.Text{words.T("質問: %s", "The question: %s", h.Summary)}
		t.Foot = words.T("%sが、まだ答えを待っています。", "%s still waits for an answer.", by.In())
		return t
	}
	t.Title = words.T("質問に答えが付きました: %s", "A question is answered: %s", h.About())
	if answer != "" {
		t.Points = append(t.Points, same(Line(answer, quoteRunes)))
	}
	t.Points = append(t.Points, words.T("質問: %s", "The question: %s", h.Summary))
	return t
}

// About is the subject's name in a sentence.
func (h Head) About() words.Text {
	if h.Name != "" {
		return words.T("%s", "%s", h.Name)
	}
	return words.T("地図ぜんたい", "the whole map")
}

// In names whoever speaks, with the department.
func (v Voice) In() words.Text {
	name := words.T("%sさん", "%s", v.Name)
	if v.Name == "" {
		name = words.T("名前のない方", "Somebody")
	}
	switch {
	case v.Outside:
		return words.T("%s（外から）", "%s (from outside)", name)
	case v.Department != "":
		return words.T("%[1]s（%[2]s）", "%[1]s (%[2]s)", name, v.Department)
	}
	return name
}

// same is a text people wrote, in whatever language they wrote it.
func same(text string) words.Text { return words.Text{JA: text, EN: text} }

// Waiting is how many whole days a question has been open without anybody's answer; 0 for
// one that was answered or settled.
func (h Head) Waiting(now time.Time) int {
	if h.Settled || h.Replied || now.Before(h.AskedAt) {
		return 0
	}
	return int(now.Sub(h.AskedAt) / (24 * time.Hour))
}

// AnswerOutside is what somebody who asked from outside is told of an answer. Their question
// is not repeated, nor who answered: the letter holds words of the team alone.
func AnswerOutside(workspace string, h Head, m Message) Told {
	return Told{
		Title:  words.T("ご質問に返事がありました（%s）", "Your question was answered (%s)", workspace),
		Points: []words.Text{same(Line(m.Text, quoteRunes))},
		Foot:   words.T("%sについてのご質問への返事です。心当たりがないときは、このメールを消してください。", "It is about %s. If you asked nothing, please delete this mail.", h.About()),
		Button: words.T("やりとりを見る", "See the conversation"),
	}
}
