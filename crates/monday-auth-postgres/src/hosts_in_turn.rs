//! Connects to the first of a URL's hosts and addresses that lets this program in.
//!
//! Must not know: what is asked, who is trusted.

use std::future::pending;
use std::net::IpAddr;
use std::pin::Pin;

use deadpool_postgres::Connect;
use tokio::net::lookup_host;
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout};
use tokio_postgres::config::{Host, LoadBalanceHosts};
use tokio_postgres::{Client, Config, Error};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::link::CONNECT_TIME;

type Connected = (Client, JoinHandle<()>);

/// Tries hosts in turn, and the addresses of each. Who says nothing has an equal part of the time that is
/// left: the driver's own limit would end with its connection by TCP, which a server that hangs still gives.
pub(crate) struct HostsInTurn(pub(crate) MakeRustlsConnect);

impl Connect for HostsInTurn {
    fn connect(
        &self,
        config: &Config,
    ) -> Pin<Box<dyn Future<Output = Result<Connected, Error>> + Send + '_>> {
        let config = config.clone();
        Box::pin(async move {
            let end = Instant::now() + CONNECT_TIME;
            let turn = turn(&config);
            let (mut last, hosts) = (None, in_turn(hosts(&config), turn));
            for (host, left) in with_left(hosts) {
                let end = part(end, left);
                for (address, left) in with_left(in_turn(host.addresses(end).await, turn)) {
                    let limit = part(end, left).duration_since(Instant::now());
                    match timeout(limit, self.connect_one(host.at(&config, address))).await {
                        Ok(Ok(connected)) => return Ok(connected),
                        Ok(Err(error)) => last = Some(error),
                        Err(_) => {}
                    }
                }
            }
            match last {
                Some(error) => Err(error),
                // The time is up, which the pool says when it sees it.
                None => pending().await,
            }
        })
    }
}

impl HostsInTurn {
    async fn connect_one(&self, config: Config) -> Result<Connected, Error> {
        let (client, connection) = config.connect(self.0.clone()).await?;
        let driver = tokio::spawn(async move {
            // Whoever uses the connection hears of its end.
            let _ = connection.await;
        });
        Ok((client, driver))
    }
}

/// A host of the URL: its name, its address if the URL has one, its port.
struct OneHost<'a> {
    name: Option<&'a Host>,
    address: Option<IpAddr>,
    port: u16,
}

/// Whether each host has its address and port, or all have the same port: what else has no meaning.
pub(crate) fn is_complete(config: &Config) -> bool {
    let (names, addresses) = (config.get_hosts().len(), config.get_hostaddrs().len());
    let count = names.max(addresses);
    count > 0
        && (names == 0 || addresses == 0 || names == addresses)
        && (config.get_ports().len() <= 1 || config.get_ports().len() == count)
}

fn hosts(config: &Config) -> Vec<OneHost<'_>> {
    let (names, addresses, ports) = (config.get_hosts(), config.get_hostaddrs(), config.get_ports());
    let host = |index| OneHost {
        name: names.get(index),
        address: addresses.get(index).copied(),
        port: ports.get(index).or(ports.first()).copied().unwrap_or(5432),
    };
    (0..names.len().max(addresses.len())).map(host).collect()
}

impl OneHost<'_> {
    /// Where to connect; `None` leaves it to the driver, which knows sockets of files and says why a name is
    /// unknown.
    async fn addresses(&self, end: Instant) -> Vec<Option<IpAddr>> {
        let (Some(Host::Tcp(name)), None) = (self.name, self.address) else {
            return vec![self.address];
        };
        let limit = end.duration_since(Instant::now());
        match timeout(limit, lookup_host((name.as_str(), self.port))).await {
            Ok(Ok(found)) => found.map(|address| Some(address.ip())).collect(),
            _ => vec![None],
        }
    }

    /// The settings with this host and address only. The driver cannot take a host out of them.
    fn at(&self, all: &Config, address: Option<IpAddr>) -> Config {
        let mut config = Config::new();
        match self.name {
            Some(Host::Tcp(name)) => {
                config.host(name);
            }
            #[cfg(unix)]
            Some(Host::Unix(path)) => {
                config.host_path(path);
            }
            None => {}
        }
        config.port(self.port);
        config.ssl_mode(all.get_ssl_mode()).ssl_negotiation(all.get_ssl_negotiation());
        config.target_session_attrs(all.get_target_session_attrs());
        config.channel_binding(all.get_channel_binding());
        config.keepalives(all.get_keepalives()).keepalives_idle(all.get_keepalives_idle());
        set(&mut config, address, |config, address| config.hostaddr(address));
        set(&mut config, all.get_user(), |config, user| config.user(user));
        set(&mut config, all.get_password(), |config, password| config.password(password));
        set(&mut config, all.get_dbname(), |config, name| config.dbname(name));
        set(&mut config, all.get_options(), |config, options| config.options(options));
        set(&mut config, all.get_application_name(), |config, name| config.application_name(name));
        set(&mut config, all.get_connect_timeout(), |config, time| config.connect_timeout(*time));
        set(&mut config, all.get_tcp_user_timeout(), |config, time| config.tcp_user_timeout(*time));
        set(&mut config, all.get_keepalives_interval(), |config, time| config.keepalives_interval(time));
        set(&mut config, all.get_keepalives_retries(), |config, count| config.keepalives_retries(count));
        config
    }
}

fn set<T>(config: &mut Config, value: Option<T>, set: impl FnOnce(&mut Config, T) -> &mut Config) {
    if let Some(value) = value {
        set(config, value);
    }
}

/// When the next of so many that are left must have answered.
fn part(end: Instant, left: u32) -> Instant {
    let now = Instant::now();
    now + end.duration_since(now) / left.max(1)
}

/// Each with how many are left, itself included.
fn with_left<T>(list: Vec<T>) -> impl Iterator<Item = (T, u32)> {
    let count = u32::try_from(list.len()).unwrap_or(u32::MAX);
    list.into_iter().zip((1..=count).rev())
}

/// With which to begin: the first, or any, as the URL's `load_balance_hosts` says.
fn turn(config: &Config) -> usize {
    let mut random = [0];
    if config.get_load_balance_hosts() == LoadBalanceHosts::Random {
        // Without random numbers the first is as good.
        let _ = getrandom::fill(&mut random);
    }
    let [random] = random;
    usize::from(random)
}

fn in_turn<T>(mut list: Vec<T>, first: usize) -> Vec<T> {
    if let Some(first) = first.checked_rem(list.len()) {
        list.rotate_left(first);
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is read here stands for all that is set in a URL.
    fn shown(config: &Config) -> String {
        format!("{config:?} {:?}", config.get_password())
    }

    #[test]
    fn one_host_has_all_that_was_set_and_nothing_of_the_others() {
        let rest = "/db?options=-c%20a%3Db&application_name=app&sslmode=require&sslnegotiation=direct\
                    &connect_timeout=3&tcp_user_timeout=4&keepalives=0&keepalives_idle=5&keepalives_interval=6\
                    &keepalives_retries=7&target_session_attrs=read-write&channel_binding=require";
        let all =
            format!("postgres://user:password@a.example:1,b.example:2{rest}&hostaddr=10.0.0.1,10.0.0.2");
        let all: Config = all.parse().unwrap();
        for (host, number) in hosts(&all).iter().zip(1..) {
            let name = if number == 1 { "a" } else { "b" };
            let one =
                format!("postgres://user:password@{name}.example:{number}{rest}&hostaddr=10.0.0.{number}");
            assert_eq!(shown(&host.at(&all, host.address)), shown(&one.parse().unwrap()));
        }
        let sockets: Config = "postgres://%2Fa,%2Fb/db".parse().unwrap();
        let one: Config = "postgres://%2Fb/db".parse().unwrap();
        assert_eq!(shown(&hosts(&sockets)[1].at(&sockets, None)), shown(&one));
    }

    #[tokio::test(start_paused = true)]
    async fn each_has_an_equal_part_of_the_time_that_is_left() {
        let (begun, end) = (Instant::now(), Instant::now() + CONNECT_TIME);
        let parts: Vec<_> = with_left(vec!["a", "b", "c", "d"]).collect();
        assert_eq!(parts, [("a", 4), ("b", 3), ("c", 2), ("d", 1)]);
        assert_eq!(part(end, 4) - begun, CONNECT_TIME / 4);
        tokio::time::advance(CONNECT_TIME / 2).await;
        assert_eq!((part(end, 2) - begun, part(end, 1)), (CONNECT_TIME / 4 * 3, end));
        // Too late is not an overflow.
        tokio::time::advance(CONNECT_TIME).await;
        assert_eq!(part(end, 1), Instant::now());
    }

    #[test]
    fn any_may_be_the_first_and_all_have_their_turn() {
        assert_eq!(in_turn(vec!["a", "b", "c"], 4), ["b", "c", "a"]);
        assert!(in_turn(Vec::<u8>::new(), 4).is_empty());
        let firsts =
            (0..200).map(|_| turn(&"postgres://a,b/db?load_balance_hosts=random".parse().unwrap()) % 2);
        let firsts: std::collections::BTreeSet<_> = firsts.collect();
        assert_eq!(firsts.len(), 2);
        assert_eq!(turn(&"postgres://a,b/db".parse().unwrap()), 0);
    }
}
