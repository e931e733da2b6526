package server

import (
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/shirube/shirube/internal/share/access"
)

// The file is one that spreadsheets open: dates are dates, numbers are numbers, what is
// missing is empty, and a name that begins with = is no formula.
func TestNumbersAsASpreadsheet(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ws := h.plant("ours", strings.Replace(smallModel, "name: 訪問数", `name: "=1+1"`, 1), smallFiles())
	h.join(ws.ID, "owner@ours", access.Owner)
	viewer := h.join(ws.ID, "viewer@ours", access.Viewer)
	a := viewer.do("GET", "/api/workspaces/ours/numbers.xlsx", nil)
	if a.status != 200 || a.header.Get("Content-Type") != xlsxType || !strings.HasPrefix(a.header.Get("Content-Disposition"), "attachment; filename*=UTF-8''") {
		t.Fatal(a.status, a.header, a.text[:min(200, len(a.text))])
	}
	file, err := excelize.OpenReader(strings.NewReader(a.text))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	if got := strings.Join(file.GetSheetList(), " "); got != "はじめに 定義 日 週 月 四半期 年度" {
		t.Errorf("sheets %s", got)
	}
	for cell, want := range map[string]string{"A1": "日", "A2": "2026-04-01", "B1": "応募数(件)", "C1": "=1+1(回)", "C2": "1,200", "D1": "応募率"} {
		if got, err := file.GetCellValue("日", cell); err != nil || got != want {
			t.Errorf("%s is %q, not %q (%v)", cell, got, want, err)
		}
	}
	if formula, err := file.GetCellFormula("日", "C1"); err != nil || formula != "" {
		t.Errorf("a name became the formula %q (%v)", formula, err)
	}
	if raw, err := file.GetCellValue("日", "A2", excelize.Options{RawCellValue: true}); err != nil || raw != "46113" {
		t.Errorf("the day is kept as %q (%v)", raw, err)
	}
	if empty, err := file.GetCellValue("日", "F2"); err != nil || empty != "" {
		t.Errorf("what nobody measures is %q (%v)", empty, err)
	}
	if owner, err := file.GetCellValue("定義", "K2"); err != nil || owner != "田中" {
		t.Errorf("owner %q (%v)", owner, err)
	}
	if english := viewer.do("GET", "/api/workspaces/ours/numbers.xlsx?lang=en&as_of=2026-06-30", nil); english.status != 200 {
		t.Error(english.status, english.text)
	}
	guest := h.join(ws.ID, "guest@ours", access.Guest)
	if got := guest.do("GET", "/api/workspaces/ours/numbers.xlsx", nil).status; got != 403 {
		t.Errorf("a guest without the right: %d", got)
	}
}
