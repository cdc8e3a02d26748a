package main

import (
	"errors"
	"fmt"
	"io"

	"golang.org/x/mod/sumdb/note"

	"truce/explain/audit"
	"truce/explain/record"
	"truce/facts/source"
)

// kept reads the checkpoints that were kept elsewhere. Each has to be signed.
func (a *app) kept(f verifyFlags, key note.Verifier) ([]string, error) {
	var list []string
	for _, path := range f.kept {
		text, err := a.read(path)
		if err != nil {
			return nil, err
		}
		if _, err := audit.OpenCheckpoint(string(text), key); err != nil {
			return nil, ofFile(path, err)
		}
		list = append(list, string(text))
	}
	return list, nil
}

// ofFile says of which file findings are that name none.
func ofFile(path string, err error) error {
	var ds source.Diagnostics
	if errors.As(err, &ds) {
		for i := range ds {
			ds[i].Span.File = path
		}
	}
	return err
}

// among looks whether a checkpoint of a file is one that was kept. One of another size can
// only be held to it by a proof.
func among(c audit.Checkpoint, kept []string, key note.Verifier, which string) (ds source.Diagnostics) {
	for _, text := range kept {
		k, err := audit.OpenCheckpoint(text, key)
		switch {
		case err != nil || k == c:
		case k.Size == c.Size:
			ds = append(ds, audit.ErrFork.At(source.Span{}, "the checkpoint that was kept has %d records with the root %s, and %s has another root, %s", k.Size, k.Root, which, c.Root))
		default:
			ds = append(ds, audit.ErrProof.At(source.Span{}, "the checkpoint that was kept has %d records, and %s has %d: nothing here shows that one grew out of the other", k.Size, which, c.Size).
				Suggest("ask for what truce audit checkpoint --since prints, from the one of fewer records"))
		}
	}
	return ds
}

func (a *app) verifyBundle(name string, text []byte, f verifyFlags) error {
	key, err := a.verifier(f.public)
	if err != nil {
		return err
	}
	who, err := a.approvers()
	if err != nil {
		return err
	}
	kept, err := a.kept(f, key)
	if err != nil {
		return err
	}
	b, err := audit.ReadBundle(name, text)
	var ds source.Diagnostics
	if err != nil && !errors.As(err, &ds) {
		return err
	}
	var c audit.Checkpoint
	if err == nil {
		c, ds = b.Verify(key)
		if h, err := record.ReadHead(b.Record); err == nil { // where it has none, Verify has said so
			ds = append(ds, approved(&h, who)...)
		}
		ds = append(ds, among(c, kept, key, "the bundle's")...)
	}
	return a.reportFindings(ds, func(w io.Writer) {
		fmt.Fprintf(w, "record %d is in the log of %s as signed by %s, and follows from its case and its rules\n",
			b.Number, counted(int(c.Size), "record"), key.Name())
		notEvaluated(w, ds)
	})
}

func (a *app) verifyGrowth(name string, text []byte, f verifyFlags) error {
	key, err := a.verifier(f.public)
	if err != nil {
		return err
	}
	own, err := a.kept(f, key)
	if err != nil {
		return err
	}
	var kept, now audit.Checkpoint
	g, err := audit.ReadGrowth(name, text)
	ds := a.findings(err)
	if err == nil {
		kept, now, ds = g.Verify(key)
		ds = append(ds, among(kept, own, key, "the one that it begins with")...)
	}
	return a.reportFindings(ds, func(w io.Writer) {
		fmt.Fprintf(w, "the log of %s as signed by %s continues from the one of %s\n", counted(int(now.Size), "record"), key.Name(), counted(int(kept.Size), "record"))
	})
}
