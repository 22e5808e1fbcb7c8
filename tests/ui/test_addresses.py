"""Where people open the program, and that finding it out sends nothing."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any, NamedTuple

import psutil
import pytest

from dxassess.settings import Settings, from_environment
from dxassess.ui import addresses
from dxassess.ui.addresses import own_address, phones_can_reach, room_address, room_addresses

IPV4, IPV6 = socket.AF_INET, socket.AF_INET6


class Interface(NamedTuple):
    family: int
    address: str


class State(NamedTuple):
    isup: bool


def settings(host: str = "0.0.0.0", **values: Any) -> Settings:
    return Settings("x.sqlite", Path("backups"), Path("indicators"), host=host, **values)


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A laptop with a tunnel and a cable that is out; its way outside begins at the wireless network."""
    interfaces = {
        "lo": [Interface(IPV4, "127.0.0.1"), Interface(IPV6, "::1")],
        "docker0": [Interface(IPV4, "172.17.0.1")],
        "utun3": [Interface(IPV4, "10.8.0.2")],
        "eth0": [Interface(IPV4, "192.168.9.9")],
        "usb0": [Interface(IPV4, "169.254.7.7"), Interface(IPV4, "1.2.3.4")],
        "wlan0": [Interface(IPV4, "192.168.1.20"), Interface(IPV6, "fe80::1%wlan0"), Interface(IPV6, "2001:db8::20"), Interface(-1, "aa:bb:cc:dd:ee:ff")],
        "wlan1": [Interface(IPV4, "10.0.0.7")],
    }  # fmt: skip
    up = {name: State(name != "eth0") for name in interfaces}
    monkeypatch.setattr(psutil, "net_if_addrs", lambda: interfaces)
    monkeypatch.setattr(psutil, "net_if_stats", lambda: up)
    ways = {IPV4: "192.168.1.20", IPV6: ""}
    monkeypatch.setattr(addresses, "_way_to", ways.__getitem__)


@pytest.mark.usefixtures("machine")
def test_the_network_of_the_room_is_found_and_tunnels_and_virtual_machines_are_not_named() -> None:
    found = [address.removeprefix("http://").removesuffix(":8501") for address in room_addresses(settings())]
    assert found == ["192.168.1.20", "10.0.0.7", "1.2.3.4"]
    assert room_address(settings()) == "http://192.168.1.20:8501"
    assert "http://[2001:db8::20]:8501" in room_addresses(settings("::"))


def test_a_tunnel_is_named_where_there_is_nothing_else(
    machine: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = psutil.net_if_addrs()
    monkeypatch.setattr(
        psutil, "net_if_addrs", lambda: {name: known[name] for name in ("lo", "docker0", "utun3")}
    )
    assert room_addresses(settings()) == ["http://172.17.0.1:8501", "http://10.8.0.2:8501"]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_while_only_this_machine_is_listened_on_no_phone_can_reach_it(host: str) -> None:
    assert not phones_can_reach(settings(host))
    assert room_address(settings(host)) == own_address(settings(host))


@pytest.mark.parametrize(("host", "own"), [("0.0.0.0", "http://127.0.0.1:8501"), ("::", "http://127.0.0.1:8501"), ("::1", "http://[::1]:8501"), ("10.1.1.1", "http://10.1.1.1:8501")])  # fmt: skip
def test_the_person_at_this_machine_opens(host: str, own: str) -> None:
    assert own_address(settings(host)) == own


def test_an_address_that_is_listened_on_or_named_is_the_rooms() -> None:
    assert room_addresses(settings("10.1.1.1")) == ["http://10.1.1.1:8501"]
    behind = settings("127.0.0.1", public_address="https://dx.example.com")
    assert room_addresses(behind) == ["https://dx.example.com"]
    assert phones_can_reach(behind)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("", ""),
        ("192.168.1.20", "http://192.168.1.20:8600"),
        ("PC.local:80/", "http://pc.local:80"),
        ("http://dx.example.com", "http://dx.example.com"),
        ("https://dx.example.com/", "https://dx.example.com"),
        ("[2001:db8::1]", "http://[2001:db8::1]:8600"),
    ],
)
def test_a_public_address_is_a_name_with_what_is_needed_around_it(written: str, meant: str) -> None:
    given = {"DXASSESS_PUBLIC_ADDRESS": written, "DXASSESS_PORT": "8600"}
    assert from_environment(given).public_address == meant
    assert from_environment(given).beyond is bool(written)


def test_finding_the_addresses_sends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A datagram socket that is connected has sent nothing yet; names are not asked for."""

    def spoken(*_: object, **__: object) -> None:
        pytest.fail("something was sent or looked up")

    class Silent(socket.socket):
        send = sendto = sendall = sendmsg = spoken

        def connect(self, address: Any) -> None:
            assert self.type == socket.SOCK_DGRAM
            super().connect(address)

    monkeypatch.setattr(socket, "socket", Silent)
    monkeypatch.setattr(socket, "getaddrinfo", spoken)
    monkeypatch.setattr(socket, "gethostbyname", spoken)
    for address in room_addresses(settings("::")):
        assert address.startswith("http://")
