//! Both machines against each other over reliable streams in virtual time.

mod close;
mod harness;
mod login;
mod model;
mod painter;
mod permissions;
mod rubbish;
mod sharing;
mod video;
