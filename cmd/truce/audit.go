package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/mod/sumdb/note"

	"truce/explain/audit"
	"truce/explain/audit/store"
	"truce/facts/source"
)

const auditLong = `Keep assessments so that somebody who trusts nobody can check them years later: what was
asked, of which facts, by which rules, that the reasoning is valid, that the record is
in the log, and that the log was never rewritten.

"audit init" makes a store, one file, and the key that signs its log. With the settings
record and key, "truce assess" keeps every answer. The public key, and a checkpoint now
and then, belong to whoever is to verify: with them nobody can change what was decided,
take it out, or keep two logs. "truce rules approve" lets records say who approved the
rules that answered. With the settings mask and mask-secret, records have digests alone
of the fields that a policy names: "truce audit secret --help".`

func (a *app) auditCommand() *cobra.Command {
	cmd := a.group(&cobra.Command{
		Use:   "audit",
		Short: "Keep answers, and check them years later",
		Long:  auditLong,
		Example: `  truce audit init audit.db --name example.org/truce --key audit.key
  truce assess --record audit.db --key audit.key testdata/cases/2013-jpoa.yaml
  truce audit list audit.db
  truce audit verify audit.db --public audit.key.pub
  truce audit replay audit.db --with my-rules
  truce audit coverage audit.db --from 2026-01-01`,
	})
	cmd.AddCommand(a.auditInitCommand(), a.auditKeyCommand(), a.auditListCommand(), a.auditShowCommand(), a.auditCheckpointCommand(),
		a.auditCheckCommand(), a.auditSecretCommand(), a.auditOpenCommand(), a.auditVerifyCommand(), a.auditReplayCommand(), a.auditCoverageCommand(), a.auditDiffCommand(), a.auditExportCommand())
	return cmd
}

// storeOf opens the store that an argument names, or else the setting.
func (a *app) storeOf(ctx context.Context, args []string) (audit.Store, error) {
	path := a.settings.Record
	if len(args) > 0 {
		path = args[0]
	}
	if path == "" {
		return nil, source.Diagnostics{errUsage.At(source.Span{}, "no store is named").Expect("the file of a store").
			Suggest("name it, or set record in .truce.yaml; truce audit init makes one")}
	}
	return store.Open(ctx, path, store.Options{ReadOnly: true})
}

// closeStore lets go of a store. What was to be read of it has been.
func (a *app) closeStore(s audit.Store) {
	if err := s.Close(); err != nil {
		a.log.Warn("store does not close", "error", err)
	}
}

// overStore makes a command on a store, which is its one argument or a setting.
func (a *app) overStore(cmd *cobra.Command, do func(context.Context, audit.Store) error) *cobra.Command {
	cmd.Args = arguments(0, 1)
	cmd.ValidArgsFunction = completeStores
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		s, err := a.storeOf(cmd.Context(), args)
		if err != nil {
			return err
		}
		defer a.closeStore(s)
		return do(cmd.Context(), s)
	}
	settingFlag(cmd.Flags(), "record")
	return cmd
}

// completeStores offers files that end as stores do.
func completeStores(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return []string{"db", "zip"}, cobra.ShellCompDirectiveFilterFileExt
}

func (a *app) auditInitCommand() *cobra.Command {
	var name string
	cmd := &cobra.Command{
		Use:   "init STORE --name NAME --key FILE",
		Short: "Make a store, and the key that signs its log",
		Long: `Make a store for records, which is one file, and a new pair of keys. The secret key is
written to the file that --key names, for its owner alone; the public key beside it,
with .pub behind its name. Hand the public key to whoever is to verify. Keep the secret
key from whoever can write the store, if you can.

The name is the log's for ever, so take one that nobody else will take: it often begins
with a domain.`,
		Example:           `  truce audit init audit.db --name example.org/truce --key audit.key`,
		Args:              arguments(1, 1),
		ValidArgsFunction: completeStores,
		RunE: func(cmd *cobra.Command, args []string) error {
			if name == "" || a.settings.Key == "" {
				return source.Diagnostics{errUsage.At(source.Span{}, "a store needs the name of its log, and a file for its key").Expect("%s", cmd.UseLine())}
			}
			return a.initStore(cmd.Context(), args[0], name)
		},
	}
	settingFlag(cmd.Flags(), "key")
	cmd.Flags().StringVar(&name, "name", "", "`NAME` of the log")
	return cmd
}

func (a *app) initStore(ctx context.Context, path, name string) error {
	k, err := newKeyPair(name, a.settings.Key)
	if err != nil {
		return err
	}
	// A store without its key is of no use, and a key without its store does no harm.
	if err := a.writeKeys(k); err != nil {
		return err
	}
	s, err := store.Create(ctx, path, k.signer, k.public)
	if err != nil {
		return errors.Join(err, os.Remove(k.file), os.Remove(k.file+".pub"))
	}
	if err := s.Close(); err != nil {
		return err
	}
	return a.print(func(w io.Writer) error {
		_, err := fmt.Fprintf(w, "%s keeps records of the log %s\n%s signs it, and belongs to whoever records\n%s.pub verifies it, and belongs to whoever checks:\n%s\n",
			path, name, k.file, k.file, k.public)
		return err
	})
}

// verifier reads a public key from a file.
func (a *app) verifier(path string) (note.Verifier, error) {
	if path == "" {
		return nil, source.Diagnostics{errUsage.At(source.Span{}, "no public key is given, and the one that comes with what is to be verified proves nothing").
			Expect("--public FILE").Suggest("take the .pub file that truce audit init wrote, from somebody you trust")}
	}
	text, err := a.read(path)
	if err != nil {
		return nil, err
	}
	key, err := note.NewVerifier(strings.TrimSpace(string(text)))
	if err != nil {
		return nil, source.Diagnostics{errKeyFile.At(source.Span{File: path}, "it holds no public key").Expect("NAME+HASH+KEY, as in the .pub file that truce audit init wrote")}
	}
	return key, nil
}
