"""Where people open the program: on this machine, and from the phones in the room. Nothing is sent to find that out."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Collection, Iterator
from contextlib import suppress

from dxassess.settings import EVERY_ADDRESS, LOCAL_HOST, Settings, is_loopback

# Addresses kept for documentation (RFC 5737, RFC 3849). To “connect” a datagram socket only chooses the way there.
_ELSEWHERE = {socket.AF_INET: "192.0.2.1", socket.AF_INET6: "2001:db8::1"}
_ALL = (EVERY_ADDRESS, "::")
# Beginnings of the names of interfaces that lead to virtual machines and tunnels, not into the room.
_INSIDE = (
    *("docker", "br-", "veth", "virbr", "vmnet", "vboxnet", "vethernet", "virtualbox", "vmware", "podman", "lxc", "lxd", "cni"),
    *("tun", "tap", "utun", "ppp", "wg", "wireguard", "openvpn", "nordlynx", "tailscale", "zt", "zerotier"),
)  # fmt: skip


def own_address(settings: Settings) -> str:
    """What a person on this machine opens."""
    return _link(own_host(settings), settings.port)


def own_host(settings: Settings) -> str:
    """The address by which this machine reaches the program."""
    return LOCAL_HOST if settings.host in _ALL else settings.host


def room_address(settings: Settings) -> str:
    """What a phone in the room opens: for links and QR codes. Where none can reach the program, what this machine opens."""
    return next(iter(room_addresses(settings)), own_address(settings))


def phones_can_reach(settings: Settings) -> bool:
    """Whether `room_address` is of any use to a phone. If not: start with `--room`."""
    return bool(room_addresses(settings))


def room_addresses(settings: Settings) -> list[str]:
    """Every address under which others may reach the program, the likeliest first; none while only this machine is listened on."""
    if settings.public_address:
        return [settings.public_address]
    if is_loopback(settings.host):
        return []
    hosts = [settings.host]
    if settings.host in _ALL:
        hosts = _machine_addresses(_ELSEWHERE if settings.host == "::" else [socket.AF_INET])
    return [_link(host, settings.port) for host in hosts]


def _link(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _machine_addresses(families: Collection[socket.AddressFamily]) -> list[str]:
    """The addresses of this machine's interfaces, where its way outside begins first; tunnels only if there is nothing else."""
    ways = {_way_to(family) for family in families}
    found = list(_interfaces(families))
    outside = [address for address, name in found if not name.lower().startswith(_INSIDE)]
    addresses = outside or [address for address, _ in found]
    return sorted(dict.fromkeys(addresses), key=lambda address: _unlikely(address, ways))


def _unlikely(address: str, ways: Collection[str]) -> tuple[bool, bool, bool]:
    known = ipaddress.ip_address(address)
    return known.version == 6, address not in ways, not known.is_private


def _interfaces(families: Collection[socket.AddressFamily]) -> Iterator[tuple[str, str]]:
    """Address and name of every interface that is up and leads beyond this machine and this cable."""
    import psutil

    up = {name for name, known in psutil.net_if_stats().items() if known.isup}
    for name, addresses in psutil.net_if_addrs().items():
        for each in addresses if name in up else ():
            if each.family in families and _leads_out(each.address):
                yield each.address, name


def _leads_out(address: str) -> bool:
    known = ipaddress.ip_address(address.partition("%")[0])
    return not (known.is_loopback or known.is_link_local or known.is_unspecified or known.is_multicast)


def _way_to(family: socket.AddressFamily) -> str:
    """The address of this machine from which something for outside would leave; empty when there is no way."""
    with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as unsent:
        unsent.connect((_ELSEWHERE[family], 9))
        return str(unsent.getsockname()[0])
    return ""
