package event

import (
	"strings"
	"testing"
)

func TestHashtags(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"春の新作 #新商品 #Spring_2026、#カフェ!#新商品":      "新商品 spring_2026 カフェ",
		"全角＃お花見 と絵文字 #東京🌸 です":                   "お花見 東京",
		"https://example.com/#top &#39; #1 # #": "",
		"":                                      "",
		strings.Repeat("#a1 ", 3) + "#コーヒー豆・#デザイン。#x": "a1 コーヒー豆 デザイン x",
	} {
		if got := strings.Join(Hashtags(text), " "); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
