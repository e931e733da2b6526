package mail

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/shirube/shirube/internal/words"
)

// compiler reads a template once and collects what is wrong with it.
type compiler struct {
	template   Template
	legal      Legal
	properties map[string]bool
	names      []string
	problems   words.Problems
	links      []string
	addresses  []program
	html       program
	text       program
	room       int // pixels a block may be wide
}

func (c *compiler) known(key string) bool { return c.properties[key] || c.properties["*"] }

func (c *compiler) problem(field, source string, at int, what, mend words.Text) {
	c.problems = append(c.problems, problemAt(field, source, min(at, len(source)), what, mend))
}

var colour = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)

// checkHead looks at what is not a block.
func (c *compiler) checkHead() {
	t := &c.template
	switch {
	case strings.TrimSpace(t.Subject) == "":
		c.problem("subject", "", 0, words.T("件名がありません。", "There is no subject."), words.T("件名を書いてください。", "Write one."))
	case strings.ContainsFunc(t.Subject, isControl):
		c.problem("subject", t.Subject, strings.IndexFunc(t.Subject, isControl), words.T("件名に改行や制御文字が入っています。", "The subject holds a line break or a control character."),
			words.T("1行にしてください。", "Make it one line."))
	case len(t.Subject) > maxSubject:
		c.problem("subject", "", 0, words.T("件名が長すぎます。", "The subject is too long."), words.T("30文字くらいまでが、受信箱で切れずに読めます。", "About 50 characters are shown whole."))
	}
	if t.Stream != Marketing && t.Stream != Transactional {
		c.problem("stream", "", 0, words.T("宣伝のメールか、手続きのメールかが決まっていません。", "It is not said whether this is marketing."), words.T("marketing か transactional を選んでください。", "Choose marketing or transactional."))
	}
	if t.Accent != "" && !colour.MatchString(t.Accent) {
		c.problem("accent", "", 0, words.T("色「%s」が読めません。", "The colour %s cannot be read.", t.Accent), words.T("#1f6feb の形で書いてください。", "Write it like #1f6feb."))
		t.Accent = ""
	}
	if len(t.Blocks) == 0 {
		c.problem("blocks", "", 0, words.T("本文がありません。", "The mail is empty."), words.T("文章のブロックを1つ置いてください。", "Put a text into it."))
	}
	if len(t.Blocks) > maxBlocks {
		c.problem("blocks", "", 0, words.T("ブロックが多すぎます。", "There are too many blocks."), words.T("%d個までにしてください。", "At most %d fit.", maxBlocks))
		t.Blocks = t.Blocks[:maxBlocks]
	}
}

// checkBlock looks at one block by itself.
func (c *compiler) checkBlock(field string, b Block, nested bool) bool {
	before := len(c.problems)
	needText := b.Kind == Heading || b.Kind == Text || b.Kind == Button || b.Kind == List || b.Kind == Quote
	if needText && strings.TrimSpace(b.Text) == "" {
		c.problem(field+".text", "", 0, words.T("文字が入っていません。", "It has no text."), words.T("書くか、ブロックを消してください。", "Write it, or take the block out."))
	}
	if len(b.Text) > maxText {
		c.problem(field+".text", "", 0, words.T("文章が長すぎます。", "The text is too long."), words.T("いくつかのブロックに分けてください。", "Split it."))
	}
	if manyLines := b.Kind == Text || b.Kind == List || b.Kind == Quote; !manyLines && strings.ContainsAny(b.Text, "\r\n") {
		c.problem(field+".text", b.Text, strings.IndexAny(b.Text, "\r\n"), words.T("ここには改行を入れられません。", "There can be no line break here."), words.T("1行にしてください。", "Make it one line."))
	}
	if strings.ContainsAny(b.By, "\r\n") || len(b.By) > maxBy {
		c.problem(field+".by", b.By, max(strings.IndexAny(b.By, "\r\n"), 0), words.T("だれの言葉かは、短く1行で書いてください。", "Who said it is one short line."), words.T("名前や会社名だけにしてください。", "Keep it to a name or a company."))
	}
	switch b.Kind {
	case Heading, Text, Divider, Spacer, List, Quote:
	case Button:
		if b.URL == "" {
			c.problem(field+".url", "", 0, words.T("ボタンのリンク先がありません。", "The button leads nowhere."), words.T("https:// から始まるアドレスを書いてください。", "Write an address that begins with https://."))
		}
	case Image:
		if !strings.HasPrefix(b.Src, "https://") || strings.ContainsAny(b.Src, " \t\r\n\"<>\\`") || hostOf(b.Src) == "" || len(b.Src) > maxURL {
			c.problem(field+".src", "", 0, words.T("画像のアドレスが正しくありません。", "The picture's address cannot be used."), words.T("https:// から始まる、だれでも見られるアドレスにしてください。", "Use one that begins with https:// and that everybody can open."))
		}
		if strings.TrimSpace(b.Text) == "" {
			c.problem(field+".text", "", 0, words.T("画像が表示されないときの文字がありません。", "Nothing is said where the picture is not shown."), words.T("画像の内容を短く書いてください。", "Say in a few words what it shows."))
		}
	case Columns:
		if nested {
			c.problem(field, "", 0, words.T("段組みの中に段組みは置けません。", "Columns cannot hold columns."), words.T("外に出してください。", "Take them out."))
		} else if len(b.Columns) < 2 || len(b.Columns) > 3 {
			c.problem(field+".columns", "", 0, words.T("段組みは2つか3つです。", "There are two or three columns."), words.T("段の数を直してください。", "Change how many there are."))
		}
	default:
		c.problem(field+".kind", "", 0, words.T("「%s」というブロックはありません。", "There is no block “%s”.", string(b.Kind)),
			words.Suggestion(string(b.Kind), []string{string(Heading), string(Text), string(List), string(Quote), string(Button), string(Image), string(Divider), string(Columns), string(Spacer)}))
	}
	switch b.Align {
	case "", "left", "center", "right":
	default:
		c.problem(field+".align", "", 0, words.T("揃え方「%s」はありません。", "There is no alignment “%s”.", b.Align), words.T("left・center・right から選んでください。", "Choose left, center or right."))
	}
	if b.Width < 0 || b.Width > 600 || b.Height < 0 || b.Height > 200 || b.Level < 0 || b.Level > 3 {
		c.problem(field, "", 0, words.T("大きさが正しくありません。", "A size is out of bounds."), words.T("幅は600、高さは200、見出しは3までです。", "Width up to 600, height up to 200, headings up to 3."))
	}
	return len(c.problems) == before
}

// Missing is what the law wants and is not there: nil for mail that is not marketing.
func (l Legal) Missing(stream string) words.Problems {
	if stream != Marketing {
		return nil
	}
	var problems words.Problems
	for _, f := range []struct {
		field, value string
		what, mend   words.Text
	}{
		{"legal.sender", l.Sender, words.T("送信者の氏名または名称がありません(特定電子メール法 第4条)。", "The sender's name is missing (article 4 of the Specified Electronic Mail Act)."), words.T("差出人の設定に、会社の名前を書いてください。", "Write the company's name into the sender's settings.")},
		{"legal.postal", l.Postal, words.T("送信者の住所がありません(施行規則 第9条)。", "The postal address is missing (rule 9)."), words.T("差出人の設定に、会社の住所を書いてください。", "Write it into the sender's settings.")},
		{"legal.contact", l.Contact, words.T("苦情や問い合わせの受付先がありません(施行規則 第9条)。", "There is no contact for complaints and questions (rule 9)."), words.T("電話番号、メールアドレス、ページのどれかを書いてください。", "Write a telephone number, a mail address or a page.")},
	} {
		if OneLine(f.value) == "" {
			problems = append(problems, &words.Problem{At: words.At{File: f.field}, What: f.what, Mend: f.mend})
		}
	}
	return problems
}

func blockField(path string, i int) string { return fmt.Sprintf("%s[%d]", path, i) }
