// Package shape says what may stand at each place of a file: which keys a map has,
// in which order they are written, what each means and what stands behind it.
//
// What flows in: nothing; shapes are data, declared beside the code that reads the
// file. What flows out: the same data for whoever needs it: the reader, which refuses
// other keys; the formatter, which keeps the order; the schema that editors check
// files by. It never looks at a file.
//
// A shape tells the form of a file and not its meaning: what a reader takes has the
// shape, and what has the shape may still be refused by the reader, for a name that
// nothing declares, say.
package shape

// Kind is what stands at a place.
type Kind uint8

const (
	Any     Kind = iota // whatever it is: what is right there, another place decides
	Text                // a text; of Pattern, where there is one
	Flag                // true or false, yes or no
	Number              // a figure from Low to High, or one of Words
	Integer             // a whole one of those
	Word                // one of Words
	Null                // nothing
	List                // of Item; with Length, of so many
	Names               // a map of names, which have Pattern, to Item
	Keys                // a map with the keys of Record
	Either              // of one of Among
)

// Shape is what may stand at a place of a document.
type Shape struct {
	Kind    Kind
	Pattern string   // a regular expression for the whole of a Text or of Names; "" is any
	Words   []string // of a Word, or what may stand for a number
	Low     *float64 // the least Number; nil is none
	High    *float64
	Item    *Shape // of a List or of Names
	Length  int    // of a List; 0 is any
	Record  *Record
	Among   []Shape
	// Apart says that entries of several lines are written with a blank line between.
	Apart bool
}

// Record is a map with known keys.
type Record struct {
	Is   string // "a rule"
	Doc  string // what it is for, where that is not plain from where it stands
	Keys []Key  // in the order in which they are written
	// Base, where there is one, is a record whose keys this one has too, behind its own
	// and save those that have the same name as one of its own.
	Base *Record
	// Complete are sets of keys of which it needs one beside the keys that are needed.
	Complete [][]string
	// Blank says that a key with nothing behind it is as good as left out.
	Blank bool
	// Loose says that the order of keys means something, and so stays as it is.
	Loose bool
}

// Key is a key of a record.
type Key struct {
	Name   string
	Holds  Shape
	Doc    string
	Needed bool // the record is not complete without it
}

// All are the keys of a record, those of its base behind its own.
func (r *Record) All() []Key {
	if r.Base == nil {
		return r.Keys
	}
	keys := r.Keys[:len(r.Keys):len(r.Keys)]
	for _, k := range r.Base.All() {
		if r.own(k.Name) == nil {
			keys = append(keys, k)
		}
	}
	return keys
}

// Names are the names of all keys.
func (r *Record) Names() []string {
	var names []string
	for _, k := range r.All() {
		names = append(names, k.Name)
	}
	return names
}

// Key is the key of that name, or nil.
func (r *Record) Key(name string) *Key {
	if k := r.own(name); k != nil || r.Base == nil {
		return k
	}
	return r.Base.Key(name)
}

func (r *Record) own(name string) *Key {
	for i := range r.Keys {
		if r.Keys[i].Name == name {
			return &r.Keys[i]
		}
	}
	return nil
}

// Of is the shape of a map with the keys of a record.
func Of(r *Record) Shape { return Shape{Kind: Keys, Record: r} }

// ListOf is the shape of a list.
func ListOf(item Shape) Shape { return Shape{Kind: List, Item: &item} }

// PairOf is the shape of a list of two.
func PairOf(item Shape) Shape { return Shape{Kind: List, Item: &item, Length: 2} }

// NamesOf is the shape of a map of names, which have a pattern, to what they name.
func NamesOf(pattern string, item Shape) Shape {
	return Shape{Kind: Names, Pattern: pattern, Item: &item}
}

// OneOf is the shape of what has one of several.
func OneOf(among ...Shape) Shape { return Shape{Kind: Either, Among: among} }

// WordOf is the shape of one of several words.
func WordOf(words ...string) Shape { return Shape{Kind: Word, Words: words} }

// Named is the shape of a text with a pattern.
func Named(pattern string) Shape { return Shape{Kind: Text, Pattern: pattern} }

// Count is the shape of a whole number from 0 up.
func Count() Shape {
	low := 0.0
	return Shape{Kind: Integer, Low: &low}
}

// Spaced is a shape whose entries stand apart.
func Spaced(s Shape) Shape { s.Apart = true; return s }

// Entry is the shape of what stands behind a key of a map of this shape. Where the map
// may be one of several, it is that of the first that has the key; where nothing is
// known of the map or the key, it is nil.
func (s *Shape) Entry(key string) *Shape {
	switch {
	case s == nil:
	case s.Kind == Keys:
		if k := s.Record.Key(key); k != nil {
			return &k.Holds
		}
	case s.Kind == Names:
		return s.Item
	default:
		for i := range s.Among {
			if e := s.Among[i].Entry(key); e != nil {
				return e
			}
		}
	}
	return nil
}

// Element is the shape of the items of a list of this shape, or nil.
func (s *Shape) Element() *Shape {
	switch {
	case s == nil:
	case s.Kind == List:
		return s.Item
	default:
		for i := range s.Among {
			if e := s.Among[i].Element(); e != nil {
				return e
			}
		}
	}
	return nil
}

// Map is the record whose keys a map of this shape has, of several the first; nil where
// it has none.
func (s *Shape) Map() *Record {
	switch {
	case s == nil:
	case s.Kind == Keys:
		return s.Record
	default:
		for i := range s.Among {
			if r := s.Among[i].Map(); r != nil {
				return r
			}
		}
	}
	return nil
}
