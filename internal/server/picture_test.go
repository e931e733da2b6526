package server

import (
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/share/access"
)

// The map as a picture says what the screen says, is well-formed, and holds nothing that runs.
func TestMapAsAPicture(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ws := h.plant("ours", strings.Replace(smallModel, "name: 訪問数", `name: "<script>alert(1)</script>"`, 1), smallFiles())
	owner := h.join(ws.ID, "owner@ours", access.Owner)
	viewer := h.join(ws.ID, "viewer@ours", access.Viewer)
	for lang, said := range map[string][]string{
		"ja": {"採用SNS", "KGI(最終目標)", "/ 年100件", "社長が合意", "第1版・2026年9月7日までの数字", "まだ道のない指標", "&lt;script&gt;"},
		"en": {"KGI (final goal)", "Agreed by 社長", "Version 1"},
	} {
		a := viewer.do("GET", "/api/workspaces/ours/map.svg?lang="+lang, nil)
		if a.status != 200 || a.header.Get("Content-Type") != svgType || !strings.HasPrefix(a.header.Get("Content-Disposition"), "attachment") ||
			!strings.Contains(a.header.Get("Content-Security-Policy"), "default-src") {
			t.Fatal(a.status, a.header, a.text[:min(300, len(a.text))])
		}
		for _, part := range said {
			if !strings.Contains(a.text, part) {
				t.Errorf("%s: the picture does not say %s", lang, part)
			}
		}
		decoder := xml.NewDecoder(strings.NewReader(a.text))
		for {
			token, err := decoder.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			if at, is := token.(xml.StartElement); is && !strings.Contains(" svg title path text ", " "+at.Name.Local+" ") {
				t.Fatalf("element %s", at.Name.Local)
			}
		}
	}
	// The same as pixels, and that they left stands on the record.
	a := viewer.do("GET", "/api/workspaces/ours/map.png?lang=ja", nil)
	if a.status != 200 || a.header.Get("Content-Type") != pngType || !strings.HasPrefix(a.header.Get("Content-Disposition"), "attachment") || len(a.text) > 600_000 {
		t.Fatal(a.status, a.header, len(a.text))
	}
	if img, err := png.Decode(strings.NewReader(a.text)); err != nil || img.Bounds().Dx() < 1800 {
		t.Error(err)
	}
	if again := viewer.do("GET", "/api/workspaces/ours/map.png?lang=ja", nil); again.text != a.text {
		t.Error("painted twice it differs")
	}
	taken := map[string]int{}
	for _, e := range h.auditOf(owner, "ours", "") {
		taken[e["operation"].(string)]++
	}
	if taken["export-map"] != 2 || taken["export-map-image"] != 2 {
		t.Errorf("on record: %v", taken)
	}
	// What the team watches carries its flag, and the legend says what that is.
	owner.must(200, "PUT", "/api/workspaces/ours/focus", object{"indicators": []string{"visits"}, "why": "入口"})
	if flagged := viewer.do("GET", "/api/workspaces/ours/map.svg?lang=ja", nil).text; strings.Count(flagged, ">注力<") != 1 {
		t.Error("what is watched is not told")
	}
	guest := h.join(ws.ID, "guest@ours", access.Guest)
	for _, file := range []string{"svg", "png"} {
		if got := guest.do("GET", "/api/workspaces/ours/map."+file, nil).status; got != 403 {
			t.Errorf("a guest without the right: %d", got)
		}
	}
}
