"""What all tables share. Imported first: names of constraints are fixed before any table is made."""

from __future__ import annotations

from sqlmodel import SQLModel

#: Fixed names, so that a migration can change a constraint on both databases.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

metadata = SQLModel.metadata
