package viewlink_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/internal/share/viewlink"
	"github.com/shirube/shirube/internal/words"
)

func TestSite(t *testing.T) {
	for typed, want := range map[string]string{
		"www.example.co.jp":                 "www.example.co.jp",
		" HTTPS://Portal.Example.com/a?b=1": "portal.example.com",
		"http://localhost:8080/":            "localhost:8080",
		"*.example.com":                     "*.example.com",
		"":                                  "",
		"*":                                 "",
		"example.com; script-src *":         "",
		"'self'":                            "",
		"exa mple.com":                      "",
		"https://*":                         "",
		"data:text/html":                    "",
		"日本.jp":                             "",
		strings.Repeat("a.", 200) + "jp":    "",
	} {
		site, why, ok := viewlink.Site(typed)
		if site != want || ok != (want != "") || ok == !why.Zero() {
			t.Errorf("Site(%q) = %q, %v, %q", typed, site, ok, why.JA)
		}
	}
}

func TestFrameAncestors(t *testing.T) {
	for _, c := range []struct {
		sites []string
		want  string
	}{
		{nil, "'none'"},
		{[]string{"a.jp", "*.b.jp:8443"}, "https://a.jp https://*.b.jp:8443"},
		{[]string{"localhost:3000"}, "https://localhost:3000 http://localhost:3000"},
	} {
		if got := viewlink.FrameAncestors(c.sites); got != c.want {
			t.Errorf("FrameAncestors(%v) = %q", c.sites, got)
		}
	}
}

// Whatever somebody types, nothing but one source comes into the policy.
func TestSiteCannotEscape(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		site, _, ok := viewlink.Site(rapid.String().Draw(t, "typed"))
		if ok && strings.ContainsAny(site, " ;,'\"\r\n\t/\\") {
			t.Fatalf("%q", site)
		}
	})
}

func TestParts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		drawn := rapid.SliceOf(rapid.SampledFrom(append([]viewlink.Part{"other", ""}, viewlink.Parts...))).Draw(t, "parts")
		sorted := viewlink.Sorted(drawn)
		for _, part := range viewlink.Parts {
			if slices.Contains(drawn, part) != slices.Contains(sorted, part) {
				t.Fatalf("%v of %v", sorted, drawn)
			}
		}
		if again := viewlink.Split(viewlink.Join(sorted)); !slices.Equal(again, sorted) {
			t.Fatalf("%v read back as %v", sorted, again)
		}
	})
}

func TestMask(t *testing.T) {
	mask := viewlink.NewMask([]string{"田中 美咲", "佐藤", "", "林", "Anna Berg", "田中"}, "担当者")
	for text, want := range map[string]string{
		"担当は田中さんです。":              "担当は担当者さんです。",
		"田中美咲さんと佐藤さんが見ます。":        "担当者さんと担当者さんが見ます。",
		"田中 美咲が決めました":             "担当者が決めました",
		"Anna asks; Berg answers": "担当者 asks; 担当者 answers",
		"林道の地図":                   "林道の地図", // one letter is in too many words
		"名前はありません":                "名前はありません",
	} {
		if got := mask.Hide(text); got != want {
			t.Errorf("%q became %q", text, got)
		}
	}
	if viewlink.NewMask(nil, "x").Hide("そのまま") != "そのまま" {
		t.Error("no names, and the text changed")
	}
}

// After hiding, no name is left, whichever way it is written within the text.
func TestMaskLeavesNoName(t *testing.T) {
	letters := rapid.StringOfN(rapid.RuneFrom([]rune("田中美咲佐藤山本")), 2, 4, -1)
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SliceOfN(letters, 1, 5).Draw(t, "names")
		text := ""
		for range 4 {
			text += rapid.SampledFrom(names).Draw(t, "name") + rapid.SampledFrom([]string{"、", "さん", " "}).Draw(t, "between")
		}
		hidden := viewlink.NewMask(names, "x").Hide(text)
		for _, name := range names {
			if strings.Contains(hidden, name) {
				t.Fatalf("%q still holds %q (%v)", hidden, name, names)
			}
		}
	})
}

func TestWhyIsSaidInBothLanguages(t *testing.T) {
	_, why, _ := viewlink.Site("a b")
	if got := why.In(words.EN); got != `"a b" is not the name of a site. Write it like www.example.com.` {
		t.Error(got)
	}
	if got := why.In(words.JA); got != "「a b」は、サイトの名前として読めません。www.example.co.jp のように書いてください。" {
		t.Error(got)
	}
}
