"""The offline half: renders a corpus, trains the two VAEs, writes bundles. Needs torch; `rt` never imports it."""
