package server

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/shirube/shirube/internal/measure/source/platform"
	"github.com/shirube/shirube/internal/measure/source/table"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// Rows of a preview: shown, and looked at for what a column holds.
const (
	previewRows = 20
	guessedRows = 5000
)

// preview looks at the head of an uploaded file.
func (s *Server) preview(ctx context.Context, ws store.Workspace, upload store.Upload, sheet string, lang words.Lang) (UploadPreview, error) {
	saved, err := s.model(ctx, ws.ID, 0)
	if err != nil {
		return UploadPreview{}, err
	}
	content, err := s.deps.Store.Uploads.Open(ctx, ws.ID, upload.ID)
	if err != nil {
		return UploadPreview{}, err
	}
	defer content.Close()
	if view, ok, err := logPreview(content, upload, lang); ok || err != nil {
		return view, err
	}
	opt := table.Options{Name: upload.FileName, Sheet: sheet, Size: upload.Size}
	for _, src := range saved.model.Sources {
		opt.Want = append(opt.Want, src.Headers()...)
	}
	tables, err := table.Tables(content, table.Options{Name: opt.Name, Size: opt.Size, Sheet: sheet, Want: opt.Want})
	if err != nil {
		return UploadPreview{}, fmt.Errorf("list tables of upload %q: %w", upload.ID, err)
	}
	found := platform.Recognise(upload.FileName, tables)
	if sheet == "" && len(tables) > 1 {
		opt.Sheet = firstTable(tables, found)
	}
	sample, err := table.Preview(content, opt, previewRows, guessedRows, saved.model.Location)
	if err != nil {
		return UploadPreview{}, fmt.Errorf("preview upload %q: %w", upload.ID, err)
	}
	if len(tables) > 1 {
		sample.Format.Sheet, sample.Format.Sheets = opt.Sheet, nil
		for _, t := range tables {
			sample.Format.Sheets = append(sample.Format.Sheets, t.Name)
		}
	}
	view := previewView(sample, lang)
	shown := shownPlatform(found, opt.Sheet, len(tables))
	view.Platform = platformView(found, shown, lang)
	remembered, err := s.rememberedMapping(ctx, ws.ID, view.Header)
	if err != nil {
		return UploadPreview{}, err
	}
	view.Suggestion = suggest(saved.model, upload.FileName, sample, shown, remembered)
	return view, nil
}

// firstTable is the table to show of several: the one worth importing.
func firstTable(tables []table.Listed, found []platform.Found) string {
	if len(found) > 0 {
		return found[0].Table
	}
	return tables[0].Name
}

// shownPlatform is what the table shown was recognised as, or nil.
func shownPlatform(found []platform.Found, sheet string, tables int) *platform.Found {
	for i, f := range found {
		if f.Table == sheet || tables == 1 {
			return &found[i]
		}
	}
	return nil
}

func platformView(found []platform.Found, shown *platform.Found, lang words.Lang) *PlatformView {
	if len(found) == 0 {
		return nil
	}
	best := &found[0]
	if shown != nil {
		best = shown
	}
	view := &PlatformView{
		ID: best.ID, Name: best.Name.In(lang), Note: words.T("「%s」の書き出しです。", "This is an export of %s.", best.Name).In(lang),
		Warnings: []string{}, Daily: shown != nil && shown.Daily, Posts: best.Posts != nil, Tables: []TableLabel{},
	}
	for _, w := range best.Warnings {
		view.Warnings = append(view.Warnings, w.In(lang))
	}
	for _, f := range found {
		view.Tables = append(view.Tables, TableLabel{Sheet: f.Table, Name: f.Name.In(lang), Daily: f.Daily})
	}
	return view
}

func previewView(sample *table.Sample, lang words.Lang) UploadPreview {
	view := UploadPreview{
		Format: formatText(sample.Format, lang),
		File: FileFormat{
			Kind: string(sample.Format.Kind), Encoding: sample.Format.Encoding,
			Delimiter: delimiterOf(sample.Format.Delimiter), Gzip: sample.Format.Compressed,
		},
		Header: make([]string, len(sample.Header)), HeaderLine: sample.Format.HeaderLine,
		Columns: make([]PreviewColumn, len(sample.Columns)), Rows: make([][]string, len(sample.Rows)),
		Sheets: front.Listed(sample.Format.Sheets), Sheet: sample.Format.Sheet,
	}
	for i, c := range sample.Header {
		view.Header[i] = c.Name
	}
	for i, row := range sample.Rows {
		view.Rows[i] = front.Listed(row)
	}
	for i, guess := range sample.Columns {
		view.Columns[i] = columnView(guess, sample, lang)
		if guess.Kind == table.ColumnDate && view.DateColumn == nil {
			view.DateColumn = &guess.Name
		}
	}
	return view
}

func columnView(guess table.Guess, sample *table.Sample, lang words.Lang) PreviewColumn {
	view := PreviewColumn{Name: guess.Name, Kind: string(guess.Kind)}
	for _, row := range sample.Rows {
		if cell := strings.TrimSpace(row[guess.Index]); cell != "" {
			view.Example = cell
			break
		}
	}
	if two := guess.Number; two != nil {
		view.Ambiguous = &Ambiguity{
			Example: two.Cell,
			Dot:     exact(two.AsDot), Comma: exact(two.AsComma),
		}
	}
	if two := guess.Dates; two != nil {
		view.DayMonth = &DateAmbiguity{Example: two.Cell, DMY: two.AsDMY.Long().In(lang), MDY: two.AsMDY.Long().In(lang)}
	}
	return view
}

var delimiterNames = map[rune]string{',': "comma", ';': "semicolon", '\t': "tab", '|': "pipe"}

func delimiterOf(r rune) string { return delimiterNames[r] }

var encodingNames = map[string]string{
	"utf-8": "UTF-8", "cp932": "Shift_JIS", "euc-jp": "EUC-JP", "utf-16le": "UTF-16", "utf-16be": "UTF-16", "latin1": "Latin-1",
}

// formatText says how the file was understood: CSV・Shift_JIS・カンマ区切り.
func formatText(f table.Format, lang words.Lang) string {
	if f.Kind == table.KindXLSX {
		if f.Sheet == "" {
			return "Excel"
		}
		return words.T("Excel・シート「%s」", "Excel, sheet “%s”", f.Sheet).In(lang)
	}
	parts := []words.Text{{JA: "CSV", EN: "CSV"}}
	if f.Compressed {
		parts = append(parts, words.T("gzip圧縮", "gzip"))
	}
	if f.Zipped {
		parts = append(parts, words.T("zip", "zip"))
	}
	if name := encodingNames[f.Encoding]; name != "" {
		parts = append(parts, words.Text{JA: name, EN: name})
	}
	switch f.Delimiter {
	case ',':
		parts = append(parts, words.T("カンマ区切り", "commas"))
	case ';':
		parts = append(parts, words.T("セミコロン区切り", "semicolons"))
	case '\t':
		parts = append(parts, words.T("タブ区切り", "tabs"))
	case '|':
		parts = append(parts, words.T("縦線区切り", "bars"))
	}
	return words.Join(parts, "・", ", ").In(lang)
}

// exact writes a number with all its digits: the two readings of a cell must be
// seen apart.
func exact(v float64) string {
	_, decimals, _ := strings.Cut(strconv.FormatFloat(v, 'f', -1, 64), ".")
	return words.Group(v, len(decimals))
}
