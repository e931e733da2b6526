package table

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"golang.org/x/text/encoding/unicode"

	"github.com/shirube/shirube/internal/words"
)

// zipped packs files in the order given: name, content, name, content …
func zipped(t testing.TB, pairs ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(pairs); i += 2 {
		f, err := w.Create(pairs[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, pairs[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const suite = "sep=,\n\"Facebookのリーチ\"\n\"日付\",\"Primary\"\n\"2026-09-01T00:00:00\",\"20\"\n\"2026-09-03T00:00:00\",\"5\"\n\n" +
	"\"Instagramのリーチ\"\n\"日付\",\"Primary\"\n\"2026-09-01T00:00:00\",\"7\"\n\"2026-09-02T00:00:00\",\"1,200\"\n\n" +
	"\"年齢と性別\"\n\"年齢\",\"女性\",\"男性\"\n\"18-24\",\"1%\",\"2%\"\n"

const snapshot = "# ----\n# 概要\n# アカウント: \"架空\"\n# 開始日: 20260930\n# 終了日: 20261002\nN 日目,アクティブ ユーザー\n0000,10\n0001,12\n0002,9\n\n" +
	"# ----\n# 開始日: 20260930\n# 終了日: 20261002\nN 日目,新規ユーザー数\n0000,3\n0002,4\n#\n# 開始日: 20260930\nイベント名,イベント数\npage_view,120\nscroll,80\n"

func TestPartsOfAText(t *testing.T) {
	t.Parallel()
	wide := utf16(t, unicode.LittleEndian, suite)
	for _, c := range []struct {
		name, sheet string
		data        []byte
		want        string
		more        bool
	}{
		{"the first as before", "", wide, "日付,Primary|2026-09-01T00:00:00,20|2026-09-03T00:00:00,5", true},
		{"by title", "Instagramのリーチ", wide, "日付,Primary|2026-09-01T00:00:00,7|2026-09-02T00:00:00,1,200", false},
		{"by title, width and case aside", "ｉｎｓｔａｇｒａｍのリーチ", wide, "日付,Primary|2026-09-01T00:00:00,7|2026-09-02T00:00:00,1,200", false},
		{"abreast", "*", wide, "日付,Facebookのリーチ,Instagramのリーチ|2026-09-01T00:00:00,20,7|2026-09-03T00:00:00,5,|2026-09-02T00:00:00,,1,200", false},
		{"not a day", "年齢と性別", wide, "年齢,女性,男性|18-24,1%,2%", false},
		{"Nth day", "", []byte(snapshot), "N 日目,アクティブ ユーザー|2026-09-30,10|2026-10-01,12|2026-10-02,9", true},
		{"by columns", "N 日目, 新規ユーザー数", []byte(snapshot), "N 日目,新規ユーザー数|2026-09-30,3|2026-10-02,4", false},
		{"abreast, counted", "*", []byte(snapshot), "N 日目,アクティブ ユーザー,新規ユーザー数|2026-09-30,10,3|2026-10-01,12,|2026-10-02,9,4", false},
		{"in a zip", "日付", zipped(t, "クエリ.csv", "上位のクエリ,クリック数\na,1\n", "日付.csv", "日付,クリック数\n2026-09-01,10\n"), "日付,クリック数|2026-09-01,10", false},
		{"in a zip, with ending", "日付.csv", zipped(t, "クエリ.csv", "a,b\nx,1\n", "日付.csv", "日付,クリック数\n2026-09-01,10\n"), "日付,クリック数|2026-09-01,10", false},
		{"in a zip, a part", "s/*", zipped(t, "a.csv", "a,b\n", "s.csv", snapshot), "N 日目,アクティブ ユーザー,新規ユーザー数|2026-09-30,10,3|2026-10-01,12,|2026-10-02,9,4", false},
		{"the only one of a zip", "", zipped(t, "x/日付.csv", "日付,n\n2026-09-01,1\n", "__MACOSX/._日付.csv", "junk"), "日付,n|2026-09-01,1", false},
		{"decomposed name", "データ", zipped(t, "テ\u3099ータ.csv", "日付,n\n2026-09-01,1\n", "b.csv", "c,d\n1,2\n"), "日付,n|2026-09-01,1", false},
		{"a sheet's name means nothing to a plain text", "Sheet1", []byte("日付,n\n2026-09-01,1\n"), "日付,n|2026-09-01,1", false},
	} {
		header, rows, r, err := read(c.data, Options{Sheet: c.sheet})
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		lines := []string{strings.Join(header, ",")}
		for _, row := range rows {
			lines = append(lines, strings.Join(row, ","))
		}
		if got := strings.Join(lines, "|"); got != c.want || r.Format().MoreTables != c.more {
			t.Errorf("%s: more %v\ngot  %s\nwant %s", c.name, r.Format().MoreTables, got, c.want)
		}
	}
}

func TestTablesOfAFile(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"plain", []byte("日付,n\n2026-09-01,1\n"), "[日付 n]"},
		{"stacked", utf16(t, unicode.LittleEndian, suite), "*[日付 Facebookのリーチ Instagramのリーチ] Facebookのリーチ[日付 Primary] Instagramのリーチ[日付 Primary] 年齢と性別[年齢 女性 男性]"},
		{"one with a title", []byte("sep=,\n\"Instagram follows\"\n\"Date\",\"Primary\"\n\"2026-09-01T00:00:00\",\"7\"\n"), "*[Date Instagram follows] [Date Primary]"},
		{"a report's name and period", []byte("キャンペーン レポート\n2026年9月1日 - 2026年9月2日\n日,表示回数,費用\n2026-09-01,10,5\n2026-09-02,11,6\n"), "[日 表示回数 費用]"},
		{"zip", zipped(t, "クエリ.csv", "上位のクエリ,クリック数\na,1\n", "空.csv", "", "日付.csv", "日付,クリック数\n2026-09-01,10\n"), "クエリ[上位のクエリ クリック数] 日付[日付 クリック数]"},
		{"zip of one", zipped(t, "日付.csv", "日付,クリック数\n2026-09-01,10\n"), "日付[日付 クリック数]"},
	} {
		list, err := Tables(bytes.NewReader(c.data), Options{Name: "f.csv"})
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		var got []string
		for _, one := range list {
			got = append(got, one.Name+fmt.Sprint(one.Header))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", c.name, strings.Join(got, " "), c.want)
		}
	}
}

func TestNoSuchTable(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		data  []byte
		sheet string
		want  string
	}{
		{zipped(t, "a.csv", "x,y\n", "b.csv", "x,y\n"), "", "f.csv:1:1: zipに表がいくつも入っていて、どれを読むか決められません。 あるのは「a」「b」です。sheet: に書いてください。"},
		{zipped(t, "a.csv", "x,y\n", "b.csv", "x,y\n"), "c", "f.csv:1:1: zipの中に表「c」がありません。 あるのは「a」「b」です。"},
		{[]byte(suite), "X", "f.csv:1:1: このファイルに表「X」がありません。 あるのは「Facebookのリーチ」「Instagramのリーチ」「年齢と性別」です。"},
		{[]byte("a,b\nx,1\n\nc,d\ny,2\n"), "*", "f.csv:1:1: このファイルに、1日1行の表がありません。"},
	} {
		_, _, _, err := read(c.data, Options{Sheet: c.sheet})
		if _, ok := words.AsProblems(err); !ok || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("got  %v\nwant %s", err, c.want)
		}
	}
}

// TestZipBomb: what a member unfolds to is bounded by what it was packed in, whatever it says
// of itself.
func TestZipBomb(t *testing.T) {
	t.Parallel()
	row := "2026-09-01," + strings.Repeat("0", 4000) + "\n"
	data := zipped(t, "日付.csv", "日付,n\n"+strings.Repeat(row, 17_000))
	r, err := Open(bytes.NewReader(data), Options{Name: "f.csv", Sheet: "日付"})
	for err == nil {
		_, err = r.Next()
	}
	if err == nil || !strings.Contains(err.Error(), "安全のため読み込みを止めました") {
		t.Fatalf("%d bytes were let in: %v", len(data), err)
	}
}

// FuzzParts: whatever a text or a zip holds, every table that is listed can be opened, and
// nothing is read without bound.
func FuzzParts(f *testing.F) {
	f.Add([]byte(suite), "*")
	f.Add([]byte(snapshot), "N 日目, 新規ユーザー数")
	f.Add(zipped(f, "a.csv", suite, "b.csv", "x,y\n1,2\n"), "a/*")
	f.Add([]byte("# 開始日: 99999999\nNth day,n\n-1,2\n"), "")
	f.Fuzz(func(t *testing.T, data []byte, sheet string) {
		if len(data) > 1<<16 {
			return
		}
		list, err := Tables(bytes.NewReader(data), Options{Name: "f"})
		if err == nil && len(list) == 0 {
			t.Fatal("no table and no reason")
		}
		for _, one := range list {
			if _, err := Open(bytes.NewReader(data), Options{Name: "f", Sheet: one.Name}); err != nil {
				t.Fatalf("table %q is listed and cannot be opened: %v", one.Name, err)
			}
		}
		r, err := Open(bytes.NewReader(data), Options{Name: "f", Sheet: sheet})
		if err != nil {
			return
		}
		for rows := 0; ; rows++ {
			row, err := r.Next()
			if err != nil {
				if _, ok := words.AsProblems(err); !ok && !errors.Is(err, io.EOF) {
					t.Fatalf("not told as a problem: %v", err)
				}
				return
			}
			if len(row.Cells) != len(r.Header()) || row.At(0).Line < 1 {
				t.Fatalf("row %v of %v", row.Cells, r.Header())
			}
			if rows > 1<<17 {
				t.Fatal("more rows than bytes")
			}
		}
	})
}
