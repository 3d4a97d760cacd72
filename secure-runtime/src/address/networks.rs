use std::net::IpAddr;

use ipnet::{IpNet, Ipv4Net};

use crate::startup::Fault;

/// The networks of proxies that are believed.
#[derive(Debug)]
pub(crate) struct Networks(Vec<IpNet>);

impl Networks {
    /// Addresses, or networks in CIDR notation. Every fault goes to `faults`, as one of `place`.
    pub(crate) fn prepare(place: &str, texts: &[String], faults: &mut Vec<Fault>) -> Option<Self> {
        let before = faults.len();
        if texts.is_empty() {
            faults.push(Fault::new(
                place,
                "there is no proxy, so the header would always be ignored",
                "name the addresses of the proxies, or leave the header out",
            ));
        }
        let mut networks = Vec::new();
        for text in texts {
            match network(text) {
                Ok(network) => networks.push(network),
                Err((fault, help)) => faults.push(Fault::new(place, format!("{text:?} {fault}"), help)),
            }
        }
        (faults.len() == before).then_some(Self(networks))
    }

    /// Is the address in one of them? An IPv4 address is the same in either of its forms.
    pub(crate) fn contain(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(&address))
    }
}

fn network(text: &str) -> Result<IpNet, (&'static str, String)> {
    let network = parsed(text).map(canonical).ok_or_else(|| {
        let help = "write it as in `10.0.3.7` or `10.0.3.0/28`";
        ("is no address and no network", help.to_owned())
    })?;
    if network.prefix_len() == 0 {
        return Err(("is everybody", "name the addresses of the proxies alone".to_owned()));
    }
    // Who writes `10.0.3.7/8` may mean one address or sixteen million.
    if network.addr() != network.network() {
        let help = format!(
            "write `{}` for the network, or `{}` for the address",
            network.trunc(),
            network.addr()
        );
        return Err(("is neither a network nor one address", help));
    }
    Ok(network)
}

fn parsed(text: &str) -> Option<IpNet> {
    let Some((address, _)) = text.split_once('/') else {
        return text.parse().ok().map(|address: IpAddr| address.into());
    };
    // ipnet alone takes `010.0.0.0/8`, in which others see an octal number.
    address.parse::<IpAddr>().ok()?;
    text.parse().ok()
}

/// `::ffff:10.0.0.0/104` is `10.0.0.0/8`, because addresses are compared in their own form.
fn canonical(network: IpNet) -> IpNet {
    // Of IPv4, none is so long.
    let length = network.prefix_len().checked_sub(96);
    let mapped = match (network.addr().to_canonical(), length) {
        (IpAddr::V4(v4), Some(length)) => Ipv4Net::new(v4, length).ok(),
        _ => None,
    };
    mapped.map_or(network, IpNet::V4)
}
