//! What does not compile, each after the same that does.
//!
//! ```
//! # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
//! let _ = format!("{}", bio.html());
//! ```
//! ```compile_fail
//! # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
//! let _ = format!("{}", bio);
//! ```
//!
//! ```
//! # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
//! let _ = format!("{:?}", bio.log());
//! ```
//! ```compile_fail
//! # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
//! let _ = format!("{:?}", bio);
//! ```
//!
//! ```
//! # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
//! let _ = "<p>".to_owned() + &bio.html();
//! ```
//! ```compile_fail
//! # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
//! let _ = "<p>".to_owned() + &bio;
//! ```
//!
//! ```
//! # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
//! let _ = bio.html() + "</p>";
//! ```
//! ```compile_fail
//! # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
//! let _ = bio + "</p>";
//! ```
//!
//! ```
//! # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
//! let mut page = String::new();
//! page.push_str(&bio.html());
//! ```
//! ```compile_fail
//! # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
//! let mut page = String::new();
//! page.push_str(&bio);
//! ```
//!
//! ```
//! # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
//! let _ = ["<p>", &bio.html()].concat();
//! ```
//! ```compile_fail
//! # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
//! let _ = ["<p>", &bio].concat();
//! ```
//!
//! ```
//! # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
//! let _ = &*bio.html();
//! ```
//! ```compile_fail
//! # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
//! let _ = &*bio;
//! ```
//!
//! ```
//! # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
//! fn query(_: &str) {}
//! query(bio.sql_parameter());
//! ```
//! ```compile_fail
//! # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
//! fn query(_: &str) {}
//! query(&bio);
//! ```
//!
//! ```
//! # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
//! fn open(_: impl AsRef<std::path::Path>) {}
//! open(bio.trust("a doctest"));
//! ```
//! ```compile_fail
//! # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
//! fn open(_: impl AsRef<std::path::Path>) {}
//! open(bio);
//! ```
//!
//! ```
//! # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
//! let _ = bio.log().to_string();
//! ```
//! ```compile_fail
//! # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
//! let _ = bio.to_string();
//! ```
//!
//! ```
//! # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
//! let _: String = bio.log().into();
//! ```
//! ```compile_fail
//! # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
//! let _: String = bio.into();
//! ```
//!
//! ```
//! # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
//! let _ = bio.log() == "admin";
//! ```
//! ```compile_fail
//! # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
//! let _ = bio == "admin";
//! ```
//!
//! ```
//! # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
//! let _ = serde_json::to_string(&bio.html());
//! ```
//! ```compile_fail
//! # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
//! let _ = serde_json::to_string(&bio);
//! ```
//!
//! ```
//! # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
//! let _ = format!("{:?}", bio.map(|text| vec![text]).items().count());
//! ```
//! ```compile_fail
//! # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
//! let _ = format!("{:?}", bio.map(|text| vec![text]).items());
//! ```
//!
//! ```
//! # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
//! let prefix = "a".to_owned();
//! let _ = bio.parse_with(move |text| if text == prefix { Ok(text) } else { Err(()) });
//! ```
//! ```compile_fail
//! # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
//! let prefix = "a".to_owned();
//! let _ = bio.map(move |text| if text == prefix { Ok(text) } else { Err(()) });
//! ```
//!
//! Nothing that any text passes is a check:
//!
//! ```
//! # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
//! let _ = bio.parse::<u32>();
//! ```
//! ```compile_fail
//! # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
//! let _ = bio.parse::<String>();
//! ```
//!
//! ```
//! # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
//! let _ = bio.parse_with(Ok::<_, ()>);
//! ```
//! ```compile_fail
//! # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
//! let _ = bio.parse_with(Ok::<_, std::convert::Infallible>);
//! ```
//!
//! ```
//! # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
//! let _ = bio.validate(|_| Ok::<_, ()>(()));
//! ```
//! ```compile_fail
//! # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
//! let _ = bio.validate(|_| Ok::<_, std::convert::Infallible>(()));
//! ```
