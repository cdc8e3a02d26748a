package main

import (
	"context"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"truce/facts/source"
)

func (a *app) rulesCommand() *cobra.Command {
	cmd := a.group(&cobra.Command{
		Use:   "rules",
		Short: "Check, read, test, compare, document and lay out the rules",
		Long: `Work on rule packs: folders of YAML files. Without a folder, these commands look at
the shipped pack.`,
		Example: `  truce rules init my-rules
  truce rules new my-pack
  truce rules check my-rules
  truce rules read posture/truce`,
	})
	cmd.AddCommand(a.rulesCheckCommand(), a.rulesReadCommand(), a.rulesClaimsCommand(),
		a.rulesParametersCommand(), a.rulesDocCommand(), a.rulesTablesCommand(), a.rulesExportCommand(), a.rulesImportCommand(),
		a.rulesTestCommand(), a.rulesDiffCommand(), a.rulesWatchCommand(), a.rulesApproveCommand(), a.rulesInitCommand(), a.rulesNewCommand(),
		a.rulesExplainCommand(), a.rulesFmtCommand(), a.rulesSchemaCommand())
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

// overPack makes the run of a command on one pack, whose folder may be its argument.
func (a *app) overPack(do func(context.Context, *pack) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
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
		return do(ctx, p)
	}
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
		a.offerFixes(w, ds)
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
