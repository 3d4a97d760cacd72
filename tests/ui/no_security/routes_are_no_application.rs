use secure_runtime::Routes;

fn app(routes: Routes) {
    let _ = routes.build();
}

fn main() {}
