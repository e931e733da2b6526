package table

import "io"

// Scanned is what the cells of some columns say about how to read them, in the
// order in which the columns were given.
type Scanned struct {
	Numbers []*NumberColumn
	Dates   []*DateColumn
	Rows    int
}

// Scan reads r to its end and feeds columns with all of their cells: what the
// first of the two passes does.
//
// A column without a reading is no error of Scan; ask Style and Order.
func Scan(r *Reader, numbers, dates []int) (*Scanned, error) {
	s := &Scanned{}
	for _, i := range numbers {
		s.Numbers = append(s.Numbers, &NumberColumn{Name: r.header[i].Name, Semicolon: r.format.Delimiter == ';'})
	}
	for _, i := range dates {
		s.Dates = append(s.Dates, &DateColumn{Name: r.header[i].Name})
	}
	for {
		row, err := r.Next()
		if err == io.EOF {
			return s, nil
		}
		if err != nil {
			return nil, err
		}
		s.Rows++
		for k, i := range numbers {
			s.Numbers[k].FeedRow(row, i)
		}
		for k, i := range dates {
			s.Dates[k].FeedRow(row, i)
		}
	}
}
