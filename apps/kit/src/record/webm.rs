//! A WebM file with a track of AV1 and one of Opus, written so that what is there plays even if nothing more comes: the
//! segment is open to the end, and each cluster is whole.

use std::fs::File;
use std::io::{self, Seek as _, SeekFrom, Write as _};

use deskwire_av1::TimedPacket;
use deskwire_core::wire::picture::Size;
use webm_iterable::errors::TagWriterError;
use webm_iterable::matroska_spec::{Master, MatroskaSpec as Tag};
use webm_iterable::{WebmWriter, WriteOptions};

/// Times are in milliseconds.
const NANOSECONDS_PER_TICK: u64 = 1_000_000;
/// A cluster is written when it spans so many milliseconds; what was not written is lost when the process is killed.
const CLUSTER: i64 = 1_000;
/// Opus has warmed up after so many samples at 48 kHz (RFC 7845, section 4.2), here 80 ms in nanoseconds.
const SEEK_PRE_ROLL: u64 = 80_000_000;
const VIDEO: u8 = 1;
const SOUND: u8 = 2;
/// A duration that is found again and written over at the end.
const NOT_YET_KNOWN: f64 = 1.0;

/// The file.
pub(super) struct Webm {
    writer: WebmWriter<File>,
    /// Where the eight bytes of the duration are.
    duration_at: u64,
    cluster: Option<Cluster>,
    /// When the last block is shown.
    last: i64,
}

/// Blocks that wait to be written together.
struct Cluster {
    begin: i64,
    blocks: Vec<Tag>,
}

impl Webm {
    /// Begins the file; `header` is AV1's sequence header. With `sound` there is a track of Opus in stereo at 48 kHz.
    pub(super) fn begin(file: File, size: Size, header: &[u8], sound: bool) -> io::Result<Self> {
        let mut writer = WebmWriter::new(file);
        put(&mut writer, &ebml())?;
        let unknown = WriteOptions::is_unknown_sized_element();
        writer.write_advanced(&Tag::Segment(Master::Start), unknown).map_err(io::Error::other)?;
        put(&mut writer, &info())?;
        // What is complete is written at once, and the duration is the last of it.
        let duration_at = writer.get_mut().stream_position()? - 8;
        let mut tracks = vec![video(size, header)];
        if sound {
            tracks.push(opus());
        }
        put(&mut writer, &Tag::Tracks(Master::Full(tracks)))?;
        Ok(Self { writer, duration_at, cluster: None, last: 0 })
    }

    /// Adds a picture.
    pub(super) fn video(&mut self, packet: &TimedPacket) -> io::Result<()> {
        self.block(VIDEO, packet.at, packet.key, without_delimiter(&packet.data))
    }

    /// Adds a packet of Opus that is heard from `at` on.
    pub(super) fn sound(&mut self, packet: &[u8], at: i64) -> io::Result<()> {
        self.block(SOUND, at, true, packet)
    }

    fn block(&mut self, track: u8, at: i64, key: bool, data: &[u8]) -> io::Result<()> {
        // A picture that needs no other begins a cluster, so that players can jump to it; and a cluster is not long, so that
        // little is lost with a program that is killed.
        let full = self.cluster.as_ref().is_some_and(|cluster| at - cluster.begin >= CLUSTER);
        if full || (key && track == VIDEO) {
            self.write_cluster()?;
        }
        let cluster = self.cluster.get_or_insert_with(|| Cluster { begin: at, blocks: Vec::new() });
        let offset = i16::try_from(at - cluster.begin).unwrap_or(i16::MAX);
        let mut block = Vec::with_capacity(data.len() + 4);
        block.push(0x80 | track); // numbers below 127 take one byte
        block.extend_from_slice(&offset.to_be_bytes());
        block.push(if key { 0x80 } else { 0 });
        block.extend_from_slice(data);
        cluster.blocks.push(Tag::SimpleBlock(block));
        self.last = self.last.max(at);
        Ok(())
    }

    fn write_cluster(&mut self) -> io::Result<()> {
        let Some(cluster) = self.cluster.take() else { return Ok(()) };
        let begin = Tag::Timestamp(u64::try_from(cluster.begin).unwrap_or(0));
        let tags = std::iter::once(begin).chain(cluster.blocks).collect();
        put(&mut self.writer, &Tag::Cluster(Master::Full(tags)))
    }

    /// Writes what waits, and how long it is; it lies on the disk when this returns.
    pub(super) fn finish(mut self, end: i64) -> io::Result<()> {
        self.write_cluster()?;
        let file = self.writer.get_mut();
        file.seek(SeekFrom::Start(self.duration_at))?;
        file.write_all(&(self.last.max(end) as f64).to_be_bytes())?;
        file.seek(SeekFrom::End(0))?;
        file.sync_all()
    }
}

fn put(writer: &mut WebmWriter<File>, tag: &Tag) -> io::Result<()> {
    writer.write(tag).map_err(|error| match error {
        TagWriterError::WriteError { source } => source,
        other => io::Error::other(other),
    })
}

fn ebml() -> Tag {
    Tag::Ebml(Master::Full(vec![
        Tag::EbmlVersion(1),
        Tag::EbmlReadVersion(1),
        Tag::EbmlMaxIdLength(4),
        Tag::EbmlMaxSizeLength(8),
        Tag::DocType("webm".to_owned()),
        Tag::DocTypeVersion(4),
        Tag::DocTypeReadVersion(2),
    ]))
}

fn info() -> Tag {
    let program = concat!("Deskwire ", env!("CARGO_PKG_VERSION")).to_owned();
    Tag::Info(Master::Full(vec![
        Tag::TimestampScale(NANOSECONDS_PER_TICK),
        Tag::MuxingApp(program.clone()),
        Tag::WritingApp(program),
        Tag::Duration(NOT_YET_KNOWN),
    ]))
}

fn video(size: Size, header: &[u8]) -> Tag {
    Tag::TrackEntry(Master::Full(vec![
        Tag::TrackNumber(u64::from(VIDEO)),
        Tag::TrackUID(u64::from(VIDEO)),
        Tag::TrackType(1),
        Tag::FlagLacing(0),
        Tag::CodecID("V_AV1".to_owned()),
        Tag::CodecPrivate(configuration(header)),
        Tag::Video(Master::Full(vec![
            Tag::PixelWidth(u64::from(size.width)),
            Tag::PixelHeight(u64::from(size.height)),
        ])),
    ]))
}

fn opus() -> Tag {
    // RFC 7845, section 5.1: version 1, two channels, nothing skipped, 48 kHz, no gain, mapping family 0.
    let head = [b"OpusHead".as_slice(), &[1, 2, 0, 0], &48_000_u32.to_le_bytes(), &[0, 0, 0]].concat();
    Tag::TrackEntry(Master::Full(vec![
        Tag::TrackNumber(u64::from(SOUND)),
        Tag::TrackUID(u64::from(SOUND)),
        Tag::TrackType(2),
        Tag::FlagLacing(0),
        Tag::CodecID("A_OPUS".to_owned()),
        Tag::CodecPrivate(head),
        Tag::SeekPreRoll(SEEK_PRE_ROLL),
        Tag::Audio(Master::Full(vec![Tag::SamplingFrequency(48_000.0), Tag::Channels(2)])),
    ]))
}

/// `av1C` of "AV1 in ISOBMFF", section 2.3, which Matroska takes over: 8 bits, 4:2:0, main profile.
fn configuration(header: &[u8]) -> Vec<u8> {
    // "Maximum parameters" (31) promises nothing, so it is right for any stream.
    let (profile, level) = (0_u8, 31_u8);
    let subsampled = 0b0000_1100;
    let mut bytes = vec![0x81, profile << 5 | level, subsampled, 0];
    bytes.extend_from_slice(without_delimiter(header));
    bytes
}

/// A temporal unit without its delimiter, which containers leave out.
fn without_delimiter(unit: &[u8]) -> &[u8] {
    unit.strip_prefix(&[0x12, 0]).unwrap_or(unit)
}
