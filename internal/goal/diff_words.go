package goal

import (
	"strconv"

	"github.com/shirube/shirube/internal/words"
)

// number writes a number as a model file would.
func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

func whatName(what string) words.Text {
	switch what {
	case "indicator":
		return words.T("指標", "Indicator")
	case "influence":
		return words.T("影響", "Influence")
	case "source":
		return words.T("データ源", "Source")
	case "event":
		return words.T("できごと", "Event")
	}
	return words.T("モデル", "Model")
}

var fieldNames = map[string]words.Text{
	"name": words.T("名前", "The name"), "locale": words.T("言語", "The language"), "timezone": words.T("時間帯", "The time zone"),
	"fiscal_year_start": words.T("年度の始まりの月", "The first month of the fiscal year"), "closed": words.T("休みの日", "The closed days"),
	"limits": words.T("深さと数の目安", "The limits"), "definition": words.T("定義", "The definition"), "unit": words.T("単位", "The unit"),
	"owner": words.T("担当", "The owner"), "role": words.T("役割", "The role"), "why": words.T("大事な理由", "Why it matters"),
	"serves": words.T("経営目標", "The management goal"), "formula": words.T("式", "The formula"), "measure": words.T("測り方", "The measure"),
	"target": words.T("目標", "The target"), "per": words.T("目標の区切り", "The target's period"), "at_least": words.T("達成の割合", "The share to reach"),
	"from": words.T("始まりの日", "The start"), "by": words.T("期限", "The deadline"), "direction": words.T("良い向き", "The good direction"),
	"milestones": words.T("マイルストーン", "The milestones"), "agreed": words.T("合意", "The agreement"), "effort": words.T("動かしやすさ", "The effort"),
	"stated": words.T("各自の言葉", "The statements"), "lag": words.T("効くまでの日数", "The lag"), "matters": words.T("意味のある大きさ", "What matters"),
	"because": words.T("理由", "The reason"), "csv": words.T("ファイル", "The file"), "sheet": words.T("シート", "The sheet"), "date": words.T("日付の列", "The date column"),
	"by_columns": words.T("内訳の列", "The dimensions"), "metrics": words.T("数", "The metrics"), "join": words.T("つなぐ表", "The joined tables"),
	"gaps": words.T("行のない日の扱い", "Days without rows"), "number": words.T("数の読み方", "The number style"), "date_order": words.T("日付の読み方", "The date order"),
	"connection": words.T("接続", "The connection"), "kind": words.T("種類", "The kind"),
	"encoding": words.T("文字コード", "The encoding"), "delimiter": words.T("区切り文字", "The delimiter"), "header": words.T("見出しの行", "The header row"),
}

func fieldName(key string) words.Text {
	if t, ok := fieldNames[key]; ok {
		return t
	}
	return plain(key)
}
