"""Helpers of the fault tests: a fresh child per crash, and files as they lie on the disk."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from multiprocessing.context import BaseContext

import pytest

PRELOADED = ["dxassess.storage", "dxassess.usecases", "alembic.command", "tests.conftest"]


@pytest.fixture(scope="session")
def children() -> BaseContext:
    """Where child processes come from: forked from a small server that has everything imported."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    return context


@pytest.fixture
def run_child(children: BaseContext) -> Callable[..., int]:
    """Run a function in a child to its end; gives the exit code (−9 when it was killed)."""

    def run(target: Callable[..., None], *arguments: object) -> int:
        child = children.Process(target=target, args=arguments)
        child.start()
        child.join(60)
        assert child.exitcode is not None
        return child.exitcode

    return run


@pytest.fixture
def beside(children: BaseContext) -> Callable[..., AbstractContextManager[None]]:
    """Run a function in a child while something else is done; it is killed at the end, whatever happens."""

    @contextmanager
    def run(target: Callable[..., None], *arguments: object) -> Iterator[None]:
        child = children.Process(target=target, args=arguments, daemon=True)
        child.start()
        try:
            yield
        finally:
            child.kill()
            child.join()

    return run
