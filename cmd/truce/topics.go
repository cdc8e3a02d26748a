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
     --strict" a warning; a test of "rules test" failed, or "rules claims" found a
     claim that nothing shows.
  2  bad input: a command that does not exist, a missing file, a case or a pack with
     an error, a rule that fails on the facts, output that cannot be written.
  3  a limit was met: a file too large or nested too deeply, rules that feed one
     another without end, --timeout, Ctrl-C, a terminal that is closed, or an input
     that ends before the questions of "consult" do.

Where both a limit and another error stand, the code is 2. Nothing is printed to
standard output where the code is 2 or 3, save the table of several cases, which says
which of them did not run. "truce rules explain CODE" documents the code of a finding.`

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
		fmt.Fprintf(&b, "  %-12s %-18s %s", k.key, variable(k.key), strings.ReplaceAll(k.doc, "`", ""))
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
  truce.claims/1      rules claims: what encodes each claim, and what shows it
  truce.findings/1    rules check, case check, rules test; and all errors

Two forms are pictures of the same: with --format mermaid, why draws a proof as a
flowchart, and with --format html, assess makes a page of one case, in one file that
loads nothing. Errors are then as text. --out FILE takes either where it should go.

Errors go to standard error. As text, one looks like this:

  rules.yaml:6:11: error E302: Weather has no field wnid
     6 |       - w.wnid > 3
       |           ^^^^
    help: did you mean wind?

and as JSON, it is a document truce.findings/1: for each finding its code, severity,
file, line, column (counted in characters, from 1), end, message, what was expected,
help, and related places; of what "rules check" finds in what rules do, also the verdict
(proved, witnessed or undecided) and, as witness, a case that shows it. Values in documents are typed and exact, with units.`
