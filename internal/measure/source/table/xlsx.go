package table

import (
	"archive/zip"
	"encoding/xml"
	"io"
	"path"
	"strings"

	"github.com/shirube/shirube/internal/words"
)

// Workbooks are read with the standard library instead of a spreadsheet package:
// those stream text as it is displayed, and only the stored cell tells a number
// from text and a date from a number.

// openWorkbook finds the sheet and reads up to its header.
func (r *Reader) openWorkbook(archive *zip.Reader) error {
	r.format.Kind = KindXLSX
	b := &book{name: r.opt.Name, limit: r.opt.MaxBytes, files: map[string]*zip.File{}}
	for _, f := range archive.File {
		b.files[strings.TrimPrefix(f.Name, "/")] = f
	}
	if err := b.readContents(); err != nil {
		return err
	}
	sheet, err := b.choose(r.opt.Sheet)
	if err != nil {
		return err
	}
	for _, s := range b.sheets {
		r.format.Sheets = append(r.format.Sheets, s.name)
	}
	r.format.Sheet = sheet.name
	rows, err := b.rows(sheet, r.opt)
	if err != nil {
		return err
	}
	r.rows = rows
	return r.findSheetTable(rows)
}

// findSheetTable reads some rows ahead to find the header and puts the rest back.
func (r *Reader) findSheetTable(rows *sheetRows) error {
	look := sample{}
	for len(look.records) < sampleRecords || look.records[len(look.records)-1].line < r.opt.HeaderRow {
		c := &record{}
		if err := rows.read(c); err == io.EOF {
			break
		} else if err != nil {
			return err
		}
		if c.line < r.opt.HeaderRow {
			continue
		}
		rows.queue = append(rows.queue, c)
		look.records = append(look.records, sampled{cells: c.cells, line: c.line})
	}
	at := 0
	if r.opt.HeaderRow == 0 {
		at = look.header(r.opt.Want)
	}
	if at < 0 || at >= len(rows.queue) {
		return noHeader(r.opt.Name)
	}
	head := rows.queue[at]
	rows.queue = rows.queue[at+1:]
	head.cells = head.cells[:usedWidth(head.cells)]
	r.record[0] = *head
	return r.setHeader(head)
}

// book is the parts of a workbook that say how to read its sheets.
type book struct {
	name     string
	limit    int64
	files    map[string]*zip.File
	sheets   []sheetEntry
	strings  []string
	styles   []numberFormat
	date1904 bool
}

type sheetEntry struct {
	name, file string
	hidden     bool
}

// open unpacks a part under guard.
func (b *book) open(f *zip.File, progress func(out int64)) (*xml.Decoder, error) {
	body, err := f.Open()
	if err != nil {
		return nil, damaged(b.name)
	}
	// Closing a zip part only frees its decompressor, which the collector does.
	packed := int64(f.CompressedSize64)
	g := &guard{src: body, name: b.name, packed: func() int64 { return packed }, limit: b.limit, must: '<'}
	if progress == nil {
		return xml.NewDecoder(g), nil
	}
	return xml.NewDecoder(&meter{src: g, progress: func(out, _ int64) { progress(out) }}), nil
}

// each calls the function with every start element of a part.
func (b *book) each(part string, visit func(*xml.Decoder, xml.StartElement) error) error {
	f := b.files[part]
	if f == nil {
		return nil
	}
	d, err := b.open(f, nil)
	if err != nil {
		return err
	}
	for {
		t, err := d.RawToken()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return b.xmlError(err)
		}
		if start, ok := t.(xml.StartElement); ok {
			if err := visit(d, start); err != nil {
				return b.xmlError(err)
			}
		}
	}
}

// xmlError keeps problems and calls everything else a damaged workbook.
func (b *book) xmlError(err error) error {
	if _, ok := words.AsProblems(err); ok {
		return err
	}
	return damaged(b.name)
}

// readContents reads what stands beside the sheets.
func (b *book) readContents() error {
	targets := map[string]string{}
	err := b.each("xl/_rels/workbook.xml.rels", func(_ *xml.Decoder, e xml.StartElement) error {
		if e.Name.Local == "Relationship" {
			targets[attribute(e, "Id")] = attribute(e, "Target")
		}
		return nil
	})
	if err != nil {
		return err
	}
	err = b.each("xl/workbook.xml", func(_ *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "workbookPr":
			v := attribute(e, "date1904")
			b.date1904 = v == "1" || v == "true"
		case "sheet":
			target := targets[attribute(e, "id")]
			if !strings.HasPrefix(target, "/") {
				target = path.Join("xl", target)
			}
			b.sheets = append(b.sheets, sheetEntry{name: attribute(e, "name"), file: strings.TrimPrefix(target, "/"),
				hidden: attribute(e, "state") != "" && attribute(e, "state") != "visible"})
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := b.readStyles(); err != nil {
		return err
	}
	return b.readStrings()
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// choose finds the sheet by name, or the first one that is shown.
func (b *book) choose(name string) (sheetEntry, error) {
	var shown []string
	for _, s := range b.sheets {
		if b.files[s.file] == nil {
			continue
		}
		if s.name == name || (name == "" && !s.hidden) {
			return s, nil
		}
		shown = append(shown, s.name)
	}
	for _, s := range b.sheets {
		if name != "" && matchName(s.name) == matchName(name) && b.files[s.file] != nil {
			return s, nil
		}
	}
	if name == "" {
		return sheetEntry{}, fileProblem(b.name, words.T("ブックにシートがありません。", "The workbook has no sheet."), tableMend)
	}
	return sheetEntry{}, fileProblem(b.name,
		words.T("シート「%s」がありません。", "There is no sheet “%s”.", name),
		words.Text{
			JA: "あるのは「" + strings.Join(shown, "」「") + "」です。sheet: に書いてください。",
			EN: "There is “" + strings.Join(shown, "”, “") + "”; name one with sheet:.",
		})
}

func damaged(name string) error {
	return fileProblem(name,
		words.T("Excelブック(.xlsx)が壊れていて読めません。", "The Excel workbook (.xlsx) is damaged."),
		words.T("Excelで開いて保存し直すか、CSVで書き出してください。", "Open it in Excel and save it again, or export it as CSV."))
}
