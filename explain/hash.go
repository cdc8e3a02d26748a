package explain

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"strconv"

	"truce/engine/trace"
	"truce/facts"
)

// hashes names facts by content. A fact's hash covers its type, its status, its
// values and, of a concluded fact, the rule, which of its conclusions it is and
// the hashes of what the least justification used; of a stated one, its name and
// where each value comes from. Every part is written with its length, so that no
// two lists of parts read alike.
type hashes struct {
	t     *trace.Trace
	needs *needer
	done  map[int]string
}

func newHashes(t *trace.Trace, n *needer) *hashes { return &hashes{t, n, map[int]string{}} }

func (h *hashes) of(f int) string {
	if id, ok := h.done[f]; ok {
		return id
	}
	fact := &h.t.Facts[f]
	w := writer{sha256.New()}
	w.part("fact", fact.Type.Name, fact.Status.String(), strconv.Itoa(len(fact.Fields)))
	for i := range fact.Fields {
		w.part(fact.Type.Fields[i].Name, canonical(fact.Fields[i].Value))
	}
	if j := least(h.t, f); j != nil {
		used := h.needs.all(j)
		w.part("rule", j.Rule.Name, strconv.Itoa(j.Conclusion), strconv.Itoa(len(used)))
		for _, p := range used {
			w.part(h.of(p))
		}
	} else {
		w.part("stated", fact.Name)
		for i := range fact.Fields {
			w.part(OriginName(fact.Fields[i].Origin))
		}
	}
	id := hex.EncodeToString(w.Sum(nil))
	h.done[f] = id
	return id
}

type writer struct{ hash.Hash }

func (w writer) part(parts ...string) {
	for _, p := range parts {
		fmt.Fprintf(w, "%d:%s", len(p), p)
	}
}

// canonical is a text that two values share exactly when they are the same in form.
func canonical(v facts.Value) string {
	switch {
	case v.Fault() != nil:
		return "error " + v.Fault().Code.ID
	case v.Kind() == facts.Text || v.Kind() == facts.Enum:
		return fmt.Sprintf("%s %t %s", v.Kind(), v.IsKnown(), v.Text())
	case v.Kind() == facts.Number:
		lo, hi := v.Bounds()
		return fmt.Sprintf("number %x %x", lo, hi)
	}
	lo, hi := v.Ends()
	return fmt.Sprintf("%s %d %d", v.Kind(), lo, hi)
}
