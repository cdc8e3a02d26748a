// Package audittest makes keys for tests of what is signed: the same in every run.
package audittest

import (
	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"
)

// Key is a pair of keys for a test. None of them keeps anything secret.
type Key struct {
	Signer   note.Signer
	Verifier note.Verifier
	Public   string // the verifier as a text
}

// NewKey makes the key of a name; each seed makes another.
func NewKey(t require.TestingT, name string, seed byte) Key {
	r := counting(seed)
	secret, public, err := note.GenerateKey(&r, name)
	require.NoError(t, err)
	k := Key{Public: public}
	k.Signer, err = note.NewSigner(secret)
	require.NoError(t, err)
	k.Verifier, err = note.NewVerifier(public)
	require.NoError(t, err)
	return k
}

// counting is randomness that is none.
type counting byte

func (r *counting) Read(p []byte) (int, error) {
	for i := range p {
		*r++
		p[i] = byte(*r)
	}
	return len(p), nil
}
