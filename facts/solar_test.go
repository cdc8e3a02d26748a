package facts

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSolarDay(t *testing.T) {
	for _, c := range []struct {
		year, month, day int
		want             string
	}{
		{1300, 1, 1, "1921-03-21"},
		{1357, 11, 22, "1979-02-11"},
		{1383, 1, 1, "2004-03-20"},
		{1392, 7, 1, "2013-09-23"},
		{1392, 9, 3, "2013-11-24"},
		{1399, 12, 30, "2021-03-20"},
		{1403, 1, 1, "2024-03-20"},
		{1403, 12, 30, "2025-03-20"}, // a leap year, which the 2820-year cycle denies
		{1404, 1, 1, "2025-03-21"},
	} {
		got, ok := solarDay(c.year, c.month, c.day)
		require.True(t, ok)
		require.Equal(t, c.want, FormatDate(got), "%d-%d-%d", c.year, c.month, c.day)
	}
	for _, d := range [][3]int{{1299, 1, 1}, {1500, 1, 1}, {1392, 0, 1}, {1392, 13, 1}, {1392, 1, 0}, {1392, 1, 32},
		{1392, 7, 31}, {1392, 12, 30}, {1404, 12, 30}} {
		_, ok := solarDay(d[0], d[1], d[2])
		require.False(t, ok, d)
	}
}

// Each day follows the one before, through all months and years.
func TestSolarDaysFollow(t *testing.T) {
	want := int64(firstSolarDay)
	for year := firstSolarYear; year <= lastSolarYear; year++ {
		for month := 1; month <= 12; month++ {
			for day := 1; day <= solarMonthDays(year, month); day++ {
				got, ok := solarDay(year, month, day)
				require.True(t, ok)
				require.Equal(t, want, got)
				want++
			}
		}
	}
}

// The months of a published series start and end where the calendar says.
func TestSolarMonthsOfSeries(t *testing.T) {
	text, err := os.ReadFile("../testdata/series/cpi_monthly.csv")
	require.NoError(t, err)
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	require.NoError(t, err)
	require.Greater(t, len(rows), 200)
	for _, row := range rows[1:] {
		var year, month int
		_, err := fmt.Sscanf(row[0], "%d-%d", &year, &month)
		require.NoError(t, err)
		first, ok := solarDay(year, month, 1)
		require.True(t, ok)
		last, _ := solarDay(year, month, solarMonthDays(year, month))
		require.Equal(t, row[1:3], []string{FormatDate(first), FormatDate(last)}, row[0])
	}
}
