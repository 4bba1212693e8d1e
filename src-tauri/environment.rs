//! What the shell takes from its environment: read once, here, and passed on.

use std::path::PathBuf;

/// The environment variables that Forkbeard minds, and the folder it was started in.
#[derive(Debug, Clone, Default)]
pub struct Environment {
    /// `CHARACTER_CACHE_TTL_MINUTES`: how long derived sheets stay in memory, as it was written.
    pub cache_ttl_minutes: Option<String>,
    /// Who is logged in: the author of what is changed here.
    pub user: Option<String>,
    /// `FORKBEARD_LOG`: which log lines are kept, in the words of `tracing_subscriber::EnvFilter`.
    pub log: Option<String>,
    /// Whether there is a display to open a window on. Always true where windows need no server.
    pub has_display: bool,
    /// The folder that relative paths on the command line count from.
    pub folder: PathBuf,
    /// The locale variables that decide, in this order: the first one that is set wins.
    pub locale: Vec<(&'static str, String)>,
    /// Whether the web view would paint with a graphics card that is not there, which is then played by the processor.
    pub graphics_are_played: bool,
}

/// The variable that lets WebKitGTK paint by the processor.
const PAINTING: &str = "WEBKIT_SKIA_ENABLE_CPU_RENDERING";

/// The variable that lets it paint straight into the window, instead of into layers that a graphics card then puts together.
const LAYERLESS: &str = "WEBKIT_DISABLE_COMPOSITING_MODE";

impl Environment {
    /// Reads the process's environment.
    #[allow(
        clippy::disallowed_methods,
        reason = "this host's one place that reads the environment"
    )]
    pub fn read() -> Self {
        let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        Self {
            cache_ttl_minutes: set(services::Settings::CACHE_TTL_VARIABLE),
            user: set("USER").or_else(|| set("USERNAME")),
            log: set("FORKBEARD_LOG"),
            has_display: !cfg!(target_os = "linux")
                || set("DISPLAY").is_some()
                || set("WAYLAND_DISPLAY").is_some(),
            folder: std::env::current_dir().unwrap_or_default(),
            locale: ["LC_ALL", "LC_CTYPE", "LANG"]
                .into_iter()
                .filter_map(|name| Some((name, set(name)?)))
                .collect(),
            graphics_are_played: cfg!(target_os = "linux")
                && set(PAINTING).is_none()
                && set(LAYERLESS).is_none()
                && !has_graphics_card(),
        }
    }

    /// Gives the locale variable that makes WebKit report the language "C", if one does.
    ///
    /// Under `C.UTF-8` WebKitGTK tells its page the language "C", which no `Intl` constructor takes: the page would end
    /// before it began. Under plain "C" it says "en-US".
    pub fn locale_to_mend(&self) -> Option<&'static str> {
        let (name, value) = self.locale.first()?;
        value.starts_with("C.").then_some(*name)
    }

    /// Gives the variables to start again with, and their values; none where all is well.
    ///
    /// Without a graphics card, a frame that the processor paints straight into the window takes a third of the time of one
    /// whose layers it puts together in the card's place.
    pub fn to_mend(&self) -> Vec<(&'static str, &'static str)> {
        let locale = self.locale_to_mend().map(|name| (name, "C"));
        let painting = [(PAINTING, "1"), (LAYERLESS, "1")];
        let painting = painting.iter().filter(|_| self.graphics_are_played);
        locale.into_iter().chain(painting.copied()).collect()
    }
}

/// Looks for a device to render with.
fn has_graphics_card() -> bool {
    let devices = std::fs::read_dir("/dev/dri").into_iter().flatten();
    devices
        .flatten()
        .any(|device| device.file_name().to_string_lossy().starts_with("render"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_deciding_locale_is_mended_and_only_when_webkit_misreads_it() {
        type Case<'a> = (&'a [(&'static str, &'a str)], Option<&'a str>);
        let cases: [Case<'_>; 6] = [
            (&[], None),
            (&[("LANG", "de_DE.UTF-8")], None),
            (&[("LANG", "C")], None),
            (&[("LANG", "C.UTF-8")], Some("LANG")),
            (
                &[("LC_ALL", "C.utf8"), ("LANG", "de_DE.UTF-8")],
                Some("LC_ALL"),
            ),
            (&[("LC_ALL", "de_DE.UTF-8"), ("LANG", "C.UTF-8")], None),
        ];
        for (locale, expected) in cases {
            let environment = Environment {
                locale: locale
                    .iter()
                    .map(|(name, value)| (*name, (*value).to_owned()))
                    .collect(),
                ..Environment::default()
            };
            assert_eq!(environment.locale_to_mend(), expected, "{locale:?}");
        }
    }

    #[test]
    fn a_missing_graphics_card_is_not_played() {
        let mended = |graphics_are_played, locale: &str| {
            let environment = Environment {
                locale: vec![("LANG", locale.to_owned())],
                graphics_are_played,
                ..Environment::default()
            };
            environment.to_mend()
        };
        assert_eq!(mended(false, "en_GB.UTF-8"), []);
        let painting = [(PAINTING, "1"), (LAYERLESS, "1")];
        assert_eq!(mended(true, "en_GB.UTF-8"), painting);
        assert_eq!(
            mended(true, "C.UTF-8"),
            [("LANG", "C"), painting[0], painting[1]]
        );
    }
}
