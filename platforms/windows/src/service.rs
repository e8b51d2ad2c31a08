//! The host as a service of Windows: in the list of services, started with the computer.
//!
//! A service runs in a session without a desktop. What it runs must start the host in the session of whoever is logged in,
//! or wait until somebody is.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use deskwire_platform::{Error, ErrorKind};
use windows_service::service::{
    ServiceAccess, ServiceControl, ServiceControlAccept, ServiceErrorControl, ServiceExitCode, ServiceInfo,
    ServiceStartType, ServiceState, ServiceStatus, ServiceType,
};
use windows_service::service_control_handler::{self, ServiceControlHandlerResult};
use windows_service::service_manager::{ServiceManager, ServiceManagerAccess};
use windows_service::{define_windows_service, service_dispatcher};

/// What Windows calls it.
const NAME: &str = "Deskwire";
/// What it is called in the list.
const SHOWN: &str = "Deskwire host";
/// The number of Windows for a service that is not there.
const MISSING: i32 = 1060;
/// For so long a service may take until it has stopped.
const PATIENCE: Duration = Duration::from_secs(20);

/// How it is with the service.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Standing {
    /// There is none.
    Missing,
    /// It is installed and does not run.
    Stopped,
    /// It runs, or is about to.
    Running,
}

/// Installs the service, which runs `program` with `arguments` whenever the computer starts, and starts it.
///
/// # Errors
/// `Denied` for anybody but administrators, and when there is one already.
pub fn install(program: PathBuf, arguments: Vec<OsString>) -> Result<(), Error> {
    register(NAME, program, arguments).and_then(|service| service.start(&[] as &[&OsStr])).map_err(failed)
}

fn register(
    name: &str,
    program: PathBuf,
    arguments: Vec<OsString>,
) -> windows_service::Result<windows_service::service::Service> {
    let access = ServiceManagerAccess::CONNECT | ServiceManagerAccess::CREATE_SERVICE;
    let manager = ServiceManager::local_computer(None::<&str>, access)?;
    let info = ServiceInfo {
        name: name.into(),
        display_name: SHOWN.into(),
        service_type: ServiceType::OWN_PROCESS,
        start_type: ServiceStartType::AutoStart,
        error_control: ServiceErrorControl::Normal,
        executable_path: program,
        launch_arguments: arguments,
        dependencies: Vec::new(),
        // The system's own account, which alone may start programs in the sessions of users.
        account_name: None,
        account_password: None,
    };
    manager.create_service(&info, ServiceAccess::START | ServiceAccess::QUERY_STATUS)
}

/// How it is with the service.
///
/// # Errors
/// When Windows does not say.
pub fn standing() -> Result<Standing, Error> {
    standing_of(NAME).map_err(failed)
}

fn standing_of(name: &str) -> windows_service::Result<Standing> {
    let manager = ServiceManager::local_computer(None::<&str>, ServiceManagerAccess::CONNECT)?;
    match manager.open_service(name, ServiceAccess::QUERY_STATUS) {
        Ok(service) => Ok(match service.query_status()?.current_state {
            ServiceState::Stopped => Standing::Stopped,
            _ => Standing::Running,
        }),
        Err(error) if is_missing(&error) => Ok(Standing::Missing),
        Err(error) => Err(error),
    }
}

/// Stops the service and forgets it; false when there was none.
///
/// # Errors
/// `Denied` for anybody but administrators.
pub fn remove() -> Result<bool, Error> {
    forget(NAME).map_err(failed)
}

fn forget(name: &str) -> windows_service::Result<bool> {
    let manager = ServiceManager::local_computer(None::<&str>, ServiceManagerAccess::CONNECT)?;
    let access = ServiceAccess::QUERY_STATUS | ServiceAccess::STOP | ServiceAccess::DELETE;
    let service = match manager.open_service(name, access) {
        Ok(service) => service,
        Err(error) if is_missing(&error) => return Ok(false),
        Err(error) => return Err(error),
    };
    if service.query_status()?.current_state != ServiceState::Stopped {
        service.stop()?;
    }
    // It goes from the list once it has stopped.
    service.delete()?;
    Ok(true)
}

/// What the service does until it is told to stop.
type Body = Box<dyn FnOnce(Receiver<()>) -> Result<(), String> + Send>;

/// Windows starts a service by a plain function, which finds here what it is to do.
static BODY: Mutex<Option<Body>> = Mutex::new(None);

define_windows_service!(entry, main);

/// Runs `body` as the service: called by the program that Windows starts. The receiver hears when it is to stop.
///
/// # Errors
/// `Unavailable` when this program was not started by Windows as a service.
pub fn run(body: impl FnOnce(Receiver<()>) -> Result<(), String> + Send + 'static) -> Result<(), Error> {
    *BODY.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(body));
    service_dispatcher::start(NAME, entry).map_err(|error| {
        Error::new(
            ErrorKind::Unavailable,
            format!("this program was not started as a service ({error})"),
            "start the service Deskwire in the list of services",
        )
    })
}

fn main(_: Vec<OsString>) {
    let Some(body) = BODY.lock().unwrap_or_else(PoisonError::into_inner).take() else { return };
    let (stop, told) = mpsc::channel();
    let on_control = move |control| match control {
        ServiceControl::Stop | ServiceControl::Shutdown => {
            // Nobody listens any more: it is stopping.
            let _ = stop.send(());
            ServiceControlHandlerResult::NoError
        }
        ServiceControl::Interrogate => ServiceControlHandlerResult::NoError,
        _ => ServiceControlHandlerResult::NotImplemented,
    };
    let Ok(status) = service_control_handler::register(NAME, on_control) else { return };
    // That Windows does not take a report is nothing that could be told to anybody.
    let _ = status.set_service_status(report(ServiceState::Running, 0));
    let code = u32::from(body(told).is_err());
    let _ = status.set_service_status(report(ServiceState::Stopped, code));
}

fn report(current_state: ServiceState, code: u32) -> ServiceStatus {
    ServiceStatus {
        service_type: ServiceType::OWN_PROCESS,
        current_state,
        controls_accepted: ServiceControlAccept::STOP | ServiceControlAccept::SHUTDOWN,
        exit_code: if code == 0 { ServiceExitCode::NO_ERROR } else { ServiceExitCode::ServiceSpecific(code) },
        checkpoint: 0,
        wait_hint: PATIENCE,
        process_id: None,
    }
}

fn is_missing(error: &windows_service::Error) -> bool {
    matches!(error, windows_service::Error::Winapi(error) if error.raw_os_error() == Some(MISSING))
}

fn failed(error: windows_service::Error) -> Error {
    let why = match &error {
        windows_service::Error::Winapi(inner) => inner.to_string(),
        other => other.to_string(),
    };
    Error::new(
        ErrorKind::Denied,
        format!("Windows did not do that with the service {NAME} ({why})"),
        "run this as administrator",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_comes_into_the_list_and_goes() {
        let name = format!("{NAME}-test-{}", std::process::id());
        assert_eq!(standing_of(&name).unwrap(), Standing::Missing);
        let program = std::env::current_exe().unwrap();
        drop(register(&name, program, vec!["service".into(), "run".into()]).unwrap());
        assert_eq!(standing_of(&name).unwrap(), Standing::Stopped);
        assert!(forget(&name).unwrap());
        assert_eq!(standing_of(&name).unwrap(), Standing::Missing);
        assert!(!forget(&name).unwrap());
    }

    #[test]
    fn a_program_that_no_service_manager_started_says_so() {
        let error = run(|_| Ok(())).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unavailable);
    }
}
