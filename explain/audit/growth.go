package audit

import (
	"context"
	"fmt"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"truce/explain/record"
	"truce/facts/source"
)

// GrowthFormat names the document of a proof of consistency.
const GrowthFormat = "truce.consistency/1"

// Growth shows, to whoever kept a checkpoint and has no store, that the log of a later
// one continues from it.
type Growth struct {
	Format      string         `json:"format"`
	Kept        string         `json:"kept"`        // a signed checkpoint
	Now         string         `json:"now"`         // a later one
	Consistency tlog.TreeProof `json:"consistency"` // of RFC 6962; none from an empty log
}

// GrowthSince shows how the log of a store grew out of a checkpoint that somebody kept.
func GrowthSince(ctx context.Context, s Store, kept string) (*Growth, error) {
	key, err := note.NewVerifier(s.Key())
	if err != nil {
		return nil, err
	}
	c, err := OpenCheckpoint(kept, key)
	if err != nil {
		return nil, err
	}
	proof, now, err := s.Consistency(ctx, c.Size)
	if err != nil {
		return nil, err
	}
	return &Growth{GrowthFormat, kept, now, proof}, nil
}

// ReadGrowth reads the canonical bytes of a proof.
func ReadGrowth(name string, text []byte) (*Growth, error) {
	g := &Growth{}
	err := record.ReadCanonical(text, g)
	if err == nil && g.Format != GrowthFormat {
		err = fmt.Errorf("its format is %q, and not %q", g.Format, GrowthFormat)
	}
	if err != nil {
		return nil, source.Diagnostics{ErrProof.At(source.Span{File: name}, "it is no proof: %v", err)}
	}
	return g, nil
}

// Bytes are the proof as a document in canonical form.
func (g *Growth) Bytes() ([]byte, error) { return record.Canonical(g) }

// Verify checks the proof with the public key of the log, from somewhere else than the
// proof.
func (g *Growth) Verify(key note.Verifier) (kept, now Checkpoint, ds source.Diagnostics) {
	kept, err := OpenCheckpoint(g.Kept, key)
	if err == nil {
		now, err = OpenCheckpoint(g.Now, key)
	}
	if err != nil {
		return kept, now, findings(err)
	}
	if kept.Size == 0 || kept == now { // all logs grow out of an empty one
		return kept, now, nil
	}
	if err := tlog.CheckTree(g.Consistency, now.Size, now.Root, kept.Size, kept.Root); err != nil {
		return kept, now, source.Diagnostics{ErrFork.At(source.Span{}, "the log of %d records is not shown to continue from the one of %d: %v", now.Size, kept.Size, err)}
	}
	return kept, now, nil
}
