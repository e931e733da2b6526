package law

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shirube/shirube/internal/words"
)

// Duty is one thing that is asked.
type Duty struct {
	Number  int
	Name    words.Text
	Article words.Text // where it is written
	Does    words.Text // what is done about it here
	Stops   bool       // something cannot be done without it
	Keeps   bool       // something is put on record
}

// Gmail is what the rules of Gmail for senders are called.
var Gmail = words.T("Gmail のメール送信者のガイドライン", "Gmail's guidelines for senders")

// Duties is all of them, in their order.
var Duties = []Duty{
	{1, words.T("送ってよい根拠", "A ground to send"), words.T("特定電子メール法3条1項", "Specified Electronic Mail Act 3(1)"),
		words.T("送り出す瞬間に止める。取り込みでは根拠を選ぶまで進めません", "Stops at the moment of sending. An import asks for the ground first"), true, false},
	{2, words.T("同意の記録", "A record of consent"), words.T("特定電子メール法3条2項・施行規則4条", "Specified Electronic Mail Act 3(2), rule 4"),
		words.T("残す(いつ・どこで・見せた文)。名簿からの同意は、文がなければ止める", "Keeps when, where and the words. Stops an import of consents without the words"), true, true},
	{3, words.T("送信者の名前・住所・受付先", "Name, address and contact of the sender"), words.T("特定電子メール法4条・施行規則7〜9条", "Specified Electronic Mail Act 4, rules 7–9"),
		words.T("止める。宣伝のメールの末尾から消せません", "Stops. The footer of marketing mail cannot be removed"), true, false},
	{4, words.T("断られたら送らない", "Nothing after a refusal"), words.T("特定電子メール法3条3項", "Specified Electronic Mail Act 3(3)"),
		words.T("送り出す瞬間に止める。取り込み直しや統合のあとも残ります", "Stops at the moment of sending. It survives imports and merges"), true, true},
	{5, words.T("送信者をいつわらない・作られた宛先に送らない", "No forged sender, no generated addresses"), words.T("特定電子メール法5条・6条", "Specified Electronic Mail Act 5, 6"),
		words.T("署名が差出人と別なら止める。連番のアドレスの名簿は、確かめるまで取り込めません。存在しない宛先が1割を超えた一斉配信は、途中で止まります",
			"Stops where the signature is not the sender's. A list of numbered addresses is not brought in until somebody vouches for it. A broadcast stops by itself when one address in ten does not exist"), true, true},
	{6, words.T("分かったうえでの同意", "A consent that knows what to"), words.T("特定電子メールの送信等に関するガイドライン", "Guideline on sending specified electronic mail"),
		words.T("フォームの箱は、いつも空ではじまります。何が届くかを書いていない文は保存を、だれから届くか(送信者の名前)のない文は受付を止める。確認メールを選べます",
			"The box of a form always begins empty. Words that do not say that mail will come are not kept, and a form whose words do not name the sender is not opened. A confirming mail can be asked for"), true, true},
	{7, words.T("行動の分析を知らせる", "Saying that behaviour is analysed"), words.T("個人情報保護法17条・21条", "Personal Information Act 17, 21"),
		words.T("匿名のときの行動は、それを書いたポリシーの版を入れるまで結びつけません", "What was done anonymously is not tied to anybody until the version of the notice that says so is named"), true, true},
	{8, words.T("個人関連情報の受け渡し", "Passing on personally referable information"), words.T("個人情報保護法31条", "Personal Information Act 31"),
		words.T("ほかの会社から受け取った名簿は、本人の同意をどう確かめたかを「渡す相手・受け取る相手」に書くまで取り込めません。だれから受け取ったかが、ひとりずつ残ります",
			"A list received from another company is not brought in until the register says how the consent of the people was made sure of. Of each person it stays on record whom they came from"), true, true},
	{9, words.T("第三者・外国への提供", "Third parties, other countries"), words.T("個人情報保護法27条・28条", "Personal Information Act 27, 28"),
		words.T("相手を書くまで、Webhook のある自動化は動かせません。いまの設定から渡している相手の一覧を作り、ファイルで出せます",
			"An automation with a webhook cannot be switched on until the register names the recipient. Lists whom the present settings hand data to, as a file too"), true, true},
	{10, words.T("安全管理", "Safety"), words.T("個人情報保護法23条・24条・25条", "Personal Information Act 23, 24, 25"),
		words.T("役割で見える範囲を分け、鍵やパスワードを暗号にします。変えたことと持ち出したことは、「見た人と記録」に残ります",
			"Roles decide who sees what, secrets are sealed. Every change and everything taken out is on the record"), true, true},
	{11, words.T("漏えいしたとき", "When data got out"), words.T("個人情報保護法26条", "Personal Information Act 26"),
		words.T("`shirube affected` で、該当する方の一覧と、報告の期限を出します。出したことも残ります", "`shirube affected` lists who is concerned and says until when to report. That it was listed stays on record"), false, true},
	{12, words.T("開示・訂正・消去", "Disclosure, correction, erasure"), words.T("個人情報保護法33条・34条・35条", "Personal Information Act 33, 34, 35"),
		words.T("本人へのファイル、消去(断りだけはハッシュで残ります)。したことも残ります", "A file for the person; erasure, of which only the hash of a refusal stays. That it was done stays on record"), false, true},
	{13, words.T("外部送信を知らせる", "Saying what is sent elsewhere"), words.T("電気通信事業法27条の12", "Telecommunications Business Act 27-12"),
		words.T("Shirube が送るものと、書き足したほかのタグの公表文を作ります。貼れる HTML も出します", "Writes the notice of what Shirube sends and of the other tags you name, as a page and as HTML to paste"), false, true},
	{14, words.T("外部送信の書き方", "How it is said"), words.T("電気通信事業法施行規則22条の2の29", "Rules of the Telecommunications Business Act 22-2-29"),
		words.T("送る情報・送り先・目的のどれかが空、または「等」でぼかした公表文は保存できません。だれがいつ変えたかが残ります", "A tag without what is sent, to whom and what for, or blurred by “etc.”, is not kept. Who changed it when stays on record"), true, true},
	{15, words.T("送信元の確認", "Who sends"), words.T("Gmail のメール送信者のガイドライン", "Gmail's guidelines for senders"),
		words.T("SPF・DKIM・逆引きが赤なら、宣伝のメールを止める", "Stops marketing mail where SPF, DKIM or the reverse name is red"), true, false},
	{16, words.T("1日5,000通からの決まり", "From 5,000 mails a day"), words.T("Gmail のメール送信者のガイドライン", "Gmail's guidelines for senders"),
		words.T("DMARC が赤なら、宣伝のメールを止める", "Stops marketing mail where DMARC is red"), true, false},
	{17, words.T("1クリックの配信停止", "Refusing with one click"), words.T("RFC 8058", "RFC 8058"),
		words.T("https のアドレスがなければ止める。リンクを開いただけでは停止しません", "Stops without an https address. Opening the link alone refuses nothing"), true, false},
	{18, words.T("送る前の確認", "The check before sending"), words.T("特定電子メール法4条・RFC 8058", "Specified Electronic Mail Act 4, RFC 8058"),
		words.T("赤なら、一斉配信も自動化も確認メールのフォームも始められません。動いている自動化のメールは、30分ごとに確かめ直し、赤のあいだ待ちます",
			"Where it is red no broadcast, automation or confirming form begins. Mail of automations that run is looked at again every half hour and waits while it is red"), true, false},
	{19, words.T("戻ってきたメールと苦情", "Bounces and complaints"), words.T("Gmail のメール送信者のガイドライン", "Gmail's guidelines for senders"),
		words.T("届かない宛先は1回、一時的なものは続けて5回で止める。苦情は1回で止める。7日の苦情が0.3%以上なら、宣伝のメールを止める",
			"Stops an address after one hard bounce, five soft ones in a row, or one complaint; all marketing mail where .3 % of a week's were reported"), true, true},
	{20, words.T("手続きと宣伝を分ける", "Transactional and marketing apart"), words.T("特定電子メール法施行規則6条", "Rules of the Specified Electronic Mail Act 6"),
		words.T("差出人が混ざっていたら止める", "Stops where the senders are mixed"), true, false},
}

// Of is the duty with a number, 1 to 20.
func Of(number int) Duty { return Duties[number-1] }

// deeds are operations of the API that are done because of a duty, or that one asks to keep.
var deeds = map[int][]string{
	2:  {"add-consent", "import-contacts"},
	4:  {"stop-mail", "lift-stop"},
	7:  {"put-stitching"},
	9:  {"create-recipient", "edit-recipient", "delete-recipient", "export-recipients"},
	10: {"export-contacts", "export-events", "export-submissions", "export-handover"},
	11: {"list-affected"},
	12: {"disclose-contact", "erase-contact", "erase-person", "change-contact"},
	14: {"put-tags"},
	19: {"take-mail-return"},
}

// Deeds are the operations on the record that belong to a duty; nil where none does.
func (d Duty) Deeds() []string { return deeds[d.Number] }

// OfDeed is the duty that an operation on the record belongs to.
func OfDeed(operation string) (Duty, bool) {
	for number, list := range deeds {
		if slices.Contains(list, operation) {
			return Of(number), true
		}
	}
	return Duty{}, false
}

// Table is the duties as the rows of a table in Markdown.
func Table(lang words.Lang) string {
	var b strings.Builder
	for _, d := range Duties {
		fmt.Fprintf(&b, "| %d | %s | %s | %s |\n", d.Number, d.Name.In(lang), d.Article.In(lang), d.Does.In(lang))
	}
	return b.String()
}

// Report says what is due when data of so many people got out.
func Report(people int) words.Text {
	const many = 1000
	must := words.T("1,000人以下でも、要配慮個人情報・財産に関わる情報・不正の目的によるものなら報告が要ります。", "Up to 1,000 it is due as well where the data are sensitive or financial, or somebody meant harm.")
	if people > many {
		must = words.T("1,000人を超えるので、報告が要ります。", "With more than 1,000 people it is due.")
	}
	return words.T("%[1]s人。個人情報保護法26条: 知ってから3〜5日のうちに個人情報保護委員会へ速報、30日のうちに確報(不正の目的によるものは60日)。本人にも知らせます。%[2]s",
		"%[1]s people. Act on the Protection of Personal Information, article 26: a first report to the Commission within 3 to 5 days of knowing, a full one within 30 (60 where somebody meant harm), and word to the people. %[2]s",
		words.Group(float64(people), 0), must)
}
