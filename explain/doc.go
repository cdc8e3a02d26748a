// Package explain answers "why": it reads a trace and shows what a fact rests on,
// down to what the case states.
//
// What flows in: a trace (package engine/trace) and the name of a fact. What flows
// out: plain data, which package explain/report writes as text or JSON. It never
// runs a rule, never steers an engine, and knows no session: whatever wrote the
// trace, the proof is the same.
//
// # Proofs
//
// A proof is a graph of facts. Each concluded fact carries the justification of
// least height; the others are there on request. A fact stands in a proof once,
// however many conclusions rest on it. It is named by a hash over its type, its
// values, the rule and the hashes of what that used; places in files are not
// hashed, so a proof keeps its names when a rule file is only rearranged.
//
// # What decides
//
// Of a condition with "and", "or" and "not" only those atoms decide that its truth
// needs: of a false "and" the first false part, of a true "or" the first true one,
// of what is unknown each unknown part, otherwise all. A proof shows all atoms and
// says which decide. A premise is needed when a deciding atom, a formula or a bound
// value that one of them uses reads it, or when it is there only on conditions; a
// total needs what it counted. An answer rests on what its proof needs.
//
// The deciding conditions of an answer are the places where its proof reads what
// the case states: the deciding atoms, the formulas and the bound values used that
// read a stated field themselves. What only reads conclusions is not counted again: its
// evidence was counted where it entered. A place counts once for the same choice
// of premises, and not where all that it reads is unknown. Of an open answer, the
// proofs of all values that can hold count.
//
// # Marks
//
// A mark says what kind of evidence stands behind a value. From strongest to
// weakest: reported, computed, coded, judgement, assumed.
//
//   - A stated field has the mark of its quality; one without a quality is coded:
//     somebody put it down and does not say from where. A field that an assumption
//     filled is assumed. An unknown one has no mark.
//   - A deciding condition has the weakest mark of the stated fields it reads.
//   - An atom of a proof has the weakest mark of the stated fields it rests on,
//     through bound values and the formulas of concluded fields. One that rests on
//     none is a judgement when it compares with a threshold whose basis is
//     judgement, and computed otherwise.
//   - A line of the report has the weakest mark of what its sentence, its
//     conditions and its values read: the mark of a stated field; of a concluded
//     field computed, or the weaker mark of what its formula reads, and so on down,
//     but a total over conclusions is computed and no more; a judgement for a
//     threshold that the sentence itself prints and whose basis that is. A cell of
//     a table has the mark of a line that shows the cell's field and nothing else.
package explain
