"""Document intelligence for Vietnamese administrative texts."""
