// Package page writes one case's answer as one HTML file that a reader opens from a
// disk: the report, the pictures, the proof to fold and unfold, and both sides.
//
// What flows in: documents that other packages made (an assessment, a proof, a
// robustness, the rivals) and the pack that they speak of. What flows out: a Page,
// which is plain data, and its HTML. It runs nothing, and it owns no sentence about a
// case: what is said is what package explain/report and package explain/search say,
// in the order in which the pack's own report says it. Only headings and captions,
// which are the same for every case, are its own.
//
// # The file
//
// Frame, style and script are those of package htmlfile, which forbids the file to load
// anything. It is printed as it is folded: what is unfolded on the screen is unfolded on
// paper.
//
// # Anchors
//
// A fact of the proof stands once, at its anchor, and is linked to wherever else it
// is needed. Anchors are made of content hashes, so that a link into a page holds as
// long as the proof does.
package page
