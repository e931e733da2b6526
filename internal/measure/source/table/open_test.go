package table

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/words"
	"golang.org/x/text/encoding/unicode"
)

func TestEncodings(t *testing.T) {
	t.Parallel()
	const text = "日付,表示回数,メモ\n2026/4/1,\"1,234\",①髙島〜様\n2026/4/2,987,はしごだか髙\n"
	// CP932 has the full-width tilde where UTF-8 has the wave dash.
	japanese := strings.ReplaceAll(text, "\u301c", "\uff5e")
	spanish := "Fecha;Impresiones;Descripción\n2026-04-01;1234;página año\n2026-04-02;5;niño\n"
	for _, c := range []struct {
		name string
		data []byte
		opt  Options
		enc  string
		want string
	}{
		{"UTF-8", []byte(japanese), Options{}, "utf-8", japanese},
		{"UTF-8 with BOM", []byte("\xEF\xBB\xBF" + japanese), Options{}, "utf-8", japanese},
		{"CP932", cp932(t, japanese), Options{}, "cp932", japanese},
		{"CP932, told", cp932(t, japanese), Options{Encoding: "Shift_JIS"}, "cp932", japanese},
		{"UTF-16LE with BOM", utf16(t, unicode.LittleEndian, japanese), Options{}, "utf-16le", japanese},
		{"UTF-16BE with BOM", utf16(t, unicode.BigEndian, japanese), Options{}, "utf-16be", japanese},
		{"UTF-16LE, BOM lost", utf16(t, unicode.LittleEndian, strings.Repeat("a,b\n", 9))[2:], Options{}, "utf-16le", ""},
		{"BOM against the word of the model", utf16(t, unicode.LittleEndian, japanese), Options{Encoding: "utf-8"}, "utf-16le", japanese},
		{"Latin-1", latin1(t, spanish), Options{}, "latin1", spanish},
		{"half-width katakana", cp932(t, "日付,ｸﾘｯｸ\n2026/4/1,5\n"), Options{}, "cp932", "日付,ｸﾘｯｸ\n2026/4/1,5\n"},
		{"ASCII", []byte("date,n\n2026-04-01,5\n"), Options{}, "utf-8", "date,n\n2026-04-01,5\n"},
		{"late Japanese", cp932(t, "date,n,memo\n"+strings.Repeat("2026-04-01,5,x\n", 20000)+"2026-04-02,6,朝\n"), Options{}, "cp932", ""},
		{"late Japanese in UTF-8", []byte("date,n,memo\n" + strings.Repeat("2026-04-01,5,x\n", 20000) + "2026-04-02,6,朝\n"), Options{}, "utf-8", ""},
	} {
		for _, packed := range []bool{false, true} {
			data := c.data
			if packed {
				data = gzipped(t, data)
			}
			header, rows, r, err := read(data, c.opt)
			if err != nil {
				t.Errorf("%s: %v", c.name, err)
				continue
			}
			if f := r.Format(); f.Encoding != c.enc || f.Compressed != packed {
				t.Errorf("%s: encoding %q, compressed %v", c.name, f.Encoding, f.Compressed)
			}
			if strings.HasPrefix(c.name, "late") && (len(rows) != 20001 || rows[20000][2] != "朝") {
				t.Errorf("%s: %d rows, last %q", c.name, len(rows), rows[len(rows)-1])
			}
			if c.want == "" {
				continue
			}
			wantHeader, wantRows, _, err := read([]byte(c.want), Options{})
			if got, want := flat(header, rows), flat(wantHeader, wantRows); got != want || err != nil {
				t.Errorf("%s:\ngot  %s\nwant %s (%v)", c.name, got, want, err)
			}
		}
	}
}

// As Meta Business Suite writes it.
func TestWideExportWithSeparatorLine(t *testing.T) {
	t.Parallel()
	const text = "sep=,\r\n\"Facebookのフォロワー\"\r\n\"日付\",\"Primary\"\r\n\"2026-04-01T00:00:00\",\"5\"\r\n\"2026-04-03T00:00:00\",\"x\"\r\n"
	for _, order := range []unicode.Endianness{unicode.LittleEndian, unicode.BigEndian} {
		r, err := Open(bytes.NewReader(utf16(t, order, text)), Options{Name: "f.csv"})
		if err != nil {
			t.Fatal(err)
		}
		if f := r.Format(); f.HeaderLine != 3 || f.PreambleLines != 2 || f.Delimiter != ',' {
			t.Errorf("%+v", f)
		}
		var last Row
		for {
			row, err := r.Next()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			last = row
			if day, err := row.Date(0, OrderUnknown, tokyo); err != nil || day.String()[:8] != "2026-04-" {
				t.Errorf("%v, %v", day, err)
			}
		}
		if _, _, err := last.Number(1, StyleUnknown); err == nil || !strings.HasPrefix(err.Error(), "f.csv:5:24: 列「Primary」") {
			t.Errorf("%v", err)
		}
	}
}

func TestShapesOfExports(t *testing.T) {
	t.Parallel()
	days := func(format string, n int) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(strings.ReplaceAll(format, "%d", string(rune('1'+i%9))))
		}
		return b.String()
	}
	for _, c := range []struct {
		name, text string
		opt        Options
		want       string
		line       int
		more       bool
	}{
		{"plain", "a,b\n1,2\n", Options{}, "a|b / 1|2", 1, false},
		{"no newline at the end", "a,b\n1,2", Options{}, "a|b / 1|2", 1, false},
		{"header only", "a,b\n", Options{}, "a|b", 1, false},
		{"one column", "日付\n2026-04-01\n2026-04-02\n", Options{}, "日付 / 2026-04-01 / 2026-04-02", 1, false},
		{"CRLF", "a,b\r\n1,2\r\n3,4\r\n", Options{}, "a|b / 1|2 / 3|4", 1, false},
		{"lone CR", "a,b\r1,2\r3,4\r", Options{}, "a|b / 1|2 / 3|4", 1, false},
		{"semicolons and decimal commas", "Datum;Kosten\n2026-04-01;1,5\n2026-04-02;2,5\n", Options{}, "Datum|Kosten / 2026-04-01|1,5 / 2026-04-02|2,5", 1, false},
		{"tabs", "a\tb\n1,5\t2\n2,5\t3\n", Options{}, "a|b / 1,5|2 / 2,5|3", 1, false},
		{"delimiter told", "a;b,c\n1;2,3\n", Options{Delimiter: ';'}, "a|b,c / 1|2,3", 1, false},
		{"Meta: sep and title", "sep=,\r\n\"フォロワー\"\r\n\"日付\",\"Primary\"\r\n\"2026-04-01T00:00:00\",\"5\"\r\n\"2026-04-02T00:00:00\",\"3\"\r\n", Options{},
			"日付|Primary / 2026-04-01T00:00:00|5 / 2026-04-02T00:00:00|3", 3, false},
		{"GA4: comments, total first", "# ----------------------------------------\n# ページとスクリーン\n# アカウント: 架空\n# 開始日: 20260817\n# 終了日: 20260913\n# ----------------------------------------\n\nページ,表示回数,秒\n,\"12,345\",3000\n/a,\"12,000\",2000\n/b,345,1000\n", Options{},
			"ページ|表示回数|秒 / |12,345|3000 / /a|12,000|2000 / /b|345|1000", 8, false},
		{"GA4: two tables", "# x\n日付,利用者\n20260401,5\n20260402,6\n\n# y\n参照元,利用者\nx,3\n", Options{}, "日付|利用者 / 20260401|5 / 20260402|6", 2, true},
		{"comments between the rows", "日付,数\n20260401,5\n# 4月2日から計測を変更\n20260402,6\n\n# 5月\n20260501,7\n# おわり\n", Options{}, "日付|数 / 20260401|5 / 20260402|6 / 20260501|7", 1, false},
		{"a narrower table below a comment", "ページ,国,数\n/a,jp,3\n/b,us,4\n# 次\n参照元,媒体\nx,y\n", Options{}, "ページ|国|数 / /a|jp|3 / /b|us|4", 1, true},
		{"second table is the wanted one", "# x\n日付,利用者\n20260401,5\n20260402,6\n\n# y\n参照元,成果\nx,3\n", Options{Want: []string{"参照元", "成果"}}, "参照元|成果 / x|3", 7, false},
		{"the same header again below a blank line", "a,b\n1,2\n\na,b\n3,4\n", Options{}, "a|b / 1|2", 1, true},
		{"the same header again in joined files", "a,b\n1,2\na,b\n3,4\n", Options{}, "a|b / 1|2 / 3|4", 1, false},
		{"blank lines between rows", "a,b\n1,2\n\n3,4\n\n\n5,6\n", Options{}, "a|b / 1|2 / 3|4 / 5|6", 1, false},
		{"rows of commas are blank", "a,b\n1,2\n,\n,\n", Options{}, "a|b / 1|2", 1, false},
		{"a note below", "a,b\n1,2\n\n※速報値です\n", Options{}, "a|b / 1|2", 1, true},
		{"total below a blank line", "日,数\n2026-04-01,2\n\n合計,2\n", Options{}, "日|数 / 2026-04-01|2 / 合計|2", 1, false},
		{"preamble of two columns, wanted known", "アカウント,架空\n期間,2026/4/1\n日付,数\n2026/4/1,5\n2026/4/2,6\n", Options{Want: []string{"日付", "数"}}, "日付|数 / 2026/4/1|5 / 2026/4/2|6", 3, false},
		{"preamble of two columns, wanted unknown", "アカウント,架空\n作成者,田中\n\n日付,数\n" + days("2026/4/%d,5\n", 2), Options{}, "日付|数 / 2026/4/1|5 / 2026/4/2|5", 4, false},
		{"padded preamble", "レポート,,\n2026年4月,,\n日付,数,率\n2026/4/1,5,1%\n", Options{}, "日付|数|率 / 2026/4/1|5|1%", 3, false},
		{"preamble with quotes", "# it's \"open\n\na,b\n1,2\n", Options{}, "a|b / 1|2", 3, false},
		{"header row told", "x,y\n1,2\na,b\n3,4\n", Options{HeaderRow: 3}, "a|b / 3|4", 3, false},
		{"only text", "id,name\nx,Ann\ny,Bob\n", Options{}, "id|name / x|Ann / y|Bob", 1, false},
		{"text above numbers", "id,name,amount\na,Bob,\nb,Al,300\n", Options{}, "id|name|amount / a|Bob| / b|Al|300", 1, false},
		{"short rows", "a,b,c\n1\n1,2\n", Options{}, "a|b|c / 1|| / 1|2|", 1, false},
		{"empty cells beyond the header", "a,b\n1,2,,\n", Options{}, "a|b / 1|2", 1, false},
		{"quoted cells over lines", "a,b\n\"x\ny\",\"say \"\"hi\"\", ok\"\nz,1\n", Options{}, "a|b / x\ny|say \"hi\", ok / z|1", 1, false},
		{"quotes that close nothing", "a,b\n\"he said \"hi\" there\",1\n5\" screen,2\n", Options{}, "a|b / he said \"hi\" there|1 / 5\" screen|2", 1, false},
		{"space before a quote", "a,b\n1, \"x, y\"\n", Options{}, "a|b / 1|x, y", 1, false},
		{"every row quoted again", "\"日付,内容,数\"\n\"2026-04-01,\"\"写真, 夏\"\",5\"\n\"2026-04-02,\"\"動画\"\",6\"\n", Options{}, "日付|内容|数 / 2026-04-01|写真, 夏|5 / 2026-04-02|動画|6", 1, false},
		{"header with BOM, NBSP and zero width", "\u200b日付\u00a0,表示 回数 ,\"改\n行\"\n2026/4/1,5,6\n", Options{}, "日付|表示 回数|改 行 / 2026/4/1|5|6", 1, false},
		{"newest first", "Date,Likes\n\"Sun, Aug 24, 2025\",5\n\"Sat, Aug 23, 2025\",4\n", Options{}, "Date|Likes / Sun, Aug 24, 2025|5 / Sat, Aug 23, 2025|4", 1, false},
		{"hashtags are no comments", "post,likes\n#夏,5\n#冬,6\n", Options{}, "post|likes / #夏|5 / #冬|6", 1, false},
	} {
		header, rows, r, err := read([]byte(c.text), c.opt)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		f := r.Format()
		if got := flat(header, rows); got != c.want || f.HeaderLine != c.line || f.MoreTables != c.more {
			t.Errorf("%s: line %d, more %v\ngot  %s\nwant %s", c.name, f.HeaderLine, f.MoreTables, got, c.want)
		}
	}
}

func TestProblems(t *testing.T) {
	t.Parallel()
	bom := "\xEF\xBB\xBF"
	for _, c := range []struct {
		name string
		data string
		opt  Options
		want string // beginning of the message
	}{
		{"empty", "", Options{}, "f.csv:1:1: ファイルが空です。"},
		{"blank", "\n\n", Options{}, "f.csv:1:1: 列見出しの行が見つかりません。"},
		{"NUL", "a,b\n1,\x00\n", Options{}, "f.csv:2:3: 文字ではないデータ(NULバイト)"},
		{"late NUL", "a,b\n" + strings.Repeat("1,2\n", 50000) + "1,\x00\n", Options{}, "f.csv:50002:3: 文字ではないデータ(NULバイト)"},
		{"old Excel", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Options{}, "f.csv:1:1: 古いExcel形式(.xls)か"},
		{"JSON", "[{\"date\": \"2026-04-01\", \"n\": 3}]", Options{}, "f.csv:1:1: 表ではなく、JSONです。"},
		{"PDF", "%PDF-1.7\n", Options{}, "f.csv:1:1: 表のテキストではなく、PDFか画像です。"},
		{"web page", "\n<!DOCTYPE html><html>", Options{}, "f.csv:1:1: CSVではなくWebページ(HTML)です。"},
		{"open quote", "日付,b\n1,2\n架,\"x\n3,4\n", Options{}, "f.csv:3:3: ここで始まる引用符(\")が正しく閉じられていません。"},
		{"quote open over rows", "a,b\n\"x,1\n\"y\",2\n", Options{}, "f.csv:2:1: ここで始まる引用符(\")"},
		{"quote closed early", "a,b\n\"x\"y,1\nz,2\n", Options{}, "f.csv:2:1: ここで始まる引用符(\")"},
		{"quotes that hide a column", "a,b\n\"x\"y,\"1\"\n", Options{}, "f.csv:2:2: 引用符(\")の使い方が乱れていて"},
		{"long row", "日付,数\n2026/4/1,1,234\n", Options{}, "f.csv:2:12: この行には値が3個ありますが、列見出しは2個です。"},
		{"broken UTF-8", bom + "日付,数\n" + strings.Repeat("日本,1\n", 20) + "日\xFF,2\n", Options{}, "f.csv:22:2: UTF-8として読めないバイト(0xFF)"},
		{"broken CP932", string(cp932(t, "日付,数\n架空,1\n架")) + "\x82,2\n", Options{Encoding: "cp932"}, "f.csv:3:2: 文字コード cp932 として読めない文字"},
		{"unknown encoding", "a,b\n", Options{Encoding: "ebcdic"}, "f.csv:1:1: 文字コード「ebcdic」には対応していません。"},
		{"header row beyond the end", "a,b\n1,2\n", Options{HeaderRow: 9}, "f.csv:1:1: 9行目を列見出しにする指定ですが、ファイルは2行しかありません。"},
		{"endless line", "a,b\n1," + strings.Repeat("x", maxRecord+headBytes*2), Options{}, "f.csv:2:1: 1行が長すぎます"},
		{"damaged gzip", string(gzipped(t, []byte("a,b\n1,2\n3,4\n"))[:24]), Options{}, "f.csv:1:1: 圧縮ファイル(.gz)が壊れているか"},
		{"damaged xlsx", "PK\x03\x04garbage", Options{}, "f.csv:1:1: zipファイルかExcelブック(.xlsx)が壊れていて"},
	} {
		_, _, _, err := read([]byte(c.data), c.opt)
		ps, ok := words.AsProblems(err)
		if !ok || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: %v\nwant %s", c.name, err, c.want)
			continue
		}
		if ps[0].What.EN == "" || (ps[0].Mend.JA == "") != (ps[0].Mend.EN == "") || ps[0].Mend.JA == "" {
			t.Errorf("%s: a language or the mend is missing: %+v", c.name, ps[0])
		}
	}
}

func TestCellPlaces(t *testing.T) {
	t.Parallel()
	const text = "日付,内容,数\n2026/4/1,\"夏の\n写真\",数字でない\n\"日本\", \"x\" ,z\n架\n"
	r, err := Open(strings.NewReader(text), Options{Name: "f.csv"})
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{{"f.csv:2:1", "f.csv:2:11", "f.csv:3:5"}, {"f.csv:4:2", "f.csv:4:8", "f.csv:4:12"}, {"f.csv:5:1", "f.csv:5:2", "f.csv:5:2"}}
	for k := range want {
		row, err := r.Next()
		if err != nil {
			t.Fatal(err)
		}
		for i, w := range want[k] {
			if got := row.At(i).String(); got != w {
				t.Errorf("row %d cell %d: %s, want %s", k, i, got, w)
			}
		}
		if k == 0 {
			_, _, err := row.Number(2, StyleUnknown)
			if want := "f.csv:3:5: 列「数」: 「数字でない」は数値として読めません。"; err == nil || !strings.HasPrefix(err.Error(), want) {
				t.Errorf("got %v, want %s", err, want)
			}
			if day, err := row.Date(0, OrderUnknown, nil); err != nil || day.String() != "2026-04-01" {
				t.Errorf("%v, %v", day, err)
			}
		}
	}
}

func TestTotals(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text string
		want       string // t for a total
	}{
		{"named", "日,数\n2026-04-01,1\n合計,1\n総計,1\nGrand total,1\nTotal,1\n総合計:,1\n", ".ttttt"},
		{"empty key first", "日,数\n,5\n2026-04-01,1\n", "t."},
		{"empty key last", "日,数\n2026-04-01,1\n2026-04-02,4\n,5\n\n", "..t"},
		{"empty key in the middle", "日,数\n2026-04-01,1\n,5\n2026-04-02,4\n", "..."},
		{"empty key with text", "日,数,注\n,5,x\n2026-04-01,1,\n", ".."},
		{"named in another column", "日,機種,数\n2026-04-01,pc,1\n2026-04-02,pc,1\n,合計,5\n2026-04-03,pc,1\n", "..t."},
		{"not a total", "名前,数\nTotal Recall,5\n合計額の説明,4\n", ".."},
	} {
		r, err := Open(strings.NewReader(c.text), Options{Name: "f.csv"})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for {
			row, err := r.Next()
			if err != nil {
				break
			}
			if row.IsTotal(row.Cells[0]) {
				got += "t"
			} else {
				got += "."
			}
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestFindColumn(t *testing.T) {
	t.Parallel()
	r, err := Open(strings.NewReader("日付,表示回数,Clicks ,ＣＴＲ,表示回数,Link clicks\n2026/4/1,1,2,3,4,5\n"), Options{Name: "sns.csv"})
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]int{"日付": 0, "表示回数": 1, "clicks": 2, "CTR": 3, "ctr": 3, "Link clicks": 5} {
		if got, err := r.FindColumn(name); err != nil || got != want {
			t.Errorf("%q: %d, %v; want %d", name, got, err, want)
		}
	}
	if got := r.Duplicates("表示回数"); len(got) != 2 || got[1] != 4 {
		t.Errorf("duplicates %v", got)
	}
	_, err = r.FindColumn("表示回")
	if e, ok := err.(*NoColumn); !ok || len(e.Nearest) == 0 || e.Nearest[0] != "表示回数" {
		t.Errorf("%v", err)
	}
	_, err = r.FindColumn("売上")
	if want := "sns.csv:1:1: sns.csv に列「売上」がありません。 あるのは 「日付」「表示回数」「Clicks」「ＣＴＲ」「表示回数」「Link clicks」 です。"; err == nil || err.Error() != want {
		t.Errorf("got %v", err)
	}
}

func TestBombs(t *testing.T) {
	t.Parallel()
	line := []byte("2026-04-01," + strings.Repeat("1", 500) + "\n")
	bombed := gzipped(t, append([]byte("date,n\n"), bytes.Repeat(line, (bombFrom+8<<20)/len(line))...))
	if len(bombed)*bombRatio > bombFrom {
		t.Fatalf("the fixture is no bomb: %d bytes", len(bombed))
	}
	r, err := Open(bytes.NewReader(bombed), Options{Name: "f.csv.gz"})
	if err != nil {
		t.Fatal(err)
	}
	_, err = drain(r)
	if err == nil || !strings.Contains(err.Error(), "安全のため読み込みを止めました") {
		t.Errorf("gzip bomb: %v", err)
	}
	_, _, _, err = read(gzipped(t, bytes.Repeat(line, 5000)), Options{MaxBytes: 1 << 20})
	if err == nil || !strings.Contains(err.Error(), "上限の1 MB") {
		t.Errorf("limit: %v", err)
	}
}
