package page

import (
	"truce/explain/report"
)

// Threshold is a parameter that the proof compares with or computes from.
type Threshold struct {
	ID                          string
	Name, Value, Basis, Doc, At string
	Because                     string
	Cites                       []Link
}

func thresholdAnchor(name string) string { return "threshold-" + name }

// thresholds are those on which the answer rests, and the others.
func (b *builder) thresholds() (used, others []Threshold) {
	for i := range b.in.Proof.Thresholds {
		t := &b.in.Proof.Thresholds[i]
		one := Threshold{ID: thresholdAnchor(t.Name), Name: t.Name, Value: report.ThresholdText(t), Basis: t.Basis,
			Doc: t.Doc, At: t.At, Because: t.Because, Cites: b.cites(t.Cites, t.Extension)}
		if b.used[t.Name] {
			used = append(used, one)
		} else {
			others = append(others, one)
		}
	}
	return used, others
}

// Claim is a claim of the source, or an extension of the pack, that the page cites.
type Claim struct {
	ID, Name, Section, Says string
	Extension               bool
}

func claimAnchor(id string) string { return "claim-" + id }

// claims are those cited, in the pack's order, extensions last.
func (b *builder) claims() []Claim {
	var out []Claim
	for _, c := range b.in.Pack.Claims {
		if b.cited[c.ID] {
			out = append(out, Claim{ID: claimAnchor(c.ID), Name: c.ID, Section: c.Section, Says: c.Says})
		}
	}
	for _, x := range b.in.Pack.Extensions {
		if b.cited[x.ID] {
			out = append(out, Claim{ID: claimAnchor(x.ID), Name: x.ID, Says: x.Doc, Extension: true})
		}
	}
	return out
}
