package table

import "time"

// ParseMoment reads a cell as a point in time. A time without a zone is one of loc; a day
// without a time is its midnight there, and timed is false. The error is a *CellError.
func ParseMoment(cell string, order DateOrder, loc *time.Location) (at time.Time, timed bool, err error) {
	if loc == nil {
		loc = time.UTC
	}
	var p datePhrase
	if e := p.read(cell); e != nil {
		return time.Time{}, false, e
	}
	day, err := p.settle(order, nil)
	if err != nil {
		return time.Time{}, false, err
	}
	year, month, date := day.Civil()
	timed = p.clocked
	if p.zoned {
		return time.Date(year, month, date, 0, 0, p.seconds-p.offset, 0, time.UTC).In(loc), timed, nil
	}
	return time.Date(year, month, date, p.seconds/3600, p.seconds/60%60, p.seconds%60, 0, loc), timed, nil
}
