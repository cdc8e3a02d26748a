// Package sheet is what an expert edits of a pack in a spreadsheet: thresholds, points
// and decision tables as separated values.
//
// What flows in: a loaded pack, and sheets that came back. What flows out: the sheets
// of a pack; and, of sheets that came back, the files of the pack with exactly the
// values changed that differ, every other byte as it was, or findings that name the
// cell. It reads no file, writes none, and never changes a pack.
//
// # The sheets
//
//	thresholds.csv  a row for each threshold: value, unit, low and high of what is
//	                plausible, step, basis, cites, because, doc
//	points.csv      a row for each level of each table of points
//	NAME.csv        a decision table: the hit policy in the corner, a column for each
//	                input, one for each field of the conclusion as Type.field, says and
//	                cites, and doc and extension where some row has them
//
// A row whose first cell begins with # is for the reader alone; that under the first
// line of a table says what each column takes. Package grid has the language of cells.
// A condition of a row that is no test of one input against constants has a column of
// its own, with true in it. A table that lives in a sheet of the pack is exported as it
// is.
//
// # Back again
//
// A sheet that comes back is held against what the pack would export now, cell by cell,
// found by the names of its row and column, so that columns and rows may come in another
// order. What differs is changed in the file that says it: a scalar in its own quotes, a
// key that was missing behind the others, a key that is emptied taken out. So sheets
// that were not edited change no byte. Rows and columns are neither made nor taken out:
// who wants that moves the table into a sheet of the pack, with `file: NAME.csv`; there
// rows may come and go.
//
// The changed pack is loaded, and its findings are shown at the cells that caused them;
// and it is exported again, and must say what the sheets said.
//
// # What spreadsheets do
//
// They write a byte-order mark, line ends of Windows, quotes where none are needed,
// semicolons or tabs for commas, empty rows and columns at the end, TRUE for true, and
// 0.5 for 0.50: all that is read for what it means. Where cells are parted by semicolons
// or tabs, numbers may have a decimal comma, in all of the file or nowhere. They write
// numbers as dates and dates as they like them, round, and put the error of a formula
// that they could not run in its place: that is refused, with its cell.
//
// They also run a cell that begins with = + - or @, whatever file it came in. A text
// that begins so is exported behind an apostrophe, and so is one that begins with an
// apostrophe; one apostrophe before such a sign is taken off again. So a formula of the
// pack is shown and not run, and comes back as it went. Numbers need no guard.
package sheet
