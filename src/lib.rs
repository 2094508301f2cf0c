pub mod content;
pub mod coverage;
pub mod diag;
pub mod link;
pub mod markdown;
pub mod slug;
