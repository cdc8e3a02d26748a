package main

import (
	"context"
	"os"
	"os/user"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/mod/sumdb/note"

	"truce/engine/trace"
	"truce/explain/audit"
	"truce/explain/audit/store"
	"truce/explain/record"
	"truce/facts/source"
)

// errKeyFile is a key that cannot be used.
var errKeyFile = source.Code{ID: "C020", Title: "no key to sign with",
	Doc:     "What is recorded is signed, so that nobody can rewrite it without the key. The file that --key names, or the setting, is the one that \"truce audit init\" wrote. Only its owner may be able to read it.",
	Example: "truce assess --record audit.db case.yaml   # and no --key"}

// recordFlags are those of commands that can keep what they answer.
func recordFlags(cmd *cobra.Command) {
	settingFlag(cmd.Flags(), "record")
	settingFlag(cmd.Flags(), "key")
	settingFlag(cmd.Flags(), "by")
	settingFlag(cmd.Flags(), "mask")
	settingFlag(cmd.Flags(), "mask-secret")
}

// recorder keeps answers. A nil one keeps none.
type recorder struct {
	app    *app
	store  audit.Store
	writer *audit.Writer
	masks  *masks
	by     string
	now    func() time.Time
}

// recorder opens the store of the settings; it is nil where they name none.
func (a *app) recorder(ctx context.Context) (*recorder, error) {
	if a.settings.Record == "" {
		return nil, nil
	}
	if err := a.targetReady(); err != nil {
		return nil, err
	}
	signer, err := a.signer()
	if err != nil {
		return nil, err
	}
	masks, err := a.masks()
	if err != nil {
		return nil, err
	}
	s, err := store.Open(ctx, a.settings.Record, store.Options{})
	if err != nil {
		return nil, err
	}
	return &recorder{app: a, store: s, writer: audit.NewWriter(ctx, s, signer), masks: masks, by: a.who(), now: a.now}, nil
}

// who asks: as the settings say, else the user of the system.
func (a *app) who() string {
	if a.settings.By != "" {
		return a.settings.By
	}
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return "unknown"
}

// signer reads the key of the settings.
func (a *app) signer() (note.Signer, error) {
	path := a.settings.Key
	if path == "" {
		return nil, noKey(path, "there is a store to record in, and no key")
	}
	return a.readSigner(path)
}

// noKey says that a file holds no key to sign with.
func noKey(path, message string) error {
	return source.Diagnostics{errKeyFile.At(source.Span{File: path}, "%s", message).
		Suggest("give the file that truce audit init or truce audit key wrote, with --key or as a setting")}
}

// readSigner reads a secret key. Its text never gets into a message.
func (a *app) readSigner(path string) (note.Signer, error) {
	text, err := a.ownFile(path, errKeyFile, "key")
	if err != nil {
		return nil, err
	}
	signer, err := note.NewSigner(text)
	if err != nil {
		return nil, noKey(path, "it holds no key")
	}
	return signer, nil
}

// ownFile reads a file that nobody but its owner may read. Its text never gets into a
// message.
func (a *app) ownFile(path string, code source.Code, what string) (string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", a.noFile(path, err)
	}
	if info.Mode().Perm()&0o077 != 0 && os.PathSeparator == '/' {
		return "", source.Diagnostics{code.At(source.Span{File: path}, "others than its owner may read the %s", what).Suggest("chmod 600 %s", path)}
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return "", source.Diagnostics{errUnreadable.At(source.Span{File: path}, "%v", plain(err))}
	}
	return strings.TrimSpace(string(text)), nil
}

// add keeps a finished run of a pack, beside what goes on.
func (r *recorder) add(p *pack, t *trace.Trace) {
	if r == nil {
		return
	}
	asked := record.Asked{Engine: build(), At: r.now(), By: r.by, Approvals: p.approvals}
	// Where the writer has failed, flush says why.
	r.writer.Add(func() (audit.Entry, error) {
		kept, err := record.Of(t, asked)
		if err != nil {
			return audit.Entry{}, source.Diagnostics{errOther.At(source.Span{}, "%v", err)}
		}
		if kept, err = r.masks.apply(kept, t.Pack); err != nil {
			return audit.Entry{}, err
		}
		return audit.Entry{Record: kept, Files: t.Pack.Files}, nil
	})
}

// flush waits until all that was added is on the disk. It comes before anything is
// printed.
func (r *recorder) flush() error {
	if r == nil {
		return nil
	}
	receipts, err := r.writer.Close()
	r.writer = nil
	for _, kept := range receipts {
		r.app.log.Info("recorded", "store", r.app.settings.Record, "number", kept.Number, "hash", kept.Hash)
	}
	if err != nil && len(receipts) > 0 {
		r.app.log.Warn("of the answers the first are recorded, and not all", "recorded", len(receipts))
	}
	return err
}

// close lets go of the store, also where a command has failed before it flushed: what
// was added is then recorded if it can be, for it was answered.
func (r *recorder) close() {
	if r == nil {
		return
	}
	if r.writer != nil {
		if err := r.flush(); err != nil {
			r.app.log.Warn("not recorded", "error", err)
		}
	}
	r.app.closeStore(r.store)
}
