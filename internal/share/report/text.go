package report

import (
	"strings"

	"github.com/shirube/shirube/internal/words"
)

// Frame is what stands around a page where it is sent: why the reader has it, and the ways on.
type Frame struct {
	Address string // of the workspace, "https://…/w/hinata"; "" where nobody outside can open it
	Ask     string // where a reader who does not sign in can ask; "" without
	Because string // why the reader gets it
	Stop    string // address to be left out from now on; "" without
	Note    string // a word of whoever sends it; "" without
}

// Text is the page as plain text, for mail programs that show nothing else.
func (s Sheet) Text(f Frame) string {
	var b strings.Builder
	line := func(parts ...string) { b.WriteString(strings.Join(parts, "") + "\n") }
	line(s.Workspace, " — ", s.Title)
	line(s.Dates)
	line()
	if f.Note != "" {
		line(f.Note)
		line()
	}
	line(Sign(s.Mark), " ", s.MarkWord)
	line(Plain(s.Headline))
	line()
	s.Goal.text(line)
	s.section(line, s.Changed, f)
	if len(s.Decided.Lines) > 0 {
		s.section(line, s.Decided, f)
	}
	s.section(line, s.Asks, f)
	s.section(line, s.Together, f)
	s.numbers(line)
	s.section(line, s.Terms, Frame{})
	if f.Because != "" {
		line(f.Because)
	}
	if f.Ask != "" {
		line(words.T("質問する: ", "Ask a question: ").In(s.Lang), f.Ask)
	}
	if f.Stop != "" {
		line(words.T("受け取らない: ", "Stop these mails: ").In(s.Lang), f.Stop)
	}
	return b.String()
}

func (g Goal) text(line func(...string)) {
	line("■ ", g.Label, ": ", g.Name)
	if g.Value != "" {
		line("  ", g.Value, g.spaced(), g.Unit, slashed(g.Target))
	} else if g.Target != "" {
		line("  ", g.Target)
	}
	for _, one := range []string{g.By, strings.TrimSpace(g.Pace + " " + bracketed(g.Gap)), pair(g.ChanceLabel, g.Chance), g.ChanceWords, pair(g.LandLabel, g.Land), Plain(g.Since)} {
		if one != "" {
			line("  ", one)
		}
	}
	line()
}

// spaced is a space between a number and a unit in letters.
func (g Goal) spaced() string {
	if g.Unit != "" && g.Unit != "%" && g.Unit[0] < 0x80 {
		return " "
	}
	return ""
}

func slashed(target string) string {
	if target == "" {
		return ""
	}
	return " / " + target
}

func bracketed(gap string) string {
	if gap == "" {
		return ""
	}
	return "(" + gap + ")"
}

func pair(label, value string) string {
	if value == "" {
		return ""
	}
	return label + ": " + value
}

func (s Sheet) section(line func(...string), of Section, f Frame) {
	if len(of.Lines) == 0 && of.None == "" {
		return
	}
	line("■ ", of.Title)
	if len(of.Lines) == 0 {
		line("  ", of.None)
	}
	for _, l := range of.Lines {
		lead := l.Lead
		if lead != "" {
			lead += ": "
		}
		mark := ""
		if l.Mark != "" {
			mark = Sign(l.Mark) + " "
		}
		line("・", mark, lead, Plain(l.Text))
		if l.Note != "" {
			line("  ", l.Note)
		}
		if f.Address != "" && l.Button != "" {
			line("  ", l.Button, ": ", f.Address, l.Path)
		}
	}
	line()
}

func (s Sheet) numbers(line func(...string)) {
	line("■ ", s.Numbers.Title)
	if len(s.Numbers.Rows) == 0 {
		line("  ", s.Numbers.None)
	}
	for _, r := range s.Numbers.Rows {
		rest := []string{r.Value}
		if r.Pace != "" {
			rest = append(rest, s.Numbers.Heads[2]+" "+r.Pace)
		}
		if r.Change != "" {
			rest = append(rest, r.Change)
		}
		line("・", Sign(r.Mark), " ", r.Name, ": ", strings.Join(rest, words.T("・", " · ").In(s.Lang)))
	}
	line()
}
