package facts

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Unit is a product of declared names to integer powers in canonical form, such
// as "percent/year", "mb/d" or "kg*m/s^2"; "" is no unit. There are no
// conversions: percent and ratio differ. Canonical forms are equal exactly when
// the units are.
type Unit string

// Day is the unit of a difference of dates.
const Day Unit = "day"

type factor struct {
	name  string
	power int
}

// ParseUnit reads a unit: names joined by * and /, each with an optional ^power.
// A name may hold spaces and hyphens. declared reports whether a name is one; an
// undeclared name is an *UndeclaredUnit.
func ParseUnit(s string, declared func(string) bool) (Unit, error) {
	if strings.TrimSpace(s) == "" {
		return "", nil
	}
	var fs []factor
	sign := 1
	for rest := s; ; {
		i := strings.IndexAny(rest, "*/")
		part := rest
		if i >= 0 {
			part = rest[:i]
		}
		f, err := parseFactor(strings.TrimSpace(part), sign)
		if err != nil {
			return "", err
		}
		if f.power > mostPower || f.power < -mostPower {
			return "", fmt.Errorf("the power of %s is beyond %d", f.name, mostPower)
		}
		if f.name != "1" && !declared(f.name) {
			return "", &UndeclaredUnit{f.name}
		}
		fs = append(fs, f)
		if i < 0 {
			return unitOf(fs), nil
		}
		sign = 1
		if rest[i] == '/' {
			sign = -1
		}
		rest = rest[i+1:]
	}
}

// UndeclaredUnit is a unit name that the pack does not declare.
type UndeclaredUnit struct{ Name string }

func (e *UndeclaredUnit) Error() string { return fmt.Sprintf("unit %q is not declared", e.Name) }

func parseFactor(s string, sign int) (factor, error) {
	name, power := s, 1
	if n, p, ok := strings.Cut(s, "^"); ok {
		i, err := strconv.Atoi(strings.TrimSpace(p))
		if err != nil || i == 0 {
			return factor{}, fmt.Errorf("%q is not a power: a whole number, not 0", p)
		}
		name, power = strings.TrimSpace(n), i
	}
	if name == "" {
		return factor{}, errors.New("a unit name is missing")
	}
	return factor{name, sign * power}, nil
}

// mostPower bounds the powers of a written unit. Products may go beyond.
const mostPower = 99

// factors splits a canonical form; it cannot fail on one.
func (u Unit) factors() []factor {
	var fs []factor
	sign := 1
	for s := string(u); s != ""; {
		i := strings.IndexAny(s, "*/")
		part, rest, next := s, "", 1
		if i >= 0 {
			part, rest = s[:i], s[i+1:]
			if s[i] == '/' {
				next = -1
			}
		}
		if f, err := parseFactor(part, sign); err == nil {
			fs = append(fs, f)
		}
		s, sign = rest, next
	}
	return fs
}

func unitOf(fs []factor) Unit {
	powers := map[string]int{}
	for _, f := range fs {
		powers[f.name] += f.power
	}
	delete(powers, "1")
	var over, under []factor
	for n, p := range powers {
		switch {
		case p > 0:
			over = append(over, factor{n, p})
		case p < 0:
			under = append(under, factor{n, -p})
		}
	}
	byName := func(a, b factor) int { return cmp.Compare(a.name, b.name) }
	slices.SortFunc(over, byName)
	slices.SortFunc(under, byName)
	var b strings.Builder
	write := func(f factor) {
		b.WriteString(f.name)
		if f.power != 1 {
			fmt.Fprintf(&b, "^%d", f.power)
		}
	}
	for i, f := range over {
		if i > 0 {
			b.WriteByte('*')
		}
		write(f)
	}
	if len(over) == 0 && len(under) > 0 {
		b.WriteByte('1')
	}
	for _, f := range under {
		b.WriteByte('/')
		write(f)
	}
	return Unit(b.String())
}

// Mul is the unit of a product.
func (u Unit) Mul(v Unit) Unit {
	switch {
	case u == "":
		return v
	case v == "":
		return u
	}
	return unitOf(append(u.factors(), v.factors()...))
}

// Div is the unit of a quotient.
func (u Unit) Div(v Unit) Unit {
	if v == "" {
		return u
	}
	fs := u.factors()
	for _, f := range v.factors() {
		fs = append(fs, factor{f.name, -f.power})
	}
	return unitOf(fs)
}
