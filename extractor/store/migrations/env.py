"""Runs migrations on the connection that `extractor.store.engine` hands over, inside its transaction."""

from __future__ import annotations

from alembic import context

from extractor.store.schema import metadata

if __name__ == "env_py":  # as Alembic loads it; a mere import (documentation, doctests) has no context
    context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
    context.run_migrations()
