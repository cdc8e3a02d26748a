package sheet

import "truce/facts/source"

// The findings about sheets that come back.
var (
	NoSheet = source.Code{ID: "R084", Title: "no such sheet",
		Doc:     "The sheets of a pack are thresholds.csv, points.csv and one for each decision table, called as the table is.",
		Example: "tresholds.csv\n"}
	BadColumn = source.Code{ID: "R085", Title: "column does not fit",
		Doc:     "A sheet that comes back has the columns that it went with, in any order. The first line names them.",
		Example: "name,vlaue,unit\n"}
	BadRow = source.Code{ID: "R086", Title: "row does not fit",
		Doc:     "A sheet that comes back has the rows that it went with, in any order, each once. What has no row in the pack is added there, or in a table whose rows are in a sheet of the pack.",
		Example: "name,value\nstrom,45\n"}
	Fixed = source.Code{ID: "R087", Title: "cell cannot be changed here",
		Doc:     "The cell names something, or shows what is said elsewhere. Change it in the file of the pack.",
		Example: "name,value\nsea_points,3   # its numbers are in points.csv\n"}
	RanFormula = source.Code{ID: "R088", Title: "a spreadsheet has run this cell",
		Doc:     "The spreadsheet took the text for a formula of its own and put an error, or a date, in its place. Put an apostrophe before a text that begins with = + - or @, and format cells as text before typing into them.",
		Example: "course,Course.value\nlate,#NAME?\n"}
	NotKept = source.Code{ID: "R089", Title: "change was not kept",
		Doc: "The changed pack says something else than the sheet. Nothing was written. Change the value in the file of the pack."}
)

// Codes lists the findings of this package.
func Codes() []source.Code {
	return []source.Code{NoSheet, BadColumn, BadRow, Fixed, RanFormula, NotKept}
}
