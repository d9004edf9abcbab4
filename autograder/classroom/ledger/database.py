"""Opening the ledger's database: SQLite by default, PostgreSQL by URL, migrated by Alembic."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError

from autograder.ground.errors import UserError

_WAIT = 60  # seconds that one process waits for another's transaction
_MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 7_310_221  # of PostgreSQL, so that two that open an empty database do not both fill it


class LedgerError(UserError):
    """The ledger cannot be used, in one sentence."""


def open_database(where: str | Path) -> Engine:
    """Connect and bring the tables up to date.

    Args:
        where: a file for SQLite, or a database URL.

    Raises:
        LedgerError: it cannot be opened, is none, or is of a newer autograder.
    """
    url = where if isinstance(where, str) and "://" in where else f"sqlite:///{Path(where)}"
    try:
        engine = create_engine(url)
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        raise LedgerError(f"{where} is not a ledger that can be opened: {error}.") from None
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine)
        Path(url.removeprefix("sqlite:///")).touch(0o600)
    try:
        with engine.begin() as connection:
            _migrate(connection, where)
    except DBAPIError as error:
        reason = _first_line(error.orig)
        raise LedgerError(f"{where} is not a ledger that can be opened: {reason}.") from None
    _say_in_a_sentence(engine, where)
    return engine


def _first_line(error: BaseException | None) -> str:
    return str(error).strip().splitlines()[0]


def _say_in_a_sentence(engine: Engine, where: str | Path) -> None:
    """What fails later: its file is taken away, its disk is full, its server gone."""

    @event.listens_for(engine, "handle_error")
    def failed(context: Any) -> None:
        if isinstance(context.sqlalchemy_exception, OperationalError):
            reason = _first_line(context.original_exception)
            raise LedgerError(
                f"{where} cannot be used any longer: {reason}. Nothing in it is half-written; "
                "the same command goes on where this one stopped."
            ) from None


def _prepare_sqlite(engine: Engine) -> None:
    # The driver's own transactions leave table definitions out; these do not, and whoever writes
    # has the database for itself.
    @event.listens_for(engine, "connect")
    def connect(connection: Any, record: Any) -> None:
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout = {_WAIT * 1000}")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _migrate(connection: Connection, where: str | Path) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
    if _version(connection) == _newest():
        return
    # Only for a ledger that has to change: to import Alembic is a third of a call that finds
    # everybody graded.
    from alembic import command
    from alembic.config import Config
    from alembic.util.exc import CommandError

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError:
        raise LedgerError(f"{where} was written by a newer autograder.") from None


def _version(connection: Connection) -> str | None:
    """The last migration that this ledger has seen."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def _newest() -> str:
    """The last migration that there is; their files begin with their numbers."""
    return max(path.name.partition("_")[0] for path in (_MIGRATIONS / "versions").glob("0*.py"))
