use super::*;

fn messages(text: &str) -> Vec<String> {
    let (_, diags) = parse("dateline.toml", text.as_bytes());
    diags.iter().map(|d| format!("{}:{} {}", d.position().line, d.position().column, d.message)).collect()
}

#[test]
fn an_empty_configuration_is_complete() {
    let config = Config::default();
    assert_eq!(config.base_path(), "/");
    assert_eq!(config.axes.list.len(), 3);
    assert_eq!(config.axes.main().map(|axis| &*axis.id), Some("bias"));
    assert_eq!((config.min_rated, config.blindspot.max_share), (5, 15));
}

#[test]
fn every_mistake_is_found_in_one_run() {
    let text = "titel = \"x\"\nbase_url = \"ftp://x\"\nmin_rated = -1\ncount = \"articel\"\n\
                [axes.url]\nlevels = []\n[lint]\nunknown-kye = \"warn\"\n";
    assert_eq!(
        messages(text),
        [
            "1:1 unknown key `titel`",
            "2:12 `ftp://x` is no web address",
            "4:9 `articel` cannot be counted",
            "3:13 -1 is out of range",
            "5:7 `url` is a key of outlets, so no axis can be called so",
            "8:1 no diagnostic is called `unknown-kye`",
        ]
    );
}

#[test]
fn axes_are_added_changed_and_removed() {
    let text = "[axes]\nownership = false\n[axes.medium]\nlevels = [{id=\"print\"},{id=\"tv\", name=\"TV\"}]\n\
                [axes.bias]\nraters.x = {name=\"X\", labels={\"Lean Left\"=\"lean-left\"}}";
    let (config, diags) = parse("dateline.toml", text.as_bytes());
    assert_eq!(diags, []);
    let ids: Vec<&str> = config.axes.list.iter().map(|axis| &*axis.id).collect();
    assert_eq!(ids, ["bias", "factuality", "medium"]);
    assert_eq!(config.axes.list[0].raters[0].labels, [("Lean Left".into(), 2)]);
    assert_eq!(config.axes.list[2].groups.len(), 2);
}

#[test]
fn a_label_or_group_that_leads_nowhere_is_located() {
    let text = "[axes.bias]\nraters.x = {labels={\"L\"=\"leanleft\"}}\n\
                [axes.m]\ngroups=[{id=\"a\"}]\nlevels=[{id=\"x\",group=\"b\"}]";
    let found = messages(text);
    assert_eq!(found[0], "2:25 no level is called `leanleft`");
    assert!(found[1].starts_with("5:23 no group is called `b`"), "{found:?}");
}

#[test]
fn base_path_is_the_path_of_the_base_url() {
    let (config, _) = parse("c", b"base_url = \"https://x.github.io/repo\"");
    assert_eq!((config.base_url.as_str(), config.base_path()), ("https://x.github.io/repo/", "/repo/"));
}

#[test]
fn the_main_axis_stays_when_one_before_it_is_removed() {
    let text = "[axes.stance]\nmain = true\nkind = \"scale\"\nlevels = [{id=\"a\"}, {id=\"b\"}]\n[axes]\nfactuality = false\n";
    let (config, diags) = parse("dateline.toml", text.as_bytes());
    assert_eq!(diags, []);
    assert_eq!(config.axes.main().map(|axis| &*axis.id), Some("stance"));
}

#[test]
fn groups_in_another_order_keep_their_levels() {
    let text = "[axes.bias]\ngroups = [{id=\"right\"}, {id=\"center\"}, {id=\"left\", color=\"#aa0000\"}]\n";
    let (config, diags) = parse("dateline.toml", text.as_bytes());
    assert_eq!(diags, []);
    let bias = &config.axes.list[0];
    let level = bias.level("far-left").unwrap();
    assert_eq!(&*bias.groups[bias.group_of(level) as usize].id, "left");
}

#[test]
fn a_level_without_group_is_located() {
    let text = "title = \"T\"\n[axes.bias]\ngroups = [{id=\"left\"}, {id=\"right\"}]\n";
    let (_, diags) = parse("dateline.toml", text.as_bytes());
    assert_eq!(diags.len(), 1, "{diags:?}");
    assert_eq!((diags[0].position().line, diags[0].code.name()), (2, "missing-key"));
}

#[test]
fn a_rater_of_all_axes_has_a_safe_address_and_no_labels() {
    let text =
        "[raters.x]\nurl = \"javascript:alert(1)\"\nlabels = { L = \"left\" }\n[axes.bias]\nraters.x = {}\n";
    let (config, diags) = parse("dateline.toml", text.as_bytes());
    let found: Vec<&str> = diags.iter().map(|diag| diag.code.name()).collect();
    assert_eq!(found, ["unsafe-link", "bad-value"]);
    assert_eq!(config.axes.list[0].raters[0].url, None);
}
