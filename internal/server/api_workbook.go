package server

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/xuri/excelize/v2"

	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/share/workbook"
	"github.com/shirube/shirube/internal/words"
)

// FileOutput is a file to keep.
type FileOutput struct {
	ContentType        string `header:"Content-Type" hidden:"true"`
	ContentDisposition string `header:"Content-Disposition" hidden:"true"`
	Body               []byte
}

const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

func (s *Server) registerWorkbook(api huma.API) {
	huma.Register(api, front.Bounded(huma.Operation{
		OperationID: "export-numbers", Metadata: front.Needs(access.Export), Method: http.MethodGet, Path: "/api/workspaces/{ws}/numbers.xlsx",
		Summary: "The numbers of the map as a spreadsheet", Tags: []string{"map"}, Responses: fileResponses(xlsxType),
	}), func(ctx context.Context, in *struct {
		front.InWorkspace
		front.At
		front.Lang
	}) (*FileOutput, error) {
		return s.workbookFile(ctx, in.Workspace, in.At, in.Words())
	})
}

// fileResponses describes an answer that is a file.
func fileResponses(kind string) map[string]*huma.Response {
	return map[string]*huma.Response{"200": {
		Description: http.StatusText(http.StatusOK),
		Content:     map[string]*huma.MediaType{kind: {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}},
	}}
}

func (s *Server) workbookFile(ctx context.Context, slug string, at front.At, lang words.Lang) (*FileOutput, error) {
	day, err := at.Day()
	if err != nil {
		return nil, err
	}
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return nil, err
	}
	b, versions, err := s.boards.board(ctx, ws, at.Version)
	if err != nil {
		return nil, err
	}
	opt := b.options(s.deps.Clock(), day, lang)
	version := at.Version
	if version == 0 {
		version = versions[0].Version
	}
	sheets := b.sheets(opt, workbook.Options{
		Workspace: ws.Name, Version: version, AsOf: opt.AsOf, Made: opt.Today, Lang: lang, Names: front.RoleOf(ctx).AtLeast(access.Viewer),
	})
	content, err := xlsx(sheets)
	if err != nil {
		return nil, fmt.Errorf("write the numbers of %q: %w", ws.Slug, err)
	}
	return &FileOutput{xlsxType, "attachment; filename*=UTF-8''" + pathEscape(b.model.Name+" "+opt.AsOf.String()+".xlsx"), content}, nil
}

func (b *board) sheets(opt insight.Options, how workbook.Options) []workbook.Sheet {
	b.mu.Lock()
	defer b.mu.Unlock()
	return workbook.Sheets(b.ev, explained{b.ev, insight.NewView(b.ev, opt).Status()}, how)
}

// xlsx writes sheets as a file. Texts go in as texts: one that begins with = is no formula.
func xlsx(sheets []workbook.Sheet) (_ []byte, err error) {
	file := excelize.NewFile()
	defer func() { err = firstOf(err, file.Close()) }()
	styles, err := sheetStyles(file)
	if err != nil {
		return nil, err
	}
	for i, sheet := range sheets {
		if i == 0 {
			err = file.SetSheetName(file.GetSheetName(0), sheet.Name)
		} else {
			_, err = file.NewSheet(sheet.Name)
		}
		if err == nil {
			err = writeSheet(file, sheet, styles)
		}
		if err != nil {
			return nil, fmt.Errorf("write sheet %q: %w", sheet.Name, err)
		}
	}
	var out bytes.Buffer
	if err := file.Write(&out); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func firstOf(err, other error) error {
	if err != nil {
		return err
	}
	return other
}

// headStyle is the style of headings, beside those of the shapes.
const headStyle workbook.Shape = -1

func sheetStyles(file *excelize.File) (map[workbook.Shape]int, error) {
	format := func(text string) *string { return &text }
	styles := map[workbook.Shape]int{}
	for shape, style := range map[workbook.Shape]*excelize.Style{
		headStyle: {
			Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"F3F1EB"}},
			Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"},
		},
		workbook.Count:   {CustomNumFmt: format("#,##0")},
		workbook.Decimal: {CustomNumFmt: format("#,##0.0")},
		workbook.Percent: {CustomNumFmt: format("0.00%")},
		workbook.Date:    {CustomNumFmt: format("yyyy-mm-dd")},
		workbook.Wrapped: {Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}},
	} {
		id, err := file.NewStyle(style)
		if err != nil {
			return nil, fmt.Errorf("make a style: %w", err)
		}
		styles[shape] = id
	}
	return styles, nil
}

func writeSheet(file *excelize.File, sheet workbook.Sheet, styles map[workbook.Shape]int) error {
	stream, err := file.NewStreamWriter(sheet.Name)
	if err != nil {
		return err
	}
	headed := false
	for i, column := range sheet.Columns {
		if err := stream.SetColWidth(i+1, i+1, column.Width); err != nil {
			return err
		}
		headed = headed || column.Title != ""
	}
	next := 1
	if headed {
		// The headings stay in sight; so do the day and the period.
		if err := stream.SetPanes(&excelize.Panes{Freeze: true, XSplit: 1, YSplit: 1, TopLeftCell: "B2", ActivePane: "bottomRight"}); err != nil {
			return err
		}
		heads := make([]any, len(sheet.Columns))
		for i, column := range sheet.Columns {
			heads[i] = excelize.Cell{StyleID: styles[headStyle], Value: column.Title}
		}
		if err := stream.SetRow("A1", heads); err != nil {
			return err
		}
		next = 2
	}
	for _, row := range sheet.Rows {
		cells := make([]any, len(row))
		for i, value := range row {
			if value == nil {
				continue
			}
			if day, is := value.(series.Day); is {
				value = time.Unix(int64(day)*86_400, 0).UTC() // a date, not a text that looks like one
			}
			cells[i] = excelize.Cell{StyleID: styles[sheet.Columns[i].Shape], Value: value}
		}
		at, err := excelize.CoordinatesToCellName(1, next)
		if err != nil {
			return err
		}
		if err := stream.SetRow(at, cells); err != nil {
			return err
		}
		next++
	}
	return stream.Flush()
}
