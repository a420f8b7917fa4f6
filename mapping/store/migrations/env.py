"""What Alembic runs: the migrations, on the connection that the store gives it."""

from alembic import context

from mapping.store.models import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
context.run_migrations()
