package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"truce/explain/mask"
	"truce/explain/record"
	"truce/explain/replay"
	"truce/facts"
	"truce/facts/source"
	"truce/rules"
)

// errSecretFile is a secret that cannot be used.
var errSecretFile = source.Code{ID: "C021", Title: "no secret to mask with",
	Doc:     "Digests of masked values are salted, so that nobody can find the value by trying. The file that --mask-secret names, or the setting, is one that \"truce audit secret\" wrote. Only its owner may be able to read it. Whoever has it can show what was masked; without it nobody can.",
	Example: "truce assess --record audit.db --key audit.key --mask mask.yaml case.yaml   # and no --mask-secret"}

// masks apply a policy to records. A nil one masks nothing. It is not safe for concurrent
// use.
type masks struct {
	name   string
	text   []byte
	secret mask.Secret
	of     map[*rules.Pack]*mask.Policy
}

// masks are those of the settings; nil where they name no policy.
func (a *app) masks() (*masks, error) {
	if a.settings.Mask == "" {
		return nil, nil
	}
	text, err := a.read(a.settings.Mask)
	if err != nil {
		return nil, err
	}
	secret, err := a.secret()
	if err != nil {
		return nil, err
	}
	return &masks{name: a.settings.Mask, text: text, secret: secret, of: map[*rules.Pack]*mask.Policy{}}, nil
}

// secret reads the secret of the settings. Its text never gets into a message.
func (a *app) secret() (mask.Secret, error) {
	path := a.settings.MaskSecret
	fail := func(format string, args ...any) error {
		return source.Diagnostics{errSecretFile.At(source.Span{File: path}, format, args...).
			Suggest("truce audit secret FILE makes one; give it with --mask-secret or as a setting")}
	}
	if path == "" {
		return nil, fail("there are values to mask, and no secret")
	}
	text, err := a.ownFile(path, errSecretFile, "secret")
	if err != nil {
		return nil, err
	}
	secret, ok := mask.ReadSecret(text)
	if !ok {
		return nil, fail("it holds no secret")
	}
	return secret, nil
}

// apply masks a record, or says why it cannot be.
func (m *masks) apply(r *record.Record, p *rules.Pack) (*record.Record, error) {
	if m == nil {
		return r, nil
	}
	policy := m.of[p]
	if policy == nil {
		var ds source.Diagnostics
		if policy, ds = mask.ReadPolicy(m.name, m.text, p); ds.HasErrors() {
			return nil, ds
		}
		m.of[p] = policy
	}
	return mask.Apply(r, p, policy, m.secret)
}

func (a *app) auditSecretCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "secret FILE",
		Short: "Make a secret to mask values with",
		Long: `Make a secret and write it to a file, for its owner alone. A policy of masks names fields,
Type.field, of which records shall have a digest alone; digests are salted from the
secret:

  mask:
    - Economy.inflation
  asked:                # masked too, though a rule asks for the value itself, so that
    - Leader.form       # a truth in the record can show it

Keep the secret from whoever can read the store. With it and the case, "audit open" shows
later what was masked; if it is lost, nobody can.`,
		Example: `  truce audit secret mask.secret
  truce assess --record audit.db --key audit.key --mask mask.yaml --mask-secret mask.secret case.yaml`,
		Args: arguments(1, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			secret := make([]byte, mask.SecretSize)
			if _, err := rand.Read(secret); err != nil {
				return err
			}
			if err := a.writeAs(args[0], []byte(hex.EncodeToString(secret)+"\n"), false, 0o600); err != nil {
				return err
			}
			return a.print(func(w io.Writer) error {
				_, err := fmt.Fprintf(w, "%s salts the digests of masked values, and opens them\n", args[0])
				return err
			})
		},
	}
}

// openedDocument is the JSON form of opened masks.
type openedDocument struct {
	Format string        `json:"format"`
	Case   string        `json:"case"`
	Values []mask.Opened `json:"values"`
	Again  bool          `json:"again"` // run over the case, the rules give the record, byte by byte
}

func (a *app) auditOpenCommand() *cobra.Command {
	var file string
	cmd := &cobra.Command{
		Use:   "open RECORD --case FILE --mask-secret FILE",
		Short: "Show what a masked record was made of",
		Long: `Hold a masked record to the case in clear: whether the digests are those of its values,
and whether the rules, run over it, give the record byte by byte, once it is masked.

With --format json each value comes with its salt, so that it can be shown to somebody who
has the record and shall see no other value: the digest is the SHA-256 of the salt and the
canonical JSON of what the case says.

The record is a number of the store, or a file. The exit code is 1 where the case is not
the one that was recorded.`,
		Example: `  truce audit open 12 --record audit.db --case case.yaml --mask-secret mask.secret`,
		Args:    arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if file == "" {
				return source.Diagnostics{errUsage.At(source.Span{}, "masked values are held to a case in clear, and none is given").Expect("%s", cmd.UseLine())}
			}
			secret, err := a.secret()
			if err != nil {
				return err
			}
			r, p, err := a.theRecord(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			if r.Masked == nil {
				return source.Diagnostics{errUsage.At(source.Span{File: args[0]}, "the record masks nothing").Suggest("truce audit replay runs it again")}
			}
			c, err := a.readCase(file, p)
			if err != nil {
				return err
			}
			return a.open(cmd.Context(), r, p.Pack, c, secret)
		},
	}
	settingFlag(cmd.Flags(), "record")
	settingFlag(cmd.Flags(), "rules")
	settingFlag(cmd.Flags(), "mask-secret")
	settingFlag(cmd.Flags(), "max-facts")
	formatFlag(cmd)
	cmd.Flags().StringVar(&file, "case", "", "the `FILE` of the case in clear")
	_ = cmd.RegisterFlagCompletionFunc("case", completeCases) // fails only for flags that are not declared
	return cmd
}

func (a *app) open(ctx context.Context, r *record.Record, p *rules.Pack, c *facts.Case, secret mask.Secret) error {
	list, policy, err := mask.Open(r, p, c, secret)
	if err != nil {
		return err
	}
	var found source.Diagnostics
	for _, o := range list {
		if !o.Same {
			found = append(found, mask.ErrOpened.At(c.Span, "%s.%s is not what was masked", o.Fact, o.Field))
		}
	}
	if len(found) == 0 {
		found, err = replay.Opened(ctx, r, p, c, func(again *record.Record) (*record.Record, error) {
			return mask.Apply(again, p, policy, secret)
		}, a.replayer())
		if err != nil {
			return err
		}
	}
	if a.settings.Format != formatJSON {
		return a.reportFindings(found, func(w io.Writer) {
			for _, o := range list {
				text, _ := record.Canonical(o.Says) // it was digested so
				fmt.Fprintf(w, "%s.%s was %s\n", o.Fact, o.Field, text)
			}
			fmt.Fprintf(w, "%s opened; the rules give the record again from this case, byte by byte\n", counted(len(list), "masked value"))
		})
	}
	err = a.print(func(w io.Writer) error {
		return writeJSON(w, openedDocument{"truce.opened/1", c.ID, list, !found.HasErrors()})
	})
	if err == nil && found.HasErrors() {
		err = errFailed
	}
	return err
}
