"""At most two scripts run at once, nobody waits for ever, and every place is given back."""

import threading
import time

import pytest

from dxassess.ui import turns
from dxassess.ui.turns import give_way, turn


def together(count, work):
    """`count` threads that all begin in the same instant."""
    start = threading.Barrier(count)

    def run():
        start.wait()
        work()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
        assert not thread.is_alive()


def all_places_are_free():
    taken = [turns._places.take(turns.FIRST, 0) for _ in range(turns.PLACES)]
    for _ in filter(None, taken):
        turns._places.give()
    return all(taken)


def test_of_many_scripts_only_so_many_run_at_once():
    inside, most, lock = [0], [0], threading.Lock()

    def work():
        with turn():
            with lock:
                inside[0] += 1
                most[0] = max(most[0], inside[0])
            time.sleep(0.01)
            with lock:
                inside[0] -= 1

    together(12, work)
    assert most[0] == turns.PLACES
    assert all_places_are_free()


def test_a_turn_inside_a_turn_takes_no_second_place(monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE", 5.0)
    begun = time.monotonic()
    with turn(), turn(), turn():
        assert not all_places_are_free()
    assert time.monotonic() - begun < 4
    assert all_places_are_free()


def test_whoever_has_waited_long_enough_runs_all_the_same(monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE", 0.05)
    done = []

    def work():
        with turn():
            done.append(None)
            time.sleep(0.3)

    begun = time.monotonic()
    together(8, work)
    assert len(done) == 8
    assert time.monotonic() - begun < 1.2
    assert all_places_are_free()


def test_what_ends_early_gives_its_place_back():
    for _ in range(turns.PLACES + 1):
        with pytest.raises(KeyboardInterrupt), turn():
            raise KeyboardInterrupt
    assert all_places_are_free()


def test_who_has_told_gives_way_to_those_who_have_not():
    """Everybody has passed the first part before the last one but a few has passed the second."""
    order, lock = [], threading.Lock()

    def work():
        with turn():
            time.sleep(0.005)
            with lock:
                order.append("told")
            give_way()
            time.sleep(0.005)
            with lock:
                order.append("drawn")

    together(12, work)
    assert order.count("told") == order.count("drawn") == 12
    assert order.index("drawn") >= 12 - turns.PLACES
    assert all_places_are_free()


def test_alone_nobody_gives_way_and_outside_a_turn_nothing_happens():
    give_way()
    with turn():
        give_way()
        give_way()
    assert all_places_are_free()


def test_who_gave_way_runs_on_when_nobody_gives_a_place_back(monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE", 0.1)
    leave, done = threading.Event(), []

    def hold():
        with turn():
            leave.wait(10)

    def work():
        with turn():
            time.sleep(0.05)
            give_way()
            done.append(None)

    holders = [threading.Thread(target=hold) for _ in range(turns.PLACES - 1)]
    for thread in holders:
        thread.start()
    together(4, work)
    assert len(done) == 4
    leave.set()
    for thread in holders:
        thread.join(10)
    assert all_places_are_free()
