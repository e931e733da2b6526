package condition

import (
	"maps"
	"slices"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/words"
)

// deed is what an event that is told everywhere under one name is called: as a thing, as
// something done, and as something not done.
type deed struct{ name, done, not words.Text }

// done makes a deed whose English is the same whether it was done or not: "never" and
// "has not" stand before it.
func done(name, did, didNot, nameEN, doneEN string) deed {
	return deed{words.T(name, nameEN), words.T(did, doneEN), words.T(didNot, doneEN)}
}

// deeds are the events of the tracker, of our forms and mails, and those that shops, sales
// and applications usually tell under these names (Segment's specification has most).
var deeds = map[string]deed{
	event.Download:     done("ファイルのダウンロード", "ファイルをダウンロードした", "ファイルをダウンロードしていない", "File downloaded", "downloaded a file"),
	event.FormSent:     done("フォームの送信", "フォームを送った", "フォームを送っていない", "Form submitted", "sent a form"),
	event.Outbound:     done("外部リンクのクリック", "外部リンクを押した", "外部リンクを押していない", "Outbound link clicked", "clicked a link to another site"),
	event.GoalClicked:  done("目標ボタンのクリック", "ゴールのボタンを押した", "ゴールのボタンを押していない", "Goal clicked", "clicked a goal"),
	event.ScrolledDown: done("下まで読んだ", "ページを読み進めた", "ページを読み進めていない", "Page scrolled", "scrolled down a page"),
	event.Engagement:   done("見ていた時間", "ページに滞在した", "ページに滞在していない", "Time on page", "stayed on a page"),
	// What forms and mails of ours tell.
	"Inquiry Submitted":     done("問い合わせ", "問い合わせをした", "問い合わせをしていない", "Inquiry submitted", "sent an inquiry"),
	"Document Requested":    done("資料の請求", "資料を請求した", "資料を請求していない", "Document requested", "asked for a document"),
	"Survey Answered":       done("アンケートの回答", "アンケートに答えた", "アンケートに答えていない", "Survey answered", "answered a survey"),
	"Newsletter Requested":  done("メール配信の申し込み(確認前)", "メール配信を申し込んだ(確認前)", "メール配信を申し込んでいない", "Newsletter requested", "asked for mail, not confirmed yet"),
	"Newsletter Subscribed": done("メール配信の登録", "メール配信に登録した", "メール配信に登録していない", "Newsletter subscribed", "subscribed to mail"),
	"Mail Opened":           done("メールの開封", "メールを開いた", "メールを開いていない", "Mail opened", "opened a mail"),
	"Mail Link Clicked":     done("メールのリンクのクリック", "メールのリンクを押した", "メールのリンクを押していない", "Link in a mail clicked", "followed a link of a mail"),
	// What sales write down.
	"Mail Answered":    done("メールへの返信", "メールに返信した", "メールに返信していない", "Mail answered", "answered a mail"),
	"Seminar Attended": done("セミナーへの参加", "セミナーに参加した", "セミナーに参加していない", "Seminar attended", "came to a seminar"),
	"Meeting Booked":   done("商談の予約", "商談を予約した", "商談を予約していない", "Meeting booked", "booked a meeting"),
	"Meeting Held":     done("商談", "商談をした", "商談をしていない", "Meeting held", "had a meeting"),
	"Deal Won":         done("受注", "発注した", "発注していない", "Deal won", "became a customer"),
	"Deal Lost":        done("失注", "発注を見送った", "発注を見送っていない", "Deal lost", "decided against us"),
	// What applications and shops tell.
	"Entry Completed":    done("エントリー完了", "エントリーした", "エントリーしていない", "Entry completed", "applied"),
	"Signed Up":          done("会員登録", "会員登録した", "会員登録していない", "Signed up", "signed up"),
	"Signed In":          done("ログイン", "ログインした", "ログインしていない", "Signed in", "signed in"),
	"Account Created":    done("アカウントの作成", "アカウントを作った", "アカウントを作っていない", "Account created", "created an account"),
	"Trial Started":      done("試用の開始", "試用を始めた", "試用を始めていない", "Trial started", "started a trial"),
	"Trial Ended":        done("試用の終了", "試用を終えた", "試用を終えていない", "Trial ended", "came to the end of a trial"),
	"Product Viewed":     done("商品の閲覧", "商品を見た", "商品を見ていない", "Product viewed", "viewed a product"),
	"Product Added":      done("カートに入れた", "商品をカートに入れた", "商品をカートに入れていない", "Product added to the cart", "put a product into the cart"),
	"Checkout Started":   done("購入手続きの開始", "購入手続きを始めた", "購入手続きを始めていない", "Checkout started", "started a checkout"),
	"Order Completed":    done("購入", "購入した", "購入していない", "Order completed", "bought something"),
	"Order Cancelled":    done("注文の取り消し", "注文を取り消した", "注文を取り消していない", "Order cancelled", "cancelled an order"),
	"Products Searched":  done("商品の検索", "商品を検索した", "商品を検索していない", "Products searched", "searched for products"),
	"Application Opened": done("アプリの起動", "アプリを開いた", "アプリを開いていない", "Application opened", "opened the application"),
}

// UsualEvents are the names of the events that EventName knows, in order.
func UsualEvents() []string { return slices.Sorted(maps.Keys(deeds)) }

// EventName is what an event is called that is told everywhere under one name; zero for
// those of one team alone, which are called as they are written.
func EventName(name string) words.Text { return deeds[name].name }

// details are what the tracker's and our own events come with.
var details = map[string]words.Text{
	"engaged_ms": words.T("見ていた時間(ミリ秒)", "time on the page, in milliseconds"), "scroll": words.T("読み進めた割合(%)", "how far it was read, %"),
	"percent": words.T("読み進めた割合(%)", "how far it was read, %"), "url": words.T("リンク先のアドレス", "address of the link"), "file": words.T("ファイル", "file"),
	"form": words.T("フォーム", "form"), "goal": words.T("ゴールの名前", "name of the goal"), "value": words.T("金額", "value"), "revenue": words.T("売上", "revenue"),
	"currency": words.T("通貨", "currency"), "product": words.T("商品", "product"), "category": words.T("分類", "category"), "plan": words.T("プラン", "plan"),
	"seminar": words.T("セミナー", "seminar"), "quantity": words.T("個数", "quantity"), "price": words.T("値段", "price"),
}

// DetailName is what a property of events is called; zero for those that are called as they
// are written.
func DetailName(key string) words.Text { return details[key] }
