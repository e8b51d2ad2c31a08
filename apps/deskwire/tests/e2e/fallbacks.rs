//! Networks that let nothing through but WebSocket, or a proxy: registration, dial and session go that way.

use std::net::TcpListener;
use std::path::Path;
use std::process::Stdio;

use deskwire_driver::testing::{PASSWORD, TestProxy, USER, certificate};
use deskwire_kit::child::Guarded;
use deskwire_kit::desktop::VirtualDesktop;
use deskwire_kit::stack::{NO_SETTINGS, ServerProcess, bare_command};
use serde_json::Value;

use super::support::shot::deskwire;
use super::support::{desktop, folder, programs, server};

/// Nobody listens there, and nobody answers.
const NOWHERE: &str = "127.0.0.1:9";

/// A free port; somebody else may take it first, which the server would report.
fn port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// A server whose native relay ports nobody is told; `url` makes its relay's WebSocket address from the port.
fn hidden(data: &Path, url: impl Fn(u16) -> String, args: &[&str]) -> ServerProcess {
    let port = port();
    let (number, url) = (port.to_string(), url(port));
    let own = ["--relay-address", NOWHERE, "--relay-websocket-port", &number, "--relay-url", &url];
    server(data, &[&own, args].concat())
}

/// Runs a host and takes a picture of it, both with this configuration; what `shot --json` says.
fn shoot(folder: &Path, desktop: &VirtualDesktop, config: &str) -> Value {
    let file = folder.join("config.toml");
    std::fs::write(&file, config).unwrap();
    let mut command = bare_command(programs().path("deskwire").unwrap());
    command.args(["--json", "--config"]).arg(&file).arg("--state").arg(folder.join("host"));
    command.args(["host", "--relay-only"]).env("DISPLAY", desktop.display()).env_remove("WAYLAND_DISPLAY");
    let mut host = Guarded::start("deskwire host", command.stdout(Stdio::piped())).unwrap();
    let ready: Value = serde_json::from_str(&host.first_line().unwrap()).unwrap();
    let text = |name: &str| ready[name].as_str().unwrap().to_owned();
    let output = deskwire()
        .args(["--json", "--config"])
        .arg(&file)
        .arg("--state")
        .arg(folder.join("viewer"))
        .args(["shot", &text("id"), "-o"])
        .arg(folder.join("shot.png"))
        .env("DESKWIRE_CODE", text("code"))
        .output()
        .unwrap();
    let (said, wrong) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{said}{wrong}");
    serde_json::from_str(said.lines().last().unwrap()).unwrap()
}

/// Server and client under TLS with a certificate of their own: what the client's configuration says of it.
fn with_tls(folder: &Path) -> (ServerProcess, String) {
    let (pem, key) = certificate();
    let files = ["certificate.pem", "key.pem", "server.toml"].map(|name| folder.join(name));
    std::fs::write(&files[0], pem).unwrap();
    std::fs::write(&files[1], key).unwrap();
    std::fs::write(&files[2], format!("[tls]\ncertificate = {:?}\nkey = {:?}\n", files[0], files[1]))
        .unwrap();
    let settings = ["--config", files[2].to_str().unwrap()];
    let server = hidden(&folder.join("server"), |port| format!("wss://localhost:{port}/"), &settings);
    let port = server.address("rendezvous_websocket").unwrap().port();
    let key = server.key().unwrap();
    let config = format!(
        "server = \"{NOWHERE}\"\nkey = \"{key}\"\nwebsocket = \"wss://localhost:{port}/\"\ncertificates = {:?}\n",
        files[0]
    );
    (server, config)
}

#[test]
fn a_picture_comes_over_websocket_alone() {
    let folder = folder();
    let (desktop, _screen) = desktop();
    let server = hidden(&folder.path().join("server"), |port| format!("ws://127.0.0.1:{port}/"), &[]);
    let (at, key) = (server.address("rendezvous_websocket").unwrap(), server.key().unwrap());
    let config = format!("server = \"{NOWHERE}\"\nkey = \"{key}\"\nwebsocket = \"ws://{at}/\"\n");
    let said = shoot(folder.path(), &desktop, &config);
    assert_eq!(said["path"], "relay (WebSocket)", "{said}");
}

#[test]
fn a_picture_comes_under_tls() {
    let folder = folder();
    let (desktop, _screen) = desktop();
    let (_server, config) = with_tls(folder.path());
    let said = shoot(folder.path(), &desktop, &config);
    assert_eq!(said["path"], "relay (WebSocket)", "{said}");
    // Doctor goes the same way: what does not answer is no harm, as long as one does.
    let output = deskwire()
        .args(["--config", folder.path().join("config.toml").to_str().unwrap(), "--state"])
        .arg(folder.path().join("viewer"))
        .arg("doctor")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let has = |name: &str, part: &str| said.lines().any(|line| line.contains(name) && line.contains(part));
    assert!(output.status.success(), "{said}");
    assert!(has(" websocket ", "answers over WebSocket") && has(" relay ", "takes WebSocket"), "{said}");
    assert!(said.contains("note  udp ") && said.contains("note  tcp "), "{said}");
}

/// The proxy wants a password, and looks up the server's name: nothing here does.
#[test]
fn a_picture_comes_through_proxies() {
    for (scheme, proxy) in [("socks5", TestProxy::socks5()), ("http", TestProxy::http())] {
        let folder = folder();
        let (desktop, _screen) = desktop();
        let (_server, config) = with_tls(folder.path());
        let password = PASSWORD.replace('@', "%40").replace(':', "%3A");
        let config =
            format!("{config}proxy = \"{scheme}://{USER}:{password}@{}\"\nno_proxy = \"\"\n", proxy.address);
        let config = config.replace(NOWHERE, "server.invalid");
        let said = shoot(folder.path(), &desktop, &config);
        assert_eq!(said["path"], "relay (WebSocket)", "{said}");
        // Registration, dial, and both ends of the relay.
        assert!(proxy.carried() >= 4, "{scheme}: {}", proxy.carried());
    }
}

/// A wrong password is said to be one, and what to do.
#[test]
fn a_wrong_proxy_password_is_told() {
    let folder = folder();
    let proxy = TestProxy::socks5();
    let (server, _) = with_tls(folder.path());
    let key = server.key().unwrap();
    let nobody = deskwire_core::wire::ids::DeviceId::from_number(1).to_string();
    let picture = folder.path().join("shot.png");
    let run = |args: &[&str]| {
        let output = deskwire()
            .args(["--server", NOWHERE, "--key", key, "--websocket", "ws://127.0.0.1:9/", "--state"])
            .arg(folder.path().join("viewer"))
            .args(NO_SETTINGS)
            .args(args)
            .env("DESKWIRE_CODE", "123456")
            .env("DESKWIRE_PROXY", format!("socks5://{USER}:wrong@{}", proxy.address))
            .env("DESKWIRE_NO_PROXY", "")
            .output()
            .unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert!(!output.status.success());
        (text(&output.stdout), text(&output.stderr))
    };
    let (_, said) = run(&["shot", &nobody, "-o", picture.to_str().unwrap()]);
    assert!(said.contains("password") && !said.contains("wrong"), "{said}");
    let (said, _) = run(&["doctor"]);
    let line = |name: &str| said.lines().find(|line| line.contains(name)).unwrap_or_default();
    let through = line(" proxy ");
    assert!(through.contains(&proxy.address.to_string()) && !through.contains(USER), "{said}");
    let websocket = line(" websocket ");
    assert!(websocket.starts_with("WRONG") && websocket.contains("password"), "{said}");
}
