use super::*;
use crate::content::config;

fn axes() -> Axes {
    let text = "[axes.bias]\nraters.tilt = {name=\"Tilt\", labels={\"Leans L\"=\"lean-left\"}}";
    config::parse("dateline.toml", text.as_bytes()).0.axes
}

fn check(text: &str) -> (Vec<Outlet>, Vec<String>) {
    let (outlets, diags) = parse("content/outlets/x.toml", "x", text.as_bytes(), &axes());
    let found = diags.iter().map(|d| format!("{} {}", d.position().line, d.message)).collect();
    (outlets, found)
}

#[test]
fn short_and_full_ratings_are_read() {
    let (outlets, diags) = check(
        "name = \"X\"\nbias = \"center\"\ndomains = [\"WWW.X.example\"]\n[[ratings]]\naxis = \"bias\"\n\
         rater = \"tilt\"\nlabel = \"Leans L\"\ndate = 2024-01-01\n",
    );
    assert_eq!(diags, [""; 0]);
    let levels: Vec<(Option<usize>, u8)> = outlets[0].ratings.iter().map(|r| (r.rater, r.level)).collect();
    assert_eq!(levels, [(None, 3), (Some(0), 2)]);
    assert_eq!(&*outlets[0].domains[0].0, "x.example");
}

#[test]
fn every_mistake_is_located() {
    let (_, diags) = check(
        "name = \"X\"\nbias = \"centre\"\ncountry = \"Germany\"\n[[ratings]]\naxis = \"bias\"\n\
         rater = \"tilt\"\nlabel = \"Leans R\"\n[[ratings]]\naxis = \"biass\"\n",
    );
    assert_eq!(
        diags,
        [
            "2 `centre` is no level of `bias`",
            "7 the label `Leans R` of `tilt` is not mapped to a level",
            "9 no axis is called `biass`",
            "3 `Germany` is no country code",
        ]
    );
}
