// Package oracle is the plain matcher: it recomputes everything at every run and
// keeps nothing between runs. Other matchers are tested against it.
//
// What flows in: a pack, thresholds, stated facts. What flows out: a model. It
// never looks at what a run before it found.
//
// # How a run goes
//
// The strata run in order. Within one, every instance of every rule is found by
// nested loops over the facts that are at least possible; an instance is dropped
// as soon as one of its tests is false. What instances conclude is possible; rules
// that read types of their own stratum run again on what is new, until nothing is.
// That is the possible model of the stratum.
//
// Then the certain model, inside it: an instance is certain when its tests are
// true and its premises certain, a fact when an instance that concludes it is. This
// only propagates along instances already found. Tests never look at types of their own stratum except through
// premises, because the loader refuses such packs; so the truth of an instance's
// tests is final when it is found.
//
// # Keys
//
// Facts of one known key and different values are alternatives: at most one of them
// is so. Where two are certain and cannot be the same, the run ends in an error.
// Otherwise a certain one stays certain, for a completion in which a possible one
// holds too either makes them agree or is itself an error; to withdraw it would let
// more knowledge withdraw a certain fact. Facts whose key is not known are blurred:
// they are kept apart by form, and each may be several real facts, or the same real
// fact as another.
package oracle
