use std::error::Error;
use std::path::Path;

use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use secure_benches::scenario::Group;

use super::{Figures, Row, Spread};

const WIDTH: u32 = 900;
const LABELS: u32 = 330;
const LINE: u32 = 20;
const MARGIN: u32 = 40;
const OURS: RGBColor = RGBColor(0x1b, 0x6c, 0xa8);
const OTHERS: RGBColor = RGBColor(0x9a, 0x9a, 0x9a);
// Seen on a light and on a dark page.
const TEXT: RGBColor = RGBColor(0x77, 0x77, 0x77);

/// Draws the time of each scenario that others have as well, as a multiple of plain axum's.
///
/// # Errors
///
/// If the file cannot be written.
pub fn plot(figures: &Figures, file: &Path) -> Result<(), Box<dyn Error>> {
    let mut bars: Vec<(&Row, Spread)> = figures
        .rows
        .iter()
        .filter(|row| row.group == Group::Compared && row.name != "plain axum")
        .filter_map(|row| Some((row, row.time?)))
        .collect();
    bars.sort_by(|(_, one), (_, other)| other.middle.total_cmp(&one.middle));
    let lines = u32::try_from(bars.len())?;
    let root = SVGBackend::new(file, (WIDTH, lines * LINE + 2 * MARGIN)).into_drawing_area();
    let most = bars.iter().map(|(_, time)| time.high).fold(10.0, f64::max);
    let mut chart = ChartBuilder::on(&root)
        .margin(10)
        .set_label_area_size(LabelAreaPosition::Left, LABELS)
        .set_label_area_size(LabelAreaPosition::Bottom, MARGIN)
        .build_cartesian_2d((1.0..most * 1.4).log_scale(), 0.0..f64::from(lines))?;
    chart
        .configure_mesh()
        .disable_y_mesh()
        .disable_y_axis()
        .light_line_style(TRANSPARENT)
        .bold_line_style(TEXT.mix(0.3))
        .axis_style(TEXT)
        .label_style(("sans-serif", 12).into_font().color(&TEXT))
        .x_label_formatter(&|times| format!("{times:.0} ×"))
        .x_desc("time of a request, plain axum = 1 (logarithmic; the line spans the middle half of all rounds)")
        .draw()?;
    let label = ("sans-serif", 13).into_font().color(&TEXT);
    let names = label.pos(Pos::new(HPos::Right, VPos::Center));
    let values = label.pos(Pos::new(HPos::Left, VPos::Center));
    for (place, (row, time)) in bars.iter().enumerate() {
        let bottom = place as f64;
        let color = if row.name.starts_with("ours") { OURS } else { OTHERS };
        let Spread { low, middle, high } = *time;
        chart.draw_series([Rectangle::new(
            [(1.0, bottom + 0.2), (middle.max(1.0), bottom + 0.8)],
            color.filled(),
        )])?;
        let whisker = vec![(low.max(1.0), bottom + 0.5), (high, bottom + 0.5)];
        chart.draw_series([PathElement::new(whisker, BLACK)])?;
        let (left, height) = chart.backend_coord(&(1.0, bottom + 0.5));
        let (right, _) = chart.backend_coord(&(high, bottom + 0.5));
        root.draw(&Text::new(row.name.as_str(), (left - 8, height), names.clone()))?;
        root.draw(&Text::new(format!("{middle:.2}"), (right + 6, height), values.clone()))?;
    }
    root.present()?;
    Ok(())
}
