//! The server program; everything is in the library.

fn main() -> std::process::ExitCode {
    deskwire_server::main()
}
