package server

import (
	"encoding/xml"
	"errors"
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
	h.join(ws.ID, "owner@ours", access.Owner)
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
	guest := h.join(ws.ID, "guest@ours", access.Guest)
	if got := guest.do("GET", "/api/workspaces/ours/map.svg", nil).status; got != 403 {
		t.Errorf("a guest without the right: %d", got)
	}
}
