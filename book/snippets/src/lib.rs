//! The pages of the book and the README, each as the documentation of a module: `cargo test -p secure-book --doc` compiles
//! every snippet in them.

macro_rules! pages {
    ($($page:ident = $path:literal;)+) => {
        $(
            #[doc = include_str!($path)]
            pub mod $page {}
        )+
    };
}

pages! {
    readme = "../../../README.md";
    introduction = "../../src/introduction.md";
    five_minutes = "../../src/five-minutes.md";
    the_requests_way = "../../src/the-requests-way.md";
    attribute = "../../src/attribute.md";
    authentication = "../../src/authentication/README.md";
    tokens = "../../src/authentication/tokens.md";
    providers = "../../src/authentication/providers.md";
    introspection = "../../src/authentication/introspection.md";
    dpop = "../../src/authentication/dpop.md";
    mutual_tls = "../../src/authentication/mutual-tls.md";
    api_keys = "../../src/authentication/api-keys.md";
    browser_apps = "../../src/authentication/browser-apps.md";
    revocation = "../../src/authentication/revocation.md";
    configuration = "../../src/authentication/configuration.md";
    deadlines = "../../src/limits/deadlines.md";
    input = "../../src/input.md";
    output = "../../src/output.md";
    errors = "../../src/errors/README.md";
    s001 = "../../src/errors/s001.md";
    s002 = "../../src/errors/s002.md";
    s003 = "../../src/errors/s003.md";
    s004 = "../../src/errors/s004.md";
    s005 = "../../src/errors/s005.md";
    s006 = "../../src/errors/s006.md";
    s007 = "../../src/errors/s007.md";
    s008 = "../../src/errors/s008.md";
    s009 = "../../src/errors/s009.md";
    s010 = "../../src/errors/s010.md";
    s011 = "../../src/errors/s011.md";
    s012 = "../../src/errors/s012.md";
    s013 = "../../src/errors/s013.md";
    s014 = "../../src/errors/s014.md";
    s015 = "../../src/errors/s015.md";
    s016 = "../../src/errors/s016.md";
    s017 = "../../src/errors/s017.md";
    s018 = "../../src/errors/s018.md";
    s019 = "../../src/errors/s019.md";
    s020 = "../../src/errors/s020.md";
    s021 = "../../src/errors/s021.md";
    s023 = "../../src/errors/s023.md";
    s024 = "../../src/errors/s024.md";
    s026 = "../../src/errors/s026.md";
    s027 = "../../src/errors/s027.md";
    s028 = "../../src/errors/s028.md";
    s029 = "../../src/errors/s029.md";
    s030 = "../../src/errors/s030.md";
    s031 = "../../src/errors/s031.md";
}
