// Package grid is decision tables as grids: a column for each input, a cell for what
// a row asks of it.
//
// What flows in: the text of an input and of a cell, or the conditions of rows. What
// flows out: the condition that a cell stands for, with the places of its parts; the
// inputs and cells that conditions are made of; and of a whole table which rows
// overlap, which no case reaches, and which cases no row covers, each with a region
// of the inputs that shows it. It reads no file and knows nothing of packs.
//
// # Cells
//
// A cell is a test of its column's input:
//
//	(empty) or -              anything
//	rough                     it is this: a number, a date, a level, a symbol, "a text"
//	< 20   >= threshold.storm it compares so; also <= > != =
//	[20..40)                  it lies between, 20 included and 40 not
//	calm, rough               one of these; each may be any of the tests above
//	not(calm, rough)          none of these
//	true, false, yes, no      of an input that is true or false
//
// Behind a comparison any expression may stand. A bare word beside an input that is a
// level, a symbol or a text is one, and needs no quotes. Two cells of one row under the
// same input must both hold.
//
// # What is exact
//
// Overlaps and gaps are over the inputs as if each could have any value of its type
// whatever the others have, and over the thresholds as they stand. So they are exact
// where inputs are independent; where two read the same field, a region that is shown
// may be impossible, and none is missed. A condition that is no test of an input
// against constants is an input of its own, which is true or false.
package grid
