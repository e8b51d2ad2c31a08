//! The addresses of this computer's interfaces.

use deskwire_machine::IfAddr;

/// All addresses of interfaces that are up, sorted; loopback too (machines decide what to make of it). Empty where
/// the system does not tell.
///
/// `metered` is always false: no system tells it through the interface list.
pub fn interface_addresses() -> Vec<IfAddr> {
    let mut found: Vec<IfAddr> = if_addrs::get_if_addrs()
        .unwrap_or_default()
        .iter()
        .filter(|interface| !matches!(interface.oper_status, if_addrs::IfOperStatus::Down))
        .map(|interface| {
            let prefix = match &interface.addr {
                if_addrs::IfAddr::V4(v4) => v4.prefixlen,
                if_addrs::IfAddr::V6(v6) => v6.prefixlen,
            };
            IfAddr { addr: interface.ip(), prefix, metered: false }
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loopback_is_among_them_with_its_prefix() {
        let loopback = interface_addresses().into_iter().find(|a| a.addr.is_loopback());
        assert!(loopback.is_some_and(|a| a.prefix == 8 || a.prefix == 128));
    }
}
