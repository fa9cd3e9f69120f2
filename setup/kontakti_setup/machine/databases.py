"""Databases and their files: create, copy, drop, by SQL alone."""

import os
import shutil
from contextlib import contextmanager
from pathlib import Path

from kontakti_setup.errors import SetupError
from kontakti_setup.machine.postgres import MINIMUM


def connect(server, name="postgres"):
    import psycopg2

    try:
        connection = psycopg2.connect(
            dbname=name,
            host=server["host"],
            port=server["port"],
            user=server["user"],
            password=server["password"] or None,
        )
    except psycopg2.OperationalError as error:
        raise SetupError(
            f"no connection to PostgreSQL at {server['host']}: {error} - check PGHOST, "
            "PGPORT, PGUSER and PGPASSWORD"
        ) from error
    connection.autocommit = True
    return connection


@contextmanager
def cursor(server, name="postgres"):
    connection = connect(server, name)
    try:
        with connection.cursor() as found:
            yield found
    finally:
        connection.close()


def check_server(server):
    """Refuse a given server that is too old or lets us create nothing."""
    with cursor(server) as cr:
        cr.execute("SHOW server_version_num")
        version = int(cr.fetchone()[0]) // 10000
        if version < MINIMUM:
            raise SetupError(
                f"PostgreSQL {version} is too old: {MINIMUM} or newer needed"
            )
        cr.execute("SELECT rolcreatedb FROM pg_roles WHERE rolname = current_user")
        if not cr.fetchone()[0]:
            raise SetupError(
                f"the role {server['user']} may not create databases: ALTER ROLE "
                f"{server['user']} CREATEDB"
            )


def names(server):
    with cursor(server) as cr:
        cr.execute("SELECT datname FROM pg_database WHERE NOT datistemplate")
        return {row[0] for row in cr.fetchall()}


def filestore(data_dir, name):
    return Path(data_dir) / "filestore" / name


def drop(server, data_dir, name):
    """Drop a database with its files; whoever is connected is thrown out."""
    with cursor(server) as cr:
        cr.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
            [name],
        )
        cr.execute(f'DROP DATABASE IF EXISTS "{name}"')
    shutil.rmtree(filestore(data_dir, name), ignore_errors=True)


def copy(server, data_dir, source, name):
    """A database like another one nobody is connected to; files are hard links."""
    with cursor(server) as cr:
        cr.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
    target = filestore(data_dir, name)
    shutil.rmtree(target, ignore_errors=True)
    if filestore(data_dir, source).exists():
        shutil.copytree(
            filestore(data_dir, source), target, copy_function=os.link, symlinks=True
        )


def rename(server, data_dir, old, new):
    with cursor(server) as cr:
        cr.execute(f'ALTER DATABASE "{old}" RENAME TO "{new}"')
    source, target = filestore(data_dir, old), filestore(data_dir, new)
    shutil.rmtree(target, ignore_errors=True)
    if source.exists():
        source.rename(target)
