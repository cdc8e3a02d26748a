package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// topics are help texts without a command behind them.
func topics() []*cobra.Command {
	return []*cobra.Command{
		{Use: "exit-codes", Short: "What the exit codes mean", Long: exitCodesTopic},
		{Use: "settings", Short: "Settings from a file, variables and flags", Long: settingsTopic()},
		{Use: "formats", Short: "The JSON documents, pictures, and how errors look", Long: formatsTopic},
	}
}

const exitCodesTopic = `Every command of truce ends with one of these codes:

  0  it answered. A miss, an open answer and a warning are answers too.
  1  a check failed: "rules check" or "case check" found an error, or "rules check
     --strict" a warning; a test of "rules test" failed, less was covered or noticed there
     than was asked for, "rules claims" found a claim that nothing shows, "rules watch
     --once" did any of the first three, "rules diff --exit-code" found a difference, a
     file would change under "rules fmt --check" or "case fmt --check", or "audit check",
     "verify" or "replay" found something that is not as it was recorded.
  2  bad input: a command that does not exist, a missing file, a case or a pack with
     an error, a rule that fails on the facts, output that cannot be written.
  3  a limit was met: a file too large or nested too deeply, rules that feed one
     another without end, --timeout, Ctrl-C, a terminal that is closed, or an input
     that ends before the questions of "consult" do.

Where both a limit and another error stand, the code is 2. Nothing is printed to
standard output where the code is 2 or 3, save what is told of several cases ("assess",
"rules parameters", "rules doc"), which says which of them did not run. "truce rules
explain CODE" documents the code of a finding.`

func settingsTopic() string {
	var b strings.Builder
	b.WriteString(`Settings come from these places, each stronger than those before it:

  1. ~/.config/truce/config.yaml ($XDG_CONFIG_HOME and %AppData% are honoured)
  2. ./.truce.yaml
     or, in place of both, the file that TRUCE_CONFIG or --config names
  3. variables of the environment
  4. flags

A file has a line for each setting, such as

  width: 90
  rules: my-rules

The settings, with their variables and defaults:

`)
	for _, k := range settingList() {
		fmt.Fprintf(&b, "  %-12s %-18s %s", k.key, variable(k.key), k.meaning())
		if k.fallback != "" {
			fmt.Fprintf(&b, " (default %s)", k.fallback)
		}
		b.WriteByte('\n')
	}
	b.WriteString("\nNO_COLOR, where it is set, turns colours off unless --color always is given.")
	return b.String()
}

const formatsTopic = `With --format json, commands print one document each, whose "format" names it with a
version. Fields may be added to a version; none changes its meaning.

  truce.assessment/1  assess, one case: the answer, the sections of the report
  truce.score/1       assess, several cases: expected against actual
  truce.proof/1       why: the facts of a proof, by the hash of their content
  truce.whynot/1      whynot: goals, what blocks them, and what would do
  truce.compare/1     compare: both answers, and what differs from where on
  truce.whatif/1      whatif: the changes, and the comparison
  truce.flip/1        flip: the fewest and the nearest changes, and what is proved
  truce.robust/1      robust: how far each value may go, and the answer behind it
  truce.price/1       price: what each missing value would decide
  truce.sides/1       sides: the proof, the rivals, and facts by answers
  truce.consult/1     consult: what was asked and answered, and the assessment
  truce.rulesdiff/1   rules diff: what means something else, cases, a witness
  truce.watch/1       rules watch, a line each round: what a save changes
  truce.claims/1      rules claims: what encodes each claim, and what shows it
  truce.parameters/1  rules parameters: each choice of the pack, and what rests on it
  truce.tables/1      rules tables: overlaps and gaps of decision tables
  truce.sheets/1      rules import: the values that sheets change
  truce.packtest/1    rules test: each result, what is covered, which mutants survive
  truce.layout/1      rules fmt, case fmt: which files change, and how
  truce.record/1      audit show, audit export: one answer as it is hashed and logged
  truce.records/1     audit list: which records there are
  truce.replay/1      audit replay --with: what other rules decide differently
  truce.coverage/1    audit coverage: which rules and conditions never held, by pack
  truce.consistency/1 audit checkpoint --since: that a log continues from a checkpoint
  truce.opened/1      audit open: masked values, and what shows that it was those
  truce.inclusion/1   in a bundle of audit export: the proof that a record is in the log
  truce.findings/1    rules check, case check; and all errors

Other forms are for people: with --format mermaid, why draws a proof as a flowchart;
with --format html, assess makes a page of one case, and rules doc a book of a pack, each
in one file that loads nothing; with --format md the book is Markdown; with --format csv,
rules parameters has a row for each parameter; and with --format junit, rules test writes
what machines that build software read. Errors are then as text. --out FILE takes any of
them but the last where it should go. What "rules approve" signs is a text whose first
line is truce.approval/1.

Errors go to standard error. As text, one looks like this:

  rules.yaml:6:11: error E302: Weather has no field wnid
     6 |       - w.wnid > 3
       |           ^^^^
    help: did you mean wind?

and as JSON, it is a document truce.findings/1: for each finding its code, severity,
file, line, column (counted in characters, from 1), end, message, what was expected,
help, related places, and, where only one thing can have been meant, the fix with its
edits of the file; of what "rules check" finds in what rules do, also the verdict
(proved, witnessed or undecided) and, as witness, a case that shows it. Values in
documents are typed and exact, with units.`
