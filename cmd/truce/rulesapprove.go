package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"truce/engine"
	"truce/explain/analyse"
	"truce/explain/approval"
	"truce/explain/record"
	"truce/facts/source"
)

func (a *app) rulesApproveCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "approve [DIR] --key FILE",
		Short: "Sign that rules may be answered with",
		Long: `Sign, as an expert, that a pack may be answered with: its name, its version and the
digest of all its files. Any change of a rule makes another digest, which asks for
another approval. A pack with an error, as "rules check" finds it, is not approved.

The key is your own, and no setting: "truce audit key NAME --key FILE" makes one. The
approval goes to the file that --out names, or to standard output.

Where the setting approvers names a file with the public keys of experts, one a line,
"truce assess" and whatever else answers a case refuse rules that none of them approved.
They look for approvals in the file, or in the files of the folder, that the setting
approvals names; a file may hold several. "rules check", "test", "watch" and the others
that rules are edited with ask for no approval. A record of an answer holds the approvals,
and "truce audit check" and "verify" look at them.

A pack without its extensions is another one, and is approved with --source-only: a table
of several cases shows both.`,
		Example: `  truce audit key expert.example.org --key expert.key
  truce rules approve my-rules --key expert.key --out my-rules.approval
  truce assess --rules my-rules --approvers expert.key.pub --approvals my-rules.approval testdata/cases/2013-jpoa.yaml`,
		Args:              arguments(0, 1),
		ValidArgsFunction: completeFolders,
	}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if !cmd.Flags().Changed("key") {
			return source.Diagnostics{errUsage.At(source.Span{}, "an approval is signed with the expert's own key, which is no setting").
				Expect("%s", cmd.UseLine()).Suggest("truce audit key NAME --key FILE makes a key")}
		}
		return a.overPack(a.approve)(cmd, args)
	}
	ruleFlags(cmd)
	runFlags(cmd)
	settingFlag(cmd.Flags(), "key")
	cmd.Flags().Lookup("key").Usage = "`FILE` of the key of whoever approves"
	a.outFlags(cmd)
	return cmd
}

// approve signs an approval of a pack.
func (a *app) approve(ctx context.Context, p *pack) error {
	signer, err := a.readSigner(a.settings.Key)
	if err != nil {
		return err
	}
	result, err := analyse.Pack(ctx, p.Pack, analyse.Options{Limits: engine.Limits{Facts: a.settings.MaxFacts}, Progress: a.drawn})
	a.bar.clear()
	if err != nil {
		return err
	}
	if ds := p.places(analyse.Diagnostics(result.Findings)); ds.HasErrors() {
		return ds
	}
	given := approval.Of(record.PackOf(p.Pack), signer.Name(), a.now())
	text, err := given.Sign(signer)
	if err != nil {
		return source.Diagnostics{errOther.At(source.Span{}, "%v", err)}
	}
	if !a.toFile() {
		return a.print(func(w io.Writer) error {
			_, err := io.WriteString(w, text)
			return err
		})
	}
	if err := a.write(a.target.path, []byte(text), a.target.force); err != nil {
		return err
	}
	_, lines, _ := strings.Cut(given.Text(), "\n")
	_, err = fmt.Fprintf(a.out, "these rules may be answered with:\n%sit is in %s, and counts where %s is among the approvers\n", lines, a.target.path, signer.Name())
	return err
}
