package main

import (
	"crypto/rand"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"
	"golang.org/x/mod/sumdb/note"

	"truce/facts/source"
)

func (a *app) auditKeyCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "key NAME --key FILE",
		Short: "Make a key, such as an expert approves rules with",
		Long: `Make a pair of keys under a name. The secret key is written to the file that --key names,
for its owner alone; the public key beside it, with .pub behind its name. What is signed
with the one is verified with the other, so hand the public key to whoever is to verify,
and the secret one to nobody.

An expert approves rules with a key of their own ("truce rules approve"). The key of a
store's log is made by "truce audit init".`,
		Example: `  truce audit key expert.example.org --key expert.key
  cat expert.key.pub >> approvers.txt`,
		Args: arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if !cmd.Flags().Changed("key") {
				return source.Diagnostics{errUsage.At(source.Span{}, "a key needs a file").Expect("%s", cmd.UseLine())}
			}
			k, err := newKeyPair(args[0], a.settings.Key)
			if err != nil {
				return err
			}
			if err := a.writeKeys(k); err != nil {
				return err
			}
			return a.print(func(w io.Writer) error {
				_, err := fmt.Fprintf(w, "%s signs as %s, and belongs to nobody else\n%s.pub verifies it, and belongs to whoever checks:\n%s\n",
					k.file, args[0], k.file, k.public)
				return err
			})
		},
	}
	settingFlag(cmd.Flags(), "key")
	cmd.Flags().Lookup("key").Usage = "`FILE` for the secret key"
	return cmd
}

// keyPair is a new pair of keys, and the file that the secret one goes to.
type keyPair struct {
	file           string
	secret, public string
	signer         note.Signer
}

// newKeyPair makes keys under a name, for a file that is not there yet.
func newKeyPair(name, file string) (*keyPair, error) {
	k := &keyPair{file: file}
	var err error
	if k.secret, k.public, err = note.GenerateKey(rand.Reader, name); err != nil {
		return nil, err
	}
	if k.signer, err = note.NewSigner(k.secret); err != nil {
		return nil, source.Diagnostics{errUsage.At(source.Span{}, "%q cannot be the name of a key", name).Expect("a name without spaces and plus signs")}
	}
	for _, f := range []string{file, file + ".pub"} {
		if _, err := os.Lstat(f); err == nil {
			return nil, exists(f)
		}
	}
	return k, nil
}

// writeKeys writes both keys.
func (a *app) writeKeys(k *keyPair) error {
	if err := a.writeAs(k.file, []byte(k.secret+"\n"), false, 0o600); err != nil {
		return err
	}
	return a.write(k.file+".pub", []byte(k.public+"\n"), false)
}
