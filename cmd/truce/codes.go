package main

import (
	"slices"

	"truce/engine"
	"truce/explain"
	"truce/explain/analyse"
	"truce/explain/approval"
	"truce/explain/audit"
	"truce/explain/audit/store"
	"truce/explain/check"
	"truce/explain/consult"
	"truce/explain/mask"
	"truce/explain/packtest"
	"truce/explain/record"
	"truce/explain/replay"
	"truce/explain/search"
	"truce/explain/whynot"
	"truce/facts"
	"truce/facts/doc"
	"truce/facts/layout"
	"truce/facts/source"
	"truce/rules"
	"truce/rules/condition"
	"truce/rules/grid"
	"truce/rules/sheet"
)

// The findings of the command line itself.
var (
	errUsage = source.Code{ID: "C001", Title: "wrong use of a command",
		Doc:     "The command, a flag or the number of arguments does not fit. Each command has --help, with examples.",
		Example: "truce asess case.yaml"}
	errNoFile = source.Code{ID: "C002", Title: "no such file",
		Doc:     "Nothing lies at the path. The nearest name in the same folder is suggested.",
		Example: "truce assess testdata/cases/2013-jpao.yaml"}
	errUnreadable = source.Code{ID: "C003", Title: "file cannot be read",
		Doc:     "The path is a folder where a file is expected, or the operating system refuses it. Its own words stand in the message.",
		Example: "truce why testdata/cases Posture"}
	errSetting = source.Code{ID: "C004", Title: "setting does not fit",
		Doc:     "A setting from the configuration file, from a TRUCE_ variable or from a flag has no such name, or the value is not one that it takes. The message says where it was set.",
		Example: "TRUCE_WIDTH=wide truce version"}
	errExists = source.Code{ID: "C005", Title: "file is there already",
		Doc:     "Nothing is overwritten unless --force says so.",
		Example: "truce case new case.yaml   # twice"}
	errUnwritable = source.Code{ID: "C006", Title: "file cannot be written",
		Doc:     "The operating system refused to write the file or the folder. Its own words stand in the message.",
		Example: "truce case new /no/such/folder/case.yaml"}
	errNoName = source.Code{ID: "C007", Title: "no such name",
		Doc:     "There is no rule, and no code of a finding, of this name. The nearest one is suggested.",
		Example: "truce rules explain E999"}
	errNoCases = source.Code{ID: "C008", Title: "no cases in the folder",
		Doc:     "Cases are files whose names end in .yaml, .yml or .json, directly in the folder.",
		Example: "truce assess cmd"}
	errSameCase = source.Code{ID: "C009", Title: "two cases of one id",
		Doc:     "A table of several cases names each by its id, so each needs one of its own.",
		Example: "truce assess case.yaml case.yaml"}
	errStopped = source.Code{ID: "C010", Title: "stopped", Limit: true,
		Doc:     "The time that --timeout gives ran out, or the user stopped the command, before it was done. Nothing of what was asked for has been printed.",
		Example: "truce assess --timeout 1ms testdata/cases"}
	errBroken = source.Code{ID: "C011", Title: "the consultation is not finished", Limit: true,
		Doc:     "The input ended, the terminal was closed, or a signal or a limit ended a consultation before its last question. The answers so far are in the file that the message names. A list of answers from a pipe ends with the answer stop.",
		Example: "truce consult case.yaml </dev/null"}
	errRevision = source.Code{ID: "C012", Title: "no such folder in git",
		Doc:     "A pack may be given as git has it: REVISION:PATH, with the path from the root of the repository, or from the current folder where it begins with ./. The revision or the folder is not there, or git cannot be run.",
		Example: "truce rules diff HEAD~3:rules/irna"}
	errOther = source.Code{ID: "C099", Title: "unexpected error",
		Doc: "Something failed that has no code of its own. The message says what."}
)

// ownCodes lists the findings of the command line.
func ownCodes() []source.Code {
	return []source.Code{errUsage, errNoFile, errUnreadable, errSetting, errExists, errUnwritable,
		errNoName, errNoCases, errSameCase, errStopped, errBroken, errRevision, errKeyFile, errSecretFile, errOther}
}

// allCodes lists every finding that truce makes, by code.
func allCodes() []source.Code {
	codes := slices.Concat(ownCodes(), doc.Codes(), layout.Codes(), condition.Codes(), facts.Codes(), engine.Codes(),
		explain.Codes(), whynot.Codes(), search.Codes(), consult.Codes(), rules.Codes(), grid.Codes(), sheet.Codes(), packtest.Codes(), analyse.Codes(),
		record.Codes(), check.Codes(), replay.Codes(), mask.Codes(), audit.Codes(), store.Codes(), approval.Codes())
	slices.SortFunc(codes, func(a, b source.Code) int {
		if a.ID < b.ID {
			return -1
		}
		return 1
	})
	return codes
}
