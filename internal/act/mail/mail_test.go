package mail

import (
	"flag"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/words"
)

var update = flag.Bool("update", false, "write the golden files anew")

var fullLegal = Legal{Sender: "株式会社しるべ", Postal: "〒100-0001 東京都千代田区千代田1-1", Contact: "03-0000-0000", Trade: "特定商取引法に基づく表記: https://example.jp/law"}

func fullTemplate() Template {
	return Template{
		Name: "秋の案内", Stream: Marketing, Lang: "ja", Subject: "{{名前|お客様}}様、秋のセミナーのご案内", Preheader: "先着{{席|30}}名です", Promotion: true,
		Blocks: []Block{
			{Kind: Heading, Level: 1, Text: "{{会社名|貴社}}の次の一手に"},
			{Kind: Text, Text: "{{名前|お客様}}様\n\nいつもありがとうございます。\n**先着{{席|30}}名**のセミナーを開きます。\n\nくわしくは[こちらのページ](https://example.jp/seminar?who={{名前|x}})をご覧ください。"},
			{Kind: Button, Text: "申し込む", URL: "https://example.jp/apply?c={{席|}}", Align: "center"},
			{Kind: Image, Src: "https://example.jp/a.png", Text: "会場の写真", URL: "https://example.jp/map", Width: 300},
			{Kind: Divider},
			{Kind: Columns, Columns: [][]Block{{{Kind: Heading, Level: 3, Text: "内容"}, {Kind: Text, Text: "数字の見方"}}, {{Kind: Text, Text: "講師 & 会場 <東京>"}}}},
			{Kind: Spacer, Height: 10},
		},
	}
}

var properties = []string{"席", "plan"}

func person(values map[string]string) Person {
	return func(key string) (string, bool) { v, ok := values[key]; return v, ok }
}

func recipient(values map[string]string) *Recipient {
	return &Recipient{
		Person: person(values), Unsubscribe: "https://m.example.jp/u/abc", Preferences: "https://m.example.jp/p/abc",
		Pixel: "https://m.example.jp/o/abc", Honey: "https://m.example.jp/c/abc.h",
		Link: func(n int, address string) string {
			return "https://m.example.jp/c/" + string(rune('0'+n)) + "?to=" + address
		},
	}
}

func TestGolden(t *testing.T) {
	t.Parallel()
	english := fullTemplate()
	english.Lang, english.Stream, english.Promotion = "en", Marketing, false
	lines := Template{Name: "声", Stream: Marketing, Lang: "ja", Subject: "お客さまの声", Blocks: []Block{
		{Kind: List, Text: "**3日**で始められます\n\n[料金](https://example.jp/price)は月{{席|30}}席から\r\n<いつでも>やめられます"},
		{Kind: List, Numbered: true, Text: "申し込む\n{{名前|お客様}}様あての鍵を受け取る"},
		{Kind: Quote, Text: "朝の5分で、\n{{会社名|うち}}の数字が分かるようになりました。\n", By: "例示商事 & 山田さま"},
		{Kind: Columns, Columns: [][]Block{{{Kind: List, Text: "一"}}, {{Kind: Quote, Text: "二"}}}},
	}}
	plain := Template{Stream: Transactional, Lang: "ja", Subject: "お申し込みを受け付けました", Blocks: []Block{{Kind: Text, Text: "{{名前|お客様}}様\nありがとうございます。"}}}
	for name, c := range map[string]struct {
		template Template
		values   map[string]string
	}{
		"full":          {fullTemplate(), map[string]string{"name": `山田 "太郎" <b>&`, "席": "あと 3&1", "company.name": "例示商事"}},
		"nothing-known": {fullTemplate(), nil},
		"english":       {english, map[string]string{"name": "Ann"}},
		"lines":         {lines, map[string]string{"name": "山田 <b>", "company.name": "例示\n商事"}},
		"transactional": {plain, map[string]string{"name": "山田"}},
	} {
		compiled, err := Compile(c.template, fullLegal, properties)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var out Rendered
		compiled.Render(recipient(c.values), &out)
		golden(t, name+".html", string(out.HTML))
		golden(t, name+".txt", out.Subject+"\n\n"+string(out.Text))
		if len(out.HTML) > ClippedBytes {
			t.Errorf("%s: %d bytes", name, len(out.HTML))
		}
	}
}

// Outlook takes a picture's width by its attribute: one wider than where it stands pushes the
// page apart.
func TestPicturesFitWhereTheyStand(t *testing.T) {
	t.Parallel()
	picture := func(width int) Block {
		return Block{Kind: Image, Src: "https://example.jp/a.png", Text: "会場", Width: width}
	}
	beside := func(n int, b Block) Block {
		return Block{Kind: Columns, Columns: slices.Repeat([][]Block{{b}}, n)}
	}
	for _, c := range []struct {
		block Block
		width string
	}{
		{picture(0), "536"}, {picture(300), "300"}, {picture(600), "536"},
		{beside(2, picture(0)), "260"}, {beside(2, picture(536)), "260"}, {beside(2, picture(120)), "120"}, {beside(3, picture(0)), "170"},
	} {
		// One after columns has the whole page again.
		template := Template{Stream: Transactional, Lang: "ja", Subject: "a", Blocks: []Block{c.block, picture(0)}}
		compiled, err := Compile(template, Legal{}, nil)
		if err != nil {
			t.Fatal(err)
		}
		var out Rendered
		compiled.Render(&Recipient{}, &out)
		widths := pictureWidth.FindAllStringSubmatch(string(out.HTML), -1)
		if len(widths) < 2 || widths[0][1] != c.width || widths[len(widths)-1][1] != "536" {
			t.Errorf("%+v: %v, want %s", c.block, widths, c.width)
		}
	}
}

var pictureWidth = regexp.MustCompile(`<img src="[^"]*" width="(\d+)"`)

// In dark colours a link keeps no colour that was chosen for white paper: navy on black is not
// read. Of AA: 4.5 to 1.
func TestDarkColoursAreRead(t *testing.T) {
	t.Parallel()
	template := fullTemplate()
	template.Accent = "#0b2545"
	compiled, err := Compile(template, fullLegal, properties)
	if err != nil {
		t.Fatal(err)
	}
	var out Rendered
	compiled.Render(&Recipient{}, &out)
	_, dark, found := strings.Cut(string(out.HTML), "(prefers-color-scheme:dark)")
	dark, _, _ = strings.Cut(dark, "</style>")
	colours := map[string]string{}
	for _, rule := range darkRule.FindAllStringSubmatch(dark, -1) {
		for selector := range strings.SplitSeq(rule[1], ",") {
			colours[selector] = rule[3]
		}
	}
	for _, c := range []struct{ ink, ground string }{{".ink", ".card"}, {".ink a", ".card"}, {".soft", ".card"}, {".soft", ".back"}, {".soft a", ".back"}} {
		if got := contrast(colours[c.ink], colours[c.ground]); !found || got < 4.5 {
			t.Errorf("%s on %s: %.1f to 1 (%v)", c.ink, c.ground, got, colours)
		}
	}
}

var darkRule = regexp.MustCompile(`([.a-z0-9, ]+)\{(background-)?color:(#[0-9a-f]{6})!important\}`)

// contrast is that of WCAG 2; 0 where a colour is missing.
func contrast(a, b string) float64 {
	light := func(colour string) float64 {
		n, err := strconv.ParseUint(strings.TrimPrefix(colour, "#"), 16, 32)
		if err != nil {
			return math.NaN()
		}
		sum := 0.0
		for _, part := range []struct{ shift, weight float64 }{{65536, .2126}, {256, .7152}, {1, .0722}} {
			v := float64(n/uint64(part.shift)%256) / 255
			if v <= .04045 {
				sum += part.weight * v / 12.92
			} else {
				sum += part.weight * math.Pow((v+.055)/1.055, 2.4)
			}
		}
		return sum + .05
	}
	ratio := max(light(a)/light(b), light(b)/light(a))
	if math.IsNaN(ratio) {
		return 0
	}
	return ratio
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != got {
		t.Errorf("%s is another (write it anew with -update and read the difference):\n%s", name, got)
	}
}

// Whatever is wrong is told with its block, its place and the mend, all at once.
func TestProblemsHavePlaces(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		change func(*Template, *Legal)
		at     string
		ja, en string
	}{
		{func(t *Template, _ *Legal) { t.Subject = "あ{{名前|お客様" }, "subject:1:2", "閉じられていません", "not closed"},
		{func(t *Template, _ *Legal) { t.Subject = "a\r\nBcc: x@example.jp" }, "subject:1:2", "改行", "line break"},
		{func(t *Template, _ *Legal) { t.Subject = " " }, "subject:1:1", "件名がありません", "no subject"},
		{func(t *Template, _ *Legal) { t.Blocks[1].Text = "一行目\nこんにちは{{プラン|}}" }, "blocks[1].text:2:6", "「プラン」という項目は、コンタクトにありません", "no property"},
		{func(t *Template, _ *Legal) { t.Blocks[1].Text = "{{plam|x}}" }, "blocks[1].text:1:1", "「plan」のことですか", "Did you mean “plan”"},
		{func(t *Template, _ *Legal) { t.Blocks[1].Text = "{{plan}}" }, "blocks[1].text:1:1", "空の人に届いたときの言葉", "whose “plan” is empty"},
		{func(t *Template, _ *Legal) { t.Blocks[1].Text = "{{ |x}}" }, "blocks[1].text:1:1", "項目の名前がありません", "names nothing"},
		{func(t *Template, _ *Legal) { t.Blocks[1].Text = "見て[ここ](javascript:alert(1))" }, "blocks[1].text:1:6", "正しくありません", "no address"},
		{func(t *Template, _ *Legal) { t.Blocks[2].URL = "https://{{plan|x}}.example.jp/" }, "blocks[2].url:1:1", "サイト名に差し込み", "cannot be filled in"},
		{func(t *Template, _ *Legal) { t.Blocks[2].URL = "" }, "blocks[2].url:1:1", "リンク先がありません", "leads nowhere"},
		{func(t *Template, _ *Legal) { t.Blocks[3].Src = "http://example.jp/a.png" }, "blocks[3].src:1:1", "画像のアドレス", "begins with https"},
		{func(t *Template, _ *Legal) { t.Blocks[3].Text = "" }, "blocks[3].text:1:1", "表示されないとき", "not shown"},
		{func(t *Template, _ *Legal) { t.Blocks[5].Columns[1][0].Text = "{{x" }, "blocks[5].columns[1][0].text:1:1", "閉じられて", "not closed"},
		{func(t *Template, _ *Legal) { t.Blocks[5].Columns[0][0].Kind = Columns }, "blocks[5].columns[0][0]:1:1", "段組みの中に", "cannot hold columns"},
		{func(t *Template, _ *Legal) {
			t.Blocks[0] = Block{Kind: List, Text: "一\n二{{plan}}"}
		}, "blocks[0].text:2:2", "空の人に届いたときの言葉", "is empty"},
		{func(t *Template, _ *Legal) { t.Blocks[0] = Block{Kind: List, Text: " \n"} }, "blocks[0].text:1:1", "文字が入って", "no text"},
		{func(t *Template, _ *Legal) {
			t.Blocks[0] = Block{Kind: Quote, Text: "一", By: "a\nb"}
		}, "blocks[0].by:1:2", "1行", "one short line"},
		{func(t *Template, _ *Legal) {
			t.Blocks[0] = Block{Kind: Quote, Text: "一", By: "{{plan}}"}
		}, "blocks[0].by:1:1", "空の人に届いたときの言葉", "is empty"},
		{func(t *Template, _ *Legal) { t.Blocks[0].Kind = "headnig" }, "blocks[0].kind:1:1", "「heading」のことですか", "“heading”"},
		{func(_ *Template, l *Legal) { l.Sender = "\n" }, "legal.sender:1:1", "第4条", "article 4"},
		{func(_ *Template, l *Legal) { l.Postal = "" }, "legal.postal:1:1", "住所", "postal"},
		{func(_ *Template, l *Legal) { l.Contact = "" }, "legal.contact:1:1", "受付先", "complaints"},
		{func(t *Template, _ *Legal) { t.Blocks = nil }, "blocks:1:1", "本文がありません", "empty"},
		{func(t *Template, _ *Legal) { t.Accent = "red;x" }, "accent:1:1", "色", "colour"},
		{func(t *Template, _ *Legal) { t.Stream = "" }, "stream:1:1", "決まっていません", "not said"},
	} {
		template, legal := fullTemplate(), fullLegal
		c.change(&template, &legal)
		_, err := Compile(template, legal, properties)
		problems, ok := words.AsProblems(err)
		if !ok || len(problems) != 1 {
			t.Errorf("%s: %d problems: %v", c.at, len(problems), err)
			continue
		}
		p := problems[0]
		if p.At.String() != c.at || !strings.Contains(p.In(words.JA), c.ja) || !strings.Contains(p.In(words.EN), c.en) || p.Mend.Zero() {
			t.Errorf("want %s %q %q, got %s / %s", c.at, c.ja, c.en, p.In(words.JA), p.In(words.EN))
		}
	}
	_, err := Compile(Template{Stream: Transactional, Subject: "a", Blocks: []Block{{Kind: Text, Text: "x"}}}, Legal{}, nil)
	if err != nil {
		t.Errorf("transactional mail needs no footer of advertising: %v", err)
	}
}

// What people typed into a form reaches neither tags, nor headers, nor other addresses.
func TestValuesStayValues(t *testing.T) {
	t.Parallel()
	compiled, err := Compile(fullTemplate(), fullLegal, properties)
	if err != nil {
		t.Fatal(err)
	}
	evil := "\"><script>alert(1)</script>\r\nBcc: all@example.jp\x00\u202e&a=b#{{plan|x}}"
	var out Rendered
	compiled.Render(recipient(map[string]string{"name": evil, "席": evil, "company.name": evil}), &out)
	if strings.ContainsAny(out.Subject, "\r\n\x00\u202e") {
		t.Errorf("subject %q", out.Subject)
	}
	if strings.Contains(string(out.HTML), "<script") || strings.Contains(string(out.HTML), `""><`) {
		t.Error("a tag came in")
	}
	if !strings.Contains(string(out.HTML), "apply?c=%22%3E%3Cscript") {
		t.Error("a value changes an address")
	}
}

// The scanner filter by itself.
func TestJudge(t *testing.T) {
	t.Parallel()
	const chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"
	click := func(link int, at int64) Touch {
		return Touch{At: 1_000_000 + 1000*event.Millis(at), What: "click", Link: link, Method: "GET", Agent: chrome, SentAt: 1000}
	}
	for name, c := range map[string]struct {
		touch   Touch
		earlier []Touch
		links   int
		want    Reason
	}{
		"a person":          {click(0, 0), nil, 5, ""},
		"a person again":    {click(0, 1), []Touch{click(0, 0), click(0, 1)}, 5, ""},
		"two links soon":    {click(1, 2), []Touch{click(0, 0)}, 5, ""},
		"all links at once": {click(2, 2), []Touch{click(0, 0), click(1, 1)}, 5, ByBurst},
		"both of two":       {click(1, 1), []Touch{click(0, 0)}, 2, ByBurst},
		"over an hour":      {click(2, 3600), []Touch{click(0, 0), click(1, 1800)}, 5, ""},
		"head":              {Touch{What: "click", Method: "HEAD", Agent: chrome}, nil, 1, ByHead},
		"prefetch":          {Touch{What: "click", Method: "GET", Agent: chrome, Purpose: "prefetch;anonymous-client-ip"}, nil, 1, ByPrefetch},
		"no agent":          {Touch{What: "open", Method: "GET"}, nil, 1, ByAgent},
		"gateway":           {Touch{What: "click", Method: "GET", Agent: "Mozilla/5.0 (compatible; Barracuda Sentinel)"}, nil, 1, ByAgent},
		"library":           {Touch{What: "open", Method: "GET", Agent: "python-requests/2.32"}, nil, 1, ByAgent},
		"gmail's pictures":  {Touch{What: "open", Method: "GET", Agent: "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)"}, nil, 1, ""},
		"honey":             {Touch{What: "honey", Method: "GET", Agent: chrome}, nil, 1, ByHoney},
		"after honey":       {click(0, 1), []Touch{{At: click(0, 0).At, What: "honey", Agent: chrome}}, 5, ByHoney},
		"before delivery":   {Touch{At: 2000, What: "click", Method: "GET", Agent: chrome, SentAt: 1000}, nil, 5, ByHaste},
	} {
		if got := Judge(c.touch, c.earlier, c.links); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func FuzzPlaceholders(f *testing.F) {
	f.Add("{{名前|お客様}}様 **太い** [x](https://example.jp/{{plan|}})", "値<&\r\n")
	f.Add("\\{{ {{ }} {{|}} **{{name|", "\x00")
	f.Add("[a](b)[[c](https://x/)](mailto:a@b.jp)****", "")
	f.Fuzz(func(t *testing.T, source, value string) {
		template := Template{Stream: Marketing, Lang: "ja", Subject: source, Blocks: []Block{{Kind: Text, Text: source}, {Kind: Button, Text: "x", URL: source}}}
		compiled, err := Compile(template, fullLegal, properties)
		if err != nil {
			problems, ok := words.AsProblems(err)
			if !ok {
				t.Fatal(err)
			}
			for _, p := range problems {
				if p.At.File == "" || p.What.Zero() {
					t.Fatalf("a problem without a place: %v", p)
				}
			}
			template = Template{Stream: Marketing, Subject: "x", Blocks: []Block{{Kind: Text, Text: "{{name|}}"}}}
			if compiled, err = Compile(template, fullLegal, properties); err != nil {
				t.Fatal(err)
			}
		}
		var out Rendered
		compiled.Render(recipient(map[string]string{"name": value, "plan": value, "席": value}), &out)
		if strings.ContainsAny(out.Subject, "\r\n\x00") || !utf8.ValidString(out.Subject) {
			t.Fatalf("subject %q", out.Subject)
		}
		if strings.ContainsRune(string(out.HTML), 0) && !strings.ContainsRune(source, 0) {
			t.Fatal("a NUL came through")
		}
		if !strings.Contains(string(out.HTML), "https://m.example.jp/u/abc") || !strings.Contains(string(out.Text), "https://m.example.jp/u/abc") {
			t.Fatal("the way to refuse is missing")
		}
	})
}

func BenchmarkRender(b *testing.B) {
	compiled, err := Compile(fullTemplate(), fullLegal, properties)
	if err != nil {
		b.Fatal(err)
	}
	r := recipient(map[string]string{"name": "山田太郎", "席": "3", "company.name": "例示商事"})
	var out Rendered
	b.ReportAllocs()
	for b.Loop() {
		compiled.Render(r, &out)
	}
}
