package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"truce/engine"
	"truce/explain/analyse"
	"truce/facts/source"
)

// checkFlags are what "rules check" is asked for.
type checkFlags struct {
	witnesses string
	undecided bool
	strict    bool
}

func (a *app) rulesCheckCommand() *cobra.Command {
	var f checkFlags
	var fix fixFlags
	cmd := &cobra.Command{
		Use:   "check [DIR]",
		Short: "Find what is wrong with a pack",
		Long: `Load a pack, and list all that is wrong with it: each finding with a code, its place,
the line, what was expected, and the nearest thing that would have worked.
"truce rules explain CODE" says more about a code. The exit code is 1 where there is
an error; warnings alone leave it 0, save with --strict.

A pack that loads is then looked at for what its rules do: rules and rows that can
never fire, that say what others say already, or that contradict each other; facts that
no row of a table covers, or that have no answer; and what is declared and never read.
Such a finding is either proved, for all facts and the thresholds as they stand, or it
comes with facts that show it, which were run: --witnesses writes them as cases into a
new folder, and "truce assess" and "truce why" take them. What can be neither proved
nor shown in a bounded search is counted, and --undecided lists it.

With --fix, what can only have been meant in one way is mended in the files of the
folder, as often as there is something to mend: a line that YAML split or cut gets
quotes; = between two values becomes ==; curly quotes, signs and digits of other
keyboards and operators of other languages become those of the language; a tab or an
odd blank in the indentation becomes spaces; a dash gets its blank; a byte-order mark
goes; a key that is one letter off, with no other near it, is spelt right. A name of
the pack that is misspelt is yours to correct, however near the right one is. --diff
shows the same and writes nothing; its exit code is that of the pack as it is.`,
		Example: `  truce rules check
  truce rules check my-rules
  truce rules check --fix my-rules
  truce rules check --diff my-rules
  truce rules check --witnesses shown my-rules
  truce rules check --format json my-rules`,
		Args:              arguments(0, 1),
		ValidArgsFunction: completeFolders,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := a.atFolder(args); err != nil {
				return err
			}
			if fix.asked() {
				return a.fixPack(fix)
			}
			p, ds, err := a.loadPack(a.settings.SourceOnly)
			if err != nil {
				ds = a.findings(err)
				if exitCode(ds) == exitLimit || ofCommand(ds) {
					return err
				}
				return a.reportFindings(ds, nil)
			}
			return a.checkPack(cmd.Context(), p, ds, f)
		},
	}
	ruleFlags(cmd)
	formatFlag(cmd)
	runFlags(cmd)
	fix.addTo(cmd)
	cmd.Flags().StringVar(&f.witnesses, "witnesses", "", "write the facts that show findings into `DIR`, as cases")
	cmd.Flags().BoolVar(&f.undecided, "undecided", false, "list what could not be decided too")
	cmd.Flags().BoolVar(&f.strict, "strict", false, "let warnings count: the exit code is 1 where there is one")
	// fails only for a flag that is not declared
	_ = cmd.MarkFlagDirname("witnesses")
	return cmd
}

// checkPack looks at what the rules of a pack do, and prints that with the warnings of
// its loading.
func (a *app) checkPack(ctx context.Context, p *pack, warnings source.Diagnostics, f checkFlags) error {
	if f.witnesses != "" {
		if err := newFolder(f.witnesses, "case"); err != nil {
			return err
		}
	}
	ctx, cancel := a.limited(ctx)
	defer cancel()
	result, err := analyse.Pack(ctx, p.Pack, analyse.Options{Limits: engine.Limits{Facts: a.settings.MaxFacts}, Progress: a.drawn})
	a.bar.clear()
	if err != nil {
		return err
	}
	found := p.analysed(warnings, result.Findings)
	if err := a.writeWitnesses(f.witnesses, found); err != nil {
		return err
	}
	return a.reportCheck(p, found, p.analysed(nil, result.Undecided), f)
}

// analysed are findings with the places that the user knows, after those of loading,
// which nothing is said of beside what they are.
func (p *pack) analysed(loaded source.Diagnostics, list []analyse.Finding) []analyse.Finding {
	var found []analyse.Finding
	for _, d := range loaded {
		found = append(found, analyse.Finding{Diagnostic: d})
	}
	for _, f := range list {
		f.Diagnostic = p.places(source.Diagnostics{f.Diagnostic})[0]
		found = append(found, f)
	}
	slices.SortStableFunc(found, func(a, b analyse.Finding) int { return source.ByPlace(a.Diagnostic, b.Diagnostic) })
	return found
}

// writeWitnesses writes each case that shows a finding, once.
func (a *app) writeWitnesses(dir string, found []analyse.Finding) error {
	written := map[string]bool{}
	for _, f := range found {
		if dir == "" || f.Witness == nil || written[f.Witness.Case.ID] {
			continue
		}
		written[f.Witness.Case.ID] = true
		if err := a.write(filepath.Join(dir, f.Witness.Case.ID+".yaml"), []byte(f.Witness.Text), false); err != nil {
			return err
		}
	}
	return nil
}

// reportCheck prints what a check found, and says whether it failed.
func (a *app) reportCheck(p *pack, found, undecided []analyse.Finding, f checkFlags) error {
	shown := found
	if f.undecided {
		shown = append(slices.Clone(found), undecided...)
	}
	ds := analyse.Diagnostics(found)
	err := a.print(func(w io.Writer) error {
		if a.settings.Format == formatJSON {
			return writeJSON(w, checkDocument(shown, len(undecided)))
		}
		a.render(w, analyse.Diagnostics(shown))
		a.offerFixes(w, ds)
		summary := "no errors"
		if n := errorsIn(ds); n > 0 {
			summary = counted(n, "error")
		}
		if n := len(ds) - errorsIn(ds); n > 0 {
			summary += ", " + counted(n, "warning")
		}
		if n := len(undecided); n > 0 {
			summary += fmt.Sprintf(", %d not decided", n)
			if !f.undecided {
				summary += " (--undecided lists what)"
			}
		}
		_, err := fmt.Fprintf(w, "pack %s %s: %s, %s, %s, %s; %s\n", p.Name, p.Version, counted(len(p.Rules), "rule"),
			counted(len(p.Thresholds), "threshold"), counted(len(p.Lines()), "report line"), counted(len(p.Tests), "test"), summary)
		return err
	})
	if err == nil && (ds.HasErrors() || f.strict && len(ds) > 0) {
		err = errFailed
	}
	return err
}

func errorsIn(ds source.Diagnostics) int {
	n := 0
	for _, d := range ds {
		if d.Severity == source.Error {
			n++
		}
	}
	return n
}

// checkDocument is the JSON form of findings with what they rest on.
func checkDocument(shown []analyse.Finding, undecided int) findingsDocument {
	var settled source.Diagnostics
	for _, f := range shown {
		if f.Verdict != analyse.Undecided {
			settled = append(settled, f.Diagnostic)
		}
	}
	counts := documentOf(settled)
	doc := documentOf(analyse.Diagnostics(shown))
	doc.Errors, doc.Warnings, doc.Undecided = counts.Errors, counts.Warnings, undecided
	for i, f := range shown {
		doc.Findings[i].Verdict = string(f.Verdict)
		if f.Witness != nil {
			doc.Findings[i].Witness = f.Witness.Text
		}
	}
	return doc
}
