package table

import (
	"archive/zip"
	"io"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/unicode/norm"

	"github.com/shirube/shirube/internal/words"
)

// mostMembers bounds the tables of a zip: an export has a dozen.
const mostMembers = 200

// openZip opens a workbook, or one table of a zip of tables.
func (r *Reader) openZip(file io.ReaderAt) error {
	archive, err := zip.NewReader(file, r.opt.Size)
	if err != nil {
		return damagedZip(r.opt.Name)
	}
	for _, f := range archive.File {
		if strings.TrimPrefix(f.Name, "/") == "xl/workbook.xml" {
			return r.openWorkbook(archive)
		}
	}
	members := membersOf(archive)
	if len(members) == 0 {
		return fileProblem(r.opt.Name, words.T("zipの中に表のファイル(CSV)がありません。", "There is no table (CSV) in this zip file."), tableMend)
	}
	if len(members) > mostMembers {
		return fileProblem(r.opt.Name, words.T("zipの中のファイルが多すぎます(%d個まで)。", "There are too many files in this zip (at most %d).", mostMembers),
			words.T("使う表だけを置いてください。", "Use only the tables you need."))
	}
	for _, m := range members {
		r.format.Sheets = append(r.format.Sheets, m.name)
	}
	chosen, inside, err := chooseMember(r.opt.Name, members, r.opt.Sheet)
	if err != nil {
		return err
	}
	return r.openMember(chosen, inside)
}

// member is a table file inside a zip.
type member struct {
	name string // without folder and ending, as a model names it
	file *zip.File
}

// membersOf lists the tables of a zip by the names people see: a zip made on
// Windows says them in CP932, one made on a Mac in decomposed letters.
func membersOf(archive *zip.Reader) []member {
	var out []member
	for _, f := range archive.File {
		full := f.Name
		if !utf8.ValidString(full) {
			if read, err := japanese.ShiftJIS.NewDecoder().String(full); err == nil {
				full = read
			}
		}
		full = norm.NFC.String(strings.ReplaceAll(strings.ToValidUTF8(full, "?"), `\`, "/"))
		base := path.Base(full)
		ext := strings.ToLower(path.Ext(base))
		if strings.HasPrefix(base, ".") || strings.HasPrefix(full, "__MACOSX/") || !slices.Contains([]string{".csv", ".tsv", ".txt"}, ext) {
			continue
		}
		out = append(out, member{name: base[:len(base)-len(ext)], file: f})
	}
	return distinctNames(out)
}

// distinctNames numbers members of different folders that have one name.
func distinctNames(members []member) []member {
	names := make([]string, len(members))
	for i, m := range members {
		names[i] = m.name
	}
	for i, name := range numbered(names) {
		members[i].name = name
	}
	return members
}

// chooseMember finds a member by its name; what stands behind a slash is the title
// of a table inside it.
func chooseMember(file string, members []member, wanted string) (chosen member, inside string, err error) {
	if wanted == "" {
		if len(members) == 1 {
			return members[0], "", nil
		}
		return member{}, "", noTable(file, words.T("zipに表がいくつも入っていて、どれを読むか決められません。", "This zip holds several tables; which one is meant cannot be told."), memberNames(members))
	}
	if m, ok := findMember(members, wanted); ok {
		return m, "", nil
	}
	if name, inside, ok := strings.Cut(wanted, "/"); ok {
		if m, ok := findMember(members, name); ok {
			return m, inside, nil
		}
	}
	return member{}, "", noTable(file, words.T("zipの中に表「%s」がありません。", "There is no table “%s” in the zip.", wanted), memberNames(members))
}

func findMember(members []member, name string) (member, bool) {
	for _, m := range members {
		if m.name == name {
			return m, true
		}
	}
	want := matchName(strings.TrimSuffix(name, path.Ext(name)))
	for _, m := range members {
		if matchName(m.name) == matchName(name) || matchName(m.name) == want {
			return m, true
		}
	}
	return member{}, false
}

func memberNames(members []member) []string {
	out := make([]string, len(members))
	for i, m := range members {
		out[i] = m.name
	}
	return out
}

// noTable says which tables there are.
func noTable(file string, what words.Text, names []string) error {
	const most = 8
	more := ""
	if len(names) > most {
		names, more = names[:most], "…"
	}
	list := make([]string, len(names))
	for i, name := range names {
		list[i] = shown(name)
	}
	return fileProblem(file, what, words.Text{
		JA: "あるのは「" + strings.Join(list, "」「") + "」" + more + "です。sheet: に書いてください。",
		EN: "There is “" + strings.Join(list, "”, “") + "”" + more + "; name one with sheet:.",
	})
}

// openMember streams a member; its own size is what is trusted least.
func (r *Reader) openMember(m member, inside string) error {
	body, err := m.file.Open()
	if err != nil {
		return damagedZip(r.opt.Name)
	}
	// Closing a zip part only frees its decompressor, which the collector does.
	r.format.Zipped, r.format.Sheet = true, m.name
	packed, unpacked := int64(m.file.CompressedSize64), max(int64(m.file.UncompressedSize64), 1)
	r.opt.Name += "/" + m.name + strings.ToLower(path.Ext(m.file.Name))
	g := &guard{src: body, name: r.opt.Name, packed: func() int64 { return packed }, limit: r.opt.MaxBytes}
	progress := func(out, _ int64) {
		if r.opt.Progress != nil {
			r.opt.Progress(int64(float64(r.opt.Size)*min(float64(out)/float64(unpacked), 1)), r.opt.Size)
		}
	}
	err = r.readText(&meter{src: g, progress: progress}, inside)
	if inside != "" && err == nil {
		r.format.Sheet = m.name + "/" + r.format.Sheet
	}
	return err
}

func damagedZip(name string) error {
	return fileProblem(name,
		words.T("zipファイルかExcelブック(.xlsx)が壊れていて読めません。", "The zip file or Excel workbook (.xlsx) is damaged."),
		words.T("もう一度書き出すか、中のファイルをCSVで置いてください。", "Export it again, or use the CSV inside."))
}
