package series

import (
	"time"

	"github.com/shirube/shirube/internal/words"
)

// holidayRule is one line of the law: a name, the years it was in force, and
// the day of the month it falls on in a year.
type holidayRule struct {
	name     words.Text
	from, to int
	month    time.Month
	day      func(year int) int
}

const stillInForce = LastHolidayYear

var (
	healthSportsDay = words.Text{JA: "体育の日", EN: "Health and Sports Day"}
	sportsDay       = words.Text{JA: "スポーツの日", EN: "Sports Day"}
	marineDay       = words.Text{JA: "海の日", EN: "Marine Day"}
	mountainDay     = words.Text{JA: "山の日", EN: "Mountain Day"}
	greeneryDay     = words.Text{JA: "みどりの日", EN: "Greenery Day"}
	comingOfAgeDay  = words.Text{JA: "成人の日", EN: "Coming of Age Day"}
	respectAgedDay  = words.Text{JA: "敬老の日", EN: "Respect for the Aged Day"}
	emperorBirthday = words.Text{JA: "天皇誕生日", EN: "Emperor's Birthday"}
	imperialWedding = words.Text{JA: "結婚の儀", EN: "Imperial Wedding"}
)

// lawByMonth is the law sorted by month, so that a day meets few rules. The
// years 2020 and 2021 are moved for the Olympic games.
var lawByMonth = byMonth([]holidayRule{
	{words.Text{JA: "元日", EN: "New Year's Day"}, 1949, stillInForce, time.January, on(1)},
	{comingOfAgeDay, 1949, 1999, time.January, on(15)},
	{comingOfAgeDay, 2000, stillInForce, time.January, monday(time.January, 2)},
	{words.Text{JA: "建国記念の日", EN: "National Foundation Day"}, 1967, stillInForce, time.February, on(11)},
	{emperorBirthday, 2020, stillInForce, time.February, on(23)},
	{words.Text{JA: "春分の日", EN: "Vernal Equinox Day"}, 1949, stillInForce, time.March, vernalEquinox},
	{emperorBirthday, 1949, 1988, time.April, on(29)},
	{greeneryDay, 1989, 2006, time.April, on(29)},
	{words.Text{JA: "昭和の日", EN: "Showa Day"}, 2007, stillInForce, time.April, on(29)},
	{words.Text{JA: "憲法記念日", EN: "Constitution Memorial Day"}, 1949, stillInForce, time.May, on(3)},
	{greeneryDay, 2007, stillInForce, time.May, on(4)},
	{words.Text{JA: "こどもの日", EN: "Children's Day"}, 1949, stillInForce, time.May, on(5)},
	{marineDay, 1996, 2002, time.July, on(20)},
	{marineDay, 2003, 2019, time.July, monday(time.July, 3)},
	{marineDay, 2020, 2020, time.July, on(23)},
	{marineDay, 2021, 2021, time.July, on(22)},
	{marineDay, 2022, stillInForce, time.July, monday(time.July, 3)},
	{sportsDay, 2020, 2020, time.July, on(24)},
	{sportsDay, 2021, 2021, time.July, on(23)},
	{mountainDay, 2016, 2019, time.August, on(11)},
	{mountainDay, 2020, 2020, time.August, on(10)},
	{mountainDay, 2021, 2021, time.August, on(8)},
	{mountainDay, 2022, stillInForce, time.August, on(11)},
	{respectAgedDay, 1966, 2002, time.September, on(15)},
	{respectAgedDay, 2003, stillInForce, time.September, monday(time.September, 3)},
	{words.Text{JA: "秋分の日", EN: "Autumnal Equinox Day"}, 1948, stillInForce, time.September, autumnalEquinox},
	{healthSportsDay, 1966, 1999, time.October, on(10)},
	{healthSportsDay, 2000, 2019, time.October, monday(time.October, 2)},
	{sportsDay, 2022, stillInForce, time.October, monday(time.October, 2)},
	{words.Text{JA: "文化の日", EN: "Culture Day"}, 1948, stillInForce, time.November, on(3)},
	{words.Text{JA: "勤労感謝の日", EN: "Labor Thanksgiving Day"}, 1948, stillInForce, time.November, on(23)},
	{emperorBirthday, 1989, 2018, time.December, on(23)},

	// Laws made for one day.
	{imperialWedding, 1959, 1959, time.April, on(10)},
	{words.Text{JA: "大喪の礼", EN: "Emperor's Funeral"}, 1989, 1989, time.February, on(24)},
	{words.Text{JA: "即位礼正殿の儀", EN: "Enthronement Ceremony"}, 1990, 1990, time.November, on(12)},
	{imperialWedding, 1993, 1993, time.June, on(9)},
	{words.Text{JA: "天皇の即位の日", EN: "Emperor's Accession"}, 2019, 2019, time.May, on(1)},
	{words.Text{JA: "即位礼正殿の儀", EN: "Enthronement Ceremony"}, 2019, 2019, time.October, on(22)},
})

// nationalHoliday names a holiday of the law itself: no substitutes and no days
// between holidays.
func nationalHoliday(d Day) (words.Text, bool) {
	year, month, day := d.Civil()
	if year < FirstHolidayYear || year > LastHolidayYear {
		return words.Text{}, false
	}
	for i := range lawByMonth[month] {
		rule := &lawByMonth[month][i]
		if rule.from <= year && year <= rule.to && rule.day(year) == day {
			return rule.name, true
		}
	}
	return words.Text{}, false
}

func byMonth(law []holidayRule) (sorted [13][]holidayRule) {
	for _, rule := range law {
		sorted[rule.month] = append(sorted[rule.month], rule)
	}
	return sorted
}

func on(day int) func(int) int { return func(int) int { return day } }

// monday is the nth Monday of a month.
func monday(month time.Month, nth int) func(int) int {
	return func(year int) int {
		first := Date(year, month, 1).Weekday()
		return 1 + (int(time.Monday-first)+7)%7 + (nth-1)*7
	}
}

// The day of an equinox moves by 0.242194 days a year and back by one each leap
// year; the offsets are those of the Hydrographic Department for Japan's zone.
// Each holds for its range of years, here 1955 to 1979 and 1980 to 2099.
func vernalEquinox(year int) int { return equinox(year, 20.8357, 20.8431) }

func autumnalEquinox(year int) int { return equinox(year, 23.2588, 23.2488) }

func equinox(year int, until1979, since1980 float64) int {
	offset := since1980
	if year < 1980 {
		offset = until1979
	}
	since := year - 1980
	// The sum is positive, so int rounds down.
	return int(offset + 0.242194*float64(since) - float64(leapYears(since)))
}

// leapYears is how many leap days lie between 1980 and the year, negative
// before.
func leapYears(since int) int { return floorDiv(since, 4) }
