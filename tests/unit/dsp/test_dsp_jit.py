"""Compiled code is kept, but never that of another version."""

from __future__ import annotations

from pathlib import Path

from rt.dsp import jit, voice_bank


def test_a_changed_file_means_another_cache(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("one = 1\n")
    before = jit.sources_digest(tmp_path)
    assert jit.sources_digest(tmp_path) == before
    (tmp_path / "a.py").write_text("one = 2\n")
    assert jit.sources_digest(tmp_path) != before


def test_compiled_functions_use_the_cache_of_this_version() -> None:
    kept = [one for one in vars(voice_bank).values() if hasattr(one, "_cache")]
    assert kept
    for function in kept:
        assert Path(function._cache.cache_path).is_relative_to(jit.CACHE)
