package question_test

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/shirube/shirube/internal/share/access"
	. "github.com/shirube/shirube/internal/share/question"
	"github.com/shirube/shirube/internal/words"
)

var team = []Person{
	{ID: "t", Name: "田中 美咲", Department: "マーケティング", Role: access.Owner},
	{ID: "y", Name: "山本 直子", Department: "経営", Role: access.Viewer},
	{ID: "s", Name: "佐藤 健", Department: "採用", Role: access.Member},
	{ID: "s2", Name: "佐藤 花", Role: access.Editor},
	{ID: "k", Name: "Ken Sato", Role: access.Guest},
	{ID: "m", Name: "Kenneth Mori", Role: access.Viewer},
}

func TestSubjects(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Subject{
		"map": {Whole, ""}, "indicator:visits": {Indicator, "visits"}, "road:likes>visits": {Road, "likes>visits"},
		"finding:stale-data:k": {Finding, "stale-data:k"}, "report:1": {Report, "1"}, "review:2026-04": {Review, "2026-04"},
	} {
		if got, ok := ParseSubject(text); !ok || got != want || got.String() != text {
			t.Errorf("%q is %+v %v, and written %q", text, got, ok, got)
		}
	}
	for _, text := range []string{"", "map:", "map:x", "indicator", "indicator:", "road:a", "road:a>", "road:>b", "road:a>b>c", "who:a", "finding:a\nb", "indicator:\xff", "finding:" + strings.Repeat("x", 400)} {
		if got, ok := ParseSubject(text); ok {
			t.Errorf("%.30q is taken for %+v", text, got)
		}
	}
	if got := RoadBetween("likes", "visits").Indicators(); !slices.Equal(got, []string{"likes", "visits"}) {
		t.Error(got)
	}
}

func TestCalls(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]Call{
		"@田中 お願いします":                nil2("t", "田中"),
		"@田中さん、教えてください":             nil2("t", "田中"),
		"＠田中 美咲さん":                  nil2("t", "田中 美咲"),
		"@田中美咲に聞きました":               nil2("t", "田中美咲"),
		"@佐藤 さん":                    nil, // there are two
		"@佐藤 健 と @花":                {{"s", "佐藤 健"}, {"s2", "花"}},
		"@Ken どう?":                  nil2("k", "Ken"),
		"@Kenneth どう?":              nil2("m", "Kenneth"),
		"@Kens":                     nil,
		"mail ken@Ken.example":      nil,
		"x.@Ken":                    nil,
		"(@Ken)":                    nil2("k", "Ken"),
		"@田中 @田中 美咲":                nil2("t", "田中"),
		"@だれか":                      nil,
		"@":                         nil,
		strings.Repeat("@田中 ", 100): nil2("t", "田中"),
	} {
		if diff := cmp.Diff(want, Calls(text, team)); diff != "" {
			t.Errorf("%.40q (-want +got):\n%s", text, diff)
		}
	}
	for name, want := range map[string]string{"田中": "t", "田中(SNS運用)": "t", "山本　": "y", "佐藤": "", "": "", "森": "", "田中 美咲": "t", "田中（SNS）": "t"} {
		if got, _ := Named(team, name); got.ID != want {
			t.Errorf("%q is %q, want %q", name, got.ID, want)
		}
	}
}

func nil2(id, said string) []Call { return []Call{{id, said}} }

func TestPieces(t *testing.T) {
	t.Parallel()
	calls := []Call{{"t", "田中"}, {"t2", "田中 美咲"}}
	for text, want := range map[string][]Piece{
		"":         nil,
		"ふつう":      {{Plain, "ふつう", ""}},
		"@田中 美咲さん": {{Calling, "@田中 美咲", "t2"}, {Plain, "さん", ""}},
		"見て https://example.jp/a?b=1&c=%E3%81%82。": {{Plain, "見て ", ""}, {Link, "https://example.jp/a?b=1&c=%E3%81%82", "https://example.jp/a?b=1&c=%E3%81%82"}, {Plain, "。", ""}},
		"(http://a.example/x_(y)).":                {{Plain, "(", ""}, {Link, "http://a.example/x_(y)", "http://a.example/x_(y)"}, {Plain, ").", ""}},
		"https://bank.example@evil.example/":       {{Plain, "https://bank.example@evil.example/", ""}},
		"javascript:alert(1) data:text/html,x":     {{Plain, "javascript:alert(1) data:text/html,x", ""}},
		"<script>alert(1)</script>":                {{Plain, "<script>alert(1)</script>", ""}},
		"https://a.example/\"onload=x":             {{Link, "https://a.example/", "https://a.example/"}, {Plain, "\"onload=x", ""}},
		"https://。":                                {{Plain, "https://。", ""}},
	} {
		if diff := cmp.Diff(want, Pieces(text, calls)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}

// Nothing is lost and nothing added when a text is taken apart, and links lead to the web.
func TestPiecesAreTheText(t *testing.T) {
	t.Parallel()
	part := rapid.SampledFrom([]string{"@", "＠", "田中", "Ken", " ", "\n", "https://", "http://a.example", "/x", ")", "。", ".", "<b>", "\"", "\x00", "%zz", "[", "]", ":", "あ"})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(part, 0, 12).Draw(t, "parts"), "")
		if rapid.Bool().Draw(t, "odd") {
			text += rapid.String().Draw(t, "any")
		}
		var b strings.Builder
		for _, p := range Pieces(text, Calls(text, team)) {
			b.WriteString(p.Text)
			if p.Text == "" || p.Kind == Link && !strings.HasPrefix(p.To, "http") || p.Kind == Calling && p.To == "" || p.Kind == Plain && p.To != "" {
				t.Fatalf("%q has the piece %+v", text, p)
			}
		}
		if b.String() != text {
			t.Fatalf("%q became %q", text, b.String())
		}
	})
}

func FuzzPieces(f *testing.F) {
	f.Add("@田中 https://example.jp/(a)。")
	f.Fuzz(func(t *testing.T, text string) {
		var b strings.Builder
		for _, p := range Pieces(text, Calls(text, team)) {
			b.WriteString(p.Text)
		}
		if b.String() != text {
			t.Fatalf("%q became %q", text, b.String())
		}
	})
}

func TestTidying(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"  a \r\n\r\n\r\n\r\nb\t \n": "a\n\nb",
		"あ\u202eexe.txt\u200f":       "あexe.txt",
		"a\x00\x07\xffb":             "ab",
		"\u2066x\u2069":              "x",
		" \n\t ":                     "",
		"👨‍👩‍👧 家族":                   "👨‍👩‍👧 家族",
	} {
		if got := Tidy(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		once := Tidy(rapid.String().Draw(t, "text"))
		if twice := Tidy(once); twice != once || !utf8.ValidString(once) || strings.Contains(once, "\n\n\n") {
			t.Fatalf("%q, then %q", once, twice)
		}
		n := rapid.IntRange(1, 50).Draw(t, "most")
		if line := Line(once, n); utf8.RuneCountInString(line) > n || strings.Contains(line, "\n") {
			t.Fatalf("%q is no line of %d", line, n)
		}
	})
	for text, wrong := range map[string]bool{"": true, "a": false, strings.Repeat("あ", MostLetters): false, strings.Repeat("あ", MostLetters+1): true} {
		if what, is := Check(text); is != wrong || is && (what.JA == "" || what.EN == "") {
			t.Errorf("%.10q: %v %+v", text, is, what)
		}
	}
	if Fold("ＳＮＳのｸﾘｯｸ") != "snsのクリック" {
		t.Error(Fold("ＳＮＳのｸﾘｯｸ"))
	}
}

var monday = time.Date(2026, 9, 7, 1, 0, 0, 0, time.UTC)

func head() Head {
	return Head{
		ID: "q", Subject: Subject{Indicator, "ctr"}, Name: "クリック率", Quote: "9月7日: 1.20%", Asked: Voice{ID: "y", Name: "山本 直子", Department: "経営"},
		AskedAt: monday, LastAt: monday, Last: 1, Summary: "下がったのはなぜですか?", Parts: []string{"y"},
	}
}

func TestWhoMayDoWhat(t *testing.T) {
	t.Parallel()
	asker, owner, editor, member, guest := Me{"y", access.Viewer}, Me{"t", access.Owner}, Me{"s2", access.Editor}, Me{"s", access.Member}, Me{"k", access.Guest}
	mine := Message{Number: 1, By: Voice{ID: "y"}, At: monday}
	early, late := monday.Add(23*time.Hour), monday.Add(25*time.Hour)
	gone := mine
	gone.Deleted = true
	outside := Message{By: Voice{Name: "森", Outside: true}, At: monday}
	for what, table := range map[string][2]bool{
		"the asker settles":         {asker.MaySettle(head()), true},
		"an editor settles":         {editor.MaySettle(head()), true},
		"a member settles":          {member.MaySettle(head()), false},
		"nobody settles":            {Me{}.MaySettle(Head{}), false},
		"edits at once":             {asker.MayEdit(mine, early), true},
		"edits after a day":         {asker.MayEdit(mine, late), false},
		"edits what is gone":        {asker.MayEdit(gone, early), false},
		"an owner edits":            {owner.MayEdit(mine, early), false},
		"nobody edits nobody's":     {Me{}.MayEdit(outside, early), false},
		"deletes later":             {asker.MayDelete(mine), true},
		"an owner deletes":          {owner.MayDelete(mine), true},
		"an owner, from outside":    {owner.MayDelete(outside), true},
		"an editor deletes":         {editor.MayDelete(mine), false},
		"deletes what is gone":      {owner.MayDelete(gone), false},
		"a guest sees the map's":    {guest.Sees(head()), true},
		"a guest sees a finding's":  {guest.Sees(Head{Subject: Subject{Finding, "x"}}), false},
		"… that calls them":         {guest.Sees(Head{Subject: Subject{Finding, "x"}, Parts: []string{"k"}}), true},
		"a viewer sees a finding's": {asker.Sees(Head{Subject: Subject{Finding, "x"}}), true},
		"a stranger sees nothing":   {Me{ID: "x"}.Sees(head()), false},
		"one voice":                 {Voice{ID: "a"}.Same(Voice{ID: "a", Name: "b"}), true},
		"two from outside":          {Voice{Outside: true}.Same(Voice{Outside: true, Name: "x"}), true},
		"outside is not inside":     {Voice{}.Same(Voice{Outside: true}), false},
		"nobody is not one voice":   {Voice{}.Same(Voice{}), false},
		"the asker takes part":      {head().Concerns("y"), true},
		"nobody takes part nowhere": {Head{Parts: []string{""}}.Concerns(""), false},
	} {
		if table[0] != table[1] {
			t.Errorf("%s: %v", what, table[0])
		}
	}
}

func TestWhatIsNew(t *testing.T) {
	t.Parallel()
	open, settled := head(), head()
	open.Last, settled.Last, settled.Settled = 3, 3, true
	for what, table := range map[string][2]int{
		"open, unread":           {open.New("s", 0), 3},
		"open, partly":           {open.New("s", 2), 1},
		"open, read":             {open.New("s", 3), 0},
		"open, nobody":           {open.New("", 0), 0},
		"settled, of no concern": {settled.New("s", 0), 0},
		"settled, taking part":   {settled.New("y", 1), 2},
		"waits":                  {head().Waiting(monday.Add(71 * time.Hour)), 2},
		"settled waits no more":  {settled.Waiting(monday.Add(71 * time.Hour)), 0},
		"asked in the future":    {head().Waiting(monday.Add(-time.Hour)), 0},
	} {
		if table[0] != table[1] {
			t.Errorf("%s: %d, want %d", what, table[0], table[1])
		}
	}
	replied := head()
	replied.Replied = true
	if replied.Waiting(monday.Add(99*time.Hour)) != 0 {
		t.Error("an answered question waits")
	}
}

func TestWhoWantsToHear(t *testing.T) {
	t.Parallel()
	people := func(wish Mails) []Person {
		return []Person{{ID: "a", Name: "田中", Role: access.Owner, Mails: wish}, {ID: "b", Name: "佐藤", Role: access.Owner}, {ID: "c", Name: "鈴木", Role: access.Viewer, Mails: wish}}
	}
	called := []Call{{ID: "a"}, {ID: "b"}, {ID: "c"}}
	theirs := Head{Asked: Voice{ID: "c"}, Parts: []string{"a", "b", "c"}}
	for _, table := range []struct {
		wish   Mails
		m      Message
		owners []string
		want   []string
	}{
		{"", Message{Number: 1, By: Voice{ID: "c"}}, []string{"田中"}, []string{"a"}},
		{AllMails, Message{Number: 1, By: Voice{ID: "c"}}, []string{"田中"}, []string{"a"}},
		{CalledMails, Message{Number: 1, By: Voice{ID: "c"}}, []string{"田中"}, []string{"b"}}, // then whoever decides
		{NoMails, Message{Number: 1, By: Voice{ID: "c"}}, []string{"田中"}, []string{"b"}},
		{CalledMails, Message{Number: 2, By: Voice{ID: "b"}, Calls: called}, nil, []string{"a", "c"}},
		{CalledMails, Message{Number: 2, By: Voice{ID: "b"}}, nil, []string{"c"}}, // an answer to one's own question
		{NoMails, Message{Number: 2, By: Voice{ID: "b"}, Calls: called}, nil, nil},
	} {
		if got := Hear(theirs, table.m, people(table.wish), table.owners); !slices.Equal(got, table.want) {
			t.Errorf("%q, message %d: %v, not %v", table.wish, table.m.Number, got, table.want)
		}
	}
	for wish, known := range map[Mails]bool{AllMails: true, CalledMails: true, NoMails: true, "": false, "x": false} {
		if wish.Known() != known {
			t.Errorf("%q known", wish)
		}
	}
}

func TestWhoHears(t *testing.T) {
	t.Parallel()
	asked := Message{Number: 1, By: Voice{ID: "y"}}
	for what, table := range map[string]struct {
		h      Head
		m      Message
		owners []string
		want   []string
	}{
		"whoever looks after it":            {head(), asked, []string{"田中"}, []string{"t"}},
		"nobody known: whoever decides":     {head(), asked, []string{"森"}, []string{"t", "s2"}},
		"both ends, and the called first":   {head(), Message{Number: 1, By: asked.By, Calls: []Call{{"s", "佐藤 健"}}}, []string{"田中", "山本"}, []string{"s", "t"}},
		"an answer: who takes part":         {Head{Subject: Subject{Whole, ""}, Parts: []string{"y", "s", "left"}}, Message{Number: 2, By: Voice{ID: "s"}}, nil, []string{"y"}},
		"an answer of nobody's concern":     {Head{Subject: Subject{Whole, ""}, Parts: []string{"s"}}, Message{Number: 2, By: Voice{ID: "s"}}, []string{"田中"}, nil},
		"a guest called to what is shown":   {head(), Message{Number: 2, By: Voice{ID: "t"}, Calls: []Call{{"k", "Ken"}}}, nil, []string{"k", "y"}},
		"a guest is not called to findings": {Head{Subject: Subject{Finding, "f"}}, Message{Number: 2, By: Voice{ID: "t"}, Calls: []Call{{"k", "Ken"}}}, nil, nil},
	} {
		if got := Hear(table.h, table.m, team, table.owners); !slices.Equal(got, table.want) {
			t.Errorf("%s: %v, want %v", what, got, table.want)
		}
	}
	if got := Parts([]string{"y"}, Message{By: Voice{ID: "t"}, Calls: []Call{{"s", "佐藤 健"}, {"y", "山本"}}}); !slices.Equal(got, []string{"y", "t", "s"}) {
		t.Error(got)
	}
}

func TestWhatIsTold(t *testing.T) {
	t.Parallel()
	h, whole := head(), Head{Asked: Voice{Name: "森 由美", Outside: true}, Summary: "だれの目標?"}
	settled := h
	settled.Settled = true
	asked := Message{Number: 1, By: h.Asked, Text: "下がったのは\nなぜですか?"}
	answer := Message{Number: 2, By: Voice{ID: "t", Name: "田中 美咲"}, Text: "リンクの形を変えたからです。"}
	type want struct{ title, points, foot string }
	for what, table := range map[string]struct {
		told   Told
		ja, en want
	}{
		"asked": {Announce(h, asked, false),
			want{"山本 直子さん（経営）の質問: クリック率", "下がったのは なぜですか?/聞いたときの表示: 9月7日: 1.20%", "分かる人が答えてください。分からないときは、知っている人を @ で呼べます。"},
			want{"山本 直子 (経営) asks: クリック率", "下がったのは なぜですか?/It said then: 9月7日: 1.20%", "Whoever knows, please answer. If you do not, call somebody who does with @."}},
		"called": {Announce(h, asked, true),
			want{"山本 直子さん（経営）があなたに質問しています: クリック率", "下がったのは なぜですか?/聞いたときの表示: 9月7日: 1.20%", "分かる人が答えてください。分からないときは、知っている人を @ で呼べます。"},
			want{"山本 直子 (経営) asks you: クリック率", "下がったのは なぜですか?/It said then: 9月7日: 1.20%", "Whoever knows, please answer. If you do not, call somebody who does with @."}},
		"answered": {Announce(h, answer, false),
			want{"田中 美咲さんが答えました: クリック率", "リンクの形を変えたからです。/質問: 下がったのはなぜですか?", ""},
			want{"田中 美咲 answered: クリック率", "リンクの形を変えたからです。/The question: 下がったのはなぜですか?", ""}},
		"from outside": {Announce(whole, Message{Number: 1, By: whole.Asked, Text: "だれの目標?"}, false),
			want{"森 由美さん（外から）の質問: 地図ぜんたい", "だれの目標?", "ワークスペースの外の人からの質問です。答えは、その人の画面にも出ます。"},
			want{"森 由美 (from outside) asks: the whole map", "だれの目標?", "Somebody outside of the workspace asks. They see the answer on their page."}},
		"settled": {Settled(settled, answer.By, answer.Text),
			want{"質問に答えが付きました: クリック率", "リンクの形を変えたからです。/質問: 下がったのはなぜですか?", "まだ聞きたいことがあれば、同じところに書けます。"},
			want{"A question is answered: クリック率", "リンクの形を変えたからです。/The question: 下がったのはなぜですか?", "If something is still open, write in the same place."}},
		"open again": {Settled(h, h.Asked, ""),
			want{"質問がもう一度開かれました: クリック率", "質問: 下がったのはなぜですか?", "山本 直子さん（経営）が、まだ答えを待っています。"},
			want{"A question is open again: クリック率", "The question: 下がったのはなぜですか?", "山本 直子 (経営) still waits for an answer."}},
		"to outside": {AnswerOutside("ひなたワークス", whole, answer),
			want{"ご質問に返事がありました（ひなたワークス）", "リンクの形を変えたからです。", "地図ぜんたいについてのご質問への返事です。心当たりがないときは、このメールを消してください。"},
			want{"Your question was answered (ひなたワークス)", "リンクの形を変えたからです。", "It is about the whole map. If you asked nothing, please delete this mail."}},
	} {
		for lang, want := range map[words.Lang]want{words.JA: table.ja, words.EN: table.en} {
			points := words.Join(table.told.Points, "/", "/").In(lang)
			if got := (struct{ title, points, foot string }{table.told.Title.In(lang), points, table.told.Foot.In(lang)}); got != want {
				t.Errorf("%s (%s):\n%+v\nwant\n%+v", what, lang, got, want)
			}
		}
		if table.told.Button.Zero() {
			t.Errorf("%s: the button says nothing", what)
		}
	}
}
