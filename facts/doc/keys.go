package doc

import "truce/facts/source"

// keys are the keys of one map so far. Most maps are small: looking through a few
// costs less than a table of them. Those of maps inside one another lie in one stack,
// of which the innermost map has the top.
type keys struct {
	stack *[]*Node
	from  int              // where this map's keys start
	many  map[string]*Node // nil for a map of few
}

const fewKeys = 8

func keysOn(stack *[]*Node, expected int) keys {
	k := keys{stack: stack, from: len(*stack)}
	if expected > fewKeys {
		k.many = make(map[string]*Node, expected)
	}
	return k
}

func (k *keys) get(name string) *Node {
	if k.many != nil {
		return k.many[name]
	}
	for _, n := range (*k.stack)[k.from:] {
		if n.Value == name {
			return n
		}
	}
	return nil
}

func (k *keys) add(n *Node) {
	if k.many != nil {
		k.many[n.Value] = n
		return
	}
	*k.stack = append(*k.stack, n)
}

// done takes the keys from the stack.
func (k *keys) done() { *k.stack = (*k.stack)[:k.from] }

func duplicate(key, before *Node) source.Diagnostic {
	return DuplicateKey.At(key.Span, "the key %q is given twice", key.Value).
		Suggest("take one of the two out, or give it another name").See(before.Span, "first given here")
}
