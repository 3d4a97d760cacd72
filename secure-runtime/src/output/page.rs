use crate::{input, output};

/// A page of a list, and how to ask for the next.
///
/// ```
/// use axum::{Json, extract::Query};
/// use secure_runtime::{Page, Paging, secure};
///
/// /// The numbers from 0 on, a page at a time.
/// #[secure(get = "/numbers", authenticated)]
/// async fn numbers(Query(paging): Query<Paging>) -> Json<Page<u64>> {
///     let first = paging.after().and_then(|after| after.parse().ok()).map_or(0, |last: u64| last + 1);
///     let found = (first..1000).take(paging.limit() + 1).collect(); // one more than is shown
///     Json(Page::of(found, paging.limit(), u64::to_string))
/// }
/// ```
#[output]
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// The items.
    #[expose]
    pub items: Vec<T>,
    /// What to give as `after` for the next page; null on the last.
    #[expose]
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// Of `found`, which has one item more than the `limit` if there are more; `cursor` names the last item of the page.
    pub fn of(mut found: Vec<T>, limit: usize, cursor: impl FnOnce(&T) -> String) -> Self {
        let more = found.len() > limit;
        found.truncate(limit);
        let next = found.last().filter(|_| more).map(cursor);
        Self { items: found, next }
    }
}

/// Which page of a list is asked for: a query of `limit`, from 1 to 100 and 20 unless said otherwise, and `after`, the `next`
/// of the page before.
#[input]
#[derive(Clone, Debug)]
pub struct Paging {
    #[input(range(min = 1, max = 100))]
    #[serde(default = "twenty")]
    limit: u16,
    #[input(length(max = 200))]
    after: Option<String>,
}

fn twenty() -> u16 {
    20
}

impl Paging {
    /// How many items the page has at most.
    #[must_use]
    pub fn limit(&self) -> usize {
        usize::from(self.limit)
    }

    /// What the client says was the last item of the page before. It is whatever the client wrote.
    #[must_use]
    pub fn after(&self) -> Option<&str> {
        self.after.as_deref()
    }
}
