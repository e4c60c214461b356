"""What the world sees: published, listed, downloaded, narrowed."""
