//! The desktop host of Forkbeard: one window over the services.
//!
//! It owns what only a desktop has: the window and its menu, file dialogs, the log's place, the watch over the page. It
//! decides nothing about characters: a command takes its arguments, calls a service, and hands on what came back.
//!
//! ```text
//!   page --commands--> commands/<area> --Calls--> services
//!        <--events---- menu, desktop, services
//!   watchdog: page_started .. page_ready, else the trouble page
//! ```

mod arguments;
mod bindings;
mod calls;
mod commands;
mod desktop;
mod environment;
mod events;
mod incoming;
mod locale;
mod menu;
mod opened;
#[cfg(test)]
mod rights;
mod rounds;
mod run;
mod state;
mod trouble;
mod watchdog;
mod window;

pub use arguments::Arguments;
pub use environment::Environment;
pub use run::run;
