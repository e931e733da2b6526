package form

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/shirube/shirube/internal/words"
)

// Parse reads a definition as JSON and checks it. The error is words.Problems, each with
// the path of what is wrong as its file.
func Parse(text []byte) (Definition, error) {
	var d Definition
	if len(text) > MaxDefinition {
		return d, problems{{At: words.At{File: "form"}, What: words.T("フォームが大きすぎます(%d KB まで)。", "The form is too large (up to %d kB).", MaxDefinition>>10)}}.err()
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&d); err != nil {
		return d, problems{{At: words.At{File: "form"}, What: words.T("フォームとして読めません(%v)。", "This cannot be read as a form (%v).", err)}}.err()
	}
	return d, Check(d)
}

type problems words.Problems

func (ps problems) err() error { return words.Problems(ps).Err() }

func (ps *problems) add(path string, what, mend words.Text) {
	*ps = append(*ps, &words.Problem{At: words.At{File: path}, What: what, Mend: mend})
}

var keyShape = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// ownFields are names that a submission uses beside the answers.
var ownFields = []string{"consent", "website", "token", "visitor", "page"}

// Check tells everything that is wrong in a definition.
func Check(d Definition) error {
	var ps problems
	if !slices.Contains([]Kind{Inquiry, Download, Newsletter, Survey}, d.Kind) {
		ps.add("kind", words.T("フォームの種類を選んでください。", "Choose what the form is for."), words.T("inquiry、download、newsletter、survey のどれかです。", "It is one of inquiry, download, newsletter, survey."))
	}
	if d.Lang != "" && d.Lang != "ja" && d.Lang != "en" {
		ps.add("lang", words.T("言語は ja か en です。", "The language is ja or en."), words.Text{})
	}
	ps.text("title", d.Title, maxShort, true)
	ps.text("lead", d.Lead, maxLong, false)
	ps.text("button", d.Button, maxShort, false)
	ps.text("thanks", d.Thanks, maxLong, false)
	ps.address("next", d.Next)
	ps.address("policy", d.Policy)
	if d.Document != "" && (d.Kind != Download || len(d.Document) > maxKey) {
		ps.add("document", words.T("資料を渡すのは、資料請求のフォームだけです。", "Only a form for a document hands one out."), words.T("資料請求のフォームでお使いください。", "Use it in a form for a document."))
	}
	ps.sites(d.Sites)
	if n := len(d.Questions); n == 0 || n > MaxQuestions {
		ps.add("questions", words.T("質問は1〜%d個です。", "A form asks 1 to %d questions.", MaxQuestions), words.Text{})
	}
	keys, addresses := map[string]bool{}, 0
	for i, q := range d.Questions {
		if i >= MaxQuestions {
			break
		}
		path := fmt.Sprintf("questions.%d", i)
		ps.question(path, q)
		if keys[q.Key] {
			ps.add(path+".key", words.T("同じキー「%s」の質問があります。", "There is another question with the key %q.", q.Key), words.T("別のキーにしてください。", "Use another key."))
		}
		keys[q.Key] = true
		if q.Kind == Email && q.To == "address" {
			addresses++
		}
	}
	if addresses > 1 {
		ps.add("questions", words.T("メールアドレスになる質問は1つだけです。", "Only one question can be the mail address."), words.T("ほかの質問の to を消してください。", "Remove `to` of the others."))
	}
	ps.consent(d, addresses == 1)
	ps.wording(d)
	return ps.err()
}

func (ps *problems) question(path string, q Question) {
	if !keyShape.MatchString(q.Key) || len(q.Key) > maxKey || slices.Contains(ownFields, q.Key) {
		ps.add(path+".key", words.T("キー「%s」は使えません。", "The key %q cannot be used.", q.Key),
			words.T("英小文字ではじまる英数字と _ で、%d文字までにしてください。", "Use small letters, digits and _, beginning with a letter, up to %d.", maxKey))
	}
	if !slices.Contains([]QuestionKind{Line, Text, Email, Phone, Number, One, Several, Yes, Nps, Csat}, q.Kind) {
		ps.add(path+".kind", words.T("「%s」という答え方はありません。", "There is no kind of answer %q.", string(q.Kind)), words.Text{})
	}
	ps.text(path+".label", q.Label, maxShort, true)
	ps.text(path+".hint", q.Hint, maxShort, false)
	if listed := q.Kind == One || q.Kind == Several; listed != (len(q.Options) > 0) || len(q.Options) > MaxOptions || len(q.Options) == 1 && q.Kind == One {
		ps.add(path+".options", words.T("選択肢の数が合いません。", "The number of options does not fit."),
			words.T("「1つ選ぶ」は2〜%[1]d個、「いくつでも」は1〜%[1]d個、ほかは0個です。", "Choosing one takes 2 to %[1]d, choosing several 1 to %[1]d, others none.", MaxOptions))
	}
	seen := map[string]bool{}
	for i, option := range q.Options {
		ps.text(fmt.Sprintf("%s.options.%d", path, i), option, maxShort, true)
		if seen[option] {
			ps.add(fmt.Sprintf("%s.options.%d", path, i), words.T("選択肢「%s」が2つあります。", "The option %q is there twice.", option), words.Text{})
		}
		seen[option] = true
	}
	if q.To == "address" && q.Kind != Email {
		ps.add(path+".to", words.T("連絡先のメールアドレスになるのは、メールの質問だけです。", "Only a question for a mail address can become the contact's."), words.T("kind を email にしてください。", "Make its kind email."))
	}
	if utf8.RuneCountInString(q.To) > maxShort {
		ps.add(path+".to", words.T("項目の名前が長すぎます。", "The property's name is too long."), words.Text{})
	}
	if q.Counted && !q.choice() {
		ps.add(path+".counted", words.T("自由に書く答えは、数える項目にできません。", "What people type themselves cannot be counted by."),
			words.T("個人の情報がイベントに入らないよう、選ぶ質問だけにしています。", "So that nothing personal is in an event, only choices can."))
	}
}

// saysMail is what the words of a consent have to speak of: those who agree must know that
// mail will come.
var saysMail = regexp.MustCompile(`(?i)メール|受け取|届|だより|便り|配信|お知らせ|案内|ニュース|広告|宣伝|メルマガ|通信|mail|news|offer|advert|update`)

func (ps *problems) consent(d Definition, hasAddress bool) {
	c := d.Consent
	if c == nil {
		if d.Kind == Newsletter {
			ps.add("consent", words.T("メールの配信には、同意をたずねる文が必要です。", "A newsletter has to ask for consent."), words.T("だれが何を送るかを書いた文を入れてください。", "Write who sends what."))
		}
		return
	}
	ps.consentWords("consent", *c)
	ps.text("consent.topic", c.Topic, maxShort, false)
	if len(c.Sender) > maxKey*2 {
		ps.add("consent.sender", words.T("差出人を選びなおしてください。", "Please choose the sender again."), words.Text{})
	}
	if !hasAddress {
		ps.add("consent", words.T("同意をたずねるには、メールアドレスの質問が必要です。", "To ask for consent there has to be a question for the mail address."), words.T("kind が email で to が address の質問を加えてください。", "Add a question of the kind email whose `to` is address."))
	}
	if c.Required && d.Kind != Newsletter {
		ps.add("consent.required", words.T("問い合わせや資料の条件として、広告メールへの同意を求めることはできません(%s)。", "Consent to advertising cannot be the price of an inquiry or a document (%s).", Guideline), words.T("必須をはずしてください。", "Do not require it."))
	}
}

// consentWords checks what is read beside the box and in the mail that asks once more.
func (ps *problems) consentWords(path string, c Consent) {
	ps.text(path+".text", c.Text, maxLong, true)
	if strings.TrimSpace(c.Text) != "" && !saysMail.MatchString(c.Text) {
		ps.add(path+".text", words.T("何が届くかが書かれていません(%s)。", "It does not say what will come (%s).", Guideline),
			words.T("「〇〇社からのご案内のメールを受け取ります」のように、だれから何が届くかを書いてください。", "Write who sends what: “I would like to get news from … by mail.”"))
	}
	ps.text(path+".subject", c.Subject, maxShort, false)
	ps.text(path+".mail", c.Mail, maxLong, false)
	if strings.ContainsAny(c.Subject, "\r\n") {
		ps.add(path+".subject", words.T("件名に改行は入れられません。", "A subject has no line breaks."), words.T("1行にしてください。", "Make it one line."))
	}
}

func (ps *problems) text(path, text string, most int, needed bool) {
	switch {
	case needed && strings.TrimSpace(text) == "":
		ps.add(path, words.T("何も書かれていません。", "Nothing is written here."), words.Text{})
	case utf8.RuneCountInString(text) > most:
		ps.add(path, words.T("長すぎます(%d文字まで)。", "This is too long (up to %d characters).", most), words.Text{})
	case !utf8.ValidString(text) || strings.ContainsRune(text, 0):
		ps.add(path, words.T("使えない文字が入っています。", "There are characters that cannot be used."), words.Text{})
	}
}

func (ps *problems) address(path, address string) {
	if address == "" {
		return
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil || len(address) > 2000 {
		ps.add(path, words.T("このアドレスは使えません。", "This address cannot be used."), words.T("https:// ではじまるアドレスにしてください。", "Use one that begins with https://."))
	}
}

var siteShape = regexp.MustCompile(`^(\*\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:[0-9]{1,5})?$`)

func (ps *problems) sites(sites []string) {
	if len(sites) > maxSites {
		ps.add("sites", words.T("サイトは%d個までです。", "There can be up to %d sites.", maxSites), words.Text{})
		return
	}
	for i, site := range sites {
		if !siteShape.MatchString(site) {
			ps.add(fmt.Sprintf("sites.%d", i), words.T("「%s」はサイトの名前として読めません。", "%q is not the name of a site.", site), words.T("www.example.jp のように、https:// をつけずに書いてください。", "Write it like www.example.jp, without https://."))
		}
	}
}
