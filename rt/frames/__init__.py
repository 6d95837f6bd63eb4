"""The representation that export and rt share: spectral frames and symbols."""
