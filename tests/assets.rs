//! Journeys through pictures: kept, shrunk, and the hostile ones refused.

#![allow(clippy::unwrap_used)] // a test: failing is its way to speak

use std::io::Cursor;

use image::{ImageFormat, RgbImage};
use services::Code;
use testkit::TestLibrary;

fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Vec::new();
    RgbImage::from_fn(width, height, |x, y| image::Rgb([x as u8, y as u8, 90]))
        .write_to(&mut Cursor::new(&mut bytes), format)
        .unwrap();
    bytes
}

#[test]
fn pictures_are_kept_once_and_shrunk() {
    let mut test = TestLibrary::new();
    let bytes = picture(800, 400, ImageFormat::Jpeg);
    let info = test.library().assets().put(&bytes).unwrap();
    assert_eq!(
        (info.width, info.height, info.mime.as_str()),
        (800, 400, "image/jpeg")
    );
    assert_eq!(test.library().assets().put(&bytes).unwrap(), info);
    test.reopen();
    assert_eq!(test.library().assets().original(&info.hash).unwrap(), bytes);
    let small = test.library().assets().thumbnail(&info.hash, 150).unwrap();
    let small = image::load_from_memory(&small).unwrap();
    assert_eq!((small.width(), small.height()), (160, 80));
    let large = test
        .library()
        .assets()
        .thumbnail(&info.hash, 100_000)
        .unwrap();
    assert_eq!(image::load_from_memory(&large).unwrap().width(), 640);
}

#[test]
fn hostile_pictures_are_refused() {
    let test = TestLibrary::new();
    // A few kilobytes that say they are 60,000 pixels wide: refused before memory is asked for.
    let mut bomb = picture(8, 8, ImageFormat::Png);
    bomb[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
    let wide = picture(9_000, 2, ImageFormat::Png);
    let mut cut = picture(200, 200, ImageFormat::Png);
    cut.truncate(300);
    for (bytes, codes) in [
        (bomb, &[Code::TooLarge, Code::Invalid][..]),
        (wide, &[Code::TooLarge]),
        (cut, &[Code::Invalid]),
        (vec![0; 21 << 20], &[Code::TooLarge]),
        (
            b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(),
            &[Code::Invalid],
        ),
        (Vec::new(), &[Code::Invalid]),
    ] {
        let failure = test.library().assets().put(&bytes).unwrap_err();
        assert!(codes.contains(&failure.code), "{failure:?}");
        assert!(!failure.hint.is_empty());
    }
    for hash in ["", "zz", &"0".repeat(64), "../../../etc/passwd"] {
        let failure = test.library().assets().original(hash).unwrap_err();
        assert!(
            matches!(failure.code, Code::NotFound | Code::Invalid),
            "{failure:?}"
        );
    }
}
