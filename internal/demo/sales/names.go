package sales

import "github.com/shirube/shirube/internal/words"

var families = []words.Text{
	words.T("佐藤", "Sato"), words.T("鈴木", "Suzuki"), words.T("田中", "Tanaka"), words.T("渡辺", "Watanabe"), words.T("伊藤", "Ito"),
	words.T("山本", "Yamamoto"), words.T("加藤", "Kato"), words.T("吉田", "Yoshida"), words.T("山田", "Yamada"), words.T("佐々木", "Sasaki"),
	words.T("松本", "Matsumoto"), words.T("井上", "Inoue"), words.T("木村", "Kimura"), words.T("斎藤", "Saito"), words.T("清水", "Shimizu"),
	words.T("山崎", "Yamazaki"), words.T("池田", "Ikeda"), words.T("橋本", "Hashimoto"), words.T("阿部", "Abe"), words.T("石川", "Ishikawa"),
	words.T("前田", "Maeda"), words.T("藤田", "Fujita"), words.T("岡田", "Okada"), words.T("後藤", "Goto"), words.T("長谷川", "Hasegawa"),
	words.T("近藤", "Kondo"), words.T("石井", "Ishii"), words.T("坂本", "Sakamoto"), words.T("遠藤", "Endo"), words.T("青木", "Aoki"),
	words.T("西村", "Nishimura"), words.T("福田", "Fukuda"), words.T("太田", "Ota"), words.T("藤原", "Fujiwara"), words.T("岡本", "Okamoto"),
	words.T("原田", "Harada"), words.T("小野", "Ono"), words.T("竹内", "Takeuchi"), words.T("上田", "Ueda"), words.T("宮崎", "Miyazaki"),
}

var givens = []words.Text{
	words.T("翔太", "Shota"), words.T("直樹", "Naoki"), words.T("健一", "Kenichi"), words.T("大輔", "Daisuke"), words.T("拓也", "Takuya"),
	words.T("和也", "Kazuya"), words.T("誠", "Makoto"), words.T("剛", "Tsuyoshi"), words.T("悠斗", "Yuto"), words.T("浩二", "Koji"),
	words.T("隆", "Takashi"), words.T("学", "Manabu"), words.T("亮", "Ryo"), words.T("修", "Osamu"), words.T("光", "Hikaru"),
	words.T("美咲", "Misaki"), words.T("恵子", "Keiko"), words.T("由美", "Yumi"), words.T("真由美", "Mayumi"), words.T("智子", "Tomoko"),
	words.T("さやか", "Sayaka"), words.T("彩", "Aya"), words.T("愛", "Ai"), words.T("陽子", "Yoko"), words.T("久美子", "Kumiko"),
	words.T("直美", "Naomi"), words.T("舞", "Mai"), words.T("香織", "Kaori"), words.T("裕子", "Yuko"), words.T("優", "Yu"),
}

var places = []words.Text{
	words.T("東海", "Tokai"), words.T("北陸", "Hokuriku"), words.T("みなと", "Minato"), words.T("ひかり", "Hikari"), words.T("つばめ", "Tsubame"),
	words.T("あおば", "Aoba"), words.T("さくら", "Sakura"), words.T("中央", "Chuo"), words.T("山手", "Yamate"), words.T("信濃", "Shinano"),
	words.T("瀬戸内", "Setouchi"), words.T("武蔵", "Musashi"), words.T("みやこ", "Miyako"), words.T("朝日野", "Asahino"), words.T("ほしの", "Hoshino"),
	words.T("富士見", "Fujimi"), words.T("湘南", "Shonan"), words.T("琵琶", "Biwa"), words.T("筑紫", "Chikushi"), words.T("大和路", "Yamatoji"),
	words.T("白樺", "Shirakaba"), words.T("若葉", "Wakaba"), words.T("千歳", "Chitose"), words.T("明和", "Meiwa"), words.T("日ノ出", "Hinode"),
	words.T("ことり", "Kotori"), words.T("まつば", "Matsuba"), words.T("三日月", "Mikazuki"), words.T("かえで", "Kaede"), words.T("清流", "Seiryu"),
}

var trades = []words.Text{
	words.T("精機", "Precision"), words.T("食品", "Foods"), words.T("リハビリ", "Rehab"), words.T("商店", "Trading"), words.T("物流", "Logistics"),
	words.T("工業", "Industries"), words.T("建設", "Construction"), words.T("電設", "Electric"), words.T("介護サービス", "Care"), words.T("印刷", "Printing"),
	words.T("製作所", "Works"), words.T("ホテル", "Hotels"), words.T("薬局", "Pharmacy"), words.T("システム", "Systems"), words.T("保育園", "Nursery"),
	words.T("運輸", "Transport"), words.T("化成", "Chemicals"), words.T("観光", "Travel"), words.T("農園", "Farms"), words.T("歯科", "Dental"),
}

// tradesInAddresses are the trades as they stand in domains.
var tradesInAddresses = []string{"seiki", "foods", "reha", "shoten", "logi", "kogyo", "kensetsu", "densetsu", "care", "print",
	"works", "hotel", "yakkyoku", "sys", "hoiku", "unyu", "kasei", "kanko", "noen", "dental"}

var departments = []words.Text{
	words.T("人事", "Personnel"), words.T("総務", "General affairs"), words.T("採用", "Recruiting"), words.T("経営企画", "Planning"), words.T("代表", "Director"),
}

var titles = []words.Text{words.T("担当", "Staff"), words.T("主任", "Team lead"), words.T("課長", "Manager"), words.T("部長", "Head")}

var prefectures = []words.Text{
	words.T("東京都", "Tokyo"), words.T("愛知県", "Aichi"), words.T("大阪府", "Osaka"), words.T("神奈川県", "Kanagawa"), words.T("福岡県", "Fukuoka"),
	words.T("石川県", "Ishikawa"), words.T("長野県", "Nagano"), words.T("広島県", "Hiroshima"), words.T("宮城県", "Miyagi"), words.T("静岡県", "Shizuoka"),
}

// owners look after people.
var owners = []words.Text{words.T("小林", "Kobayashi"), words.T("中島", "Nakajima"), words.T("村上", "Murakami")}
