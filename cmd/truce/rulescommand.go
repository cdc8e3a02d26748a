package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"truce/explain/packtest"
	"truce/facts/source"
)

func (a *app) rulesCommand() *cobra.Command {
	cmd := a.group(&cobra.Command{
		Use:   "rules",
		Short: "Check, read, test and copy the rules",
		Long: `Work on rule packs: folders of YAML files. Without a folder, these commands look at
the shipped pack.`,
		Example: `  truce rules init my-rules
  truce rules check my-rules
  truce rules read posture/truce`,
	})
	cmd.AddCommand(a.rulesCheckCommand(), a.rulesReadCommand(), a.rulesClaimsCommand(),
		a.rulesTestCommand(), a.rulesInitCommand(), a.rulesExplainCommand())
	return cmd
}

// atFolder reads the one optional argument of a command on a pack, its folder, which
// --rules may give too.
func (a *app) atFolder(args []string) error {
	if len(args) == 0 {
		return nil
	}
	if a.settings.Rules != "" && a.settings.Rules != args[0] {
		a.log.Debug("the argument is stronger than the setting", "argument", args[0], "rules", a.settings.Rules)
	}
	a.settings.Rules = args[0]
	return nil
}

// ofCommand reports whether what was to be checked could not be read at all.
func ofCommand(ds source.Diagnostics) bool {
	return len(ds) == 1 && strings.HasPrefix(ds[0].Code, "C")
}

// reportFindings prints what a check found, and says whether the check failed.
// Where nothing is wrong, fine writes the good news.
func (a *app) reportFindings(ds source.Diagnostics, fine func(io.Writer)) error {
	err := a.print(func(w io.Writer) error {
		if a.settings.Format == formatJSON {
			return writeJSON(w, documentOf(ds))
		}
		a.render(w, ds)
		if !ds.HasErrors() {
			fine(w)
		}
		return nil
	})
	if err == nil && ds.HasErrors() {
		err = errFailed
	}
	return err
}

func (a *app) rulesTestCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "test [DIR]",
		Short: "Run a pack's own tests",
		Long: `Run the tests that a pack holds, and list what each expected and did not find. The
exit code is 1 where a test fails.`,
		Example: `  truce rules test
  truce rules test my-rules`,
		Args:              arguments(0, 1),
		ValidArgsFunction: completeFolders,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := a.atFolder(args); err != nil {
				return err
			}
			ctx, cancel := a.limited(cmd.Context())
			defer cancel()
			p, warnings, err := a.loadPack(a.settings.SourceOnly)
			if err != nil {
				return err
			}
			a.warn(warnings)
			results, err := packtest.All(ctx, p.Pack, p.Tests, a.runOf(p))
			if err != nil {
				return err
			}
			var found source.Diagnostics
			failed := 0
			for _, r := range results {
				if !r.Passed() {
					failed++
				}
				found = append(found, p.places(r.Failures)...)
			}
			return a.reportTests(found, len(results), failed)
		},
	}
	ruleFlags(cmd)
	formatFlag(cmd)
	runFlags(cmd)
	return cmd
}

func (a *app) reportTests(found source.Diagnostics, tests, failed int) error {
	err := a.print(func(w io.Writer) error {
		if a.settings.Format == formatJSON {
			return writeJSON(w, struct {
				Tests  int `json:"tests"`
				Failed int `json:"failed"`
				findingsDocument
			}{tests, failed, documentOf(found)})
		}
		a.render(w, found)
		_, err := fmt.Fprintf(w, "%s, %d passed, %d failed\n", counted(tests, "test"), tests-failed, failed)
		return err
	})
	if err == nil && failed > 0 {
		err = errFailed
	}
	return err
}
