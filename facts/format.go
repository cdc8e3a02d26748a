package facts

import (
	"fmt"
	"math"
	"strconv"
	"time"
)

// Format prints a value of the type without its unit, as a case file spells it:
// "36.5", "1 to 2", "at least 3", "unknown", "paused", "2013-11-24".
func (t Type) Format(v Value) string {
	switch v.state {
	case fault:
		return "error: " + v.fault.Message
	case unknown:
		return "unknown"
	case interval:
		return t.formatInterval(v)
	default:
		return t.formatEnd(v, v.lo, v.ilo)
	}
}

// FormatUnit is Format with the unit behind it where the value has one.
func (t Type) FormatUnit(v Value) string {
	s := t.Format(v)
	if t.Unit == "" || v.state == unknown || v.state == fault {
		return s
	}
	return s + " " + string(t.Unit)
}

func (t Type) formatInterval(v Value) string {
	openLow, openHigh := v.ilo == MinInteger, v.ihi == MaxInteger
	if v.kind == Number {
		openLow, openHigh = math.IsInf(v.lo, -1), math.IsInf(v.hi, 1)
	}
	low, high := t.formatEnd(v, v.lo, v.ilo), t.formatEnd(v, v.hi, v.ihi)
	switch {
	case openLow && openHigh:
		return "unknown"
	case openLow:
		return "at most " + high
	case openHigh:
		return "at least " + low
	}
	return low + " to " + high
}

func (t Type) formatEnd(v Value, x float64, i int64) string {
	switch v.kind {
	case Number:
		return FormatNumber(x)
	case Integer:
		return strconv.FormatInt(i, 10)
	case Bool:
		return strconv.FormatBool(i == 1)
	case Date:
		return FormatDate(i)
	case Scale:
		if t.Names != nil && i >= 0 && int(i) < len(t.Names.List) {
			return t.Names.List[i]
		}
		return fmt.Sprintf("level %d", i)
	default:
		return v.text
	}
}

// FormatNumber prints a number as shortly as it reads back, without an exponent
// between 1e-6 and 1e15.
func FormatNumber(x float64) string {
	if a := math.Abs(x); a != 0 && (a < 1e-6 || a >= 1e15) {
		return strconv.FormatFloat(x, 'g', -1, 64)
	}
	return strconv.FormatFloat(x, 'f', -1, 64)
}

// secondsADay turns days into the seconds that package time counts.
const secondsADay = 24 * 60 * 60

// FormatDate prints a day as year-month-day.
func FormatDate(day int64) string {
	return time.Unix(day*secondsADay, 0).UTC().Format(time.DateOnly)
}

// ParseDate reads year-month-day, or reports false.
func ParseDate(s string) (day int64, ok bool) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, false
	}
	return t.Unix() / secondsADay, true
}
