//! A story in its place.

use std::ops::Deref;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;

use super::{StoryIx, TopicIx};
use crate::content::story::Story;
use crate::coverage::Summary;

/// A parsed story and its shortened coverage; shared, for both outlive a run where a preview keeps them.
pub type CountedStory = (Arc<Story>, Arc<Summary>);

/// A story with its summary and its [`Tie`], whose fields are read as if they were its own.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The parsed file.
    pub story: Arc<Story>,
    /// Its coverage, shortened.
    pub summary: Arc<Summary>,
    pub(super) tie: Arc<Tie>,
}

impl Deref for Entry {
    type Target = Tie;

    fn deref(&self) -> &Tie {
        &self.tie
    }
}

impl Entry {
    /// Whether it is the same story at the same place.
    pub fn is(&self, other: &Entry) -> bool {
        Arc::ptr_eq(&self.story, &other.story) && Arc::ptr_eq(&self.tie, &other.tie)
    }
}

/// Where a story stands in the site, and what it leads to. Shared, for most edits change none.
#[derive(Debug)]
pub struct Tie {
    /// Its URL path, with `/` at both ends, from the site's root.
    pub url: Box<str>,
    /// Its day in the site's time zone.
    pub day: Date,
    /// Its moment.
    pub moment: Timestamp,
    /// Its topics, in its own order.
    pub topics: Box<[TopicIx]>,
    /// The same story in other languages.
    pub translations: Box<[StoryIx]>,
    /// The earlier chapter.
    pub follows: Option<StoryIx>,
    /// Later chapters.
    pub followed_by: Box<[StoryIx]>,
}
