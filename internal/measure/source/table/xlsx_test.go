package table

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/words"
	"github.com/xuri/excelize/v2"
)

// workbook writes sheets with a spreadsheet package that is not used for reading.
func workbook(t testing.TB, fill func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	fill(f)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func set(t testing.TB, f *excelize.File, sheet, cell string, value any, format string) {
	t.Helper()
	if err := f.SetCellValue(sheet, cell, value); err != nil {
		t.Fatal(err)
	}
	if format == "" {
		return
	}
	style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
	if err != nil {
		t.Fatal(err)
	}
	if err := f.SetCellStyle(sheet, cell, cell, style); err != nil {
		t.Fatal(err)
	}
}

func TestWorkbook(t *testing.T) {
	t.Parallel()
	day := time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)
	data := workbook(t, func(f *excelize.File) {
		const s = "日別"
		if err := f.SetSheetName("Sheet1", s); err != nil {
			t.Fatal(err)
		}
		if _, err := f.NewSheet("メモ"); err != nil {
			t.Fatal(err)
		}
		set(t, f, "メモ", "A1", "x", "")
		set(t, f, s, "A1", "SNSレポート", "")
		set(t, f, s, "A2", "期間", "")
		set(t, f, s, "B2", day, "yyyy/m/d")
		for i, name := range []string{"日付", "表示回数", "CTR", "時間", "月", "文字の数", "和暦"} {
			cell, _ := excelize.CoordinatesToCellName(i+1, 4)
			set(t, f, s, cell, name, "")
		}
		for i := range 3 {
			row := func(col int) string { c, _ := excelize.CoordinatesToCellName(col, 5+i); return c }
			d := day.AddDate(0, 0, i)
			set(t, f, s, row(1), d, "yyyy/m/d;@")
			set(t, f, s, row(2), 40.531, "#,##0")
			set(t, f, s, row(3), 0.0123, "0.0%")
			set(t, f, s, row(4), 292.0/86400, "[h]:mm:ss")
			set(t, f, s, row(5), d, `yyyy"年"m"月"`)
			set(t, f, s, row(6), "40.531", "")
			set(t, f, s, row(7), d.Add(9*time.Hour+30*time.Minute), `[$-411]ggge"年"m"月"d"日"`)
		}
		set(t, f, s, "A9", "合計", "")
		set(t, f, s, "B9", 121.593, "#,##0")
	})
	for _, sheet := range []string{"", "日別"} {
		header, rows, r, err := read(data, Options{Name: "f.xlsx", Sheet: sheet})
		if err != nil {
			t.Fatal(err)
		}
		want := "日付|表示回数|CTR|時間|月|文字の数|和暦 / 2026-04-01|40.531|0.0123|0:04:52|2026-04|40.531|2026-04-01 09:30:00 / 2026-04-02|40.531|0.0123|0:04:52|2026-04|40.531|2026-04-02 09:30:00 / 2026-04-03|40.531|0.0123|0:04:52|2026-04|40.531|2026-04-03 09:30:00 / 合計|121.593|||||"
		if got := flat(header, rows); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
		if f := r.Format(); f.Kind != KindXLSX || f.Sheet != "日別" || len(f.Sheets) != 2 || f.HeaderLine != 4 {
			t.Errorf("%+v", f)
		}
	}
	_, _, _, err := read(data, Options{Name: "f.xlsx", Sheet: "月別"})
	if want := "f.xlsx:1:1: シート「月別」がありません。 あるのは「日別」「メモ」です。sheet: に書いてください。"; err == nil || err.Error() != want {
		t.Errorf("got %v", err)
	}
	// The file itself tells that 40.531 is a number; as text it says nothing.
	r, err := Open(bytes.NewReader(data), Options{Name: "f.xlsx"})
	if err != nil {
		t.Fatal(err)
	}
	scanned, err := Scan(r, []int{1, 5}, []int{0})
	if err != nil {
		t.Fatal(err)
	}
	if style, err := scanned.Numbers[0].Style(); style != StyleDot || err != nil {
		t.Errorf("typed column: %v, %v", style, err)
	}
	if _, err := scanned.Numbers[1].Style(); err == nil || !strings.HasPrefix(err.Error(), "f.xlsx:5:6: 列「文字の数」") {
		t.Errorf("text column: %v", err)
	}
}

// Japanese workbooks keep furigana beside the text; hand-made parts hold what
// the writer above does not write.
func TestWorkbookParts(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, body := range map[string]string{
		"xl/workbook.xml":            `<workbook xmlns:r="r"><workbookPr date1904="1"/><sheets><sheet name="隠し" sheetId="1" state="hidden" r:id="a"/><sheet name="表" sheetId="2" r:id="b"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="a" Target="worksheets/sheet1.xml"/><Relationship Id="b" Target="/xl/worksheets/sheet2.xml"/></Relationships>`,
		"xl/styles.xml":              `<styleSheet><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
		"xl/sharedStrings.xml":       `<sst><si><t>日付</t><rPh sb="0" eb="2"><t>ヒヅケ</t></rPh></si><si><r><t>表示</t></r><r><t xml:space="preserve">回数 </t></r></si></sst>`,
		"xl/worksheets/sheet1.xml":   `<worksheet><sheetData/></worksheet>`,
		"xl/worksheets/sheet2.xml": `<worksheet><sheetData><row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="inlineStr"><is><t>式</t></is></c></row>` +
			`<row r="2"><c r="A2" s="1"><v>44651</v></c><c r="C2" t="str"><f>1+1</f><v>x</v></c></row><row r="3"><c r="A3" s="1"><v>44652</v></c><c r="B3"><v>5</v></c><c r="C3" t="e"><v>#N/A</v></c></row></sheetData></worksheet>`,
	} {
		part, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write([]byte(body)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	header, rows, r, err := read(b.Bytes(), Options{Name: "f.xlsx"})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := flat(header, rows), "日付|表示回数|式 / 2026-04-01||x / 2026-04-02|5|#N/A"; got != want || r.Format().Sheet != "表" {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestOtherArchives(t *testing.T) {
	t.Parallel()
	archive := func(name string, size int) []byte {
		var b bytes.Buffer
		w := zip.NewWriter(&b)
		part, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		chunk := bytes.Repeat([]byte(" "), 1<<20)
		if _, err := part.Write([]byte("<workbook>")); err != nil {
			t.Fatal(err)
		}
		for range size {
			if _, err := part.Write(chunk); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	for _, c := range []struct {
		data []byte
		want string
	}{
		{archive("Dates.csv", 8), "f.zip/Dates.csv:1:1: 1行が長すぎます"},
		{archive("word/document.xml", 0), "f.zip:1:1: zipの中に表のファイル(CSV)がありません。"},
		{archive("xl/workbook.xml", 100), "f.zip:1:1: 圧縮された中身が元の"},
	} {
		_, _, _, err := read(c.data, Options{Name: "f.zip"})
		if _, ok := words.AsProblems(err); !ok || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("got  %v\nwant %s", err, c.want)
		}
	}
}

func TestFormatCodes(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]numberFormat{
		"General": formatNumber, "0": formatNumber, "#,##0.00_);[Red](#,##0.00)": formatNumber, "0.00E+00": formatNumber, `"日"0`: formatNumber, `0.0"%"`: formatNumber,
		"yyyy/m/d": formatDate, "m/d/yy h:mm": formatDate, `[$-411]ggge"年"m"月"d"日"`: formatDate, "d-mmm": formatDate, `m"月"d"日"`: formatDate, "[$-F800]dddd, mmmm dd, yyyy": formatDate,
		`yyyy"年"m"月"`: formatMonth, "mmm-yy": formatMonth, "h:mm:ss": formatElapsed, "[h]:mm": formatElapsed, "mm:ss.0": formatElapsed,
	} {
		if got := formatOf(code); got != want {
			t.Errorf("formatOf(%q) = %d, want %d", code, got, want)
		}
	}
}
