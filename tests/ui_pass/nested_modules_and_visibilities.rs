#![deny(warnings)]

mod support;

mod outer {
    use secure_runtime::secure;

    #[secure(get = "/pub-crate", authenticated)]
    pub(crate) async fn for_the_crate() {}

    #[secure(get = "/pub-super", authenticated)]
    pub(super) async fn for_the_parent() {}

    pub(crate) mod inner {
        use secure_runtime::secure;

        #[secure(get = "/pub-in", authenticated)]
        pub(in crate::outer) async fn for_outer() {}

        #[secure(get = "/private", authenticated)]
        async fn private() {}

        #[secure(get = "/pub", authenticated)]
        pub async fn public() {}

        pub(crate) fn mounted() -> secure_runtime::Routes {
            secure_runtime::Routes::new().mount(private)
        }
    }

    pub(crate) fn mounted() -> secure_runtime::Routes {
        inner::mounted().mount((inner::for_outer, for_the_parent))
    }
}

fn main() {
    let app = secure_runtime::SecureRouter::new(support::security())
        .merge(outer::mounted())
        .mount((outer::for_the_crate, outer::inner::public))
        .build()
        .expect("it starts");
    let names: Vec<&str> = app.endpoints().map(|endpoint| endpoint.policy.endpoint).collect();
    assert!(names[0].ends_with("::outer::inner::private"), "{names:?}");
    assert_eq!(names.len(), 5);
}
