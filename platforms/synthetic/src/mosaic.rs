//! A lossy codec for tests: blocks of one colour, their size chosen by the rate.
//!
//! Packet: `M`, flags (1 = key), width and height (2 bytes each, big endian), block side, then one bit for each block
//! (whether it follows; in rows, first block lowest), then blue, green, red of those blocks.

use deskwire_platform::{
    EncoderCaps, EncoderConfig, Error, ErrorKind, Packet, Picture, VideoDecoder, VideoEncoder,
};
use deskwire_wire::picture::{Rect, Size, VideoCodec};

const HEADER: usize = 7;
const SIDES: [u8; 6] = [2, 4, 8, 16, 32, 64];

/// The encoder.
pub struct MosaicEncoder {
    caps: EncoderCaps,
    config: Option<EncoderConfig>,
    key_wanted: bool,
    sent: Option<(u8, Vec<[u8; 3]>)>,
}

impl Default for MosaicEncoder {
    fn default() -> Self {
        Self::new()
    }
}

impl MosaicEncoder {
    /// An encoder that waits for its configuration.
    pub const fn new() -> Self {
        let caps = EncoderCaps {
            name: "mosaic",
            codec: VideoCodec::Av1,
            smallest: Size { width: 1, height: 1 },
            largest: Size { width: 4096, height: 4096 },
            full_colour: true,
            rate_needs_key: false,
        };
        Self { caps, config: None, key_wanted: true, sent: None }
    }
}

impl VideoEncoder for MosaicEncoder {
    fn caps(&self) -> &EncoderCaps {
        &self.caps
    }

    fn configure(&mut self, config: &EncoderConfig) -> Result<(), Error> {
        let fits =
            config.size.width <= self.caps.largest.width && config.size.height <= self.caps.largest.height;
        if !config.size.is_allowed() || !fits {
            return Err(invalid(format!("{}x{} cannot be encoded", config.size.width, config.size.height)));
        }
        self.config = Some(*config);
        self.key_wanted = true;
        self.sent = None;
        Ok(())
    }

    fn set_rate(&mut self, rate: u32) -> Result<(), Error> {
        let config = self.config.as_mut().ok_or_else(|| invalid("nothing is configured".into()))?;
        config.rate = rate;
        Ok(())
    }

    fn request_key(&mut self) {
        self.key_wanted = true;
    }

    fn encode(&mut self, picture: &Picture, _damage: &[Rect]) -> Result<Packet, Error> {
        let config = self.config.ok_or_else(|| invalid("nothing is configured".into()))?;
        if picture.size() != config.size {
            return Err(invalid(format!("{picture:?} is not of the configured size")));
        }
        let budget = config.rate / 8 / config.frames_per_second.max(1);
        let side =
            SIDES.into_iter().find(|&side| grid(config.size, side).0 * 3 <= u64::from(budget)).unwrap_or(64);
        let colours = mean_colours(picture, side);
        let key = self.key_wanted || self.sent.is_none();
        let before = self.sent.as_ref().filter(|(had, _)| *had == side && !key).map(|(_, colours)| colours);

        let mut data = vec![b'M', u8::from(key)];
        data.extend(
            [config.size.width, config.size.height]
                .map(|n| u16::try_from(n).unwrap_or(0).to_be_bytes())
                .concat(),
        );
        data.push(side);
        let changed: Vec<bool> = colours
            .iter()
            .enumerate()
            .map(|(i, colour)| before.and_then(|b| b.get(i)) != Some(colour))
            .collect();
        data.extend(
            changed.chunks(8).map(|bits| bits.iter().rev().fold(0, |byte, &bit| byte << 1 | u8::from(bit))),
        );
        data.extend(
            colours.iter().zip(&changed).filter(|(_, changed)| **changed).flat_map(|(colour, _)| *colour),
        );
        self.sent = Some((side, colours));
        self.key_wanted = false;
        Ok(Packet { data, key })
    }
}

/// The decoder.
#[derive(Default)]
pub struct MosaicDecoder {
    shown: Option<Picture>,
}

impl MosaicDecoder {
    /// A decoder that waits for a key frame.
    pub const fn new() -> Self {
        Self { shown: None }
    }
}

impl VideoDecoder for MosaicDecoder {
    fn decode(&mut self, packet: &[u8]) -> Result<&Picture, Error> {
        let broken = || invalid("the packet is broken".into());
        let (header, rest) = packet.split_first_chunk::<HEADER>().ok_or_else(broken)?;
        let [b'M', flags @ 0..=1, w0, w1, h0, h1, side] = *header else { return Err(broken()) };
        let size =
            Size { width: u16::from_be_bytes([w0, w1]).into(), height: u16::from_be_bytes([h0, h1]).into() };
        if !size.is_allowed() || !SIDES.contains(&side) {
            return Err(broken());
        }
        let (count, columns) = grid(size, side);
        let count = usize::try_from(count).map_err(|_| broken())?;
        let (bits, colours) = rest.split_at_checked(count.div_ceil(8)).ok_or_else(broken)?;
        let present = |block: usize| bits.get(block / 8).is_some_and(|byte| byte >> (block % 8) & 1 == 1);
        if colours.len() != (0..count).filter(|&block| present(block)).count() * 3 {
            return Err(broken());
        }
        if flags == 1 {
            self.shown = Some(Picture::new(size)?);
        }
        let picture = self
            .shown
            .as_mut()
            .filter(|p| p.size() == size)
            .ok_or_else(|| invalid("the packet needs an earlier one that is missing".into()))?;
        let side = u32::from(side);
        for (block, colour) in
            (0u32..).zip(0..count).filter(|&(_, i)| present(i)).map(|(b, _)| b).zip(colours.chunks_exact(3))
        {
            let rect = Rect::new(block % columns * side, block / columns * side, side, side);
            if let &[blue, green, red] = colour {
                picture.fill(rect, [blue, green, red, 255]);
            }
        }
        Ok(picture)
    }

    fn reset(&mut self) {
        self.shown = None;
    }
}

/// Number of blocks, and blocks in a row.
fn grid(size: Size, side: u8) -> (u64, u32) {
    let columns = size.width.div_ceil(side.into());
    (u64::from(columns) * u64::from(size.height.div_ceil(side.into())), columns)
}

fn mean_colours(picture: &Picture, side: u8) -> Vec<[u8; 3]> {
    let size = picture.size();
    let (_, columns) = grid(size, side);
    let side = u32::from(side);
    let mut colours = Vec::new();
    for y in (0..size.height).step_by(side as usize) {
        let mut sums = vec![[0u32; 4]; columns as usize];
        for row in y..(y + side).min(size.height) {
            for (pixels, sum) in picture.row(picture.rect(), row).chunks(side as usize * 4).zip(&mut sums) {
                for pixel in pixels.chunks_exact(4) {
                    (0..3).for_each(|i| sum[i] += u32::from(pixel[i]));
                    sum[3] += 1;
                }
            }
        }
        let mean = |n: u32, count: u32| u8::try_from(n / count.max(1)).unwrap_or(u8::MAX);
        colours.extend(sums.iter().map(|&[b, g, r, n]| [mean(b, n), mean(g, n), mean(r, n)]));
    }
    colours
}

fn invalid(happened: String) -> Error {
    Error::new(
        ErrorKind::Invalid,
        happened,
        "configure the codec for this picture, or start again with a key frame",
    )
}
