//! What does not compile, each after the same that does.
//!
//! ```
//! # let secret = secure_runtime::Secret::new("hunter2".to_owned());
//! let _ = format!("{:?}", secret.expose());
//! ```
//! ```compile_fail
//! # let secret = secure_runtime::Secret::new("hunter2".to_owned());
//! let _ = format!("{:?}", secret);
//! ```
//!
//! ```
//! # let secret = secure_runtime::Secret::new("hunter2".to_owned());
//! let _ = format!("{}", secret.expose());
//! ```
//! ```compile_fail
//! # let secret = secure_runtime::Secret::new("hunter2".to_owned());
//! let _ = format!("{}", secret);
//! ```
//!
//! ```
//! # let secret = secure_runtime::Secret::new("hunter2".to_owned());
//! let _ = serde_json::to_string(secret.expose());
//! ```
//! ```compile_fail
//! # let secret = secure_runtime::Secret::new("hunter2".to_owned());
//! let _ = serde_json::to_string(&secret);
//! ```
//!
//! ```
//! # let secret = secure_runtime::Secret::new("hunter2".to_owned());
//! let _: String = secret.expose().clone();
//! ```
//! ```compile_fail
//! # let secret = secure_runtime::Secret::new("hunter2".to_owned());
//! let _: secure_runtime::Secret<String> = secret.clone();
//! ```
//!
//! ```
//! # let secret = secure_runtime::Secret::new("hunter2".to_owned());
//! fn answer(_: &impl secure_runtime::Output) {}
//! answer(secret.expose());
//! ```
//! ```compile_fail
//! # let secret = secure_runtime::Secret::new("hunter2".to_owned());
//! fn answer(_: &impl secure_runtime::Output) {}
//! answer(&secret);
//! ```
//!
//! ```
//! # let secret = secure_runtime::Secret::new("hunter2".to_owned());
//! let _ = secret.equals("hunter2");
//! ```
//! ```compile_fail
//! # let secret = secure_runtime::Secret::new("hunter2".to_owned());
//! let _ = secret == "hunter2";
//! ```
//!
//! ```
//! struct Login { name: String, password: secure_runtime::Secret<String> }
//! ```
//! ```compile_fail
//! #[derive(serde::Serialize)]
//! struct Login { name: String, password: secure_runtime::Secret<String> }
//! ```
