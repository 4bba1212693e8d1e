//! Pictures: taken in within limits, named by content, shown as thumbnails.

use std::io::Cursor;
use std::sync::Arc;

use history::Hash;
use image::{DynamicImage, ImageFormat, ImageReader, Limits};

use crate::library::Library;
use crate::wire::AssetInfo;
use crate::{Code, Failure};

/// The largest file taken in, in bytes.
pub const MAX_BYTES: usize = 20 << 20;
/// The longest edge taken in, in pixels.
pub const MAX_EDGE: u32 = 8_192;
/// The most memory that decoding may take, in bytes; what wants more is a decompression bomb.
const MAX_DECODED: u64 = 256 << 20;
/// The sizes of thumbnails, in pixels of the longer edge.
pub const SIZES: [u32; 4] = [64, 160, 320, 640];

/// Serves pictures; made by [`Library::assets`].
#[derive(Clone, Copy)]
pub struct Assets<'a> {
    pub(crate) library: &'a Library,
}

impl Assets<'_> {
    /// Keeps a picture; the same bytes are kept once.
    ///
    /// # Errors
    /// What is no PNG, JPEG, WebP or GIF, is too large, or cannot be decoded.
    pub fn put(&self, bytes: &[u8]) -> Result<AssetInfo, Failure> {
        self.library.timed("assets.put", || {
            let info = examine(bytes)?;
            self.library.pictures.put(bytes)?;
            Ok(info)
        })
    }

    /// Gives a picture's own bytes.
    ///
    /// # Errors
    /// A hash that names nothing, or a file that is damaged.
    pub fn original(&self, hash: &str) -> Result<Vec<u8>, Failure> {
        self.library.timed("assets.original", || self.read(hash))
    }

    /// Gives a PNG of a picture whose longer edge is the nearest of [`SIZES`] that is not smaller.
    ///
    /// # Errors
    /// A hash that names nothing, or a file that is damaged.
    pub fn thumbnail(&self, hash: &str, edge: u32) -> Result<Arc<Vec<u8>>, Failure> {
        self.library.timed("assets.thumbnail", || {
            let edge = SIZES.into_iter().find(|size| *size >= edge).unwrap_or(640);
            let key = (hash.to_owned(), edge);
            let caches = self.library.caches();
            if let Some(png) = caches.thumbnails.get(&key) {
                caches.thumbnail_figures.hit();
                return Ok(png);
            }
            caches.thumbnail_figures.miss();
            let picture = decode(&self.read(hash)?)?;
            let small = if picture.width().max(picture.height()) > edge {
                picture.thumbnail(edge, edge)
            } else {
                picture
            };
            let mut png = Vec::new();
            small
                .to_rgba8()
                .write_to(&mut Cursor::new(&mut png), ImageFormat::Png)
                .map_err(Failure::internal)?;
            let png = Arc::new(png);
            caches.thumbnails.insert(key, Arc::clone(&png));
            Ok(png)
        })
    }

    fn read(&self, hash: &str) -> Result<Vec<u8>, Failure> {
        let hash: Hash = hash.parse()?;
        self.library
            .pictures
            .get(&hash)?
            .ok_or_else(|| Failure::not_found("picture", &hash.to_string()))
    }
}

/// A picture about to be decoded, within the limits.
type Reader<'a> = ImageReader<Cursor<&'a [u8]>>;

fn reader(bytes: &[u8]) -> Result<(Reader<'_>, ImageFormat), Failure> {
    if bytes.len() > MAX_BYTES {
        return Err(Failure::new(
            Code::TooLarge,
            format!(
                "The picture has {} MB; the limit is {} MB.",
                bytes.len() >> 20,
                MAX_BYTES >> 20
            ),
            "Save it smaller or as a JPEG.",
        ));
    }
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|error| unreadable(&error.to_string()))?;
    let format = match reader.format() {
        Some(
            format @ (ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::WebP | ImageFormat::Gif),
        ) => format,
        _ => return Err(unreadable("it is none of the kinds Forkbeard knows")),
    };
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_EDGE);
    limits.max_image_height = Some(MAX_EDGE);
    limits.max_alloc = Some(MAX_DECODED);
    reader.limits(limits);
    Ok((reader, format))
}

fn decode(bytes: &[u8]) -> Result<DynamicImage, Failure> {
    let (reader, _) = reader(bytes)?;
    reader.decode().map_err(|error| match error {
        image::ImageError::Limits(_) => too_many_pixels(),
        other => unreadable(&other.to_string()),
    })
}

/// Looks at a picture without keeping it: format, size, and that all of it can be decoded within the limits.
pub(crate) fn examine(bytes: &[u8]) -> Result<AssetInfo, Failure> {
    let (_, format) = reader(bytes)?;
    let picture = decode(bytes)?;
    Ok(AssetInfo {
        hash: Hash::of(bytes).to_string(),
        mime: format.to_mime_type().to_owned(),
        width: picture.width(),
        height: picture.height(),
        bytes: crate::text::count(bytes.len()),
    })
}

fn too_many_pixels() -> Failure {
    Failure::new(
        Code::TooLarge,
        format!(
            "The picture is larger than {MAX_EDGE} × {MAX_EDGE} pixels or needs too much memory."
        ),
        "Scale it down; 1,000 pixels are plenty for a portrait.",
    )
}

fn unreadable(why: &str) -> Failure {
    Failure::new(
        Code::Invalid,
        format!("The picture cannot be read: {}.", why.trim_end_matches('.')),
        "Choose a PNG, JPEG, WebP or GIF file.",
    )
}
