package table

import (
	"io"
	"strings"
)

// Listed is one table of a file.
type Listed struct {
	Name   string   // what Options.Sheet and the model's sheet: call it; "" where there is only one
	Header []string // names of its columns, cleaned
	First  []string // its first row, as written
}

// mostListed bounds how many tables of a file are looked at.
const mostListed = 40

// mostStored bounds how large a text is looked through for further tables: what is larger is
// one long table, and reading it only for that would keep people waiting.
const mostStored = 4 << 20

// Tables lists the tables of a file: the members of a zip, the tables of a text; of a
// workbook only the sheet that opens. Where several of a text have one row per day, they are also one table
// abreast, which comes first. A table that cannot be read is left out; the error is that of
// the first where none can.
func Tables(file io.ReaderAt, opt Options) ([]Listed, error) {
	opt.HeaderRow, opt.Progress = 0, nil
	sheet := opt.Sheet
	opt.Sheet = ""
	first, err := Open(file, opt)
	if first != nil && first.format.Kind == KindXLSX && sheet != "" {
		opt.Sheet = sheet
		if first, err = Open(file, opt); err != nil {
			return nil, err
		}
	}
	var names []string
	if first != nil {
		names = first.format.Sheets
	} else {
		names = sheetsOf(file, opt)
	}
	if first != nil && first.format.Kind == KindXLSX {
		// Its other sheets are looked at when they are asked for: each costs reading all its text.
		return []Listed{first.listed(opt.Sheet)}, nil
	}
	if len(names) == 0 {
		if err != nil {
			return nil, err
		}
		return textTables(file, opt, "", first), nil
	}
	var out []Listed
	for _, name := range names[:min(len(names), mostListed)] {
		one := opt
		one.Sheet = name
		r, openErr := Open(file, one)
		if openErr != nil {
			if err == nil {
				err = openErr
			}
			continue
		}
		if r.format.Zipped {
			out = append(out, textTables(file, opt, name, r)...)
			continue
		}
		out = append(out, r.listed(name))
	}
	if len(out) == 0 {
		return nil, err
	}
	return out, nil
}

// sheetsOf are the members of a zip that does not open without choosing one.
func sheetsOf(file io.ReaderAt, opt Options) []string {
	size, err := sizeOf(file, opt)
	if err != nil {
		return nil
	}
	opt.Size, opt.MaxBytes = size, defaultMaxBytes
	var magic [4]byte
	if _, err := file.ReadAt(magic[:], 0); err != nil || string(magic[:]) != "PK\x03\x04" {
		return nil
	}
	r := &Reader{opt: opt}
	_ = r.openZip(file) // its complaint is told by Open
	return r.format.Sheets
}

// textTables lists the tables of a text; within is the member of a zip it is.
func textTables(file io.ReaderAt, opt Options, within string, first *Reader) []Listed {
	one := []Listed{first.listed(within)}
	if opt.Size > mostStored || first.format.Kind != KindCSV {
		return one
	}
	prefix := within
	if within != "" {
		prefix += "/"
	}
	all := opt
	all.Sheet = prefix + AllTables
	abreast, err := Open(file, all)
	var names []string
	if err == nil {
		names = abreast.format.Sheets
	} else {
		// Without a daily table, any of them tells what the others are called.
		names = partNames(file, opt, within)
	}
	var out []Listed
	// One table with a title over its only number is called by the title that way.
	if err == nil && (len(names) > 1 || len(abreast.header) == 2 && abreast.header[1] != first.header[min(1, len(first.header)-1)]) {
		out = append(out, abreast.listed(prefix+AllTables))
	}
	if len(names) < 2 {
		return append(out, one...)
	}
	for _, name := range names[:min(len(names), mostListed)] {
		part := opt
		part.Sheet = prefix + name
		if r, err := Open(file, part); err == nil {
			out = append(out, r.listed(part.Sheet))
		}
	}
	if len(out) == 0 {
		return one
	}
	return out
}

func partNames(file io.ReaderAt, opt Options, within string) []string {
	if within != "" {
		return nil // the member itself is listed
	}
	opt.MaxBytes, opt.Sheet = mostStored*4, ""
	if size, err := sizeOf(file, opt); err == nil {
		opt.Size = size
	}
	// A name that no table has, so that all that is read is which there are.
	r := &Reader{opt: opt}
	head := make([]byte, 2)
	if _, err := file.ReadAt(head, 0); err != nil {
		return nil
	}
	r.format.Compressed = string(head) == "\x1f\x8b"
	r.opt.Sheet = AllTables
	_ = r.openText(file)
	return r.format.Sheets
}

// listed is a table by its header and first row.
func (r *Reader) listed(name string) Listed {
	out := Listed{Name: name}
	for _, c := range r.header {
		out.Header = append(out.Header, c.Name)
	}
	if row, err := r.Next(); err == nil {
		for _, cell := range row.Cells {
			out.First = append(out.First, strings.Clone(cell))
		}
	}
	return out
}
