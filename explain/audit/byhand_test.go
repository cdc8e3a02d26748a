package audit_test

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// What the guide in a bundle tells somebody without truce to do, step by step, with
// nothing but hashes and a signature.
func TestABundleByHand(t *testing.T) {
	b := bundled(t)
	climb := func(text []byte) string {
		hash := func(first byte, parts ...[]byte) []byte {
			h := sha256.New()
			h.Write([]byte{first})
			for _, p := range parts {
				h.Write(p)
			}
			return h.Sum(nil)
		}
		checkpoint := strings.Split(b.Checkpoint, "\n")
		size, err := strconv.Atoi(checkpoint[1])
		require.NoError(t, err)
		node, n, m := hash(0, text), int(b.Number), size-1
		for _, h := range b.Inclusion {
			if n%2 == 1 || n == m {
				node = hash(1, h[:], node)
				for n%2 == 0 && n != 0 {
					n, m = n/2, m/2
				}
			} else {
				node = hash(1, node, h[:])
			}
			n, m = n/2, m/2
		}
		return base64.StdEncoding.EncodeToString(node)
	}
	lines := strings.Split(b.Checkpoint, "\n")
	require.Equal(t, lines[2], climb(b.Record))
	require.NotEqual(t, lines[2], climb(append([]byte("x"), b.Record...)))

	key, err := base64.StdEncoding.DecodeString(strings.SplitN(b.Key, "+", 3)[2])
	require.NoError(t, err)
	require.Equal(t, byte(1), key[0])
	require.Len(t, key, 33)
	last := lines[len(lines)-2]
	signed, err := base64.StdEncoding.DecodeString(last[strings.LastIndex(last, " ")+1:])
	require.NoError(t, err)
	text := strings.Join(lines[:3], "\n") + "\n"
	require.True(t, ed25519.Verify(key[1:], []byte(text), signed[4:]))
	require.False(t, ed25519.Verify(key[1:], []byte(text+"\n"), signed[4:]))

	var r struct {
		Case       json.RawMessage `json:"case"`
		CaseDigest string          `json:"case_digest"`
		Pack       struct {
			Digest string `json:"digest"`
			Files  []struct{ Name, SHA256 string }
		} `json:"pack"`
	}
	require.NoError(t, json.Unmarshal(b.Record, &r))
	require.Equal(t, fmt.Sprintf("%x", sha256.Sum256(r.Case)), r.CaseDigest)
	require.Len(t, r.Pack.Files, len(b.Files))
	var listed strings.Builder
	for i, f := range b.Files {
		require.Equal(t, fmt.Sprintf("%x", sha256.Sum256([]byte(f.Text))), r.Pack.Files[i].SHA256)
		fmt.Fprintf(&listed, "%s  %s\n", r.Pack.Files[i].SHA256, f.Name)
	}
	require.Equal(t, fmt.Sprintf("%x", sha256.Sum256([]byte(listed.String()))), r.Pack.Digest)
}
