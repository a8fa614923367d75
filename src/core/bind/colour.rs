//! The merchant's colour, adjusted for a button: it meets WCAG 2.2's contrasts whatever the merchant chose.

use std::fmt;

/// A colour (sRGB, eight bits a channel).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour([u8; 3]);

/// A button's two colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paint {
    /// The button.
    pub fill: Colour,
    /// The text on it.
    pub ink: Colour,
}

/// The card in the light and in the dark theme, as in `style/main.css`.
const CARDS: [Colour; 2] = [Colour([0xff, 0xff, 0xff]), Colour([0x1a, 0x1d, 0x22])];
const WHITE: Colour = Colour([0xff; 3]);
const BLACK: Colour = Colour([0; 3]);
/// The contrast that a control needs with its surroundings (WCAG 2.2, 1.4.11), and a little more for rounding.
const CONTROL: f32 = 3.1;
/// The same for text (WCAG 2.2, 1.4.3).
const TEXT: f32 = 4.6;
/// The steps from a colour to black or white, and how many of them are hardly visible.
const STEPS: u16 = 16;
const SLIGHTLY: u16 = 4;

impl Colour {
    /// Reads `#rrggbb`.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        let [_, red, green, blue] = u32::from_str_radix(digits, 16).ok().filter(|_| digits.len() == 6)?.to_be_bytes();
        Some(Self([red, green, blue]))
    }

    /// A button of this colour for the light and for the dark card, shaded until it stands out. Its text is white if a
    /// slightly darker shade allows it, as people are used to; else black or white, whichever reads better (one of them
    /// always has 4.5:1).
    #[must_use]
    pub fn paints(self) -> [Paint; 2] {
        CARDS.map(|card| {
            let fill = self.beside(card);
            let mut darker = (0..SLIGHTLY).map(|step| fill.towards(BLACK, step));
            let under_white = darker.find(|shade| shade.contrast(WHITE) >= TEXT && shade.contrast(card) >= CONTROL);
            match under_white {
                Some(fill) => Paint { fill, ink: WHITE },
                None => Paint { fill, ink: fill.opposite() },
            }
        })
    }

    fn beside(self, card: Self) -> Self {
        let end = card.opposite();
        let mut shades = (0..STEPS).map(|step| self.towards(end, step));
        shades.find(|shade| shade.contrast(card) >= CONTROL).unwrap_or(end)
    }

    /// Black for a light colour, white for a dark one.
    fn opposite(self) -> Self {
        if self.contrast(BLACK) > self.contrast(WHITE) { BLACK } else { WHITE }
    }

    fn towards(self, end: Self, step: u16) -> Self {
        let [red, green, blue] = self.0;
        let [to_red, to_green, to_blue] = end.0;
        let mix = |from: u8, to: u8| {
            let sum = u16::from(from) * (STEPS - step) + u16::from(to) * step;
            u8::try_from(sum / STEPS).unwrap_or(u8::MAX)
        };
        Self([mix(red, to_red), mix(green, to_green), mix(blue, to_blue)])
    }

    /// WCAG 2.2's contrast ratio, from 1 to 21.
    fn contrast(self, other: Self) -> f32 {
        let (one, other) = (self.luminance() + 0.05, other.luminance() + 0.05);
        if one > other { one / other } else { other / one }
    }

    /// WCAG 2.2's relative luminance. A polynomial replaces the curve of sRGB, off by 0.002 at most: powers cost 1 KB.
    fn luminance(self) -> f32 {
        let [red, green, blue] = self.0.map(|channel| {
            let value = f32::from(channel) / 255.0;
            value * (value * (value * 0.305_306 + 0.682_171) + 0.012_523)
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

/// `#RRGGBB`.
impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02X}{green:02X}{blue:02X}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By the definition, not by the polynomial.
    fn contrast(one: Colour, other: Colour) -> f64 {
        let luminance = |Colour(channels): Colour| -> f64 {
            let linear = channels.map(|channel| {
                let value = f64::from(channel) / 255.0;
                if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
            });
            linear.iter().zip([0.2126, 0.7152, 0.0722]).map(|(channel, weight)| channel * weight).sum()
        };
        let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
        one.max(other) / one.min(other)
    }

    #[test]
    fn every_colour_becomes_a_button_that_can_be_seen_and_read() {
        let channels = || (0..=255_u8).step_by(15);
        for red in channels() {
            for green in channels() {
                for blue in channels() {
                    for (paint, card) in Colour([red, green, blue]).paints().into_iter().zip(CARDS) {
                        assert!(contrast(paint.fill, card) >= 3.0, "{paint:?} on {card:?}");
                        assert!(contrast(paint.fill, paint.ink) >= 4.5, "{paint:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_colour_that_is_fit_stays() {
        let blue = Colour([0x0a, 0x6c, 0xdf]);
        assert_eq!((Colour::read("#0A6cdf"), blue.to_string().as_str()), (Some(blue), "#0A6CDF"));
        assert_eq!(blue.paints(), [Paint { fill: blue, ink: WHITE }; 2]);
    }

    #[test]
    fn only_six_digits_are_a_colour() {
        for text in ["", "#", "#fff", "0a7cff", "#0a7cfg", "#0a7cff00", "#+12345", "red", "#綁綁"] {
            assert_eq!(Colour::read(text), None, "{text}");
        }
    }
}
