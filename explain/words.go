package explain

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"truce/facts"
	"truce/rules"
)

// Words is a name as a sentence has it: "mass_protest" is "mass protest".
func Words(name string) string { return strings.ReplaceAll(name, "_", " ") }

// Vocabulary is what the pack's own texts show of its language: no program can know
// otherwise which words are names and which units are counted.
type Vocabulary struct {
	proper  map[string]bool       // spelt with a capital in the middle of a sentence
	counted map[facts.Unit]string // plurals of units that the texts use
}

// VocabularyOf reads the texts of a pack.
func VocabularyOf(p *rules.Pack) *Vocabulary {
	v := &Vocabulary{proper: map[string]bool{}, counted: map[facts.Unit]string{}}
	seen := map[string]bool{}
	for _, text := range texts(p) {
		v.read(text, seen)
	}
	for _, u := range append([]string{string(facts.Day)}, p.Schema.Units...) {
		if seen[u+"s"] {
			v.counted[facts.Unit(u)] = u + "s"
		}
	}
	return v
}

// texts are the sentences of a pack.
func texts(p *rules.Pack) []string {
	var list []string
	says := func(t *rules.Template) {
		if t != nil {
			list = append(list, t.Text)
		}
	}
	for _, c := range p.Claims {
		list = append(list, c.Says)
	}
	for _, t := range p.Thresholds {
		list = append(list, t.Because, t.Doc)
	}
	for _, r := range p.Rules {
		says(r.Says)
	}
	if p.Report == nil {
		return list
	}
	for _, s := range p.Report.Answer {
		list = append(list, s.Says)
	}
	for _, s := range p.Report.Sections {
		for _, l := range s.Lines {
			says(l.Rule.Says)
		}
	}
	return list
}

// read notes the words of a text.
func (v *Vocabulary) read(text string, seen map[string]bool) {
	within := false // the sentence has begun
	for _, word := range strings.Fields(text) {
		bare := strings.TrimFunc(word, unicode.IsPunct)
		seen[bare] = true
		if r, _ := utf8.DecodeRuneInString(bare); within && unicode.IsUpper(r) {
			v.proper[strings.TrimSuffix(bare, "'s")] = true
		}
		last, _ := utf8.DecodeLastRuneInString(word)
		within = unicode.IsLetter(last) || last == ','
	}
}

// Value prints a value in a sentence: rounded, symbols and levels without their
// underlines, units in the plural where the pack's texts have one. Of a count of
// which no more is known than that it is not negative, nothing is known.
func (v *Vocabulary) Value(x Value) string {
	if x.Type.Kind == facts.Integer && x.Type.Unit == "" && x.Value.IsInterval() {
		if lo, hi := x.Value.Ends(); lo == 0 && hi == facts.MaxInteger {
			return "unknown"
		}
	}
	s := Brief.Print(x)
	if x.Type.Kind == facts.Enum || x.Type.Kind == facts.Scale {
		return Words(s)
	}
	number, isUnit := strings.CutSuffix(s, " "+string(x.Type.Unit))
	if plural := v.counted[x.Type.Unit]; plural != "" && isUnit && number != "1" && number != "-1" {
		return number + " " + plural
	}
	return s
}

// Cell prints a value in a table, without its unit.
func (v *Vocabulary) Cell(x Value) string {
	x.Type.Unit = ""
	s := v.Value(x)
	if rest, ok := strings.CutPrefix(s, "between "); ok {
		return strings.Replace(rest, " and ", " to ", 1)
	}
	return s
}

// Sentence is a text as a sentence of its own: single spaces, and a capital letter
// in front even where it begins with a value.
func Sentence(text string) string {
	s := strings.Join(strings.Fields(text), " ")
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return ""
	}
	return string(unicode.ToUpper(r)) + s[n:]
}

// Lowered is a sentence in the middle of another: its first letter is lowered
// unless its first word is a name or an abbreviation.
func (v *Vocabulary) Lowered(s string) string {
	first, _, _ := strings.Cut(s, " ")
	first = strings.TrimFunc(first, unicode.IsPunct)
	if !strings.HasPrefix(s, first) || v.proper[strings.TrimSuffix(first, "'s")] || abbreviation(first) {
		return s
	}
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return ""
	}
	return string(unicode.ToLower(r)) + s[n:]
}

func abbreviation(word string) bool {
	upper := 0
	for _, r := range word {
		if unicode.IsUpper(r) || unicode.IsDigit(r) {
			upper++
		}
	}
	return upper > 1
}
