package facts

// The years that are taken for years of the Solar Hijri calendar, and refused
// as Gregorian ones: 1921 to 2121.
const (
	firstSolarYear = 1300
	lastSolarYear  = 1499
)

// firstSolarDay is 1 Farvardin 1300, 1921-03-21, as a day.
const firstSolarDay = -17818

// solarLeap reports whether a Solar Hijri year has 366 days. The calendar follows
// the sun: its first day is that of the spring equinox. Within the years above
// eight leap years in a cycle of 33 follow it; the cycle of 2820 years that is
// sometimes used instead goes wrong from 1403 on.
func solarLeap(year int) bool {
	switch year % 33 {
	case 1, 5, 9, 13, 17, 22, 26, 30:
		return true
	}
	return false
}

// solarMonthDays is the length of a month: six of 31 days, five of 30, and a last
// one of 29 or 30.
func solarMonthDays(year, month int) int {
	switch {
	case month <= 6:
		return 31
	case month < 12 || solarLeap(year):
		return 30
	}
	return 29
}

func isSolarYear(year int) bool { return firstSolarYear <= year && year <= lastSolarYear }

// solarDay is the day, counted from 1970-01-01, of a Solar Hijri date, and false
// where the calendar has no such day or the year is not one of those above.
func solarDay(year, month, day int) (int64, bool) {
	if !isSolarYear(year) || month < 1 || month > 12 || day < 1 || day > solarMonthDays(year, month) {
		return 0, false
	}
	days := day - 1
	for m := 1; m < month; m++ {
		days += solarMonthDays(year, m)
	}
	for y := firstSolarYear; y < year; y++ {
		days += 365
		if solarLeap(y) {
			days++
		}
	}
	return int64(firstSolarDay + days), true
}
