package series_test

import (
	"math"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/series"
)

// TestEquinoxesAreTheSuns checks the short formula for equinox days against the
// instant the sun crosses the equator, for the years to come as well, which no
// list of holidays holds yet.
func TestEquinoxesAreTheSuns(t *testing.T) {
	t.Parallel()
	for year := series.FirstHolidayYear; year <= series.LastHolidayYear; year++ {
		for _, season := range []struct {
			name  string
			month time.Month
			mean  [5]float64
		}{
			{"春分の日", time.March, [5]float64{2451623.80984, 365242.37404, 0.05169, -0.00411, -0.00057}},
			{"秋分の日", time.September, [5]float64{2451810.21715, 365242.01767, -0.11575, 0.00337, 0.00078}},
		} {
			d := japaneseDay(equinoxInstant(year, season.mean))
			name, _ := series.JapaneseHoliday(d)
			if y, m, _ := d.Civil(); name.JA != season.name || y != year || m != season.month {
				t.Errorf("the sun says %v for %s, the calendar calls that day %q", d, season.name, name.JA)
			}
		}
	}
}

// equinoxInstant is the Julian day of an equinox in dynamical time, by Meeus,
// Astronomical Algorithms, chapter 27: within a minute for these years.
func equinoxInstant(year int, mean [5]float64) float64 {
	millennia := float64(year-2000) / 1000
	jde := 0.0
	for i := len(mean) - 1; i >= 0; i-- {
		jde = jde*millennia + mean[i]
	}
	radians := func(degrees float64) float64 { return degrees * math.Pi / 180 }
	centuries := (jde - 2451545) / 36525
	w := radians(35999.373*centuries - 2.47)
	lambda := 1 + 0.0334*math.Cos(w) + 0.0007*math.Cos(2*w)
	sum := 0.0
	for _, term := range [...][3]float64{
		{485, 324.96, 1934.136}, {203, 337.23, 32964.467}, {199, 342.08, 20.186}, {182, 27.85, 445267.112},
		{156, 73.14, 45036.886}, {136, 171.52, 22518.443}, {77, 222.54, 65928.934}, {74, 296.72, 3034.906},
		{70, 243.58, 9037.513}, {58, 119.81, 33718.147}, {52, 297.17, 150.678}, {50, 21.02, 2281.226},
		{45, 247.54, 29929.562}, {44, 325.15, 31555.956}, {29, 60.93, 4443.417}, {18, 155.12, 67555.328},
		{17, 288.79, 4562.452}, {16, 198.04, 62894.029}, {14, 199.76, 31436.921}, {12, 95.39, 14577.848},
		{12, 287.11, 31931.756}, {12, 320.81, 34777.259}, {9, 227.73, 1222.114}, {8, 15.45, 16859.074},
	} {
		sum += term[0] * math.Cos(radians(term[1]+term[2]*centuries))
	}
	return jde + 0.00001*sum/lambda
}

// japaneseDay is the civil day in Japan of an instant in dynamical time, which
// runs about a minute ahead of the clocks in these years.
func japaneseDay(julianDay float64) series.Day {
	const epoch, ahead, zone = 2440587.5, 1.0 / 1440, 9.0 / 24
	return series.Day(math.Floor(julianDay - epoch - ahead + zone))
}
