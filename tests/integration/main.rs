//! The workspace's integration tests: each file one subject, all one binary.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "clippy knows functions with #[test] as tests, not the ones that they share"
)]

mod api_key_stores;
mod api_keys;
mod audit_lines;
mod audit_log;
mod body_times;
mod certificates;
mod challenged_api;
mod challenges;
mod client_addresses;
mod config;
mod config_faults;
mod config_ways_in;
mod costs;
mod credentials;
mod descriptions;
mod disclosure;
mod disclosure_ways_in;
mod dpop_nonces;
mod endings;
mod enums;
mod example_binary;
mod example_bodies;
mod example_limits;
mod example_members;
mod example_ownership;
mod example_paths;
mod example_routes;
mod example_stand;
mod example_table;
mod exposure;
mod exposure_answers;
mod exposure_types;
mod forged;
mod forgotten_checks;
mod issuers;
mod json_suite;
mod jwt;
mod jwt_attacks;
mod jwt_door;
mod jwt_form;
mod jwt_keys;
mod jwt_rights;
mod jwt_signatures;
mod jwt_times;
mod jwt_vectors;
mod limits;
mod limits_at_once;
mod limits_processes;
mod limits_rules;
mod limits_shared;
mod load_shed;
mod members;
mod opaque_tokens;
mod owned;
mod peers;
mod peers_lives;
mod presets;
mod properties;
mod properties_claims;
mod properties_paths;
mod provider_outages;
mod provider_tokens;
mod published_keys;
mod resource_metadata;
mod routers;
mod rules_agree;
mod second_opinion;
mod sender_constrained;
mod serving;
mod shared_stores;
mod slow_clients;
mod stages;
mod streams;
mod strict_reading;
mod support;
mod token_cache;
mod uploads;
mod ways_in;
mod wycheproof;
