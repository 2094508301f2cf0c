use super::super::tree::Entry;
use super::*;

/// The tree as text: tables as {}, lists as [].
fn show(node: &Node) -> String {
    match &node.kind {
        Kind::Text(text) => format!("{text:?}"),
        Kind::Integer(value) => value.to_string(),
        Kind::Float(value) => value.to_string(),
        Kind::Boolean(value) => value.to_string(),
        Kind::Date(text) => text.to_string(),
        Kind::List(items) => {
            format!("[{}]", items.iter().map(show).collect::<Vec<_>>().join(" "))
        }
        Kind::Table(table) => show_table(table),
    }
}

fn show_table(table: &Table) -> String {
    let entry = |entry: &Entry| format!("{}={}", entry.key, show(&entry.value));
    format!("{{{}}}", table.entries().iter().map(entry).collect::<Vec<_>>().join(" "))
}

fn check(text: &str, tree: &str, errors: &[&str]) {
    let mut diags = Diags::new("x.toml");
    let table = parse(text, 0, &mut diags);
    assert_eq!(show_table(&table), tree);
    let found: Vec<String> = diags
        .attach(text)
        .iter()
        .map(|d| format!("{}:{} {}", d.position().line, d.position().column, d.message))
        .collect();
    assert_eq!(found, errors, "in {text:?}");
}

#[test]
fn tables_lists_and_dotted_keys_nest() {
    check("a = 1\nb.c = \"x\"\nb.d = true", "{a=1 b={c=\"x\" d=true}}", &[]);
    check("[[s]]\na=1\n[s.x]\ny=2\n[[s]]\na=3", "{s=[{a=1 x={y=2}} {a=3}]}", &[]);
    check("[a.b]\nc=1\n[a]\nd=2", "{a={b={c=1} d=2}}", &[]);
    check("a = { b = [1, {c = 2}], d.e = 3 }", "{a={b=[1 {c=2}] d={e=3}}}", &[]);
    check("d = 2025-07-31\nt = 2025-07-31T10:00:00Z", "{d=2025-07-31 t=2025-07-31T10:00:00Z}", &[]);
    check("a = '''\nx\ny'''\nb = \"\"\"\\\n  z\"\"\"", "{a=\"x\\ny\" b=\"z\"}", &[]);
}

#[test]
fn what_is_defined_twice_is_an_error_at_the_second_place() {
    check("a = 1\na = 2", "{a=1}", &["2:1 `a` is defined twice"]);
    check("[a]\nx=1\n[a]\ny=2", "{a={x=1}}", &["3:2 `a` is defined twice"]);
    check("[a]\nx=1\n[[a]]\ny=2", "{a={x=1}}", &["3:3 `a` is defined twice"]);
    check("a = 1\n[a.b]\nc = 2", "{a=1}", &["2:2 `a` is defined twice"]);
    check("a = {b = 1}\na.c = 2", "{a={b=1}}", &["2:1 `a` is defined twice"]);
}

#[test]
fn a_second_mistake_is_seen_in_the_same_run() {
    let mut diags = Diags::new("x.toml");
    let table = parse("a = \nb = 2\nc = \"x\nd = 4\n", 0, &mut diags);
    assert!(table.get("b").is_some() && table.get("d").is_some());
    assert_eq!(diags.attach("").len(), 2);
}

#[test]
fn many_keys_are_found_by_hash() {
    let text: String = (0..200).map(|n| format!("k{n} = {n}\n")).collect();
    let mut diags = Diags::new("x.toml");
    let table = parse(&text, 0, &mut diags);
    assert_eq!(table.get("k150").map(|n| n.kind.clone()), Some(Kind::Integer(150)));
    assert!(table.get("k200").is_none());
}
