package condition_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/facts"
	"truce/rules/condition"
)

// wants are the names by which the tables say what is wanted.
func wants() map[string]condition.Want {
	s := world().Schema.Type("Weather")
	field := func(name string) condition.Want { return condition.WantFormula(s.Field(name).Type) }
	return map[string]condition.Want{
		"":       condition.WantCondition(),
		"value":  condition.WantValue(),
		"number": condition.WantFormula(facts.Type{Kind: facts.Number}), "wind": field("wind"),
		"count": field("count"), "days": field("days"), "kind": field("kind"), "level": field("level"),
		"name": field("name"), "since": field("since"), "active": field("active"),
	}
}

// split reads "want| expression".
func split(line string) (want, text string) {
	if want, text, ok := strings.Cut(line, "| "); ok && !strings.ContainsAny(want, " .(\"") {
		return want, text
	}
	return "", line
}

func accepted() []string {
	return []string{
		`e.wind >= threshold.strong_wind`, `e.wind > 35`, `35.5 < e.wind`, `e.wind > -30 - 5`,
		`e.wind > 30 + 5 * 2`, `e.wind * 2 > 3`, `e.wind / e.rain > 3`,
		`value| e.wind / threshold.strong_wind`, `value| e.wind * e.rain / e.wind`,
		`value| (e.wind + 1) * (2 - e.share)`, `value| -(e.wind)`, `value| - -3`, `value| 9007199254740993`,
		`e.count == 9007199254740993`, `e.count % 2 == 0`, `value| e.count / 2`, `value| e.count + 2`, `value| e.count + 2.5`,
		`value| 1_000`, `e.active`, `not e.active and (e.hot or e.wind > 3)`, `not (e.active and e.hot)`,
		`e.active == true or e.hot != e.active`, `true`, `e.kind == "storm"`, `"storm" != e.kind`, `e.kind in ["storm", "frost"]`,
		`e.kind not in ["storm"]`, `e.level >= "middling"`, `e.level in ["low", "middling"]`, `e.level < e.worst`,
		`max(e.level, "middling") == min(e.worst, e.level)`, `e.count in [1, -2, 3]`, `e.name in ["a", 'b', ` + "`c`" + `]`,
		`e.name contains "x" and e.name startsWith 'y' or e.name endsWith "z"`, `e.name matches "^[a-z]+\\d$"`,
		"e.name not matches `\\d`", `e.name == label`, `case.as_of - e.since <= 30`, `case.as_of - e.since > e.days`,
		`case.as_of - 30 > e.since`, `e.since + e.days >= date("2013-11-24")`, `30 + e.since == case.as_of`,
		`max(e.since, case.as_of) == case.as_of`, `(e.active ? 1 : 0) > threshold.limit`, `value| e.active ? e.wind : 3`,
		`value| e.active ? "a" : "b"`, `(e.active ? "storm" : "frost") == e.kind`, `value| e.active ? 1 : e.hot ? 2 : 3.5`,
		`value| e.active ? .5 : 1`, `value| ramp(e.wind, threshold.strong_wind, threshold.storm_wind)`,
		`ramp(e.wind, 18, 28) > 0.5`, `abs(e.wind - 3) < floor(e.wind) + ceil(2.5) + round(e.wind)`,
		`value| round(e.count) % 2`, `min(e.wind, 3, threshold.strong_wind) > 2`,
		`known(e.wind) and known(warm)`, `points(e.level, threshold.strain_points) > 0.5`,
		`points("middling", threshold.strain_points) > 0.5`, `warm > cold`,
		`none(Shelter, .kind == "thaw" and .active)`,
		`any(Item, .points > warm) or all(Item, .side == "warm") and one(Item, .active)`,
		`count(Item, .growth > e.wind) >= 2`, `len(Item) > 3`,
		`len(filter(Item, .active)) == count(filter(Item, .active))`,
		`sum(Item, .points) > sum(filter(Item, .side == "warm"), .points)`,
		`value| sum(map(filter(Item, .active), .points * 2))`, `value| sum(Item, .n)`, `value| sum(Item, 1)`,
		`value| min(map(Item, .growth))`, `value| max(map(filter(Item, .active), .at))`, `value| max(map(Item, .level))`,
		`value| mean(map(Item, .n))`, `value| mean(map(filter(Item, .active), .growth))`,
		`sum(Item, .active ? .points : 0) > 1`, `sum(Item, points(.level, threshold.strain_points)) > 1`,
		`any(Item, case.as_of - .at < 30)`, `any(Item, .points > 3,)`, `upper(trim(e.name)) == "A" and len(e.name) > 3`,
		`indexOf(e.name, "x") >= 0 and hasPrefix(e.name, "y")`, `value| replace(e.name, "a", "b", 1)`,
		`string(e.count) == "3" and float("2.5") > 2`, `(((e.active)))`, `((e.count) + (2)) * ((3)) > 1`,
		"e.active and\n  e.hot", `e . wind > 3`, `wind| 3`, `wind| e.wind`,
		`wind| e.active ? 3 : 4.5`, `wind| sum(Item, .growth)`, `number| 3`, `number| e.count`,
		`number| 9007199254740993`, `count| 3`, `count| int(round(e.share))`, `days| case.as_of - e.since`, `days| 3`,
		`kind| "storm"`, `kind| e.active ? "storm" : "frost"`, `kind| e.kind`, `level| "middling"`,
		`level| e.active ? "low" : e.worst`, `level| max(e.level, e.worst)`, `name| "storm"`, `name| lower(e.name)`,
		`since| date("2013-11-24")`, `since| e.since + 30`, `active| e.wind > 3`, `active| true`,
	}
}

func TestAccepted(t *testing.T) {
	var b strings.Builder
	for _, line := range accepted() {
		want, text := split(line)
		e, ds := condition.ParseAs(at(text), world(), wants()[want])
		require.Empty(t, ds, "%s\n%s", line, render(t, text, ds))
		require.NotNil(t, e, line)
		fmt.Fprintf(&b, "%s\n%s\n", line, dump(e))
	}
	golden(t, "accepted.golden", b.String())
}

func rejected() []string {
	return []string{
		// writing
		`e.wind above 3`, `e.wind >`, `e.wind > )`, `(e.wind > 3`, `e.wind > 3)`, `e.active and or e.hot`,
		`and e.active`, `e.active and`, `e.kind == "storm`, `e.name matches "\d"`, `e.count < 9223372036854775808`, `e.share < 1e999`,
		`e.share < 0x10`, `e.wind ≥ 35`, `e.wind – 3 > 0`, `e.wind × 2 > 3 and e.kind ≠ "strom"`, "e.active\u200b", `e.active @ e.hot`,
		`e.kind == “storm”`, `e.kind == ‘strom’`, `e.kind == "storm”`, `e.wind > ۳۵`, `e.wind > ۳۶٫۵`, `e.wind > 36,5 and e.wnid < 0`,
		`e.count > 1,000,000`, `e.wind > 35%`, `e.wind > 35 percent/year and e.hot`, `e.wind > 35kg`, `e.kind = "storm"`, `= e.active`,
		`e.wind == 3-5`, `e.count in 3-5`, `e.since > 2013-11-24`, `e.kind == « storm »`, `ｅ.wind ＞ ３`, `e.active ＆ e.hot`,
		`cout(Item, .points > 3) > 1`, `wind > 3`, `e.since - 365 > 0`, `e.active, e.hot`, `or e.active`,
		`e.kind === "storm"`, `e.wind =< 3 or e.wind <> 4`, `e.active AND NOT e.hot`, `e.kind is "storm"`, `e.kind is not "storm"`,
		`3 < e.wind < 5`, `3 < e.wind <= e.rain < 9`, `.points > 3`, `.wind > 3`, `e..wind > 3`, `e.`, `f(`, `max(1,,2) > 1`,
		// bans
		`e.wind == nil`, `(e.wind ?? 3) > 2`, `e?.wind > 3`, `e["wind"] > 3`, `e.name[0:1] == "x"`, `$env.e > 3`, `get(e, "wind") > 3`,
		`let x = 3; e.wind > x`, `e.active; e.hot`, `e.count in 1..5`, `e.wind ** 2 > 3`, `e.wind ^ 2 > 3`, `Item | len() > 3`, `e.active | e.hot`,
		`sortBy(Item, .points) == 3`, `reduce(Item, #acc + .points, 0) > 3`, `find(Item, .active).points > 3`, `first(filter(Item, .active)) == 3`, `now() > case.as_of`,
		`e.wind in [34, 40]`, `e.since in [date("2013-01-01")]`, `e.wind > 3 // high`, `e.wind /* x */ > 3`, `any(Item, #.points > 3)`, `any(Item, # > 3)`,
		`!e.active`, `e.active && !e.hot || e.wind > 3`, `e.kind == ["storm"]`, `{"a": 1} == e.name`, `any(Item, {.points > 3})`, `any(Item, any(Shelter, .active))`,
		`any(Item, .points > len(Shelter))`, `e.name.upper() == "A"`, `if e.active {1} else {2}`, `+e.wind > 3`, `e.name == b"x"`, `e.active ?: e.hot`,
		`toJSON(e.name) == "x"`, `split(e.name, ",") == "x"`, `median(map(Item, .points)) > 1`, `::len(Item) > 3`,
		// names
		`f.wind > 3`, `e.wnid > 3`, `e.wind > threshold.strong_wnid`, `e.wind > strong_wind`, `thresholds.limit > 3`,
		`rampp(e.wind, 1, 2) > 0.5`, `e.kind == "strom"`, `e.level > "medium"`, `e.kind == storm`, `e.kind == strom`, `e.level in [low, "midling"]`, `e.name == oslo`,
		`e > 3`, `known(e)`, `Weather.wind > 3`, `Item.points > 3`, `Item > 3`, `total > 3`, `total.x > 3`, `any(Almanac, .moon > 3)`, `case.title == "x"`, `case > 3`,
		`e.wind.high > 3`, `warm.x > 3`, `wram > 3`, `e.active == True`, `e.kind == none`, `len > 3`, `today > e.since`, `e.kind == Weather`,
		`len(filter(Item, side == "warm")) > 1`, `any(Item, points > 3)`,
		`almana.moon > 3`, `item > 3`, `itms.n > 3`,
		// kinds
		`e.wind`, `e.name`, `"storm"`, `e.wind and e.active`, `e.kind == "storm" or "frost"`, `not e.wind > 3`, `not e.kind == "storm"`,
		`e.wind ? e.active : e.hot`, `e.wind > "35"`, `e.since > "2013-11-24"`, `e.level >= 2`, `e.level > e.wind`, `e.active == 1`, `e.kind == 1`,
		`e.wind == e.share == e.share`, `e.kind < "storm"`, `e.name < "x"`, `e.active < e.hot`, `e.level == e.mood`, `e.name + "x" == "yx"`, `e.level + 1 > 2`,
		`e.active + 1 > 2`, `-e.name == "x"`, `e.wind % 2 == 0`, `e.since + e.wind > case.as_of`, `e.since + 1.5 > case.as_of`, `e.since + e.count > case.as_of`,
		`e.since - "2013-01-01" > 3`, `e.since * 2 > case.as_of`, `e.since + e.since > case.as_of`, `e.kind contains "s"`, `e.name contains label`, `e.name matches "(a"`,
		`(e.active ? 1 : "a") == 1`, `ramp(e.wind, 3) > 0.5`, `abs(e.wind, 3) > 3`, `abs(e.name) > 3`, `abs(e.level) > 3`, `min(e.wind) > 3`, `min(e.name, "x") == "x"`,
		`upper(e.count) == "A"`, `trim() == "A"`, `e.kind in [e.name]`, `e.kind in []`, `e.kind in "storm"`, `e.count in Item`, `"x" in e.name`, `e.count in [1.5]`,
		`e.active in [true]`, `e.since > date("24-11-2013")`, `e.since > date(e.name)`, `ramp(e.wind, 5, 3) > 0.5`, `e.wind > threshold.strain_points`,
		`points(e.mood, threshold.strain_points) > 1`, `points(e.level, strain_points) > 1`, `points(e.level, threshold.limit) > 1`, `points(e.levl, threshold.strain_point) > 1`,
		// formulas
		`number| e.name`, `count| e.share`, `count| 1.5`, `wind| 1000`, `wind| e.rain`, `wind| e.share`, `wind| threshold.limit`, `kind| "strom"`, `kind| storm`, `kind| e.name`, `kind| 3`,
		`level| e.active ? "low" : "midling"`, `level| e.mood`, `level| 2`, `since| "2013-11-24"`, `since| 3`, `active| 1`, `active| e.name`, `name| 3`, `name| e.kind`, `days| 3.5`, `number| e.level`,
		// units
		`e.wind > e.rain`, `e.wind > threshold.limit`, `e.wind + e.share > 3`, `e.wind - len(Item) > 3`, `min(e.wind, e.rain) > 3`,
		`ramp(e.wind, threshold.limit, threshold.storm_wind) > 0.5`, `(e.active ? e.wind : e.rain) > 3`, `case.as_of - e.since > e.count`,
		// aggregates
		`count(Item) > 3`, `min(Item, .points) > 3`, `max(Item) > 3`, `min(Item, warm) > 3`, `sum(Item) > 3`, `sum(map(Item, .points), .n) > 3`, `mean(Item) > 3`, `len(map(Item, .points)) > 3`,
		`len(Item, .active) > 3`, `min(map(Item, .points), 3) > 2`, `any(e, .points > 3)`, `any(warm, .points > 3)`, `any(Itme, .points > 3)`, `any(Item)`, `any(Item, .points)`, `any(Item, .pionts > 3)`,
		`any(filter(Item, .active), .points > 3)`, `all(filter(Item, .active), .points > 3)`, `filter(Item, .active)`, `map(Item, .points) == 3`, `len(filter(filter(Item, .active), .points > 3)) > 1`,
		`sum(Item, .side) > 3`, `sum(Item, .level) > 3`, `sum(Item, .active) > 3`, `mean(map(Item, .at)) > 3`, `min(map(Item, .name)) == "x"`, `any(Item, .)`, `count(Item, .points > 3 and .sid == "warm")`,
		// several at once
		`e.wnid > 3 and e.kind == "strom" or total > 1`, `e.wind > 36,5 and (e.level > 2 or e.nmae == "x")`, `f.x > 3 and f.y > 4`, `e.wind > and e.knd == "storm"`,
		`any(Item, .pionts > 3) && e.kind = 'strom'`,
		"e.active and\n  e.wnid > 3",
		// a dash left out
		"e.active\ne.hot", "e.wind > 3\nnot e.hot", "(e.active)\ne.hot", "e.active\n) and e.hot", "e.wind > 3 and\ne.hot e.active",
	}
}

func TestRejected(t *testing.T) {
	var b strings.Builder
	for _, line := range rejected() {
		want, text := split(line)
		e, ds := condition.ParseAs(at(text), world(), wants()[want])
		require.Nil(t, e, line)
		require.NotEmpty(t, ds, line)
		fmt.Fprintf(&b, "%s\n%s\n", line, render(t, text, ds))
	}
	golden(t, "rejected.golden", b.String())
}
