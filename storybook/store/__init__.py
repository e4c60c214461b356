"""Tables, sessions, migrations and the audit trail: SQLModel on SQLite and PostgreSQL."""
