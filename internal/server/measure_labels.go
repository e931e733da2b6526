package server

import (
	"cmp"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/event/channel"
	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/words"
)

// fieldNames are the fields of reports in words.
var fieldNames = map[warehouse.Field]words.Text{
	warehouse.FieldPage: words.T("ページ", "Page"), warehouse.FieldHost: words.T("サイト", "Site"),
	warehouse.FieldEntry: words.T("入口ページ", "Entry page"), warehouse.FieldExit: words.T("出口ページ", "Exit page"),
	warehouse.FieldSource: words.T("流入元", "Source"), warehouse.FieldMedium: words.T("メディア", "Medium"),
	warehouse.FieldCampaign: words.T("キャンペーン", "Campaign"), warehouse.FieldTerm: words.T("キーワード", "Term"),
	warehouse.FieldContent: words.T("広告・投稿", "Content"), warehouse.FieldReferrer: words.T("参照元サイト", "Referring site"),
	warehouse.FieldChannel: words.T("チャネル", "Channel"), warehouse.FieldDevice: words.T("端末", "Device"),
	warehouse.FieldBrowser: words.T("ブラウザー", "Browser"), warehouse.FieldOS: words.T("OS", "OS"),
	warehouse.FieldLanguage: words.T("言語", "Language"), warehouse.FieldEvent: words.T("できごと", "Event"),
	warehouse.FieldTitle: words.T("ページの題名", "Page title"), warehouse.FieldKey: words.T("書き込みキー", "Write key"),
	warehouse.FieldProperty: words.T("属性", "Property"),
}

var deviceNames = map[string]words.Text{
	"mobile": words.T("スマホ", "Phone"), "desktop": words.T("パソコン", "Computer"), "tablet": words.T("タブレット", "Tablet"),
	"tv": words.T("テレビ", "TV"), "": words.T("不明", "Unknown"),
}

// eventNames are those of reports alone; see condition.EventName.
var eventNames = map[string]words.Text{"Page Viewed": words.T("ページの閲覧", "Page viewed"), "(other)": words.T("(そのほか)", "(other)")}

// valueLabel is a value of a field in words.
// The channels are named by the rules of a workspace: see asked.label.
func valueLabel(field warehouse.Field, value string, lang words.Lang) string {
	switch field {
	case warehouse.FieldDevice:
		if name, ok := deviceNames[value]; ok {
			return name.In(lang)
		}
	case warehouse.FieldEvent:
		if name := cmp.Or(condition.EventName(value), eventNames[value]); name != (words.Text{}) {
			return name.In(lang)
		}
	case warehouse.FieldSource:
		if value == "" {
			return words.T("直接(お気に入り・アドレス入力など)", "Direct").In(lang)
		}
		return sourceLabel(value, lang)
	}
	if value == "" {
		return words.T("(なし)", "(none)").In(lang)
	}
	return value
}

// label is a value of a field in words, channels by the rules of the workspace.
func (a asked) label(field warehouse.Field, value string) string {
	if field == warehouse.FieldChannel {
		return a.channels.rules.Name(channel.ID(value)).In(a.lang)
	}
	return valueLabel(field, value, a.lang)
}
