package doc

import "truce/facts/source"

// The findings about the form of a document.
var (
	Empty = source.Code{ID: "D001", Title: "empty file",
		Doc:     "A file with nothing but comments and blank lines says nothing. Delete it, or write what it is for.",
		Example: "# nothing but a comment\n"}
	Binary = source.Code{ID: "D002", Title: "not a text file",
		Doc: "A NUL byte does not occur in text: the file is an archive, an image, a spreadsheet or the like."}
	InvalidUTF8 = source.Code{ID: "D003", Title: "not UTF-8",
		Doc: "Files are read as UTF-8. An old editor or a spreadsheet may have saved the file in another encoding: save it again as UTF-8."}
	ByteOrderMark = source.Code{ID: "D004", Title: "byte-order mark",
		Doc: "The file starts with an invisible mark that some editors put before UTF-8. It would become part of the first key. Save the file without it."}
	UTF16 = source.Code{ID: "D005", Title: "UTF-16",
		Doc: "Files are read as UTF-8. Save the file in that encoding."}
	TooLarge = source.Code{ID: "D006", Title: "file too large", Limit: true,
		Doc: "A limit on bytes protects whoever reads files of others. Split the file, or raise the limit."}
	TooDeep = source.Code{ID: "D007", Title: "nested too deeply", Limit: true,
		Doc: "A limit on lists and maps inside one another protects whoever reads files of others. Nothing that people write comes near it."}
	TooMany = source.Code{ID: "D008", Title: "too much in one file", Limit: true,
		Doc: "A limit on maps, lists and texts, and on findings, protects whoever reads files of others. Before a YAML file is read its separators are counted (commas, colons, dashes, opening brackets, wherever they stand), of which there may be twice as many as nodes. Split the file, or raise the limit."}
	Syntax = source.Code{ID: "D009", Title: "syntax error",
		Doc:     "The text is not well-formed YAML or JSON. The place shown is where reading stopped; the cause may stand just before it: a bracket or quote left open, a line indented too far or too little, a missing space after a dash or colon.",
		Example: "signs: [fog, frost\nlevel: high\n"}
	Tab = source.Code{ID: "D010", Title: "tab or odd blank in the indentation",
		Doc:     "YAML indents with spaces only: a tab is as wide as each editor likes, and the blanks of web pages that do not break are letters to it. Replace them with spaces.",
		Example: "rule: a\nwhen:\n\t- w: Weather\n"}
	SeveralDocuments = source.Code{ID: "D011", Title: "several documents in one file",
		Doc:     "A line of three dashes starts a further document, which would go unread. Put it into a file of its own.",
		Example: "case: first\n---\ncase: second\n"}
	Anchor = source.Code{ID: "D012", Title: "anchor",
		Doc:     "A value that starts with & is an anchor to YAML, a name for use elsewhere in the file. Values are written out where they hold, so that each has its own place. If it is an expression, put the line in quotes.",
		Example: "first: &base {level: high}\n"}
	Alias = source.Code{ID: "D013", Title: "alias",
		Doc:     "A value that starts with * is an alias to YAML, a copy of what an anchor names. Write the value out. If it is an expression, put the line in quotes.",
		Example: "first: &base {level: high}\nsecond: *base\n"}
	MergeKey = source.Code{ID: "D014", Title: "merge key",
		Doc:     "The key << copies the entries of another map to some readers of YAML. Write the entries out.",
		Example: "second:\n  <<: {level: high}\n"}
	Tag = source.Code{ID: "D015", Title: "tag",
		Doc:     "A value that starts with ! is a tag to YAML, and the rest of the line is lost. In an expression write `not`. The type of a value comes from its field, never from a tag.",
		Example: "when:\n  - !known(w.wind)\n"}
	DuplicateKey = source.Code{ID: "D016", Title: "key given twice",
		Doc:     "Of two values at the same key some readers take the first and some the last. Remove one, or rename it.",
		Example: "level: high\nlevel: low\n"}
	KeyNotText = source.Code{ID: "D017", Title: "key is not a text",
		Doc:     "A list or a map stands where a key is expected. Often a value in braces or brackets needs quotes.",
		Example: "{a: 1}: high\n"}
	NullKey = source.Code{ID: "D018", Title: "key is missing",
		Doc:     "Nothing, or a bare `null` or `~`, stands before the colon. Write the key; a key that is really called so goes in quotes.",
		Example: "level: high\n~: low\n"}
	BlockHeader = source.Code{ID: "D019", Title: "comparison read as the start of a block",
		Doc:     "A value that starts with > or | announces a text of several lines to YAML. If it is part of an expression, put the line in quotes.",
		Example: "when:\n  - > 3\n"}
	ColonInText = source.Code{ID: "D020", Title: "colon inside an unquoted text",
		Doc:     "A colon with a space after it parts a key from its value, and a line has room for one. Put the text that holds the colon in quotes. If the line was meant to stand on its own, check its indentation.",
		Example: "when:\n  - x: c ? 1 : 2\n"}
	SplitQuote = source.Code{ID: "D021", Title: "quoted text split at a colon",
		Doc:     "YAML knows quotes only at the start of a value: inside an unquoted line a colon with a space after it splits the line even between quotes. Put the whole line in quotes of the other kind.",
		Example: "when:\n  - e.name == \"a: b\"\n"}
	SmartQuotes = source.Code{ID: "D022", Title: "typographic quotes",
		Doc:     "Curly quotes, as word processors write them, are letters like any other to YAML and JSON and become part of the text. Use straight quotes.",
		Example: "says: “The wind is strong.”\n"}
	Control = source.Code{ID: "D023", Title: "invisible character",
		Doc: "Control characters, byte-order marks inside a file, and line breaks other than those of Unix and Windows are shown by some editors and not by others, so that nobody could say on which line something stands. Leave them out; in a text write them as an escape in double quotes."}
	Unreadable = source.Code{ID: "D024", Title: "the reader gave up",
		Doc: "The YAML library failed on this file in a way that it should not. The file is most likely damaged; if it is not, please report it with the file."}
	CellQuote = source.Code{ID: "D030", Title: "quotes of a cell do not match",
		Doc:     "A cell of separated values that holds a separator, a line end or a quote begins and ends with a quote, and each quote inside is written twice. Spreadsheets do so by themselves.",
		Example: "first,\"w.kind == \"fog\"\"\n"}
)

// Codes lists every finding that Read can make, by code.
func Codes() []source.Code {
	return []source.Code{
		Empty, Binary, InvalidUTF8, ByteOrderMark, UTF16, TooLarge, TooDeep, TooMany,
		Syntax, Tab, SeveralDocuments, Anchor, Alias, MergeKey, Tag, DuplicateKey,
		KeyNotText, NullKey, BlockHeader, ColonInText, SplitQuote, SmartQuotes,
		Control, Unreadable, CellQuote,
	}
}
