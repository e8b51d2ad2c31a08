//! Does what a scenario says, and undoes it.

use std::net::IpAddr;
use std::time::Duration;

use super::play::Play;
use super::{Act, Side, Timed};
use crate::World;

impl Play {
    /// Lets something happen now, and end when it ends.
    pub(super) fn act(&mut self, timed: Timed) {
        let lasts = timed.lasts;
        match timed.act {
            Act::Roam(side) => {
                let (n, net) = if side == Side::Viewer { (1, 0) } else { (2, 1) };
                let device = self.device(side);
                let addr: IpAddr = [10, 0, n, 2].into();
                if let Some(net) = self.elsewhere.get(net) {
                    self.world.roam(device, 0, *net, addr);
                }
            }
            Act::Suspend(side) => {
                self.slack += lasts;
                self.world.suspend(self.device(side), lasts);
            }
            Act::Jump(side, by) => {
                if by < 0 {
                    self.slack += Duration::from_micros(by.unsigned_abs());
                }
                self.world.jump_clock(self.device(side), by);
            }
            Act::Crash(side, keep) => self.crash(self.device(side), lasts, keep),
            Act::Reboot(side) => {
                let device = self.device(side);
                self.world.reboot_gateways(device);
            }
            Act::Rendezvous(keep) => self.crash(self.rendezvous, lasts, keep),
            Act::Relay(n) => {
                if let Some(relay) = self.relays.get(usize::from(n)) {
                    self.crash(*relay, lasts, false);
                }
            }
            Act::Reset(side) => self.world.reset_connections(self.device(side)),
            Act::Refuse(n) => {
                if let Some(relay) = self.relays.get(usize::from(n)).copied() {
                    self.world.set_refusing(relay, true);
                    self.later(lasts, move |world| world.set_refusing(relay, false));
                }
            }
            Act::Stall(side) => self.stall(self.device(side), lasts),
            Act::StallRelay(n) => {
                if let Some(relay) = self.relays.get(usize::from(n)).copied() {
                    self.stall(relay, lasts);
                }
            }
            Act::CutDirect => self.cut(vec![self.viewer], vec![self.host], lasts),
            Act::CutServers(side) => {
                let mut servers = self.relays.clone();
                servers.push(self.rendezvous);
                self.cut(vec![self.device(side)], servers, lasts);
            }
            Act::CutAll(side) => {
                let mut others = self.relays.clone();
                others.extend([self.rendezvous, self.viewer, self.host]);
                self.cut(vec![self.device(side)], others, lasts);
            }
            Act::Line(side, line) => {
                let device = self.device(side);
                let place = if side == Side::Viewer { &self.scenario.viewer } else { &self.scenario.host };
                let before = place.line;
                self.world.set_line(device, 0, line);
                self.later(lasts, move |world| world.set_line(device, 0, before));
            }
            Act::Close => self.hang_up(),
            Act::Dial => self.dial_again(),
        }
    }

    /// Nothing is wrong any more. What was to end later has ended: a scenario runs that long.
    pub(super) fn heal(&mut self) {
        self.world.heal();
        self.set_adversary(false);
    }

    fn later(&mut self, after: Duration, act: impl FnOnce(&mut World) + 'static) {
        let when = self.world.now() + after;
        self.world.at(when, act);
    }

    fn crash(&mut self, device: crate::HostId, down: Duration, keep: bool) {
        if !self.world.is_running(device) {
            return;
        }
        self.world.crash(device);
        self.later(down, move |world| world.restart(device, keep));
    }

    fn stall(&mut self, device: crate::HostId, lasts: Duration) {
        self.world.set_reading(device, false);
        self.later(lasts, move |world| world.set_reading(device, true));
    }

    fn cut(&mut self, one: Vec<crate::HostId>, other: Vec<crate::HostId>, lasts: Duration) {
        self.world.partition(&one, &other);
        self.later(lasts, move |world| world.join(&one, &other));
    }
}
