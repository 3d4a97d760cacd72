//! `figures FOLDER [BOOK-FOLDER]`: prints what was measured into the folder; and writes the book's page and its plot, where that is asked.

use std::path::Path;

use secure_bench_peers::figures::{Figures, plot};

fn main() -> Result<(), String> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (folder, book) = match args.as_slice() {
        [folder] => (folder, None),
        [folder, book] => (folder, Some(Path::new(book))),
        _ => return Err("usage: figures FOLDER [BOOK-FOLDER]".to_owned()),
    };
    let figures = Figures::read(Path::new(folder))?;
    let page = figures.page();
    println!("{page}");
    if let Some(book) = book {
        std::fs::write(book.join("figures.md"), page).map_err(|error| error.to_string())?;
        plot(&figures, &book.join("ratios.svg")).map_err(|error| error.to_string())?;
    }
    Ok(())
}
