package code

// Texts numbers texts and symbols, so that equal ones have equal numbers. A session's
// stands on its program's, which is shared and never changes once sessions exist.
// Number 0 is no text.
type Texts struct {
	base  *Texts
	below uint64 // the last number of the base
	ids   map[string]uint64
	texts []string // from the number behind it on
}

// NewTexts numbers on from a base, or from 1 where it is nil.
func NewTexts(base *Texts) *Texts {
	return &Texts{base: base, below: base.last(), ids: map[string]uint64{}}
}

func (t *Texts) last() uint64 {
	if t == nil {
		return 0
	}
	return t.below + uint64(len(t.texts))
}

// Number is the number of a text, which is given one where it has none.
func (t *Texts) Number(s string) uint64 {
	if id, ok := t.find(s); ok {
		return id
	}
	t.texts = append(t.texts, s)
	id := t.last()
	t.ids[s] = id
	return id
}

func (t *Texts) find(s string) (uint64, bool) {
	if t == nil {
		return 0, false
	}
	// Most texts are the program's.
	if id, ok := t.base.find(s); ok {
		return id, true
	}
	id, ok := t.ids[s]
	return id, ok
}

// Text is the text of a number.
func (t *Texts) Text(number uint64) string {
	if number <= t.below {
		return t.base.Text(number)
	}
	return t.texts[number-t.below-1]
}

// Reset forgets all texts but the base's.
func (t *Texts) Reset() {
	if len(t.texts) > 0 {
		clear(t.ids)
		t.texts = t.texts[:0]
	}
}

// Own lists the texts that the base has no numbers for, in the order of their numbers.
func (t *Texts) Own() []string { return append([]string(nil), t.texts...) }
