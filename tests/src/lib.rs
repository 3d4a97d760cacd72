//! Nothing: the tests are in `integration`, in one binary.
